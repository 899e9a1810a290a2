using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Care;

/// <summary>What is noted was: days to come, and days that are none, are told (ALL-1, ASG-3, ASG-6).</summary>
public sealed class TypedDayTests
{
    [Fact]
    public async Task ASG_6_A_meeting_is_noted_once_it_was()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        (
            await desk.Types("engineer", "/escalate engineer meeting ASG-1 tomorrow Review")
        ).Text.ShouldContain("That day is to come");
        await desk.Types("engineer", "/escalate engineer meeting ASG-1");
        var refused = await desk.Submits("engineer", ("day", "tomorrow"), ("about", "Review"));
        refused.FieldErrors["day"].ShouldContain("That day is to come");
        (
            await desk.Submits("engineer", ("day", "yesterday"), ("about", "Review"))
        ).Closed.ShouldBeTrue();
    }

    [Fact]
    public async Task ASG_3_A_date_that_is_none_does_not_become_a_name()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        (
            await desk.Types("engineer", "/escalate engineer told ASG-1 Jane on 2026-13-01")
        ).Text.ShouldContain("is not a date");
        (await desk.Kept()).Communicated.ShouldBeNull();
        (
            await desk.Types("engineer", "/escalate engineer told ASG-1 Jane on call")
        ).Text.ShouldContain("told Jane on call");
    }

    [Fact]
    public async Task ASG_6_The_quotes_around_a_title_are_no_part_of_it()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        await desk.Types("engineer", "/escalate engineer doc ASG-1 https://docs.test/1 \"Design\"");
        (await desk.Kept()).Documents.ShouldHaveSingleItem().Title.ShouldBe("Design");
    }

    [Fact]
    public async Task ASG_9_A_second_skip_does_not_take_the_week_after_before_it_has_begun()
    {
        // The day before the first week with a check-in.
        await using var desk = await Staff.Open(at: Staff.Day(3, 1, 12));
        await desk.Has(
            desk.Assignment() with
            {
                Turn = new CheckInTurn(new DateOnly(2026, 3, 2), Staff.Day(3, 4, 9))
                {
                    NextStepAt = Staff.Day(3, 4, 9),
                },
            }
        );
        (await desk.Kept()).TurnWeek(desk.Clock.GetUtcNow()).ShouldBe(new DateOnly(2026, 3, 2));
        (await desk.Types("engineer", "/escalate checkin skip Away")).Text.ShouldContain(
            "for the week of 2026-03-02 is skipped"
        );
        (await desk.Types("engineer", "/escalate checkin skip Still away")).Text.ShouldContain(
            "settled already"
        );
        (await desk.Types("engineer", "/escalate checkin move wed 10:00")).Text.ShouldContain(
            "that of the week before was skipped"
        );
        (await desk.Kept()).Turn!.Week.ShouldBe(new DateOnly(2026, 3, 9));
    }
}
