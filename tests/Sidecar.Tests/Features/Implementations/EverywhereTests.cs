using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Implementations.Domain;
using Sidecar.People;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Implementations;

using static ImplementationDesk;

/// <summary>Where requests show, and to whom (IMP-1, ASG-4, WEEK-2, MET-5, ALL-3, ALL-4).</summary>
public sealed class EverywhereTests
{
    [Fact]
    public async Task IMP_1_Card_and_backlog_are_kept_current_in_the_chosen_channel()
    {
        await using var desk = await Open();
        (await desk.Types(Ce, "/escalate implementation channel here", Room)).Text.ShouldContain(
            "IE lead"
        );
        (await desk.Types(Lead, "/escalate implementation channel here", Room)).Text.ShouldContain(
            "from now on"
        );
        await desk.Requests();
        var backlog = desk.In(Room)[0];
        var card = desk.In(Room)
            .Single(p =>
                p.Message.Contains("**IMP-1**", StringComparison.Ordinal) && p.Id != backlog.Id
            );
        desk.In(Room)[0].Message.ShouldContain("| 1 | **IMP-1** | Acme Labs |");
        card.Buttons().ShouldBe(["Score…", "Decide…", "Edit…"]);
        await desk.Presses(Ie, card, "Score…");
        await desk.Fills(
            Ie,
            ("revenue", "4"),
            ("complexity", "4"),
            ("market", "4"),
            ("intangibles", "4")
        );
        desk.Thread(card)
            .ShouldContain(t => t.Contains("The score is 21.", StringComparison.Ordinal));
        desk.In(Room)[0].Message.ShouldContain("| 21 | to be decided |");
        // Somebody may not: they are told, and nothing opens.
        (
            await desk.Presses(Ce, desk.In(Room).Single(p => p.Id == card.Id), "Decide…")
        ).Text.ShouldContain("IE lead");
        (await desk.Types(Lead, "/escalate implementation channel off")).Text.ShouldContain(
            "not posted anywhere"
        );
        desk.In(Room)[0].Message.ShouldContain("not kept here any more");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task IMP_1_The_channel_is_set_only_where_it_is_named_and_earlier_requests_get_their_cards()
    {
        await using var desk = await Open();
        await desk.Requests();
        (await desk.Types(Lead, "/escalate implementation channel", Room)).Text.ShouldContain(
            "posted nowhere"
        );
        desk.In(Room).ShouldBeEmpty();
        await desk.Types(Lead, "/escalate implementation channel here", Room);
        await desk.Settled();
        var card = desk.In(Room).Single(p => p.Buttons().Contains("Score…"));
        card.Message.ShouldContain("**IMP-1** Acme Labs");
        (await desk.Types(Ie, "/escalate implementation channel", Room)).Text.ShouldContain(
            "IE lead"
        );
        (await desk.Types(Lead, "/escalate implementation channel")).Text.ShouldContain(
            "are posted in ~ask-implementation"
        );
        await desk.Scores(Ie, 3);
        desk.In(Room).Count(p => p.Buttons().Contains("Score…")).ShouldBe(1);
        desk.Thread(card)
            .ShouldContain(t => t.Contains("The score is 15.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task IMP_1_What_one_can_do_is_said_to_each_by_what_they_may()
    {
        await using var desk = await Open();
        await desk.Requests();
        var ce = (await desk.Types(Ce, "/escalate show IMP-1")).Text;
        ce.Split('\n')[^1]
            .ShouldStartWith(
                "What you can do: `/escalate implementation edit IMP-1`, `/escalate implementation people IMP-1`"
            );
        ce.ShouldNotContain("implementation score");
        (await desk.Types(Ie, "/escalate show IMP-1")).Text.ShouldContain(
            "What you can do: `/escalate implementation score IMP-1`"
        );
        (await desk.Types(Ta, "/escalate show IMP-1")).Text.ShouldNotContain("What you can do");
    }

    [Fact]
    public async Task IMP_1_ASG_4_Requests_name_prospects_and_stay_among_people_of_ours()
    {
        await using var desk = await Open();
        desk.Mattermost.AddChannel("partners", members: [Lead, "guest", "escalate"]);
        (
            await desk.Types(Lead, "/escalate implementation channel here", "partners")
        ).Text.ShouldContain("can’t be internal");
        await desk.Types(Lead, "/escalate implementation channel here", Room);
        await desk.Requests();
        var posts = desk.In(Room).Count;
        desk.Mattermost.Join(Room, "guest");
        await desk.Scores(Ie, 3);
        desk.In(Room).Count.ShouldBe(posts);
        desk.In(Room)
            .ShouldNotContain(p => p.Message.Contains("scored it", StringComparison.Ordinal));
        // Who has no role is told nothing, not even whether there is such a request or customer.
        await desk.Hires("colleague");
        foreach (
            var command in (string[])
                [
                    "implementation list",
                    "implementation acme-labs",
                    "show IMP-1",
                    "why IMP-1",
                    "timeline IMP-1",
                    "find labs",
                    "implementation score IMP-1",
                ]
        )
        {
            (await desk.Types("colleague", $"/escalate {command}")).Text.ShouldNotContain(
                "Acme",
                Case.Sensitive,
                command
            );
        }
    }

    [Fact]
    public async Task IMP_1_One_finds_it_by_words_and_everybody_has_theirs_in_the_summary()
    {
        await using var desk = await Open();
        await desk.Requests();
        (await desk.Types(Ce, "/escalate find kubernetes")).Text.ShouldContain(
            "**IMP-1** Acme Labs · production deployment · in triage"
        );
        (await desk.Types(Ie, "/escalate me")).Text.ShouldContain(
            "**IMP-1** Acme Labs to be scored: `/escalate implementation score IMP-1`"
        );
        (await desk.Types(Lead, "/escalate me")).Text.ShouldContain("nobody has scored it yet");
        await desk.Scores(Ie, 4);
        (await desk.Types(Lead, "/escalate me")).Text.ShouldContain("scored by 1, to be decided");
        await desk.Does(Lead, "decide", 1, ("decision", "qualify"), ("ie", Ie));
        (await desk.Types(Ce, "/escalate me")).Text.ShouldContain("waits for its documents");
        await desk.Links();
        (await desk.Types(Ie, "/escalate me")).Text.ShouldContain("can start");
        (await desk.Types("engineer", "/escalate load")).Text.ShouldContain("| 1 implementation |");
        await desk.Does(Ie, "start", 1);
        (await desk.Types(Ie, "/escalate me")).Text.ShouldContain("3 meetings have no date");
        (await desk.Types(Ce, "/escalate status imp-1")).Text.ShouldContain("under way");
    }

    [Fact]
    public async Task IMP_1_ALL_4_It_is_exported_and_in_the_audit_trail()
    {
        await using var desk = await Open();
        await desk.Starts();
        await desk.Types(Lead, "/escalate export implementations");
        var file = desk.Mattermost.FileNamesOf(desk.Last(Lead)).Single();
        file.ShouldBe("implementations-2026-03-02.csv");
        var timeline = (await desk.Types(Ce, "/escalate timeline IMP-1")).Text;
        foreach (
            var part in (string[])
                [
                    "@ce requested",
                    "@ie scored it",
                    "@ie-lead qualified it",
                    "@ce linked",
                    "@ie started it",
                    "Its own channel is",
                ]
        )
        {
            timeline.ShouldContain(part);
        }
    }

    [Fact]
    public async Task IMP_6_Where_Mattermost_opens_no_channel_the_IE_hears_why_and_the_work_goes_on()
    {
        await using var desk = await Open();
        await desk.Types(Lead, "/escalate implementation channel here", Room);
        await desk.Qualifies();
        await desk.Links();
        desk.Mattermost.Configure("TeamSettings.MaxChannelsPerTeam", 1);
        await desk.Does(Ie, "start", 1);
        await desk.Settled();
        (await desk.Implementation()).Channel.ShouldBeNull();
        desk.Count(Ie, "did not open a channel for it").ShouldBe(1);
        (await desk.Types(Ce, "/escalate timeline IMP-1")).Text.ShouldContain(
            "did not open a channel for it"
        );
        // What would be said there is said under the card.
        await desk.Does(Ie, "people", 1, ("ta", Ta));
        await desk.Does(Ie, "dates", 1, ("target", "2026-03-12"));
        desk.Count(Ta, "plan the users’ onboarding").ShouldBe(1);
        desk.Thread(desk.In(Room).Last(p => p.Buttons().Contains("Complete…")))
            .ShouldContain(t => t.Contains("is pulled in", StringComparison.Ordinal));
    }

    /// <summary>What is internal is shown nowhere else, so the card stays as it was, and whoever does something there is told (DLG-4).</summary>
    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task IMP_1_ASG_4_In_a_channel_that_is_internal_no_more_it_is_told_what_the_card_can_not_show(
        string age
    )
    {
        await using var desk = await Open(server: new SimulatorOptions { ServerVersion = age });
        await desk.Types(Lead, "/escalate implementation channel here", Room);
        (await desk.Types(Lead, "/escalate implementation channel here", Room)).Text.ShouldContain(
            "already; nothing was changed"
        );
        await desk.Requests();
        var card = desk.In(Room).Single(p => p.Buttons().Contains("Score…"));
        await desk.Types(Lead, "/escalate internal unmark here", Room);
        (await desk.Types(Lead, "/escalate implementation channel")).Text.ShouldContain(
            "not internal any more, so nothing is posted there until `/escalate internal mark ~"
        );

        await desk.Presses(Ce, card, "Edit…");
        var outcome = await desk.Submits(Ce, ("information", "Air-gapped"));
        outcome.Accepted.ShouldBeTrue(outcome.Error);
        desk.ToldTo(Ce)
            .Append(desk.Mattermost.OpenDialogOf(Ce)?.IntroductionText ?? "")
            .ShouldContain(t =>
                t.StartsWith("**IMP-1** (Acme Labs): ")
                && t.Contains("this channel is not internal any more")
            );
        Text().ShouldNotContain("Air-gapped");
        await desk.Requests("acme", "Cloud");
        desk.In(Room).ShouldNotContain(p => p.Message.Contains("IMP-2", StringComparison.Ordinal));

        // Internal again, it shows what it had not.
        await desk.Types(Lead, "/escalate internal mark here", Room);
        Text().ShouldContain("Air-gapped");
        desk.In(Room)
            .Count(p =>
                p.Buttons().Contains("Score…")
                && p.Message.Contains("**IMP-2** Acme", StringComparison.Ordinal)
            )
            .ShouldBe(1);
        desk.In(Room)
            .Count(p =>
                p.Attachments.Any(a => a.Title == "Kept current")
                && p.Message.Contains("IMP-2", StringComparison.Ordinal)
            )
            .ShouldBe(1);

        string Text() => desk.Mattermost.FindPost(card.Id)!.Attachments[0].Text ?? "";
    }

    [Fact]
    public async Task IMP_6_Where_no_own_channel_is_wanted_none_is_opened()
    {
        await using var desk = await Open("""{ "implementations": { "ownChannel": false } }""");
        await desk.Starts();
        (await desk.Implementation()).Channel.ShouldBeNull();
        await desk.Does(Ie, "people", 1, ("ta", Ta));
        await desk.Does(Ie, "dates", 1, ("target", "2026-03-12"));
        desk.Count(Ta, "plan the users’ onboarding").ShouldBe(1);
    }

    [Fact]
    public async Task IMP_3_Weights_are_settings_and_the_explanation_names_them()
    {
        await using var desk = await Open(
            """{ "implementations": { "weights": { "revenue": 2, "market": 0 } } }"""
        );
        await desk.Requests();
        await desk.Scores(Ie, 4);
        (await desk.Implementation()).Score.ShouldBe(20m);
        (await desk.Types(Ie, "/escalate why IMP-1")).Text.ShouldContain(
            "**20** of 25 = 2 × 4 (Fiscal year revenue) + 4 (Size and complexity)"
        );
    }

    [Fact]
    public async Task IMP_1_Whose_account_is_deactivated_leaves_theirs_to_the_lead()
    {
        await using var desk = await Open();
        await desk.Starts();
        desk.Mattermost.SetActive(Ie, active: false);
        // The directory hears it when it is next asked about its people, at the latest with the backlog.
        for (
            var look = 0;
            look < 20 && !desk.ToldTo(Lead).Any(t => t.Contains("is deactivated"));
            look++
        )
        {
            await desk.Passes(TimeSpan.FromHours(1));
        }

        desk.ToldTo(Lead)
            .Where(t => t.Contains("is deactivated", StringComparison.Ordinal))
            .ShouldHaveSingleItem(string.Join("\n---\n", desk.ToldTo(Lead)))
            .ShouldContain("IMP-1");
    }
}
