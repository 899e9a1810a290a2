using System.Text.Json;
using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Panel;

/// <summary>The moves that the panel offers are those that can be made, wherever an escalation stands (ESC-6, ESC-10).</summary>
public sealed class PanelMoveTests
{
    private static readonly string[] Everybody = ["lead", "tam", "engineer", "product"];

    /// <summary>How an escalation gets where it stands: what it is about, and which moves by the lead come then.</summary>
    public static TheoryData<string, string, string[]> Standing { get; } =
        new()
        {
            { "rich", "deployment", [] },
            { "rich", "deployment", ["ack {0}"] },
            { "rich", "deployment", ["state {0} investigating"] },
            { "rich", "deployment", ["state {0} identified"] },
            { "rich", "deployment", ["state {0} monitoring"] },
            { "rich", "deployment", ["resolve {0} Restarted"] },
            { "rich", "deployment", ["resolve {0} Restarted", "confirm {0} They did"] },
            { "rich", "deployment", ["resolve {0} Restarted", "close {0}"] },
            { "rich", "deployment", ["decline {0} Not ours"] },
            { "rich", "onboarding", [] },
            { "rich", "feature", [] },
            { "poor", "deployment", [] },
            { "unknown", "deployment", [] },
        };

    [Theory]
    [MemberData(nameof(Standing))]
    public async Task ESC_6_ESC_4_Every_move_that_is_offered_can_be_made_as_what_it_is_called(
        string customer,
        string category,
        string[] moves
    )
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var number = 0;
        foreach (var who in Everybody)
        {
            var id = await Brought();
            foreach (
                var move in (await desk.Details(who, id))
                    .Actions()
                    .Select(a => a.GetProperty("ask"))
                    .Where(ask => ask.TryGetProperty("move", out _))
                    .Select(ask => ask.Text("move")!)
            )
            {
                id = await Brought();
                await Makes(desk, who, move, id, number);
            }
        }

        async Task<string> Brought()
        {
            number++;
            var key = $"{customer}{number}";
            if (customer != "unknown")
            {
                await desk.Knows(key, key, customer == "rich" ? 100_000 : 1_000);
            }

            await desk.Files("tam", key, category);
            foreach (var line in moves)
            {
                await desk.Types("lead", $"/escalate {string.Format(null, line, $"ESC-{number}")}");
                desk.Clock.Advance(TimeSpan.FromSeconds(1));
            }

            return $"ESC-{number}";
        }
    }

    private static async Task Makes(Desk desk, string who, string move, string id, int number)
    {
        var told = (await desk.Facts(number)).Count;
        var outcome = await desk.Runs(
            who,
            new
            {
                v = 2,
                move,
                id,
            }
        );
        outcome.Text.ShouldBeEmpty(move);
        if (desk.Mattermost.OpenDialogOf(who) is not null)
        {
            (await desk.Facts(number)).Count.ShouldBe(told, move);
            var field = move == "resolve" ? "resolution" : "words";
            var submitted = await desk.Submits(who, (field, "Because"));
            submitted.Closed.ShouldBeTrue($"{who} {move}: {submitted.Error}");
        }
        else
        {
            var said = outcome
                .Props.ShouldNotBeNull(move)
                .GetProperty("escalate")
                .GetProperty("said");
            said.GetProperty("isRefusal").GetBoolean().ShouldBeFalse($"{who} {move}: {said}");
        }

        var facts = (await desk.Facts(number)).Skip(told).ToList();
        facts.ShouldNotBeEmpty($"{who} {move}");
        facts.ShouldContain(fact => IsOf(move, fact), $"{who} {move}");
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private static bool IsOf(string move, EscalationFact fact) =>
        move switch
        {
            "acknowledge" => fact is EscalationFact.Acknowledged,
            "investigate" => fact is EscalationFact.Moved { To: EscalationState.Investigating },
            "identify" => fact is EscalationFact.Moved { To: EscalationState.Identified },
            "monitor" => fact is EscalationFact.Moved { To: EscalationState.Monitoring },
            "resolve" => fact is EscalationFact.Resolved,
            "override" => fact is EscalationFact.Overridden,
            "escalateSpecifically" => fact is EscalationFact.EscalatedSpecifically,
            "approve" => fact is EscalationFact.Approved,
            "decline" => fact is EscalationFact.Declined,
            "cancel" => fact is EscalationFact.EscalationCancelled,
            "confirm" => fact is EscalationFact.EscalationConfirmed,
            "close" => fact is EscalationFact.EscalationClosed,
            "reopen" => fact is EscalationFact.Reopened,
            _ => false,
        };
}
