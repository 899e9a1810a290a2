using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Tests.Features.Escalations;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Care;

/// <summary>An assignment is never permanent: it is reviewed (ASG-12). Monday 2026-03-02, reviewed on Saturday 03-07.</summary>
public sealed class ReviewTests
{
    private const string Asked = ":calendar:";
    private static readonly DateOnly Saturday = new(2026, 3, 7);

    [Fact]
    public async Task ASG_12_Engineer_CE_and_CS_lead_are_asked_once_each_when_they_are_at_work()
    {
        await using var desk = await Staff.Open();
        desk.Mattermost.AddUser("tokyo", timezone: "Asia/Tokyo");
        await desk.Meets("tokyo");
        await desk.Has(
            desk.Assignment() with
            {
                ReviewOn = Saturday,
                CustomerEngineer = desk.IdOf("tokyo"),
            }
        );
        await desk.PassesTo(Staff.Day(3, 15, 0));
        desk.TimesOf("tokyo", Asked).ShouldBe([Staff.Day(3, 9, 0)]);
        desk.TimesOf("engineer", Asked).ShouldBe([Staff.Day(3, 9, 9)]);
        desk.TimesOf("cslead", Asked).ShouldBe([Staff.Day(3, 9, 9)]);
        desk.MessagesTo("engineer")[^1]
            .Buttons()
            .ShouldBe(["Keep for 6 months", "Hand over", "End"]);
    }

    [Fact]
    public async Task ASG_12_Unanswered_they_are_asked_again_after_two_weeks_once_then_the_CS_lead_is_told()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment() with { ReviewOn = Saturday });
        await desk.PassesTo(Staff.Day(6, 30, 0));
        desk.TimesOf("engineer", Asked).ShouldBe([Staff.Day(3, 9, 9), Staff.Day(3, 23, 9)]);
        desk.TimesOf("ce", Asked).Count.ShouldBe(2);
        desk.TimesOf("cslead", Asked).Count.ShouldBe(2);
        desk.TimesOf("cslead", ":warning:").ShouldBe([Staff.Day(4, 6, 9)]);
        desk.ToldTo("engineer").Count.ShouldBe(2);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_12_ALL_5_A_review_that_came_while_the_process_was_down_is_asked_once()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment() with { ReviewOn = Saturday });
        await desk.PassesWhileDown(TimeSpan.FromDays(10));
        desk.TimesOf("engineer", Asked).Count.ShouldBe(1);
        await desk.RestartSidecar();
        await desk.Passes(TimeSpan.FromHours(2));
        desk.TimesOf("engineer", Asked).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ASG_1_ASG_12_A_temporary_one_that_ends_before_its_review_is_not_reviewed()
    {
        await using var desk = await Staff.Open();
        await desk.Has(
            desk.Assignment() with
            {
                EndsOn = new DateOnly(2026, 8, 31),
                ReviewOn = null,
            }
        );
        (await desk.Types("cslead", "/escalate engineer show ASG-1")).Text.ShouldNotContain(
            "review",
            Case.Insensitive
        );
        (await desk.Types("cslead", "/escalate engineer review ASG-1 keep")).Text.ShouldContain(
            "ASG-1 is temporary: it ends by itself after 2026-08-31, before another review would come."
        );
        (await desk.Kept()).ReviewOn.ShouldBeNull();

        // Whoever takes it over has it until that day.
        await desk.Types("engineer", "/escalate engineer handover ASG-1 stagnating");
        await desk.Types("cslead", "/escalate engineer handover ASG-1 to @second");
        await desk.Types("second", "/escalate engineer handover ASG-1 accept");
        var over = await desk.Kept();
        (over.Engineer, over.ReviewOn).ShouldBe((desk.IdOf("second"), null));
    }

    [Fact]
    public async Task ASG_12_ESC_9_The_first_answer_counts_and_the_second_is_told_who_was_first()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment() with { ReviewOn = Saturday });
        await desk.PassesTo(Staff.Day(3, 9, 10));
        var (theirs, leads) = (desk.MessagesTo("engineer")[^1], desk.MessagesTo("cslead")[^1]);

        (await desk.Presses("engineer", theirs, "Keep for 6 months")).Saw.Text.ShouldContain(
            "2026-09-09"
        );
        (await desk.PressesLate("cslead", leads, "Keep for 6 months")).ShouldContain(
            "decided by @engineer already"
        );
        (await desk.PressesLate("cslead", leads, "End")).ShouldContain("@engineer already");

        var kept = await desk.Kept();
        (kept.ReviewOn, kept.ReviewAsked).ShouldBe((new DateOnly(2026, 9, 9), 0));
        desk.ToldTo("ce")[^1].ShouldContain("decided to keep it");
        await desk.PassesTo(Staff.Day(8, 1, 0));
        desk.TimesOf("engineer", Asked).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ASG_12_Ending_asks_for_the_reason_and_tells_its_people()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment() with { ReviewOn = Saturday });
        await desk.PassesTo(Staff.Day(3, 9, 10));
        await desk.Presses("cslead", desk.MessagesTo("cslead")[^1], "End");
        (
            await desk.Submits("cslead", ("decision", "end"), ("why", ""))
        ).FieldErrors.Keys.ShouldContain("why");
        (
            await desk.Submits("cslead", ("decision", "end"), ("why", "They are live"))
        ).Closed.ShouldBeTrue();
        var ended = await desk.Kept();
        (ended.State, ended.EndedBecause).ShouldBe((AssignmentState.Ended, "They are live"));
        desk.ToldTo("engineer")[^1].ShouldContain("They are live");
        desk.ToldTo("ce")[^1].ShouldContain("They are live");
        await desk.PassesTo(Staff.Day(12, 1, 0));
        desk.TimesOf("engineer", Asked).Count.ShouldBe(1);
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_12_By_command_too_and_not_by_everybody()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        (await desk.Types("tam", "/escalate engineer review acme keep")).Text.ShouldContain(
            "you need"
        );
        (await desk.Types("second", "/escalate engineer review acme end no")).Text.ShouldContain(
            "you need"
        );
        var nonsense = (await desk.Types("ce", "/escalate engineer review acme maybe")).Text;
        nonsense.ShouldContain("is not a decision");
        nonsense.ShouldContain("acme maybe");
        await desk.PassesTo(Staff.Day(3, 3, 10));
        (await desk.Types("ce", "/escalate engineer review acme keep")).Text.ShouldContain(
            "2026-09-03"
        );
        (await desk.Types("ce", "/escalate engineer review ASG-1 end Done")).Text.ShouldContain(
            "has ended"
        );
        (await desk.Types("ce", "/escalate engineer review ASG-1 keep")).Text.ShouldContain(
            "is over"
        );
    }
}
