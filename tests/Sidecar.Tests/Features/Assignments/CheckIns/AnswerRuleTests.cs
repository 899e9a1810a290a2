using Shouldly;
using Sidecar.Features.Assignments.CheckIns;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.CheckIns;

using static GivenPair;
using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>What is kept, and for which week (ASG-9, ASG-10).</summary>
public sealed class AnswerRuleTests
{
    private static readonly UserId Engineer = new("engineer");
    private static readonly DateOnly Week = new(2026, 3, 2);
    private static readonly DateTimeOffset Now = Berlin(3, 3, 16);

    [Fact]
    public void ASG_9_An_answer_ends_the_row_of_missed_weeks_and_nobody_is_told_any_more()
    {
        var late = Planned() with
        {
            MissedInARow = 2,
            MissedSince = Week,
            TellOfMissedAt = Now.AddHours(1),
        };
        var next = Accepted(Answer(late, Week));
        next.MissedInARow.ShouldBe(0);
        next.MissedSince.ShouldBeNull();
        next.TellOfMissedAt.ShouldBeNull();
        next.NextCheckInStepAt.ShouldBe(Berlin(3, 10, 15));
    }

    [Fact]
    public void ASG_10_A_form_that_is_sent_after_the_week_was_missed_is_kept_for_its_week()
    {
        var missed = Planned() with
        {
            Turn = new CheckInTurn(Week.AddDays(7), Berlin(3, 10, 15))
            {
                NextStepAt = Berlin(3, 10, 15),
            },
            MissedInARow = 1,
        };
        var next = Accepted(Answer(missed, Week));
        next.LastCheckIn!.Week.ShouldBe(Week);
        next.Turn.ShouldBe(missed.Turn);
        next.MissedInARow.ShouldBe(0);
    }

    [Fact]
    public void ASG_10_One_answer_per_week()
    {
        var once = Accepted(Answer(Planned(), Week));
        Answer(once, Week)
            .ShouldBeOfType<Decision.Refused>()
            .Why.ShouldBeOfType<CheckedInAlready>();
        once.TurnWeek(Now).ShouldBe(Week);
    }

    [Theory]
    [InlineData("engineer", true)]
    [InlineData("backup", true)]
    [InlineData("ce", true)]
    [InlineData("stranger", false)]
    public void ALL_3_The_pair_and_the_back_up_may_answer(string who, bool may)
    {
        var decision = Planned()
            .AnswerTurn(new ActingPerson(new UserId(who), []), Text(Week), [], Now);
        (decision is Decision.Accepted).ShouldBe(may);
    }

    [Fact]
    public void ALL_3_A_guest_may_not_even_as_the_CE() =>
        Planned()
            .AnswerTurn(new ActingPerson(new UserId("ce"), [], IsGuest: true), Text(Week), [], Now)
            .ShouldBeOfType<Decision.Refused>();

    [Fact]
    public void ASG_9_It_can_be_moved_until_the_next_weeks_and_not_into_the_past()
    {
        Move(Berlin(3, 9, 16)).ShouldBeOfType<Decision.Accepted>();
        foreach (var to in (DateTimeOffset[])[Berlin(3, 2, 16), Now, Berlin(3, 10, 15)])
        {
            Move(to).ShouldBeOfType<Decision.Refused>().Why.ShouldBeOfType<CantBeMovedThere>();
        }
    }

    [Theory]
    [InlineData("tue 10:00", "checkin plan acme tue 15:00 Europe/Berlin")]
    [InlineData("fri 23:00", "checkin plan acme fri 16:30 Europe/Berlin")]
    [InlineData("sun 15:00", "checkin plan acme wed 15:00 Europe/Berlin")]
    public void ASG_7_A_plan_outside_of_somebodys_hours_is_refused_with_the_nearest_that_fits(
        string typed,
        string instead
    )
    {
        var people = Pair();
        var wanted = PlanReading.Read(typed, people.Engineer, out _)!;
        Planned()
            .PlanCheckIns(new ActingPerson(Engineer, []), wanted, people, Now)
            .ShouldBeOfType<Decision.Refused>()
            .Why.ShouldBeOfType<OutsideOfHours>()
            .Sentence.Show(u => u.Value)
            .ShouldContain(instead);
    }

    [Fact]
    public void ASG_7_A_new_plan_does_not_lose_the_week_that_is_asked_already()
    {
        var asked = Planned() with
        {
            Turn = Planned().Turn! with { Asked = Engineer, AskedAt = Now },
        };
        var wanted = PlanReading.Read("wed 16:00", Pair().Engineer, out _)!;
        var next = Accepted(
            asked.PlanCheckIns(new ActingPerson(Engineer, []), wanted, Pair(), Now)
        );
        next.Turn.ShouldBe(asked.Turn);
        Accepted(Answer(next, Week)).Turn!.DueAt.ShouldBe(Berlin(3, 11, 16));
    }

    private static Decision Move(DateTimeOffset to) =>
        Planned().MoveTurn(new ActingPerson(Engineer, []), Week, to, Pair(), Now);

    private static Decision Answer(Assignment assignment, DateOnly week) =>
        assignment.AnswerTurn(new ActingPerson(Engineer, []), Text(week), [], Now);

    private static Assignment Accepted(Decision decision) =>
        decision.ShouldBeOfType<Decision.Accepted>().Next;

    private static CheckInText Text(DateOnly week) => new(week, "Well", "", "", "", false);

    private static CheckInPeople Pair() =>
        new(Person("engineer", Zone), Person("ce", "America/New_York"), null);

    private static Assignment Planned() =>
        Of(1, "acme", Engineer, new UserId("ce"), Berlin(3, 2, 9)) with
        {
            BackUp = new UserId("backup"),
            CheckIns = Tuesdays with { Engineer = Engineer, CustomerEngineer = new UserId("ce") },
            Turn = new CheckInTurn(Week, Berlin(3, 3, 15)) { NextStepAt = Berlin(3, 3, 15) },
        };
}
