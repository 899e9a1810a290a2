using System.Globalization;
using Shouldly;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.People;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Requests;

/// <summary>There are never more than there are places (ASG-2).</summary>
public sealed class PlaceTests(ITestOutputHelper output)
{
    private const int Rounds = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASG_2_The_sixteenth_is_refused_with_the_list_and_the_CS_lead_exceeds_with_a_reason()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Places(15);
        await desk.Requests();
        await desk.Types(RequestDesk.CsLead, "/escalate engineer approve ASG-1");
        await desk.Types(RequestDesk.CeLead, "/escalate engineer approve ASG-1");
        var refused = await desk.Presses(
            RequestDesk.Sales,
            desk.LastTo(RequestDesk.Sales),
            "Approve"
        );
        refused.Text.ShouldContain("All 15 places are taken");
        refused
            .Text.Split('\n')
            .Count(l => l.Contains("Client 10", StringComparison.Ordinal))
            .ShouldBe(15);
        (
            await desk.Types(RequestDesk.Sales, "/escalate engineer approve ASG-1 because")
        ).Text.ShouldContain("All 15");
        (
            await desk.Types(RequestDesk.Sales, "/escalate engineer approve ASG-1 because I want")
        ).Text.ShouldContain("Only the **CS lead**");
        (await desk.Assignment()).Approvals.Length.ShouldBe(2);

