using System.Text.Json;
using System.Text.Json.Serialization;
using Quartz;
using Sidecar.Settings;
using Sidecar.Text;

namespace Sidecar.Time;

/// <summary>
/// Times that come again, as the clock on the wall shows them: <c>Mon 09:00</c>, <c>Mon-Fri 16:00</c>,
/// <c>weekdays 09:00</c>, <c>daily 08:30</c>, <c>monthly 1 09:00</c>, <c>monthly last 16:00</c>, or a cron expression of
/// Quartz (<c>0 0 9 ? * MON</c>). A zone may stand behind it.
/// </summary>
/// <remarks>
/// Days on which the clock is changed have each time once: one that is left out comes with the first moment after the
/// gap, one that the clock shows twice comes the first time. What comes in every hour comes in the repeated hour too.
/// </remarks>
[JsonConverter(typeof(RecurrenceJson))]
public sealed record Recurrence
{
    /// <summary>What can be written, for messages.</summary>
    public const string Examples =
        "write it as Mon 09:00, Mon-Fri 16:00, weekdays 09:00, daily 08:30, monthly 1 09:00, monthly last 09:00 or as a cron expression of Quartz such as 0 0 9 ? * MON; a zone may follow, as in Mon 09:00 Europe/Berlin";

    private const int MostPasses = 100_000;

    private readonly CronExpression _cron;
    private readonly TimeZoneInfo? _own;

    private Recurrence(string text, CronExpression cron, TimeZoneInfo? own, TimeZoneInfo? given)
    {
        Text = text;
        _cron = cron;
        _own = own;
        Zone = own ?? given;
    }

    /// <summary>As it was written, without needless blanks.</summary>
    public string Text { get; }

    /// <summary>Whose clock is meant: the one written, else the one given; null, which is UTC, while there is neither.</summary>
    public TimeZoneInfo? Zone { get; }

    /// <summary>The same by the clock of a zone, unless one was written with it.</summary>
    public Recurrence In(TimeZoneInfo zone) => new(Text, _cron, _own, zone);

    /// <summary>Reads what was written; null when it is nothing that comes again, see <see cref="Examples"/>.</summary>
    /// <param name="text">As written.</param>
    /// <param name="zone">Whose clock is meant when the text names no zone.</param>
    public static Recurrence? Read(string text, TimeZoneInfo? zone = null)
    {
        string[] words = UnseenMarks
            .Plain(text)
            .Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 2 or > 8)
        {
            return null;
        }

        var plain = string.Join(' ', words);
        if (Cron(words) is { } cron)
        {
            return new Recurrence(plain, cron, own: null, zone);
        }

        return
            (TypedZones.Region(words[^1].ToLowerInvariant()) ?? Zones.Stored(words[^1])) is { } own
            && Cron(words[..^1]) is { } before
            ? new Recurrence(plain, before, own, zone)
            : null;
    }

    /// <summary>The next time later than a moment; null when there is none any more.</summary>
    /// <returns>UTC.</returns>
    public DateTimeOffset? After(DateTimeOffset moment)
    {
        var zone = Zone ?? TimeZoneInfo.Utc;
        var local = LocalTime.Of(moment, zone);
        var next = Next(local, shown => LocalTime.First(shown, zone), moment);
        // In an hour that comes twice, what comes every hour comes twice.
        return
            IsHourly
            && zone.IsAmbiguousTime(local)
            && Next(local.AddDays(-1), shown => LocalTime.Last(shown, zone), moment) is { } second
            && !(next < second)
            ? second
            : next;
    }

    /// <inheritdoc/>
    public bool Equals(Recurrence? other) =>
        other is not null && Text == other.Text && Zone?.Id == other.Zone?.Id;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Zone?.Id);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private bool IsHourly => _cron.CronExpressionString.Split(' ')[2] is "*" or "0/1" or "*/1";

    /// <summary>
    /// Quartz counts in UTC, where no clock is changed, what the clock on the wall shows; the zone then says when that is.
    /// </summary>
    private DateTimeOffset? Next(
        DateTime local,
        Func<DateTime, DateTimeOffset> when,
        DateTimeOffset moment
    )
    {
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var shown = _cron.GetNextValidTimeAfter(
                new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Utc))
            );
            if (shown is null)
            {
                return null;
            }

            local = DateTime.SpecifyKind(shown.Value.DateTime, DateTimeKind.Unspecified);
            if (when(local) > moment)
            {
                return when(local);
            }
        }

        return null;
    }

    private static CronExpression? Cron(string[] words)
    {
        var expression = words.Length is 6 or 7 ? string.Join(' ', words) : Friendly(words);
        return
            expression is not null
            && CronExpression.TryParse(expression, out var cron)
            && cron is not null
            ? cron.WithTimeZone(TimeZoneInfo.Utc)
            : null;
    }

    private static string? Friendly(string[] words)
    {
        // 9 am is of two words.
        if (words is [.. var before, var number, var half] && before.Length > 0)
        {
            if (TimeOfDay.Read(half) is null && TimeOfDay.Read($"{number} {half}") is not null)
            {
                words = [.. before, number + half];
            }
        }

        if (
            words.Length < 2
            || TimeOfDay.Read(words[^1]) is not { } time
            || time.Minutes == 24 * 60
        )
        {
            return null;
        }

        var clock = $"0 {time.Minutes % 60} {time.Minutes / 60}";
        if (words is [var monthly, var day, _] && Is(monthly, "monthly"))
        {
            return Is(day, "last") ? $"{clock} L * ?"
                // The 31st would be left out in every other month without a word.
                : int.TryParse(
                    day,
                    System.Globalization.NumberStyles.None,
                    System.Globalization.CultureInfo.InvariantCulture,
                    out var date
                ) && date is >= 1 and <= 28
                    ? $"{clock} {date} * ?"
                : null;
        }

        return WeekDays.Read(string.Join(' ', words[..^1])) is { } days
            ? $"{clock} ? * {string.Join(',', days.Select(d => d.ToString()[..3].ToUpperInvariant()))}"
            : null;
    }

    private static bool Is(string word, string other) =>
        word.Equals(other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Written and read as text.</summary>
internal sealed class RecurrenceJson : JsonConverter<Recurrence>
{
    public override Recurrence Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        (reader.TokenType == JsonTokenType.String ? Recurrence.Read(reader.GetString()!) : null)
        ?? throw new SettingException($"this is not a recurring time; {Recurrence.Examples}");

    public override void Write(
        Utf8JsonWriter writer,
        Recurrence value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.Text);
}
