using Shouldly;
using Sidecar.Features.Reports;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Features.Reports;

/// <summary>Which days a report is of (T3): as people name what has passed.</summary>
public sealed class ReportDaysTests
{
    // A Monday.
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("last 30 days", "2026-11-01", "2026-11-30")]
    [InlineData("the last 7 days", "2026-11-24", "2026-11-30")]
    [InlineData("in the past seven days", "2026-11-24", "2026-11-30")]
    [InlineData("30d", "2026-11-01", "2026-11-30")]
    [InlineData("last 30d", "2026-11-01", "2026-11-30")]
    [InlineData("2 weeks", "2026-11-17", "2026-11-30")]
    [InlineData("last two weeks.", "2026-11-17", "2026-11-30")]
    [InlineData("last 3 months", "2026-08-31", "2026-11-30")]
    [InlineData("month", "2026-10-31", "2026-11-30")]
    [InlineData("past month", "2026-10-31", "2026-11-30")]
    [InlineData("last month", "2026-10-01", "2026-10-31")]
    [InlineData("previous month", "2026-10-01", "2026-10-31")]
    [InlineData("this month", "2026-11-01", "2026-11-30")]
    [InlineData("since last month", "2026-10-01", "2026-11-30")]
    [InlineData("last week", "2026-11-23", "2026-11-29")]
    [InlineData("this week", "2026-11-30", "2026-11-30")]
    [InlineData("last quarter", "2026-07-01", "2026-09-30")]
    [InlineData("this quarter", "2026-10-01", "2026-11-30")]
    [InlineData("last year", "2025-01-01", "2025-12-31")]
    [InlineData("this year", "2026-01-01", "2026-11-30")]
    [InlineData("q1 2026", "2026-01-01", "2026-03-31")]
    [InlineData("Q1/2026", "2026-01-01", "2026-03-31")]
    [InlineData("2026 q1", "2026-01-01", "2026-03-31")]
    [InlineData("2026Q1", "2026-01-01", "2026-03-31")]
    [InlineData("Q1 of 2026", "2026-01-01", "2026-03-31")]
    [InlineData("Q1 '26", "2026-01-01", "2026-03-31")]
    [InlineData("1Q 2026", "2026-01-01", "2026-03-31")]
    [InlineData("1q26", "2026-01-01", "2026-03-31")]
    [InlineData("quarter 1", "2026-01-01", "2026-03-31")]
    [InlineData("1st quarter 2026", "2026-01-01", "2026-03-31")]
    [InlineData("the first quarter of 2026", "2026-01-01", "2026-03-31")]
    [InlineData("quarter", "2026-08-31", "2026-11-30")]
    [InlineData("q1 to q2 2026", "2026-01-01", "2026-06-30")]
    [InlineData("h1 2026", "2026-01-01", "2026-06-30")]
    [InlineData("second half of 2025", "2025-07-01", "2025-12-31")]
    [InlineData("week 12", "2026-03-16", "2026-03-22")]
    [InlineData("KW 12", "2026-03-16", "2026-03-22")]
    [InlineData("2025-w50", "2025-12-08", "2025-12-14")]
    [InlineData("week 52", "2025-12-22", "2025-12-28")]
    [InlineData("ytd", "2026-01-01", "2026-11-30")]
    [InlineData("year to date", "2026-01-01", "2026-11-30")]
    [InlineData("qtd", "2026-10-01", "2026-11-30")]
    [InlineData("q3", "2026-07-01", "2026-09-30")]
    [InlineData("q4", "2026-10-01", "2026-11-30")]
    [InlineData("2025", "2025-01-01", "2025-12-31")]
    [InlineData("03/2026", "2026-03-01", "2026-03-31")]
    [InlineData("december", "2025-12-01", "2025-12-31")]
    [InlineData("nov 2026", "2026-11-01", "2026-11-30")]
    [InlineData("jan to mar 2026", "2026-01-01", "2026-03-31")]
    [InlineData("2026-q1..2026-q2", "2026-01-01", "2026-06-30")]
    [InlineData("since march", "2026-03-01", "2026-11-30")]
    [InlineData("30 days ago", "2026-10-31", "2026-11-30")]
    [InlineData("2 weeks ago until yesterday", "2026-11-16", "2026-11-29")]
    [InlineData("2026-11-01 to 2026-12-31", "2026-11-01", "2026-11-30")]
    [InlineData("since the 27th", "2026-11-27", "2026-11-30")]
    public void T3_Periods_are_those_that_have_passed(string typed, string first, string last)
    {
        var wish = ReportReading
            .Read(typed, Now, TimeZoneInfo.Utc, out var problem)
            .ShouldNotBeNull(problem);
        CalendarDay.Write(wish.Span.First).ShouldBe(first);
        CalendarDay.Write(wish.Span.Last).ShouldBe(last);
    }

    [Theory]
    [InlineData("december 2026", "2026-12-01 to 2026-12-31 are days to come")]
    [InlineData("jan 2027", "2027-01-01 to 2027-01-31 are days to come")]
    [InlineData("2027-q1", "2027-01-01 to 2027-03-31 are days to come")]
    [InlineData("2027", "are days to come")]
    [InlineData("tomorrow", "2026-12-01 is a day to come")]
    [InlineData("in 3 days", "2026-12-03 is a day to come")]
    [InlineData("last month week", "more days than")]
    [InlineData("jan feb mar", "more days than")]
    [InlineData("weeks", "I don’t know “weeks”")]
    [InlineData("q5", "I don’t know “q5”")]
    [InlineData(
        "month by category",
        "by `severity`, `customer` or `engineer`, and not by “category”"
    )]
    [InlineData("month nonsense", "you can write `customer`, `engineer` or `severity`, and `here`")]
    public void T3_What_is_to_come_is_said_and_no_report_is_made(string typed, string said)
    {
        ReportReading.Read(typed, Now, TimeZoneInfo.Utc, out var problem).ShouldBeNull();
        problem.ShouldContain(said);
    }
}
