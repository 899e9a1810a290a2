using System.Globalization;

namespace Sidecar.Time;

/// <summary>Days without a time, as people type them (ALL-1), and when they begin somewhere.</summary>
internal static class CalendarDay
{
    /// <summary>What can be typed, for the sentence that refuses something else.</summary>
    public const string Examples = TypedDate.Examples;

    /// <summary>The date somewhere at a moment.</summary>
    public static DateOnly At(DateTimeOffset moment, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>The moment, UTC, at which a day begins somewhere. In some zones some days lack their first hour.</summary>
    public static DateTimeOffset Begins(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(local)
            ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>A date as it is kept and shown: <c>2026-01-31</c>.</summary>
    public static string Write(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reads a date as <see cref="Write"/> writes it; null when it is anything else.</summary>
    public static DateOnly? ReadWritten(string text) =>
        DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;

    /// <summary>Reads a day that is to come, or one by its date; see <see cref="TypedDate"/>.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="today">Where the person is.</param>
    /// <param name="problem">What is wrong with it, as a sentence; empty when a date is returned.</param>
    public static DateOnly? Read(string typed, DateOnly today, out string problem) =>
        TypedDate.Read(typed, today, hasPassed: false, out problem);

    /// <summary>Reads a day that has passed: <c>fri</c> is the last one.</summary>
    public static DateOnly? ReadPassed(string typed, DateOnly today, out string problem) =>
        TypedDate.Read(typed, today, hasPassed: true, out problem);
}
