using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Settings;
using Sidecar.Time.Calendars;

namespace Sidecar.Time;

/// <summary>When the team works.</summary>
public sealed record TeamTimeSettings : ISettings<TeamTimeSettings>
{
    /// <inheritdoc/>
    public static string Section => "team";

    /// <inheritdoc/>
    public static JsonTypeInfo<TeamTimeSettings> Json => TeamTimeJson.Default.TeamTimeSettings;

    /// <inheritdoc/>
    public static string Title => "Working hours and holidays";

    /// <inheritdoc/>
    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(
            "timeZone",
            "Time zone",
            "The team’s time zone, by its IANA name, such as `Europe/Berlin`."
        ),
        new("workingDays", "Working days", "The days on which the team works."),
        new("workingHours.from", "Work begins", "When a working day begins, as `09:00`."),
        new(
            "workingHours.to",
            "Work ends",
            "When a working day ends, as `17:30`; the end of the day is `24:00`."
        ),
        new(
            "holidays",
            "Holidays",
            "Days on which nobody works, each with its name, as `2026-12-25: Christmas Day`."
        ),
        new(
            "holidayFiles",
            "Files with holidays",
            "Files with more of them, `.ics` or `.json`; paths start at the data folder."
        ),
    ];

    /// <summary>The team's time zone, by its IANA name: <c>Europe/Berlin</c>.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The days of a week on which the team works.</summary>
    public IReadOnlyList<DayOfWeek> WorkingDays { get; init; } =
    [
        DayOfWeek.Monday,
        DayOfWeek.Tuesday,
        DayOfWeek.Wednesday,
        DayOfWeek.Thursday,
        DayOfWeek.Friday,
    ];

    /// <summary>The hours of a working day.</summary>
    public WorkingHours WorkingHours { get; init; } = new();

    /// <summary>Days on which nobody works.</summary>
    public IReadOnlyList<Holiday> Holidays { get; init; } = [];

    /// <summary>
    /// Files with more of them, from the folder of the settings file on: iCalendar (<c>.ics</c>), or <c>.json</c> with
    /// a list as in <see cref="Holidays"/>.
    /// </summary>
    public IReadOnlyList<string> HolidayFiles { get; init; } = [];

    /// <summary>What the <see cref="HolidayFiles"/> hold; read once, when the settings are.</summary>
    [JsonIgnore]
    public IReadOnlyList<Holiday> FromFiles { get; init; } = [];

    /// <inheritdoc/>
    public TeamTimeSettings WithFiles(string folder, ICollection<SettingProblem> problems)
    {
        var holidays = new List<Holiday>();
        foreach (var file in HolidayFiles)
        {
            holidays.AddRange(HolidayFile.Read(Path.GetFullPath(file, folder), out var problem));
            if (problem is not null)
            {
                problems.Add(new SettingProblem("holidayFiles", problem));
            }
        }

        return this with
        {
            FromFiles = holidays,
        };
    }

    /// <inheritdoc/>
    public IEnumerable<SettingProblem> Problems()
    {
        if (Zones.Find(TimeZone) is null)
        {
            yield return new SettingProblem(
                "timeZone",
                "this machine knows no such time zone; write its IANA name, such as Europe/Berlin, America/New_York or UTC"
            );
        }

        if (WorkingDays.Count == 0)
        {
            yield return new SettingProblem(
                "workingDays",
                "a week needs at least one working day, such as [\"Monday\"]"
            );
        }

        if (WorkingHours.From.Minutes >= WorkingHours.To.Minutes)
        {
            yield return new SettingProblem(
                "workingHours.to",
                $"this must be later than workingHours.from, which is {WorkingHours.From}; the end of the day is 24:00"
            );
        }

        foreach (var file in HolidayFiles.Where(file => !IsHolidayFile(file)))
        {
            yield return new SettingProblem(
                "holidayFiles",
                $"“{file}” is neither an .ics nor a .json file; write a path such as calendars/holidays.ics"
            );
        }

        foreach (var twice in Holidays.GroupBy(h => h.Date).Where(g => g.Count() > 1))
        {
            yield return new SettingProblem(
                "holidays",
                $"{twice.Key.ToString("O", CultureInfo.InvariantCulture)} is listed {twice.Count()} times; leave one"
            );
        }
    }

    private static bool IsHolidayFile(string file) =>
        !file.Contains('\0')
        && (
            file.EndsWith(".ics", StringComparison.OrdinalIgnoreCase)
            || file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        );
}

/// <summary>The hours of a working day.</summary>
public sealed record WorkingHours
{
    /// <summary>When work begins.</summary>
    public TimeOfDay From { get; init; } = new(9 * 60);

    /// <summary>When work ends, later than it begins.</summary>
    public TimeOfDay To { get; init; } = new(17 * 60);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(TeamTimeSettings))]
internal sealed partial class TeamTimeJson : JsonSerializerContext;
