using Sidecar.Cards;
using Sidecar.Scheduling;

namespace Sidecar.Features.Escalations;

/// <summary>
/// A time that has passed, as a person types it: <c>9am</c> is the last one, not the next; <c>yesterday 17:00</c>,
/// <c>fri 14:30</c>, <c>2h ago</c>, <c>2026-01-31 14:00</c>.
/// </summary>
internal static class PastTime
{
    private const string Ago = " ago";
    private const string Today = "today";
    private const string Yesterday = "yesterday";

    /// <summary>The words with which nobody means the past.</summary>
    private static readonly string[] Ahead = ["in ", "tomorrow", "next ", "tonight"];

    /// <summary>From how long ago it is looked ahead: a time alone is of the last day, a weekday of the last week.</summary>
    private static readonly TimeSpan[] Looks =
    [
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(7),
        TimeSpan.FromDays(365),
    ];

    /// <summary>Reads what somebody typed; see <see cref="TypedTime.Read"/>.</summary>
    public static TypedTime Read(
        string text,
        DateTimeOffset now,
        TimeZoneInfo zone,
        WorkingHours workday
    )
    {
        var typed = text.Trim();
        if (typed.EndsWith(Ago, StringComparison.OrdinalIgnoreCase))
        {
            return TypedTime.Read($"in {typed[..^Ago.Length]}", now, zone, workday) switch
            {
                TypedTime.Understood ahead => new TypedTime.Understood(
                    now - (ahead.Moment - now),
                    ahead.Zone
                ),
                _ => Unclear(typed, now, zone),
            };
        }

        var day = LocalTime.DayOf(now, zone);
        return Follows(typed, Today) ? On(day, typed)
            : Follows(typed, Yesterday) ? On(day.AddDays(-1), Today + typed[Yesterday.Length..])
            : Ahead.Any(w => typed.Contains(w, StringComparison.OrdinalIgnoreCase))
                ? Unclear(typed, now, zone)
            : Looks
                .Select(back => TypedTime.Read(typed, now - back, zone, workday))
                .FirstOrDefault(read =>
                    read is TypedTime.Understood { Moment: var at } && at <= now
                )
                ?? Unclear(typed, now, zone);

        TypedTime On(DateOnly then, string what) =>
            TypedTime.Read(
                what,
                LocalTime.First(then.ToDateTime(TimeOnly.MinValue), zone),
                zone,
                workday
            )
                is TypedTime.Understood { Moment: var at } read
            && at <= now
                ? read
                : Unclear(typed, now, zone);
    }

    private static bool Follows(string text, string word) =>
        text.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private static TypedTime.Unclear Unclear(string typed, DateTimeOffset now, TimeZoneInfo zone) =>
        new(
            $"“{UserText.Shorten(typed, 40)}” is no time that has passed. When did it begin? Write it as in {Example(now, zone)}, yesterday 17:00 or 2h ago."
        );

    private static string Example(DateTimeOffset now, TimeZoneInfo zone) =>
        UpdateForm.Typed(now.AddHours(-1), zone);
}
