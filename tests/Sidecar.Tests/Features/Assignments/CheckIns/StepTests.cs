using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.CheckIns;

using static GivenPair;
using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>What is done when, as pure rules: asking, deferring, reminding, missing (ASG-7, ASG-9).</summary>
public sealed class StepTests
{
    private static readonly DateTimeOffset Due = Berlin(3, 3, 15);

    [Fact]
    public void ASG_7_At_its_time_the_engineer_is_asked()
    {
        var (next, facts) = Step(Planned(), Pair(), Due);
        var asked = facts.ShouldHaveSingleItem().ShouldBeOfType<AssignmentFact.CheckInAsked>();
        asked.Who.Person.ShouldBe(new UserId("engineer"));
        next.Turn!.NextStepAt.ShouldBe(Berlin(3, 4, 15));
    }

    [Fact]
    public void ASG_9_A_holiday_defers_it_to_the_same_time_of_the_next_day()
    {
        var pair = Pair(holiday: "2026-03-03");
        var (next, facts) = Step(Planned(), pair, Due);
        facts.ShouldHaveSingleItem().ShouldBeOfType<AssignmentFact.CheckInDeferred>();
        next.Turn!.DueAt.ShouldBe(Berlin(3, 4, 15));
        Step(next, pair, next.Turn.DueAt)
            .Facts.ShouldHaveSingleItem()
            .ShouldBeOfType<AssignmentFact.CheckInAsked>();
    }

    [Fact]
    public void ASG_9_Do_not_disturb_defers_it_to_its_end()
    {
        var pair = Pair(away: new Absence(IsLong: false, Due.AddHours(1)));
        Step(Planned(), pair, Due).Next.Turn!.DueAt.ShouldBe(Due.AddHours(1));
    }

    [Fact]
    public void ASG_9_Out_of_office_goes_to_the_back_up_where_there_is_one()
    {
        var away = new Absence(IsLong: true, Until: null);
        var (next, facts) = Step(
            Planned() with
            {
                BackUp = new UserId("backup"),
            },
            Pair(away: away, hasBackUp: true),
            Due
        );
        var asked = facts.ShouldHaveSingleItem().ShouldBeOfType<AssignmentFact.CheckInAsked>();
        asked.Who.Person.ShouldBe(new UserId("backup"));
        asked.InsteadOf.ShouldBe(new UserId("engineer"));
        next.Turn!.Asked.ShouldBe(new UserId("backup"));
    }

    [Fact]
    public void ASG_9_Out_of_office_for_the_whole_week_skips_it_with_the_reason()
    {
        var away = new Absence(IsLong: true, Until: null);
        var (assignment, at, looks) = (Planned(), Due, 0);
        AssignmentFact last;
        do
        {
            var (next, facts) = Step(assignment, Pair(away: away), at);
            last = facts.ShouldHaveSingleItem();
            (assignment, at) = (next, next.Turn!.NextStepAt);
            looks++;
        } while (last is AssignmentFact.CheckInDeferred);

        looks.ShouldBe(4);
        last.ShouldBeOfType<AssignmentFact.CheckInSkipped>()
            .Why.Show(u => u.Value)
            .ShouldBe("@engineer is out of office");
        assignment.Turn!.Week.ShouldBe(new DateOnly(2026, 3, 9));
        assignment.MissedInARow.ShouldBe(0);
    }

    [Fact]
    public void ASG_9_Whoever_is_back_before_the_week_ends_is_asked_then()
    {
        var pair = Pair(away: new Absence(IsLong: true, Berlin(3, 5, 0)));
        Step(Planned(), pair, Due).Next.Turn!.DueAt.ShouldBe(Berlin(3, 5, 15));
    }

    [Fact]
    public void ASG_7_It_is_never_asked_outside_of_the_CEs_hours()
    {
        // 10:00 in Berlin is 04:00 in New York.
        var early = Planned() with
        {
            Turn = Turn(Berlin(3, 3, 10)),
        };
        Step(early, Pair(), Berlin(3, 3, 10)).Next.Turn!.DueAt.ShouldBe(Berlin(3, 3, 15));
    }

    [Fact]
    public void ASG_9_It_is_reminded_once_after_a_day_and_missed_with_the_weeks_end()
    {
        var asked = Step(Planned(), Pair(), Due).Next;
        var (reminded, facts) = Step(asked, Pair(), asked.Turn!.NextStepAt);
        facts.ShouldHaveSingleItem().ShouldBeOfType<AssignmentFact.CheckInReminded>();
        reminded.Turn!.NextStepAt.ShouldBe(Berlin(3, 9, 0));
        var (missed, then) = Step(reminded, Pair(), Berlin(3, 9, 0));
        then.ShouldHaveSingleItem().ShouldBeOfType<AssignmentFact.CheckInMissed>();
        missed.MissedInARow.ShouldBe(1);
        missed.Turn!.DueAt.ShouldBe(Berlin(3, 10, 15));
        missed.TellOfMissedAt.ShouldBeNull();
    }

