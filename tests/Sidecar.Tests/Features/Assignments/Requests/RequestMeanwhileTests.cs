using Shouldly;
using Sidecar.People;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Requests;

/// <summary>While the form of a request is open the customer changes, of whom it is filled (M1).</summary>
public sealed class RequestMeanwhileTests
{
    [Fact]
    public async Task M1_ASG_1_The_CE_of_a_request_is_whoever_that_is_by_then()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Hires("other-ce", Role.CustomerEngineer);
        await desk.Hires("third-ce", Role.CustomerEngineer);
        await desk.Types("tam", "/escalate engineer request acme");
        await desk.Types("lead", "/escalate customer set acme ce @other-ce");
        await desk.Types("lead", "/escalate customer set acme name Acme Works");
        (await desk.Submits("tam", ("why", "They migrate"))).Closed.ShouldBeTrue();
        (await desk.Assignment()).CustomerEngineer.ShouldBe(desk.IdOf("other-ce"));
        desk.Mattermost.EphemeralsOf("tam")[^1]
            .Message.ShouldContain("The CE is @other-ce: the customer’s was changed");

        await desk.Types("tam", "/escalate engineer request acme-labs");
        await desk.Types("lead", "/escalate customer set acme-labs ce @other-ce");
        (
            await desk.Submits("tam", ("why", "They try it"), ("ce", "@third-ce"))
        ).Closed.ShouldBeTrue();
        // Who was chosen stays chosen.
        (await desk.Assignment(2)).CustomerEngineer.ShouldBe(desk.IdOf("third-ce"));
    }
}
