using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.ServiceRequests;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.ServiceRequests;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Rules.Forms;

/// <summary>
/// What a form stands upon changes while it is open (M1): nothing is done before whoever sends it has been told, and
/// sending it again does it.
/// </summary>
public sealed class PremiseTests
{
    private const string Meanwhile = "While this form was open, something changed:";

    [Fact]
    public async Task M1_What_others_made_of_it_is_not_declined_without_a_word()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.Types("lead", "/escalate decline ESC-1");
        await desk.Types("tam", "/escalate edit ESC-1 severity sev2");

        var told = await desk.Submits("lead", ("words", "It is not ours"));
        told.Closed.ShouldBeFalse();
        told.Error.ShouldStartWith(Meanwhile);
        told.Error.ShouldContain(
            "ESC-1 (Acme: Search is slow) is a Sev 2 at Accepted, it has no owner."
        );
        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);

        (await desk.Submits("lead", ("words", "It is not ours"))).Accepted.ShouldBeTrue();
        (await desk.StateOf()).ShouldBe(EscalationState.Declined);
    }

    [Theory]
    [InlineData("edit ESC-1 summary The whole site is down", "Acme: The whole site is down")]
    [InlineData("edit ESC-1 customer acme-labs", "Acme Labs: Search is slow")]
    public async Task M1_What_is_about_something_else_by_now_is_not_declined_without_a_word(
        string meanwhile,
        string said
    )
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.Types("lead", "/escalate decline ESC-1");
        await desk.Types("tam", $"/escalate {meanwhile}");
        (await desk.Submits("lead", ("words", "A mistake"))).Error.ShouldContain(said);
        (await desk.StateOf()).ShouldNotBe(EscalationState.Declined);
        (await desk.Submits("lead", ("words", "A mistake"))).Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task M1_What_was_solved_and_opened_again_meanwhile_is_not_resolved_without_a_word()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        foreach (var times in (string[])["once", "2 times"])
        {
            await desk.Presses("lead", desk.Card(), "Resolve");
            await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
            await desk.Types("tam", "/escalate reopen ESC-1 Slow again");
            (await desk.Submits("lead", ("resolution", "Restarted"))).Error.ShouldContain(
                $"it was reopened {times}"
            );
            (await desk.StateOf()).ShouldBe(EscalationState.Acknowledged);
        }
    }

    [Fact]
    public async Task M1_Whose_confirmation_is_replaced_the_form_says()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev1 Nobody can log in");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        await desk.Types("tam", "/escalate confirm ESC-1 Their CTO");
        await desk.Presses("lead", desk.Card(), "More…", "Customer confirmed");
        desk.Mattermost.OpenDialogOf("lead")!
            .IntroductionText.ShouldContain(
                "@tam has recorded already that Their CTO confirmed it"
            );
    }

    [Fact]
    public async Task M1_Who_confirmed_it_is_not_replaced_without_a_word()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev1 Nobody can log in");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        await desk.Types("engineer", "/escalate close ESC-1");
        await desk.Types("tam", "/escalate confirm ESC-1");
        await desk.Types("lead", "/escalate confirm ESC-1 Their CTO");

        var told = await desk.Submits("tam", ("words", "Their COO"));
        told.Error.ShouldContain("Their CTO confirmed that for the customer");
        (await desk.Submits("engineer", ("words", "Their CFO"))).Error.ShouldStartWith(Meanwhile);
        (await desk.Stored()).Confirmed!.Who.ShouldBe("Their CTO");
        (await desk.Submits("tam", ("words", "Their COO"))).Accepted.ShouldBeTrue();
        (await desk.Stored()).Confirmed!.Who.ShouldBe("Their COO");
    }

    [Fact]
    public async Task M1_What_was_said_to_be_another_problem_is_not_merged_without_a_word()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new acme sev1 Nobody can log in");
        await desk.Types("tam", "/escalate new acme sev1 Nobody can log in at all");
        var second = desk.Cards()[^1];
        await desk.Presses("lead", second, "Merge with ESC-1");
        await desk.Presses("engineer", second, "Another problem");

        (await desk.Submits("lead")).Error.ShouldContain(
            "Nobody is asked any more whether they are the same problem."
        );
        (await desk.Stored(2)).MergedInto.ShouldBeNull();
        (await desk.Submits("lead")).Accepted.ShouldBeTrue();
        (await desk.Stored(2)).MergedInto.ShouldNotBeNull();
    }

    [Fact]
    public async Task M1_An_assignment_that_went_to_somebody_else_is_not_ended_without_a_word()
    {
        await using var desk = await GivenPair.Open();
        await desk.Hires("second", Sidecar.People.Role.SupportEngineer);
        await desk.Assigns();
        await desk.Types("cslead", "/escalate engineer end ASG-1");
        await desk.Types("cslead", "/escalate engineer backup ASG-1 @second");

        (await desk.Submits("cslead", ("why", "Engineer leaves"))).Error.ShouldContain(
            "its engineer is @engineer, its back-up @second"
        );
        (await desk.Assignment()).State.ShouldBe(AssignmentState.Active);
        (await desk.Submits("cslead", ("why", "Engineer leaves"))).Accepted.ShouldBeTrue();
        (await desk.Assignment()).State.ShouldBe(AssignmentState.Ended);
    }

    [Fact]
    public async Task M1_ASG_9_A_check_in_that_was_left_out_or_moved_is_not_answered_or_skipped_without_a_word()
    {
        await using var desk = await GivenPair.Asked();
        var prompt = desk.MessagesTo("engineer")[^1];
        await desk.Presses("engineer", prompt, "Answer now");
        await desk.Types("ce", "/escalate checkin skip acme On site with them");
        (await desk.Submits("engineer", ("going_well", "Fine"))).Error.ShouldContain(
            "was skipped by @ce: “On site with them”."
        );
        (await desk.Assignment()).LastCheckIn.ShouldBeNull();
        (await desk.Submits("engineer", ("going_well", "Fine"))).Accepted.ShouldBeTrue();
        (await desk.Assignment()).LastCheckIn!.GoingWell.ShouldBe("Fine");
    }

    [Fact]
    public async Task M1_A_customer_is_not_added_for_what_turned_out_to_be_another_one()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Knows("northern", "Northern Bank", 60_000);
        await desk.Types("tam", "/escalate new nothern sev1 Nobody can log in");
        await desk.Presses("lead", desk.Card(), "Add the customer");
        await desk.Presses("tam", desk.Card(), "Yes, Northern Bank");

        (await desk.Submits("lead")).Error.ShouldContain(
            "ESC-1 is for Northern Bank by now and does not wait for a new customer."
        );
        (await desk.Types("tam", "/escalate customer list")).Text.ShouldNotContain("nothern");
        (await desk.Submits("lead")).Accepted.ShouldBeTrue();
        (await desk.Types("tam", "/escalate customer list")).Text.ShouldContain("nothern");
    }

    [Fact]
    public async Task SRV_3_M1_What_was_delivered_meanwhile_is_not_cancelled_without_a_word()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.InProgress);
        await desk.Types(ServiceDesk.Csm, "/escalate service cancel SRV-1");
        await desk.Types("engineer", "/escalate service deliver SRV-1 The script");

        (await desk.Submits(ServiceDesk.Csm, ("text", "Too late"))).Error.ShouldStartWith(
            Meanwhile
        );
        (await desk.Service()).State.ShouldBe(ServiceState.Delivered);
        (await desk.Submits(ServiceDesk.Csm, ("text", "Too late"))).Accepted.ShouldBeTrue();
        (await desk.Service()).State.ShouldBe(ServiceState.Cancelled);
    }

    [Fact]
    public async Task M1_A_test_calls_whom_it_said()
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", "/escalate duty @engineer none");
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, desk.MessagesTo(Desk.Admin)[^1], "Test Sev 1");
        await desk.Types("lead", "/escalate duty @lead none");
        (await desk.Submits(Desk.Admin)).Error.ShouldContain("@lead is called now");
        desk.Cards().ShouldBeEmpty();
        (await desk.Submits(Desk.Admin)).Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task SET_1_A_channel_that_takes_the_place_of_another_one_says_so()
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", $"/escalate team channel rnd ~{Desk.Square}");
        (await desk.Types("lead", "/escalate team channel rnd ~off-topic")).Text.ShouldContain(
            $"from now on, no more to ~{Desk.Square}."
        );
    }
}