    [Fact]
    public void ASG_9_Who_is_asked_on_a_Friday_is_reminded_on_Monday_before_it_is_missed()
    {
        var friday = Planned() with { Turn = Turn(Berlin(3, 6, 15)) };
        var asked = Step(friday, Pair(), Berlin(3, 6, 15)).Next;
        asked.Turn!.NextStepAt.ShouldBe(Berlin(3, 9, 15));
        var reminded = Step(asked, Pair(), Berlin(3, 9, 15));
        reminded.Facts.ShouldHaveSingleItem().ShouldBeOfType<AssignmentFact.CheckInReminded>();
        reminded.Next.Turn!.NextStepAt.ShouldBe(Berlin(3, 10, 15));
    }

    [Fact]
    public void ASG_9_Every_second_missed_week_reaches_the_CS_lead_in_their_hours_once()
    {
        var (assignment, told) = (Planned(), new List<(int, DateTimeOffset)>());
        var end = Berlin(4, 30, 0);
        while (assignment.NextCheckInStepAt is { } at && at < end)
        {
            var (next, facts) = Step(assignment, Pair(), at);
            told.AddRange(
                facts.OfType<AssignmentFact.MissedCheckInsTold>().Select(t => (t.InARow, at))
            );
            assignment = next;
        }

        told.ShouldBe([
            (2, Berlin(3, 16, 10)),
            (4, Berlin(3, 30, 10)),
            (6, Berlin(4, 13, 10)),
            (8, Berlin(4, 27, 10)),
        ]);
    }

    [Fact]
    public void ALL_5_After_weeks_of_downtime_one_question_is_asked_and_nothing_is_missed()
    {
        var (next, facts) = Step(Planned(), Pair(), Berlin(3, 25, 16));
        facts.OfType<AssignmentFact.CheckInAsked>().Count().ShouldBe(1);
        facts.OfType<AssignmentFact.CheckInMissed>().ShouldBeEmpty();
        facts.OfType<AssignmentFact.CheckInSkipped>().Count().ShouldBe(1);
        next.Turn!.Week.ShouldBe(new DateOnly(2026, 3, 23));
    }

    [Fact]
    public void ASG_7_An_engineer_who_takes_over_gets_a_plan_and_the_open_question()
    {
        var asked = Step(Planned(), Pair(), Due).Next with { Engineer = new UserId("other") };
        var people = Pair() with { Engineer = Person("other", "Europe/London") };
        asked.NextCheckInStepAt!.Value.ShouldBeLessThanOrEqualTo(Due);
        var (next, facts) = Step(asked, people, Due.AddMinutes(1));
        facts.OfType<AssignmentFact.CheckInPlanned>().Count().ShouldBe(1);
        next.CheckIns!.Engineer.ShouldBe(new UserId("other"));
        next.NextCheckInStepAt!.Value.ShouldBeGreaterThan(Due.AddMinutes(1));
    }

    [Theory]
    [InlineData("Ended")]
    [InlineData("Approved")]
    public void ASG_7_An_assignment_that_is_not_active_asks_nobody(string state)
    {
        var assignment = Planned() with { State = Enum.Parse<AssignmentState>(state) };
        assignment.NextCheckInStepAt.ShouldBeNull();
        assignment.TakeCheckInSteps(Pair(), Due).ShouldBeOfType<Decision.Refused>();
    }

    private static (Assignment Next, IReadOnlyList<AssignmentFact> Facts) Step(
        Assignment assignment,
        CheckInPeople people,
        DateTimeOffset now
    )
    {
        var done = assignment.TakeCheckInSteps(people, now).ShouldBeOfType<Decision.Accepted>();
        (done.Next.NextCheckInStepAt > now).ShouldBeTrue("It would be due again at once.");
        return (done.Next, done.Facts);
    }

    private static Assignment Planned() =>
        Of(1, "acme", new UserId("engineer"), new UserId("ce"), Berlin(3, 2, 9)) with
        {
            CheckIns = Tuesdays with
            {
                Engineer = new UserId("engineer"),
                CustomerEngineer = new UserId("ce"),
            },
            Turn = Turn(Due),
        };

    private static CheckInTurn Turn(DateTimeOffset at) =>
        new(new DateOnly(2026, 3, 2), at) { NextStepAt = at };

    private static CheckInPeople Pair(
        string? holiday = null,
        Absence? away = null,
        bool hasBackUp = false
    ) =>
        new(
            Person("engineer", Zone, holiday: holiday, absence: away),
            Person("ce", "America/New_York", holiday: holiday),
            hasBackUp ? Person("backup", Zone) : null
        )
        {
            Leads = [Person("cslead", "Europe/London")],
        };
}
