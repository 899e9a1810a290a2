using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>What comes next is in sight, the rest one press away; titles have one line (U17).</summary>
public sealed class CardOnAPhoneTests
{
    [Fact]
    public async Task U17_While_nobody_has_it_three_controls_stand_below_it_and_the_rest_under_More()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        desk.Card().Buttons().ShouldBe(["Acknowledge", "Assign to…", "More…"]);
        desk.Card()
            .Menu("More…")
            .ShouldBe([
                "Post update",
                "Resolve",
                "Move to Investigating",
                "Move to Identified",
                "Move to Monitoring",
                "Edit",
                "Follow / unfollow",
                "Decline",
                "Cancel it",
            ]);

        await desk.Presses("engineer", card, "More…", "Resolve");
        await desk.Submits("engineer", ("resolution", "It was the index"));
        (await desk.Stored()).State.ShouldBe(EscalationState.Resolved);
    }

    [Fact]
    public async Task U17_A_list_says_what_it_is_and_how_it_stands_in_three_columns()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev2 Login is down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        foreach (var typed in (string[])["list", "list mine", "find login"])
        {
            (await desk.Types("engineer", $"/escalate {typed}"))
                .Text.Split('\n')
                .Single(line => line.Contains("ESC-1**", StringComparison.Ordinal))
                .ShouldBe(
                    "| **ESC-1** Sev 2 | Acme: Login is down | Acknowledged, @engineer · just now · score 4 |",
                    customMessage: typed
                );
        }
    }

    [Fact]
    public async Task U17_A_step_of_work_is_taken_from_the_same_menu_and_updates_come_in_sight()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.Presses("engineer", card, "Acknowledge");
        desk.Card().Actions.Count(a => a.Disabled != true).ShouldBe(4);
        await desk.Presses("engineer", card, "More…", "Move to Investigating");
        (await desk.Stored()).State.ShouldBe(EscalationState.Investigating);
    }

    [Fact]
    public async Task U17_A_long_summary_is_cut_in_the_title_and_stands_whole_below_it()
    {
        await using var desk = await Desk.Open();
        var summary =
            $"Nobody can log in since {string.Join(' ', Enumerable.Repeat("the upgrade", 15))}";
        await desk.Types("tam", $"/escalate new acme sev2 {summary}");
        var shown = desk.Card().FullAttachments.Single();
        shown.Title!.Length.ShouldBeLessThanOrEqualTo(80);
        summary.ShouldStartWith(shown.Title[..^1].TrimEnd());
        shown.Text.ShouldBe(summary);
        (await desk.Stored()).Summary.ShouldBe(summary);
    }
}
