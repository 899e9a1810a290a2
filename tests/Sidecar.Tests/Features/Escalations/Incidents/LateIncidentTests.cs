using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Incidents;

/// <summary>What becomes an incident when it is old already.</summary>
public sealed class LateIncidentTests
{
    [Fact]
    public async Task PB_4_The_executive_is_added_to_the_channel_and_announced_there_once_it_is_open()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new acme sev2 Down");
        await desk.Passes(TimeSpan.FromHours(2));
        await desk.Types("engineer", "/escalate edit ESC-1 severity sev1");
        desk.Cards("sev1-acme-20260302")
            .Count(p =>
                p.Message
                == ":necktie: The incident is 2 h old: @executive must be included in replies to the customer from now on."
            )
            .ShouldBe(1);
        (await desk.Stored()).Incident!.Admitted.ShouldContain(desk.IdOf("executive"));
        desk.Log.Errors.ShouldBeEmpty();
    }
}
