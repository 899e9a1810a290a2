using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>Who merges what into what (ESC-11).</summary>
public sealed class MergeTests
{
    [Fact]
    public async Task ESC_11_ALL_3_Who_may_not_change_the_one_that_ends_does_not_merge_it()
    {
        await using var desk = await Two();
        await desk.Hires("newcomer");
        await desk.Types("newcomer", "/escalate new acme sev2 Mine");
        var refused = await desk.Types("newcomer", "/escalate merge ESC-2 into ESC-3 anyway");
        refused.Text.ShouldContain("To merge escalations you need");
        refused.Text.ShouldContain("whoever raised or owns the one that ends");
        (await desk.Types("newcomer", "/escalate merge ESC-2 into ESC-3")).Text.ShouldContain(
            "To merge escalations you need"
        );
        (await desk.StateOf(2)).ShouldNotBe(EscalationState.Closed);

        // Their own they end themselves.
        (await desk.Types("newcomer", "/escalate merge ESC-3 into ESC-1")).Text.ShouldContain(
            "ESC-3 is merged into ESC-1"
        );
    }

    [Fact]
    public async Task ESC_11_Two_of_different_customers_are_asked_about_first()
    {
        await using var desk = await Two();
        (await desk.Types("lead", "/escalate merge ESC-2 into ESC-1")).Text.ShouldBeEmpty();
        (await desk.StateOf(2)).ShouldNotBe(EscalationState.Closed);
        (await desk.Submits("lead", ("note", "One proxy for both"))).Closed.ShouldBeTrue();
        (await desk.StateOf(2)).ShouldBe(EscalationState.Closed);

        await desk.Types("lead", "/escalate new \"Acme Labs\" sev2 Again");
        (await desk.Types("lead", "/escalate merge ESC-3 into ESC-1 anyway")).Text.ShouldContain(
            "ESC-3 is merged into ESC-1"
        );
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_11_Nothing_is_merged_into_what_is_settled()
    {
        await using var desk = await Two();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted it");
        (await desk.StateOf()).ShouldBe(EscalationState.Resolved);

        var refused = (await desk.Types("lead", "/escalate merge ESC-2 into ESC-1 anyway")).Text;
        refused.ShouldContain("ESC-1 is resolved: nothing goes on there");
        refused.ShouldContain("`/escalate reopen ESC-1 why`");
        (await desk.StateOf(2)).ShouldBe(EscalationState.Accepted);

        await desk.Types("lead", "/escalate reopen ESC-1 It is back");
        (await desk.Types("lead", "/escalate merge ESC-2 into ESC-1 anyway")).Text.ShouldContain(
            "ESC-2 is merged into ESC-1"
        );
    }

    /// <summary>ESC-1 is Acme's, ESC-2 that of Acme Labs.</summary>
    private static async Task<Desk> Two()
    {
        var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev2 Down");
        await desk.Types("lead", "/escalate new \"Acme Labs\" sev2 Slow");
        return desk;
    }
}
