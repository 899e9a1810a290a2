using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.CheckIns;

using static GivenPair;

/// <summary>Check-ins and Sev 1 of a customer know of each other (ASG-7, U3).</summary>
public sealed class EmergencyTests
{
    [Fact]
    public async Task ASG_7_A_check_in_that_is_asked_during_a_Sev_1_says_so_with_a_link_to_its_card()
    {
        await using var desk = await GivenPair.Open();
        await desk.Assigns(plan: Tuesdays);
        var card = await desk.Raised();
        await desk.PassesTo(Berlin(3, 3, 15));
        var asked = desk.MessagesTo("engineer")
            .Single(p => p.Message.StartsWith(":speech_balloon:", StringComparison.Ordinal));
        asked.Attachments[0].Text.ShouldStartWith(":rotating_light: [**ESC-1**](");
        asked.Attachments[0].Text.ShouldContain($"/_redirect/pl/{card.Id})");
        (await desk.AssignmentFacts())
            .OfType<AssignmentFact.CheckInAsked>()
            .Single()
            .Emergencies.Single()
            .Name.ShouldBe("ESC-1");

        await desk.Types("tam", "/escalate cancel ESC-1 It was a drill");
        await desk.Answers("engineer", "Fine");
        await desk.PassesTo(Berlin(3, 10, 15));
        (desk.MessagesTo("engineer")[^1].Attachments[0].Text ?? "").ShouldNotContain("Sev 1");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_7_A_Sev_1_is_told_to_the_assigned_engineer_once_with_their_check_in()
    {
        await using var desk = await Asked();
        await desk.Types("tam", "/escalate new acme sev3 Logins are slow");
        await desk.Passes(TimeSpan.FromMinutes(2));
        Told(desk).ShouldBeEmpty();
        await desk.Types("tam", "/escalate edit ESC-1 severity sev1");
        await desk.Passes(TimeSpan.FromMinutes(2));
        Told(desk)
            .ShouldHaveSingleItem()
            .ShouldBe(
                ":rotating_light: **ESC-1** is a Sev 1 at Acme, whose assigned engineer you are. The check-in with @ce for the week of 2026-03-02 is still to be answered by @engineer: `/escalate checkin acme`"
            );
        await desk.Types("tam", "/escalate edit ESC-1 severity sev2");
        await desk.Types("tam", "/escalate edit ESC-1 severity sev1");
        await desk.Passes(TimeSpan.FromMinutes(2));
        Told(desk).Count.ShouldBe(1);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_7_Who_raised_it_or_is_called_to_it_or_is_assigned_elsewhere_is_not_told_again()
    {
        await using var desk = await Asked();
        await desk.Types("lead", "/escalate duty @engineer");
        await desk.Types("tam", "/escalate new acme sev1 Nobody can log in");
        await desk.Types("engineer", "/escalate new acme sev1 Again");
        await desk.Types("tam", "/escalate new acme-labs sev1 Theirs, too");
        await desk.Passes(TimeSpan.FromMinutes(2));
        Told(desk).ShouldBeEmpty();
    }

    private static IReadOnlyList<string> Told(Desk desk) =>
        [
            .. desk.ToldTo("engineer")
                .Where(t => t.StartsWith(":rotating_light:", StringComparison.Ordinal)),
        ];
}
