namespace Sidecar.Time;

/// <summary>What the clock on the wall shows, as a moment: also on days on which the clock is changed.</summary>
internal static class LocalTime
{
    /// <summary>
    /// The moment at which a zone's clocks show a time: the first when they do so twice, the first moment after the gap
    /// when they never do. UTC.
    /// </summary>
    public static DateTimeOffset First(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsAmbiguousTime(local))
        {
            return new DateTimeOffset(
                local,
                zone.GetAmbiguousTimeOffsets(local).Max()
            ).ToUniversalTime();
        }

        return zone.IsInvalidTime(local)
            ? AfterGap(local, zone)
            : new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>The second moment when the clocks show that time twice, else <see cref="First"/>. UTC.</summary>
    public static DateTimeOffset Last(DateTime local, TimeZoneInfo zone) =>
        zone.IsAmbiguousTime(local)
            ? new DateTimeOffset(local, zone.GetAmbiguousTimeOffsets(local).Min()).ToUniversalTime()
            : First(local, zone);

    /// <summary>What the clocks of a zone show.</summary>
    public static DateTime Of(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).DateTime;

    /// <summary>The day on the calendars of a zone.</summary>
    public static DateOnly DayOf(DateTimeOffset moment, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(Of(moment, zone));

    // Clocks go forward by whole minutes, never by more than a day.
    private static DateTimeOffset AfterGap(DateTime local, TimeZoneInfo zone)
    {
        var after = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
        while (zone.IsInvalidTime(after))
        {
            after = after.AddMinutes(1);
        }

        return new DateTimeOffset(after, zone.GetUtcOffset(after)).ToUniversalTime();
    }
}
