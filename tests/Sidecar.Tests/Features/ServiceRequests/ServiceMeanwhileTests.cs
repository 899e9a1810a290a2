using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.ServiceRequests;
using Sidecar.Storage;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.ServiceRequests;

/// <summary>While a form of a service request is open others change it, or the form is sent twice (M1, ESC-9).</summary>
public sealed class ServiceMeanwhileTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SRV_1_A_form_that_is_sent_twice_at_one_moment_prepares_one_and_tells_of_that()
    {
        await using var desk = await ServiceDesk.Open();
        const int Rounds = 6;
        for (var round = 1; round <= Rounds; round++)
        {
            await desk.Types(ServiceDesk.Csm, "/escalate service acme");
            var form = desk.Mattermost.OpenDialogOf(ServiceDesk.Csm).ShouldNotBeNull();
            var sent = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["customer"] = "Acme",
                ["title"] = $"Tickets {round}",
                ["delivers"] = "A script",
                ["due_on"] = "2026-03-20",
                ["days"] = "4",
            };
            var outcomes = await Task.WhenAll(
                Enumerable
                    .Range(0, 3)
                    .Select(_ =>
                        desk.Mattermost.As(ServiceDesk.Csm).SubmitRaw(form, sent, cancelled: false)
                    )
            );
            outcomes.ShouldAllBe(o => o.Closed);
            await desk.Passes(TimeSpan.FromMinutes(1));
        }

        var told = desk
            .Mattermost.EphemeralsOf(ServiceDesk.Csm)
            .Where(e => e.Message.StartsWith("Prepared:", StringComparison.Ordinal))
            .Select(e => e.Message.Split("**")[1]);
        var made = (
            await desk.Store.List(
                ServiceIndexes.Kind,
                ServiceIndexes.ByDue,
                IndexKey.Empty,
                null,
                100,
                Cancel
            )
        ).Items.Select(r => r.Value.Id.ToString());
        told.ShouldBe(made, ignoreOrder: true);
        made.Count().ShouldBe(Rounds);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("customer acme-labs", "Acme Labs: Tickets into channels")]
    [InlineData("summary Calls into channels", "Acme: Calls into channels")]
    public async Task SRV_1_M1_What_the_escalation_became_meanwhile_is_said_before_it_goes_on_as_a_request(
        string meanwhile,
        string said
    )
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Types("tam", "/escalate new acme sev3 Tickets into channels");
        await desk.Types("tam", "/escalate edit ESC-1 category custom");
        await desk.Types("tam", "/escalate service from ESC-1");
        await desk.Types("lead", $"/escalate edit ESC-1 {meanwhile}");

        var told = await desk.Answers("tam", "engineer");
        told.Closed.ShouldBeFalse();
        told.Error.ShouldContain(said);
        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);

        (await desk.Answers("tam", "engineer")).Accepted.ShouldBeTrue();
        (await desk.Service()).Former!.Id.ToString().ShouldBe("ESC-1");
        (await desk.StateOf()).ShouldBe(EscalationState.Closed);
    }

    [Fact]
    public async Task SRV_2_M1_That_an_agreement_is_not_recorded_is_said()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.SignedOff);
        await desk.Types("tam", "/escalate service edit SRV-1");
        await desk.Types(ServiceDesk.Csm, "/escalate service edit SRV-1");
        await desk.Submits(ServiceDesk.Csm, ("due_on", "2026-03-27"));
        (string, object?)[] agreed = [("days", "15"), ("agreed", "Their CFO"), ("how", "verbally")];
        (await desk.Submits("tam", agreed)).Error.ShouldContain(
            "SRV-1 is awaiting sign-off. Acme has not signed it off."
        );
        (await desk.Submits("tam", agreed)).Closed.ShouldBeTrue();
        var now = await desk.Service();
        (now.Sow.Days, now.SignOff, now.State).ShouldBe((15m, null, ServiceState.AwaitingSignOff));
        desk.Mattermost.EphemeralsOf("tam")[^1]
            .Message.ShouldContain(
                "That Their CFO agreed is not recorded, since others had changed the statement of work while your form was open"
            );

        // Nor is an agreement to no change.
        await desk.Reaches(ServiceState.SignedOff);
        await desk.Types("tam", "/escalate service edit SRV-1");
        (
            await desk.Submits("tam", ("agreed", "Their CFO"), ("how", "verbally"))
        ).Error.ShouldContain("there is no change to which Their CFO could have agreed");
    }

    [Fact]
    public async Task SRV_2_M1_What_is_signed_off_is_read_again_and_the_form_sent_again()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Types(ServiceDesk.Csm, "/escalate service signed SRV-1");
        (string, object?)[] word = [("how", "verbally"), ("who", "Their CTO")];
        foreach (var delivers in (string[])["Something else", "Another thing"])
        {
            await desk.Types("tam", "/escalate service edit SRV-1");
            await desk.Submits("tam", ("delivers", delivers));
            // Each change is to be read.
            (await desk.Submits(ServiceDesk.Csm, word)).Error.ShouldContain(
                $"of work: {delivers}. Send it again if you mean it all the same."
            );
            (await desk.Service()).SignOff.ShouldBeNull();
        }

        (await desk.Submits(ServiceDesk.Csm, word)).Closed.ShouldBeTrue();
        (await desk.Service()).SignOff!.Who.ShouldBe("Their CTO");
    }

    [Fact]
    public async Task SRV_3_M1_A_delivery_is_accepted_by_the_same_form_once_it_was_read_of()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.Delivered);
        await desk.Types(ServiceDesk.Csm, "/escalate service accept SRV-1");
        await desk.Types("tam", "/escalate service return SRV-1 It does not run");
        await desk.Passes(TimeSpan.FromMinutes(1));
        await desk.Types("engineer", "/escalate service deliver SRV-1 Another script");
        (await desk.Submits(ServiceDesk.Csm, ("who", "Their CTO"))).Error.ShouldContain(
            "Delivered: Another script"
        );
        (await desk.Submits(ServiceDesk.Csm, ("who", "Their CTO"))).Closed.ShouldBeTrue();
        (await desk.Service()).State.ShouldBe(ServiceState.Accepted);
    }

    [Fact]
    public async Task SRV_2_M1_Nobody_delivers_what_has_become_another_work()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.InProgress);
        await desk.Types("engineer", "/escalate service deliver SRV-1");
        await desk.Types("tam", "/escalate service edit SRV-1");
        await desk.Submits(
            "tam",
            ("delivers", "Something else"),
            ("agreed", "Their CFO"),
            ("how", "verbally")
        );
        (await desk.Submits("engineer", ("text", "The script"))).Error.ShouldContain(
            "Something else"
        );
        (await desk.Service()).State.ShouldBe(ServiceState.InProgress);
        (await desk.Submits("engineer", ("text", "The script"))).Closed.ShouldBeTrue();
    }

    [Fact]
    public async Task SRV_2_M1_Work_that_has_begun_is_not_changed_without_a_word()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.SignedOff);
        await desk.Types("tam", "/escalate service edit SRV-1");
        await desk.Types("engineer", "/escalate service start SRV-1");
        (await desk.Submits("tam", ("days", "16"))).Error.ShouldContain("SRV-1 is in progress");
        (await desk.Submits("tam", ("days", "16"))).Closed.ShouldBeTrue();
    }

    [Fact]
    public async Task SRV_2_M1_A_sign_off_is_taken_away_by_who_has_read_of_it()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Types("tam", "/escalate service edit SRV-1");
        await desk.Types("engineer", "/escalate service edit SRV-1");
        await desk.Submits("engineer", ("title", "Incidents"));
        await desk.Types(ServiceDesk.Csm, "/escalate service signed SRV-1 verbally by Their CTO");
        // What others did and what they wrote is said at once; neither is asked about again.
        var told = await desk.Submits("tam", ("title", "Tickets"));
        told.Error.ShouldContain("Acme has signed it off (Their CTO, verbally");
        told.FieldErrors.Keys.ShouldBe(["title"]);
        (await desk.Submits("tam", ("title", "Tickets"))).Closed.ShouldBeTrue();
        var now = await desk.Service();
        (now.Sow.Title, now.SignOff, now.State).ShouldBe(
            ("Tickets", null, ServiceState.AwaitingSignOff)
        );
    }

    [Fact]
    public async Task SRV_3_M1_Who_exactly_maintains_it_belongs_to_who_does()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.Completed);
        await desk.Types("lead", "/escalate service complete SRV-1 vendor Example One: updates");
        await desk.Types("tam", "/escalate service complete SRV-1");
        await desk.Types("lead", "/escalate service complete SRV-1 rnd each release");
        (await desk.Submits("tam", ("who", "Example Two"))).FieldErrors.Keys.ShouldBe(["who"]);
        (await desk.Submits("tam", ("who", "Example Two"))).Closed.ShouldBeTrue();
        var plan = (await desk.Service()).Maintenance!;
        (plan.By, plan.Who, plan.What).ShouldBe((Maintainer.Vendor, "Example Two", "updates"));
    }
}
