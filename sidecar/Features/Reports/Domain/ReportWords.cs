using System.Globalization;

namespace Sidecar.Features.Reports.Domain;

/// <summary>Numbers as people read them.</summary>
internal static class ReportWords
{
    /// <summary><c>12 min</c>, <c>3 h 05 min</c>, <c>26 h</c>, <c>6 d 4 h</c>.</summary>
    public static string Length(TimeSpan length) =>
        length switch
        {
            { TotalMinutes: < 1 } => "under 1 min",
            { TotalHours: < 1 } => Number($"{(int)length.TotalMinutes} min"),
            { TotalHours: < 10 } => Number($"{(int)length.TotalHours} h {length.Minutes:00} min"),
            { TotalHours: < 48 } => Number($"{(int)length.TotalHours} h"),
            _ => Number($"{(int)length.TotalDays} d {length.Hours} h"),
        };

    /// <param name="value">The number.</param>
    /// <param name="unit">What it is.</param>
    /// <param name="isWorking">It is working time, of which no day has 24 hours.</param>
    public static string Show(decimal? value, ReportUnit unit, bool isWorking = false) =>
        (value, unit) switch
        {
            (null, _) => "–",
            ({ } percent, ReportUnit.Percent) => Number(
                $"{decimal.Floor(percent * 10) / 10:0.#} %"
            ),
            ({ } minutes, ReportUnit.Minutes) when isWorking && minutes >= 48 * 60 => Number(
                $"{minutes / 60:0} h"
            ),
            ({ } minutes, ReportUnit.Minutes) => Length(
                new TimeSpan((long)(minutes * TimeSpan.TicksPerMinute))
            ),
            ({ } days, ReportUnit.Days) => Number($"{days:0.#} d"),
            ({ } count, _) => Number($"{count:0}"),
        };

    private static string Number(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
