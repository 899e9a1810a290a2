using System.Text.RegularExpressions;

namespace Mattermost.Simulator;

/// <summary>Days and instants in forms, as the web client of 11.6 shows and sends them.</summary>
internal static partial class DateFields
{
    private const string Day = "yyyy-MM-dd";
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The day or instant that a preset or a limit means in the reader's zone; null when it means none.</summary>
    public static string? Preset(DialogElement field, FormClient client) =>
        field.Type == "date" ? DayOf(field.Default, client) : InstantOf(field.Default);

    /// <summary>What somebody chose in the calendar, which offers no other days than the form allows.</summary>
    public static string Chosen(DialogElement field, object given, FormClient client)
    {
        var text = given switch
        {
            DateOnly day => day.ToString(Day, CultureInfo.InvariantCulture),
            DateTimeOffset at => at.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture),
            _ => $"{given}",
        };
        var chosen =
            (field.Type == "date" ? DayOf(text, client) : InstantOf(text))
            ?? throw new ArgumentException(
                $"'{text}' can not be chosen in '{field.Name}'.",
                nameof(given)
            );
        var (min, max) = (DayOf(field.MinDate, client), DayOf(field.MaxDate, client));
        return
            string.CompareOrdinal(chosen, min) < 0
            || (max is not null && string.CompareOrdinal(chosen[..10], max) > 0)
            ? throw new ArgumentException(
                $"The calendar of '{field.Name}' offers {min} to {max}, not {chosen}.",
                nameof(given)
            )
            : chosen;
    }

    private static string? InstantOf(string text) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture)
            : null;

    private static string? DayOf(string? text, FormClient client)
    {
        var today = DateOnly.FromDateTime(
            TimeZoneInfo
                .ConvertTime(client.World.Options.Time.GetUtcNow(), ZoneOf(client.User))
                .Date
        );
        DateOnly? day = text switch
        {
            "today" => today,
            "tomorrow" => today.AddDays(1),
            "yesterday" => today.AddDays(-1),
            not null when Relative().Match(text) is { Success: true } match => Moved(today, match),
            not null
                when DateOnly.TryParseExact(
                    text,
                    Day,
                    CultureInfo.InvariantCulture,
                    default,
                    out var given
                ) => given,
            _ => null,
        };
        return day?.ToString(Day, CultureInfo.InvariantCulture);
    }

    private static DateOnly Moved(DateOnly today, Match match)
    {
        var count = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "w" => today.AddDays(7 * count),
            "m" => today.AddMonths(count),
            _ => today.AddDays(count),
        };
    }

    private static TimeZoneInfo ZoneOf(User user) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(user.Timezone.ManualTimezone, out var zone)
            ? zone
            : TimeZoneInfo.Utc;

    [GeneratedRegex(@"^([+-]\d{1,4})([dwm])$")]
    private static partial Regex Relative();
}
