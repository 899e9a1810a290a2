using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Features.Assignments.Care;
using Sidecar.Tests.Features.Escalations;
using Xunit;

namespace Sidecar.Tests.Features.MySummary;

/// <summary><c>/escalate me</c>: what is mine, due, overdue (WEEK-2).</summary>
public sealed class MySummaryTests
{
    [Fact]
    public async Task WEEK_2_Nothing_is_said_in_a_friendly_way()
    {
        await using var desk = await Staff.Open();
        (await desk.Types("executive", "/escalate me")).Text.ShouldContain(
            "Nothing is waiting for you"
        );
    }

    [Fact]
    public async Task WEEK_2_Escalations_with_their_updates_each_with_the_command_that_does_it()
    {
        await using var desk = await Staff.Open();
        await desk.Types("tam", "/escalate new acme sev2 Slow");
        await desk.Types("lead", "/escalate assign ESC-1 @engineer");
        (await desk.Types("engineer", "/escalate me")).Text.ShouldContain(
            "**ESC-1** Sev 2 Acme is at *accepted*: Slow: `/escalate ack ESC-1`",
            Case.Insensitive
        );
        await desk.Types("engineer", "/escalate ack ESC-1");
        var due = (await desk.Types("engineer", "/escalate me")).Text;
        due.ShouldContain("Due within a day");
        due.ShouldContain("due Mon 2 Mar 13:00 UTC (in 4 h): `/escalate update ESC-1`");
        await desk.Passes(TimeSpan.FromHours(5));
        var late = (await desk.Types("engineer", "/escalate me")).Text;
        late.ShouldContain("Overdue");
        late.ShouldContain("(1 h ago)");
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        (await desk.Types("engineer", "/escalate me")).Text.ShouldContain("/escalate close ESC-1");
        await desk.Types("engineer", "/escalate close ESC-1");
        (await desk.Types("engineer", "/escalate me")).Text.ShouldContain(
            "Nothing is waiting for you"
        );
        // Who raised or follows one need not do anything about it.
        (await desk.Types("tam", "/escalate me")).Text.ShouldContain("Nothing is waiting for you");
    }

    [Fact]
    public async Task WEEK_2_Tasks_of_checklists_that_are_mine()
    {
        await using var desk = await Staff.Open("{}");
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate task ESC-1 2.1 assign @second");
        await desk.Types("engineer", "/escalate task ESC-1 2.1 due tomorrow 8am");
        var text = (await desk.Types("second", "/escalate me")).Text;
        text.ShouldContain("task 2.1");
        text.ShouldContain("`/escalate task ESC-1 2.1 done`");
        text.ShouldContain("due Tue 3 Mar 08:00 UTC");
        await desk.Types("second", "/escalate task ESC-1 2.1 done");
        (await desk.Types("second", "/escalate me")).Text.ShouldContain(
            "Nothing is waiting for you"
        );
    }

    [Fact]
    public async Task WEEK_2_Check_ins_reviews_hand_overs_and_requests_that_wait_for_me()
    {
        await using var desk = await Staff.Open();
        await desk.Has(
            desk.Assignment() with
            {
                ReviewOn = new DateOnly(2026, 3, 2),
                Turn = new CheckInTurn(new DateOnly(2026, 3, 2), Staff.Day(3, 1, 10))
                {
                    NextStepAt = Staff.Day(12, 5, 10),
                },
            }
        );
        await desk.Has(
            desk.Assignment(2, "acme-labs", "Acme Labs") with
            {
                State = AssignmentState.Requested,
                Engineer = null,
                ReviewOn = null,
            }
        );
        await desk.Passes(TimeSpan.FromMinutes(5));
        var engineers = (await desk.Types("engineer", "/escalate me")).Text;
        engineers.ShouldContain("check-in with @ce");
        engineers.ShouldContain("`/escalate checkin acme`");
        engineers.ShouldContain("`/escalate engineer review ASG-1`");
        engineers.ShouldNotContain("ASG-2");
        (await desk.Types("cslead", "/escalate me")).Text.ShouldContain(
            "`/escalate engineer approve ASG-2`"
        );
        (await desk.Types("ce", "/escalate me")).Text.ShouldNotContain("engineer approve");

        await desk.Types("engineer", "/escalate engineer handover ASG-1 stagnating");
        (await desk.Types("cslead", "/escalate me")).Text.ShouldContain(
            "engineer handover ASG-1 to @name"
        );
        await desk.Types("cslead", "/escalate engineer handover ASG-1 to @second");
        (await desk.Types("second", "/escalate me")).Text.ShouldContain(
            "`/escalate engineer handover ASG-1 accept`"
        );
    }

    [Fact]
    public async Task WEEK_2_Approvals_that_wait_for_Product_Engineering()
    {
        await using var desk = await Staff.Open();
        var feature = Vocabulary.Categories.Code(Category.InProductFeature);
        await desk.Files("tam", "acme", feature, "A button");
        (await desk.Types("product", "/escalate me")).Text.ShouldContain(
            "`/escalate approve ESC-1`"
        );
        (await desk.Types("engineer", "/escalate me")).Text.ShouldContain(
            "Nothing is waiting for you"
        );
    }

    [Fact]
    public async Task WEEK_2_PB_7_What_is_owed_after_an_outage_was_closed_stays_in_sight_until_it_is_done()
    {
        await using var desk = await Staff.Open("{}");
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        await desk.Types("tam", "/escalate confirm ESC-1 They say so");
        await desk.Types("engineer", "/escalate close ESC-1");
        (await desk.Types("engineer", "/escalate show ESC-1")).Text.ShouldContain("Closed");
        var left = (await desk.Types("engineer", "/escalate me")).Text;
        left.ShouldContain("**ESC-1** Sev 1 Acme task 8.1");
        left.ShouldNotContain("task 3.1");

        await desk.Types("engineer", "/escalate task ESC-1 8.1 done");
        (await desk.Types("engineer", "/escalate me")).Text.ShouldNotContain("task 8.1");
    }

    [Fact]
    public async Task WEEK_2_What_is_over_is_in_no_index_that_the_summary_reads()
    {
        await using var desk = await Staff.Open();
        for (var i = 1; i <= 3; i++)
        {
            await desk.Types("tam", $"/escalate new acme sev3 Slow {i}");
            await desk.Types("engineer", $"/escalate ack ESC-{i}");
            await desk.Types("engineer", $"/escalate resolve ESC-{i} Done");
            await desk.Types("engineer", $"/escalate close ESC-{i}");
        }

        var left = await desk.Store.Count(
            EscalationIndexes.Kind,
            EscalationIndexes.ByWorker,
            Sidecar.Storage.IndexKey.Empty,
            10,
            TestContext.Current.CancellationToken
        );
        left.ShouldBe(0);
    }
}
