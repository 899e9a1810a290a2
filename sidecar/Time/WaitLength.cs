using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Sidecar.Settings;
using Sidecar.Text;

namespace Sidecar.Time;

/// <summary>
/// How long to wait, as people write it: <c>15m</c>, <c>1h 30m</c>, <c>2d</c> on the clock, or <c>4 working hours</c>,
/// <c>3 working days</c> of a calendar.
/// </summary>
[JsonConverter(typeof(WaitLengthJson))]
public abstract partial record WaitLength
{
    /// <summary>What can be written, for messages.</summary>
    public const string Examples =
        "write it as 15m, 1h 30m, 2d (24 hours each), 4 working hours or 3 working days";

    private const int MostDays = 366;
    private const int MostHours = 5000;
    private const int LongestText = 100;

    private WaitLength() { }

    /// <summary>Time on the clock: nights, weekends and holidays count.</summary>
    public static WaitLength Of(TimeSpan time) => new Clock(Checked(time));

    /// <summary>So many working days: the same time of day, that many working days later.</summary>
    public static WaitLength OfWorkingDays(int days) =>
        days is > 0 and <= MostDays
            ? new Days(days)
            : throw new ArgumentOutOfRangeException(nameof(days), days, "1 to 366 working days.");

    /// <summary>So many hours that pass during working hours only.</summary>
    public static WaitLength OfWorkingHours(int hours) =>
        hours is > 0 and <= MostHours
            ? new Hours(hours)
            : throw new ArgumentOutOfRangeException(
                nameof(hours),
                hours,
                "1 to 5000 working hours."
            );

    /// <summary>When it is over.</summary>
    /// <param name="from">When it begins; any offset.</param>
    /// <param name="calendar">What working time is.</param>
    /// <param name="zone">Whose working hours; null for the team's.</param>
    /// <returns>UTC.</returns>
    public abstract DateTimeOffset After(
        DateTimeOffset from,
        WorkingTime calendar,
        TimeZoneInfo? zone = null
    );

    /// <summary>Only working time counts, not that of the clock.</summary>
    public bool CountsWorkingTime => this is not Clock;

    /// <summary>As it is written, in its shortest form.</summary>
    public abstract override string ToString();

    /// <summary>Reads what was written; null when it is no length of time, or none between a second and 366 days.</summary>
    public static WaitLength? Read(string text)
    {
        var plain = text.Length > LongestText ? "" : UnseenMarks.Plain(text).Trim();
        var match = Written().Match(plain);
        if (!match.Success)
        {
            return InWords(plain);
        }

        if (Digits(match, "days") is { } days)
        {
            return days is >= 1 and <= MostDays ? new Days((int)days) : null;
        }

        if (Digits(match, "hours") is { } hours)
        {
            return hours is >= 1 and <= MostHours ? new Hours((int)hours) : null;
        }

        var time =
            Length(match, "d", TimeSpan.TicksPerDay)
            + Length(match, "h", TimeSpan.TicksPerHour)
            + Length(match, "m", TimeSpan.TicksPerMinute)
            + Length(match, "s", TimeSpan.TicksPerSecond);
        return IsUsable(time) ? new Clock(time) : null;
    }

    /// <summary>As times ahead are said: <c>an hour</c>, <c>1.5 h</c>, <c>two days</c>.</summary>
    private static Clock? InWords(string text) =>
        TypedWords.Of(text) is { Length: > 0 } words
        && TypedLengths.Read(words, new WorkingHours())
            is { Piece: TypedPiece.LengthPiece length, Words: var taken }
        && taken == words.Length
        && length.Days <= MostDays
        && length.Span + TimeSpan.FromDays(length.Days) is var time
        && IsUsable(time)
            ? new Clock(time)
            : null;

    private static TimeSpan Length(Match match, string part, long unit) =>
        // Six digits at the most, also of days: far from the end of the range.
        new((Digits(match, part) ?? 0) * unit);

    private static long? Digits(Match match, string part) =>
        match.Groups[part] is { Success: true, Value: var digits }
            ? long.Parse(digits, CultureInfo.InvariantCulture)
            : null;

    private static bool IsUsable(TimeSpan time) =>
        time >= TimeSpan.FromSeconds(1) && time <= TimeSpan.FromDays(MostDays);

    private static TimeSpan Checked(TimeSpan time) =>
        IsUsable(time)
            ? time
            : throw new ArgumentOutOfRangeException(nameof(time), time, "1 second to 366 days.");

    [GeneratedRegex(
        """
            ^(?:
              (?=.) (?:(?<d>\d{1,6})\s*(?:d|days?))? \s* (?:(?<h>\d{1,6})\s*(?:h|hours?))?
              \s* (?:(?<m>\d{1,6})\s*(?:m|min|minutes?))? \s* (?:(?<s>\d{1,6})\s*(?:s|sec|seconds?))?
              | (?<hours>\d{1,6})\s*working\s+hours?
              | (?<days>\d{1,6})\s*working\s+days?
            )$
            """,
        RegexOptions.IgnorePatternWhitespace
            | RegexOptions.IgnoreCase
            | RegexOptions.CultureInvariant
            | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Written();

    private sealed record Clock(TimeSpan Time) : WaitLength
    {
        public override DateTimeOffset After(
            DateTimeOffset from,
            WorkingTime calendar,
            TimeZoneInfo? zone = null
        ) => from.ToUniversalTime() + Time;

        public override string ToString()
        {
            (int Number, string Unit)[] parts =
            [
                (Time.Days, "d"),
                (Time.Hours, "h"),
                (Time.Minutes, "m"),
                (Time.Seconds, "s"),
            ];
            return string.Join(
                ' ',
                parts.Where(p => p.Number > 0).Select(p => $"{p.Number}{p.Unit}")
            );
        }
    }

    private sealed record Hours(int Count) : WaitLength
    {
        public override DateTimeOffset After(
            DateTimeOffset from,
            WorkingTime calendar,
            TimeZoneInfo? zone = null
        ) => calendar.AddWorkingTime(from, TimeSpan.FromHours(Count), zone);

        public override string ToString() =>
            Count == 1 ? "1 working hour" : $"{Count} working hours";
    }

    private sealed record Days(int Count) : WaitLength
    {
        public override DateTimeOffset After(
            DateTimeOffset from,
            WorkingTime calendar,
            TimeZoneInfo? zone = null
        ) => calendar.AddWorkingDays(from, Count, zone);

        public override string ToString() => Count == 1 ? "1 working day" : $"{Count} working days";
    }
}

/// <summary>Written and read as text.</summary>
internal sealed class WaitLengthJson : JsonConverter<WaitLength>
{
    public override WaitLength Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        (reader.TokenType == JsonTokenType.String ? WaitLength.Read(reader.GetString()!) : null)
        ?? throw new SettingException(
            $"this is not a length of time up to a year; {WaitLength.Examples}"
        );

    public override void Write(
        Utf8JsonWriter writer,
        WaitLength value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.ToString());
}
