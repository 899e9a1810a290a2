namespace Campaigns.Model;

/// <summary>
/// When people work, by the rules of the product's description alone: Monday to Friday, 09:00 to 17:00, in a zone. It
/// shares no line with what it is compared to.
/// </summary>
internal static class Calendar
{
    public const string TeamZone = "Europe/Berlin";

    private static readonly TimeSpan Begin = TimeSpan.FromHours(9);
    private static readonly TimeSpan End = TimeSpan.FromHours(17);

    /// <summary>That moment when it is working time in a zone, else the next morning of a working day.</summary>
    public static DateTimeOffset Free(string zone, DateTimeOffset from)
    {
        var local = Local(zone, from);
        if (IsWorkingDay(local) && local.TimeOfDay >= Begin && local.TimeOfDay < End)
        {
            return from;
        }

        var day = local.Date;
        if (!IsWorkingDay(day) || local.TimeOfDay >= End)
        {
            day = NextWorkingDay(day);
        }

        return At(zone, day + Begin);
    }

    /// <summary>The same time of day so many working days of the team later; what begins in the night begins in the morning.</summary>
    public static DateTimeOffset AddWorkingDays(
        DateTimeOffset from,
        int days,
        string zone = TeamZone
    )
    {
        var local = Local(zone, Free(zone, from));
        var day = local.Date;
        for (var i = 0; i < days; i++)
        {
            day = NextWorkingDay(day);
        }

        return At(zone, day + local.TimeOfDay);
    }

    /// <summary>A time by the clock of a zone; clocks change at night, when nothing here is planned.</summary>
    public static DateTimeOffset At(string zone, DateTime local) =>
        new DateTimeOffset(local, Zone(zone).GetUtcOffset(local)).ToUniversalTime();

    /// <summary>What the clocks of a zone show.</summary>
    public static DateTime Local(string zone, DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, Zone(zone)).DateTime;

    /// <summary>The Monday of the week, by the clock of a zone.</summary>
    public static DateTime MondayOf(string zone, DateTimeOffset at)
    {
        var day = Local(zone, at).Date;
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    private static DateTime NextWorkingDay(DateTime day)
    {
        do
        {
            day = day.AddDays(1);
        } while (!IsWorkingDay(day));
        return day;
    }

    private static bool IsWorkingDay(DateTime day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
}
