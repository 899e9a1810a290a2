using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Updates;

/// <summary>Whoever raised one tells how it stands, and moves it only with the right to (UPD-2, ALL-3).</summary>
public sealed class WriterTests
{
    [Fact]
    public async Task UPD_2_Whoever_raised_it_posts_an_update_and_it_stays_where_it_stands()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Hires("newcomer");
        await desk.Types("newcomer", "/escalate new acme sev2 Down");
        await desk.Types("newcomer", "/escalate update ESC-1 They wait");
        var form = desk.Mattermost.OpenDialogOf("newcomer").ShouldNotBeNull();
        form.Elements.ShouldNotContain(e => e.Name == "status");
        form.IntroductionText.ShouldContain("It stays at *Accepted*");
        (await desk.Submits("newcomer", ("summary", "They wait"))).Closed.ShouldBeTrue();

        var after = await desk.Stored();
        (after.State, after.LastUpdate!.Status).ShouldBe(
            (EscalationState.Accepted, EscalationState.Accepted)
        );
        after.Owner.ShouldBeNull();

        await desk.Types("engineer", "/escalate update ESC-1 Looking");
        (await desk.Submits("engineer", ("summary", "Looking"))).Closed.ShouldBeTrue();
        // Telling of it acknowledges nothing, and whoever is called is called on (ESC-8, M1).
        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);
        (await desk.Stored()).Owner.ShouldBeNull();

        await desk.Types("engineer", "/escalate update ESC-1 Looking into it");
        (
            await desk.Submits(
                "engineer",
                ("summary", "Looking into it"),
                ("status", "investigating")
            )
        ).Closed.ShouldBeTrue();
        (await desk.StateOf()).ShouldBe(EscalationState.Investigating);
        (await desk.Stored()).Owner.ShouldBe(desk.IdOf("engineer"));
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }
}
