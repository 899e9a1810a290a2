using Shouldly;
using Sidecar.Features.Assignments.CheckIns;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.CheckIns;

/// <summary>When two people check in, by the hours and zones of both (ASG-7).</summary>
public sealed class PlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Europe/Berlin", "America/New_York")]
    [InlineData("America/New_York", "Europe/Berlin")]
    [InlineData("Europe/Berlin", "Asia/Kolkata")]
    [InlineData("Europe/London", "Europe/London")]
    [InlineData("Australia/Sydney", "Asia/Tokyo")]
    public void ASG_7_A_proposal_lies_inside_the_hours_of_both_in_every_week_of_the_year(
        string engineerZone,
        string ceZone
    )
    {
        var engineer = GivenPair.Person("engineer", engineerZone);
        var ce = GivenPair.Person("ce", ceZone);
        for (var number = 1; number <= 20; number++)
        {
            var (plan, isCommon) = CheckInPlan.Propose(engineer, ce, new AssignmentId(number), Now);
            isCommon.ShouldBeTrue();
            plan.Zone.ShouldBe(engineerZone);
            plan.Day.ShouldBeOneOf(DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday);
            for (var week = 0; week < 52; week++)
            {
                var at = plan.At(new DateOnly(2026, 3, 2).AddDays(7 * week));
                engineer.Calendar.IsWorkingTime(at, engineer.Zone).ShouldBeTrue();
                ce.Calendar.IsWorkingTime(at, ce.Zone).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void ASG_7_Proposals_are_the_same_each_time_and_spread_by_number()
    {
        var engineer = GivenPair.Person("engineer", "Europe/Berlin");
        var ce = GivenPair.Person("ce", "Europe/London");
        CheckInPlan Of(int number) =>
            CheckInPlan.Propose(engineer, ce, new AssignmentId(number), Now).Plan;
        Of(7).ShouldBe(Of(7));
        Enumerable.Range(1, 15).Select(Of).Distinct().Count().ShouldBeGreaterThan(12);
    }

    [Fact]
    public void ASG_7_Days_that_only_one_works_on_are_not_proposed()
    {
        var engineer = GivenPair.Person("engineer", "Europe/Berlin", days: "mon,fri");
        var ce = GivenPair.Person("ce", "Europe/Berlin", "13:00-14:00");
        var (plan, isCommon) = CheckInPlan.Propose(engineer, ce, new AssignmentId(4), Now);
        isCommon.ShouldBeTrue();
        plan.Day.ShouldBeOneOf(DayOfWeek.Monday, DayOfWeek.Friday);
        plan.Time.ShouldBe(new TimeOfDay(13 * 60));
    }

    [Theory]
    [InlineData("America/Los_Angeles", "09:00-17:00", null)]
    [InlineData("Europe/Berlin", "17:00-23:00", null)]
    [InlineData("Europe/Berlin", "09:00-17:00", "sat,sun")]
    public void ASG_7_Without_common_hours_it_is_in_the_engineers(
        string zone,
        string hours,
        string? days
    )
    {
        var engineer = GivenPair.Person("engineer", "Europe/Berlin");
        var (plan, isCommon) = CheckInPlan.Propose(
            engineer,
            GivenPair.Person("ce", zone, hours, days),
            new AssignmentId(1),
            Now
        );
        isCommon.ShouldBeFalse();
        engineer
            .Calendar.IsWorkingTime(plan.At(new DateOnly(2026, 3, 2)), engineer.Zone)
            .ShouldBeTrue();
    }

    [Theory]
    [InlineData("0001", "2026-02-23", "2026-02-24T14:00Z")]
    [InlineData("New York changes", "2026-03-09", "2026-03-10T14:00Z")]
    [InlineData("Berlin changes", "2026-03-30", "2026-03-31T13:00Z")]
    [InlineData("back", "2026-10-26", "2026-10-27T14:00Z")]
    public void ASG_7_It_is_at_the_same_local_time_whatever_clocks_do(
        string when,
        string week,
        string at
    ) =>
        GivenPair
            .Tuesdays.At(DateOnly.Parse(week, null))
            .ShouldBe(DateTimeOffset.Parse(at, null), when);

    [Theory]
    [InlineData("tue 14:00", "Tuesday 14:00 Europe/Berlin")]
    [InlineData("every Tuesday at 2pm", "Tuesday 14:00 Europe/Berlin")]
    [InlineData("thursdays at 9am", "Thursday 09:00 Europe/Berlin")]
    [InlineData("WED 9:30", "Wednesday 09:30 Europe/Berlin")]
    [InlineData("noon on tuesdays", "Tuesday 12:00 Europe/Berlin")]
    [InlineData("tue\u00A02 pm", "Tuesday 14:00 Europe/Berlin")]
    [InlineData("wed 9am ET", "Wednesday 09:00 America/New_York")]
    [InlineData("tue 14:00 +02:00", "Tuesday 14:00 UTC+02:00")]
    public void ASG_7_A_weekly_time_is_read_as_people_write_it(string typed, string plan)
    {
        var read = PlanReading.Read(
            typed,
            GivenPair.Person("engineer", "Europe/Berlin"),
            out var problem
        );
        problem.ShouldBeEmpty();
        $"{read!.Day} {read.Time} {read.Zone}".ShouldBe(plan);
    }

    [Theory]
    [InlineData("14:00")]
    [InlineData("tomorrow 9am")]
    [InlineData("tue")]
    [InlineData("tue 25:00")]
    [InlineData("@channel ~~ tue")]
    public void ASG_7_What_is_none_is_refused_with_examples(string typed)
    {
        PlanReading
            .Read(typed, GivenPair.Person("engineer", "Europe/Berlin"), out var problem)
            .ShouldBeNull();
        problem.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Mars/Base", "2026-03-03T14:00Z", "is not a time zone that this machine knows")]
    [InlineData("UTC+02:00", "2026-03-03T12:00Z", "Tuesdays at 14:00 UTC+02:00")]
    public void P5_A_plan_goes_on_whatever_zone_was_stored_with_it(
        string zone,
        string at,
        string says
    )
    {
        var plan = new CheckInPlan(DayOfWeek.Tuesday, new TimeOfDay(14 * 60), zone);
        var next = plan.At(new DateOnly(2026, 3, 2));
        next.ShouldBe(DateTimeOffset.Parse(at, null));
        CheckInWords.Weekly(plan, next, "Europe/Berlin").Show(_ => null).ShouldContain(says);
        CheckInHours
            .Slot(
                plan,
                GivenPair.Person("engineer", "UTC"),
                GivenPair.Person("tam", "UTC"),
                next,
                next.AddDays(3)
            )
            .ShouldBe(next);
    }

    [Fact]
    public void A_very_long_weekly_time_is_refused() =>
        PlanReading
            .Read(new string('x', 10_000), GivenPair.Person("engineer", "Europe/Berlin"), out _)
            .ShouldBeNull();
}
