using System.Globalization;

namespace Sidecar.Time;

/// <summary>Times as people read them, always with the zone named (UPD-5).</summary>
public static class Times
{
    /// <summary>
    /// A moment that is on record, in a zone: <c>Sat 31 Jan 2026 09:05 UTC</c>, <c>Sat 31 Jan 2026 10:05 Europe/Berlin</c>.
    /// </summary>
    /// <param name="moment">Any offset.</param>
    /// <param name="zone">The reader's zone; UTC where readers differ.</param>
    public static string At(DateTimeOffset moment, TimeZoneInfo zone) =>
        Written(moment, zone, "ddd d MMM yyyy HH:mm");

    /// <summary>A moment as a field is filled with it, to be edited part by part: <c>2026-01-31 10:05 Europe/Berlin</c>.</summary>
    /// <param name="moment">Any offset.</param>
    /// <param name="zone">The reader's zone.</param>
    public static string Field(DateTimeOffset moment, TimeZoneInfo zone) =>
        Written(moment, zone, "yyyy-MM-dd HH:mm");

    /// <summary>A moment that comes soon, where the year would only be in the way: <c>Sat 31 Jan 10:05 Europe/Berlin</c>.</summary>
    /// <param name="moment">Any offset.</param>
    /// <param name="zone">The reader's zone; UTC where readers differ.</param>
    public static string Due(DateTimeOffset moment, TimeZoneInfo zone) =>
        Written(moment, zone, "ddd d MMM HH:mm");

    /// <summary>The day of a moment in a zone: <c>2026-01-31</c>.</summary>
    public static string Day(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>
    /// A moment to come, as what somebody typed is shown back: <c>Thu 3 Dec 09:00 Europe/Berlin (in 7 days)</c>, days as
    /// the calendar counts them; <c>(now)</c> within a minute, <c>(3 min ago)</c> when it has passed.
    /// </summary>
    /// <param name="moment">Any offset.</param>
    /// <param name="zone">The reader's zone, or the one they typed.</param>
    /// <param name="now">When it is shown.</param>
    public static string Ahead(DateTimeOffset moment, TimeZoneInfo zone, DateTimeOffset now)
    {
        var (then, today) = (LocalTime.Of(moment, zone), LocalTime.Of(now, zone));
        var length = (moment - now).Duration();
        var days = Math.Abs((then.Date - today.Date).Days);
        var distance =
            length < TimeSpan.FromHours(24) ? Length(length)
            : days <= 1 ? "1 day"
            : $"{days} days";
        var shown = then.Year == today.Year ? Due(moment, zone) : At(moment, zone);
        return length < TimeSpan.FromMinutes(1) ? $"{shown} (now)"
            : moment > now ? $"{shown} (in {distance})"
            : $"{shown} ({distance} ago)";
    }

    /// <summary>How long, in the largest unit that is whole: <c>3 min</c>, <c>5 h</c>, <c>12 d</c>.</summary>
    public static string Length(TimeSpan length) =>
        length switch
        {
            { TotalMinutes: < 1 } => "just now",
            { TotalHours: < 1 } => $"{(int)length.TotalMinutes} min",
            { TotalDays: < 2 } => $"{(int)length.TotalHours} h",
            _ => $"{(int)length.TotalDays} d",
        };

    /// <summary>How long, with all its parts: <c>1 h 30 min</c>, for what somebody chose. A day is one of 24 hours.</summary>
    public static string Whole(TimeSpan length)
    {
        var (days, hours) =
            length.TotalDays < 2 ? (0, (int)length.TotalHours) : (length.Days, length.Hours);
        (int Number, string Unit)[] parts = [(days, "d"), (hours, "h"), (length.Minutes, "min")];
        string[] shown = [.. parts.Where(p => p.Number > 0).Select(p => $"{p.Number} {p.Unit}")];
        return shown.Length == 0 ? Length(length) : string.Join(' ', shown);
    }

    private static string Written(DateTimeOffset moment, TimeZoneInfo zone, string form)
    {
        var name = zone.Id is "Etc/UTC" or "UTC" ? "UTC" : zone.Id;
        return $"{LocalTime.Of(moment, zone).ToString(form, CultureInfo.InvariantCulture)} {name}";
    }
}
