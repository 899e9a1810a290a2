using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Features.Escalations.Incidents.Tasks;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>What is said is true and complete: of archived customers, of addresses, of what is settled (ALL-2, DLG-4).</summary>
public sealed class SaidTests
{
    [Fact]
    public async Task ESC_1_An_archived_customer_is_said_to_be_and_asked_about_where_it_can_wait()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("lead", "/escalate customer archive acme");
        (await desk.Types("tam", "/escalate new acme sev2 Down")).Text.ShouldContain(
            "Acme is archived"
        );

        (await desk.Types("tam", "/escalate new acme sev3 Slow")).Text.ShouldBeEmpty();
        desk.Mattermost.OpenDialogOf("tam")!.IntroductionText.ShouldContain("is archived");
        (await desk.Find(2)).ShouldBeNull();
        // Who may not read customers is told nothing of them.
        await desk.Hires("newcomer");
        (await desk.Types("newcomer", "/escalate new acme sev2 Down")).Text.ShouldNotContain(
            "archived"
        );
    }

    [Theory]
    [InlineData("bug notalink")]
    [InlineData("bug htp:/x")]
    [InlineData("pr 4711")]
    public async Task ESC_13_What_is_no_address_is_not_linked(string typed)
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        (await desk.Types("engineer", $"/escalate link ESC-1 {typed}")).Text.ShouldContain(
            "is not the address of a page"
        );
        (await desk.Stored()).Work.ShouldBe(ProductWork.None);
    }

    [Fact]
    public async Task DLG_4_A_settled_message_shows_no_facts_from_before()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("lead", "/escalate duty @engineer");
        await desk.Raised();
        var called = desk.MessagesTo("engineer")[^1];
        called.Field("Owner").ShouldNotBeNull();
        await desk.Types("engineer", "/escalate ack ESC-1");
        var settled = desk.MessagesTo("engineer").Single(p => p.Id == called.Id);
        settled.Message.ShouldContain(":white_check_mark: ESC-1: @engineer acknowledged it");
        (settled.Attachments[0].Fields ?? []).ShouldBeEmpty();
    }

    [Fact]
    public async Task PB_7_Another_task_of_a_closed_one_does_not_settle_a_reminder()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Follows();
        await desk.Types("lead", "/escalate task ESC-1 8.2 assign @tam");
        var told = desk.MessagesTo("tam")[^1];
        told.Attachments[0].Text.ShouldContain("`/escalate summary ESC-1`");
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted it");
        await desk.Types("tam", "/escalate confirm ESC-1 Jane");
        await desk.Types("lead", "/escalate close ESC-1 Over");
        (await desk.StateOf()).ShouldBe(EscalationState.Closed);

        await desk.Types("engineer", "/escalate task ESC-1 8.3 done");
        var still = desk.MessagesTo("tam").Single(p => p.Id == told.Id);
        still.Buttons().ShouldBe(["Done", "Change…"]);
        await desk.Types("tam", "/escalate task ESC-1 8.2 done");
        desk.MessagesTo("tam").Single(p => p.Id == told.Id).Buttons().ShouldBeEmpty();
    }
}
