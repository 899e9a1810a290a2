using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.CheckIns;

using static GivenPair;

/// <summary>Answers with a slip in them (ASG-10): the latest are corrected, whoever got them gets the new ones.</summary>
public sealed class CorrectionTests
{
    [Theory]
    [InlineData("/escalate checkin acme")]
    [InlineData("/escalate checkin correct")]
    [InlineData("/escalate checkin correct acme")]
    public async Task ASG_10_The_latest_answers_are_corrected_and_told_to_whoever_got_them(
        string command
    )
    {
        await using var desk = await Asked();
        await desk.Types("engineer", $"/escalate checkin plan in ~{Desk.Square}");
        await desk.Answers("engineer", "Logins are fst");
        desk.ToldTo("engineer")[^1].ShouldContain("`/escalate checkin correct acme` corrects them");

        await desk.Types("engineer", command);
        var form = desk.Mattermost.OpenDialogOf("engineer").ShouldNotBeNull();
        form.Elements.Single(e => e.Name == "going_well").Default.ShouldBe("Logins are fst");
        form.Elements.Single(e => e.Name == "goals").Default.ShouldBe("Move to Kubernetes");
        (await desk.Submits("engineer", ("going_well", "Logins are fast"))).Closed.ShouldBeTrue();

        desk.ToldTo("ce")[^1].ShouldContain("@engineer (corrected) with @ce:");
        desk.ToldTo("ce")[^1].ShouldContain("**Going well:** Logins are fast");
        desk.Cards()[^1].Message.ShouldContain("**Going well:** Logins are fast");
        var history = (await desk.Types("ce", "/escalate checkin history acme")).Text;
        history.ShouldContain("@engineer (corrected)");
        history.ShouldContain("Logins are fast");
        history.ShouldNotContain("fst");
        var assignment = await desk.Assignment();
        assignment.Turn!.Week.ShouldBe(new DateOnly(2026, 3, 9));
        (await desk.AssignmentFacts()).OfType<AssignmentFact.CheckInAnswered>().Count().ShouldBe(1);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_8_What_looks_like_services_after_a_correction_is_weighed_up_once_and_taken_back_is_not()
    {
        await using var desk = await Asked();
        await desk.Answers("engineer", "Fine");
        await desk.Types("ce", "/escalate checkin correct acme");
        (await desk.Submits("ce", ("professional_services", true))).Closed.ShouldBeTrue();
        desk.ToldTo("saleslead")[^1].ShouldStartWith(":scales: @ce says");
        desk.ToldTo("engineer")[^1].ShouldContain("@engineer (corrected by @ce) with @ce:");

        await desk.Types("ce", "/escalate checkin correct acme");
        (await desk.Submits("ce", ("professional_services", false))).Closed.ShouldBeTrue();
        (await desk.Assignment()).ServicesAsked.ShouldBeEmpty();
        desk.ToldTo("saleslead")[^1].ShouldContain("corrected the answers of the check-in");
    }

    [Fact]
    public async Task M1_Two_who_correct_at_once_lose_nothing_of_each_other()
    {
        await using var desk = await Asked();
        await desk.Answers("engineer", "Fine");
        await desk.Types("engineer", "/escalate checkin correct acme");
        await desk.Types("ce", "/escalate checkin correct acme");
        (await desk.Submits("ce", ("goals", "Move to 11.6"))).Closed.ShouldBeTrue();
        (await desk.Submits("engineer", ("frustration", "Slow searches"))).Closed.ShouldBeTrue();
        var last = (await desk.Assignment()).LastCheckIn!;
        last.Goals.ShouldBe("Move to 11.6");
        last.Frustration.ShouldBe("Slow searches");
        last.GoingWell.ShouldBe("Fine");
    }

    [Fact]
    public async Task M1_An_untouched_form_corrects_nothing()
    {
        await using var desk = await Asked();
        await desk.Answers("engineer", "Fine");
        await desk.Types("engineer", "/escalate checkin correct acme");
        (await desk.Submits("engineer")).Closed.ShouldBeFalse();
        (await desk.Assignment()).LastCheckIn!.Correction.ShouldBeNull();
    }

    [Fact]
    public async Task ASG_10_Of_weeks_before_the_latest_nothing_is_corrected_and_nothing_of_others()
    {
        await using var desk = await Asked();
        (await desk.Types("engineer", "/escalate checkin correct acme")).Text.ShouldContain(
            "No check-in of ASG-1 Acme was answered yet, so there is nothing to correct."
        );
        await desk.Answers("engineer", "Fine");
        await desk.PassesTo(Berlin(3, 10, 14, 50));
        await desk.Types("engineer", "/escalate checkin correct acme");
        await desk.PassesTo(Berlin(3, 10, 15));
        await desk.Answers("ce", "Better");
        (await desk.Submits("engineer", ("going_well", "Late"))).Error.ShouldContain(
            "are not the latest any more"
        );
        (await desk.Types("tam", "/escalate checkin correct acme")).Text.ShouldContain(
            "To answer a check-in you need"
        );
        (await desk.Assignment()).LastCheckIn!.GoingWell.ShouldBe("Better");
    }

    [Fact]
    public async Task ASG_9_ASG_6_The_list_tells_what_is_missed_and_show_when_check_ins_are()
    {
        await using var desk = await Asked();
        (await desk.Types("lead", "/escalate engineer list")).Text.ShouldContain(
            "check-in asked for"
        );
        await desk.PassesTo(Berlin(3, 10, 15));
        (await desk.Types("lead", "/escalate engineer list")).Text.ShouldContain("1 missed");
        var shown = (await desk.Types("lead", "/escalate engineer show acme")).Text;
        shown.ShouldContain("**Check-ins:** ");
        shown.ShouldContain("none was answered, the last 1 missed");
    }

    [Fact]
    public async Task ASG_3_Back_up_and_end_take_the_customer_too()
    {
        await using var desk = await Asked();
        (await desk.Types("cslead", "/escalate engineer backup acme none")).Text.ShouldContain(
            "has no back-up now"
        );
        (await desk.Types("cslead", "/escalate engineer end acme Deal lost")).Text.ShouldContain(
            "is over, and its place is free"
        );
    }
}