        (
            await desk.Types(
                RequestDesk.CsLead,
                "/escalate engineer approve ASG-1 because they sign"
            )
        ).Text.ShouldContain("may exceed the cap");
        desk.ToldTo(RequestDesk.Sales)[^1].ShouldContain("exceed the cap: they sign");
        (
            await desk.Types(RequestDesk.Sales, "/escalate engineer approve ASG-1")
        ).Text.ShouldContain("beyond the cap");
        var approved = await desk.Assignment();
        approved.State.ShouldBe(AssignmentState.Approved);
        approved.BeyondCapBecause.ShouldBe("they sign");
        desk.ToldTo("tam")[^1].ShouldContain("they sign");
    }

    [Fact]
    public async Task ASG_2_The_CS_lead_who_approves_last_is_asked_for_the_reason()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Places(15);
        await desk.Requests();
        await desk.Types(RequestDesk.Sales, "/escalate engineer approve ASG-1");
        await desk.Types(RequestDesk.CeLead, "/escalate engineer approve ASG-1");
        await desk.Presses(RequestDesk.CsLead, desk.LastTo(RequestDesk.CsLead), "Approve");
        desk.Mattermost.OpenDialogOf(RequestDesk.CsLead)!
            .IntroductionText.ShouldContain("Client 1015");
        (await desk.Submits(RequestDesk.CsLead, ("because", "They sign"))).Closed.ShouldBeTrue();
        (await desk.Assignment()).BeyondCapBecause.ShouldBe("They sign");
        (await desk.Types("tam", "/escalate engineer list")).Text.ShouldContain(
            "(16 of 15 places)"
        );

        // Starting one takes a place as well.
        await desk.Types(RequestDesk.CsLead, "/escalate engineer start acme-labs");
        var outcome = await desk.Submits(
            RequestDesk.CsLead,
            ("why", "Worth it"),
            ("engineer", "engineer")
        );
        outcome.Closed.ShouldBeFalse();
        (
            await desk.Submits(
                RequestDesk.CsLead,
                ("why", "Worth it"),
                ("engineer", "engineer"),
                ("beyond", "They decide this week")
            )
        ).Closed.ShouldBeTrue();
        (await desk.Assignment(2)).BeyondCapBecause.ShouldBe("They decide this week");
    }

    [Fact]
    public async Task ASG_2_A_reason_that_was_not_needed_after_all_is_not_kept()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Requests();
        await desk.Types(RequestDesk.CsLead, "/escalate engineer approve ASG-1 because they sign");
        await desk.Types(RequestDesk.Sales, "/escalate engineer approve ASG-1");
        await desk.Types(RequestDesk.CeLead, "/escalate engineer approve ASG-1");
        (await desk.Assignment()).BeyondCapBecause.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_2_Two_third_approvals_at_once_never_pass_together()
    {
        var seed = Environment.GetEnvironmentVariable("ESCALATE_SEED") is { Length: > 0 } given
            ? long.Parse(given, CultureInfo.InvariantCulture)
            : Environment.TickCount;
        output.WriteLine($"ESCALATE_SEED={seed.ToString(CultureInfo.InvariantCulture)}");
        var dice = new Seeded(seed);
        await using var desk = await RequestDesk.Open();
        await desk.Hires("sales-lead-2", Role.SalesLead);
        await desk.Places(14);
        for (var round = 1; round <= Rounds; round++)
        {
            long[] rivals = [round * 2, round * 2 + 1];
            foreach (var number in rivals)
            {
                await desk.Stores(Vetted(desk, number));
            }

            // People who do much at once are slowed down.
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
            var first = dice.Below(2);
            var (one, other) = (rivals[first], rivals[1 - first]);
            var answers = await Task.WhenAll(
                Approves(desk, RequestDesk.Sales, one),
                Approves(desk, dice.Below(2) == 0 ? RequestDesk.Sales : "sales-lead-2", other)
            );
            await desk.Settled();
            output.WriteLine(
                $"{one} {other}: {string.Join(" / ", answers.Select(a => a.Split('\n')[0]))}"
            );
            (await Taken(desk)).ShouldBe(15);
            answers.Count(a => a.Contains("Slot 15 of 15", StringComparison.Ordinal)).ShouldBe(1);
            answers
                .Count(a => a.Contains("All 15 places are taken", StringComparison.Ordinal))
                .ShouldBe(1);

            // Whoever lost gets the place as soon as it is free.
            var isFirst = (await desk.Assignment(one)).HasPlace;
            var (winner, loser) = isFirst ? (one, other) : (other, one);
            await desk.Types(
                RequestDesk.CsLead,
                $"/escalate engineer end {RequestDesk.Name(winner)} done"
            );
            (await Taken(desk)).ShouldBe(14);
            await desk.Types(
                RequestDesk.Sales,
                $"/escalate engineer approve {RequestDesk.Name(loser)}"
            );
            (await desk.Assignment(loser)).HasPlace.ShouldBeTrue();
            await desk.Types(
                RequestDesk.CsLead,
                $"/escalate engineer end {RequestDesk.Name(loser)} done"
            );
        }

        desk.Problems().ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_2_The_list_shows_them_all_a_page_at_a_time_and_what_is_requested_behind_them()
    {
        await using var desk = await RequestDesk.Open(
            """{ "assignments": { "mostAtATime": 22 } }"""
        );
        await desk.Places(21);
        await desk.Requests();
        await desk.Requests("acme-labs");
        await desk.Types("tam", "/escalate engineer withdraw ASG-2");
        var seen = new List<string>();
        var line = "/escalate engineer list";
        for (var page = 1; page <= 2; page++)
        {
            var answer = (await desk.Types("tam", line)).Text;
            answer.ShouldContain("(21 of 22 places)");
            seen.AddRange(
                answer
                    .Split('\n')
                    .Where(l => l.StartsWith("| **ASG-", StringComparison.Ordinal))
                    .Select(l => l.Split("**")[1])
            );
            line = answer.Contains("More: ", StringComparison.Ordinal)
                ? answer.Split("More: ")[1].Trim('`', '\n')
                : "";
        }

        line.ShouldBeEmpty();
        seen.ShouldBeUnique();
        seen.Count.ShouldBe(22);
        seen[^1].ShouldBe("ASG-1");
    }

    [Fact]
    public async Task ASG_1_Two_requests_for_a_customer_at_once_make_one()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Types("tam", "/escalate engineer request acme");
        await desk.Types("executive", "/escalate engineer request acme");
        var outcomes = await Task.WhenAll(
            desk.Mattermost.As("tam").SubmitDialog(("why", "Now")),
            desk.Mattermost.As("executive").SubmitDialog(("why", "Now"))
        );
        await desk.Settled();
        outcomes.Count(o => o.Closed).ShouldBe(1);
        outcomes.Single(o => !o.Closed).FieldErrors["customer"].ShouldContain("Acme has ASG-");
    }

    private static async Task<string> Approves(Desk desk, string who, long number) =>
        (
            await desk
                .Mattermost.As(who)
                .Execute(Desk.Square, $"/escalate engineer approve {RequestDesk.Name(number)}")
        ).Text;

    private static async Task<int> Taken(Desk desk) =>
        await desk.Store.Count(
            AssignmentIndexes.Kind,
            AssignmentIndexes.ByPlace,
            Sidecar.Storage.IndexKey.Empty.Then(0L),
            100,
            Cancel
        );

    private static Assignment Vetted(Desk desk, long number) =>
        desk.Made(number, AssignmentState.Requested) with
        {
            Approvals =
            [
                new Approval(
                    Role.CustomerSuccessLead,
                    desk.IdOf(RequestDesk.CsLead),
                    desk.Clock.GetUtcNow()
                ),
                new Approval(
                    Role.CustomerEngineeringLead,
                    desk.IdOf(RequestDesk.CeLead),
                    desk.Clock.GetUtcNow()
                ),
            ],
        };
}
