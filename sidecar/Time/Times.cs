using System.Globalization;

namespace Sidecar.Time;

/// <summary>Times as people read them, always with the zone named (UPD-5).</summary>
public static class Times
{
    /// <summary>A moment in a zone: <c>2026-01-31 09:05 UTC</c>, <c>2026-01-31 10:05 Europe/Berlin</c>.</summary>
    /// <param name="moment">Any offset.</param>
    /// <param name="zone">The reader's zone; UTC where readers differ.</param>
    public static string At(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        var name = zone.Id is "Etc/UTC" or "UTC" ? "UTC" : zone.Id;
        return $"{local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {name}";
    }

    /// <summary>The day of a moment in a zone: <c>2026-01-31</c>.</summary>
    public static string Day(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>
    /// A moment to come, as what somebody typed is shown back: <c>2026-01-31 09:00 Europe/Berlin (in 2 h)</c>;
    /// <c>(now)</c> within a minute, <c>(3 min ago)</c> when it has passed.
    /// </summary>
    /// <param name="moment">Any offset.</param>
    /// <param name="zone">The reader's zone, or the one they typed.</param>
    /// <param name="now">When it is shown.</param>
    public static string Ahead(DateTimeOffset moment, TimeZoneInfo zone, DateTimeOffset now)
    {
        var length = (moment - now).Duration();
        var distance =
            length < TimeSpan.FromMinutes(1) ? "now"
            : moment > now ? $"in {Length(length)}"
            : $"{Length(length)} ago";
        return $"{At(moment, zone)} ({distance})";
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
}
