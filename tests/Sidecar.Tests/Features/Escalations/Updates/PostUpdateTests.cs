using System.Globalization;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Updates;

/// <summary>A status update as people write and read it (UPD-1, UPD-2, UPD-5).</summary>
public sealed class PostUpdateTests
{
    [Fact]
    public async Task UPD_1_UPD_2_An_outage_is_told_from_the_first_update_to_the_last()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Passes(TimeSpan.FromMinutes(30));

        await OpensForm(desk, "engineer", card);
        var form = desk.Mattermost.OpenDialogOf("engineer")!;
        form.Title.ShouldBe("Update ESC-1");
        Filled(form)
            .ShouldBe([
                ("status", "investigating"),
                ("summary", "Nobody can log in"),
                ("customer_impact", ""),
                ("notes", ""),
                ("next", "2026-03-02T10:30:00Z"),
                ("next_none", "false"),
                ("began", "2026-03-02T09:00:00Z"),
                ("began_none", "false"),
            ]);
        (
            await desk.Submits(
                "engineer",
                ("summary", "Logins time out at the database."),
                ("customer_impact", "Nobody can log in."),
                ("notes", "Replica lag of 40 s"),
                ("began", Desk.Morning.AddHours(-3))
            )
        ).Closed.ShouldBeTrue();
        desk.Thread(card)
            .TakeLast(3)
            .ShouldBe([
                "@engineer moved it from *Acknowledged* to *Investigating*.",
                "@engineer posted status update 1 in ~sev1-acme-20260302 (*Investigating*): “Logins time out at the database.” The next one is due Mon 2 Mar 10:30 UTC. The incident began Mon 2 Mar 2026 06:00 UTC.",
                ":necktie: The incident is 3 h old: @executive must be included in replies to the customer from now on.",
            ]);
        Posts(desk)
            .ShouldBe([
                """
                #### Acme SEV1 outage - Mon 2 Mar 2026 09:30 UTC update
                **ESC-1** · update 1 · owner @engineer · ~sev1-acme-20260302 · `/escalate show ESC-1`
                **Status:** Investigating
                **Incident time:** 3.5 hours
                **Summary:** Logins time out at the database.
                Next update: **Mon 2 Mar 10:30 UTC**.
                **Customer impact:** Nobody can log in.
                **Technical notes:** Replica lag of 40 s
                """.ReplaceLineEndings("\n"),
            ]);

        await desk.Passes(TimeSpan.FromMinutes(20));
        await desk.Types("engineer", "/escalate update ESC-1 The replica is rebuilt.");
        Filled(desk.Mattermost.OpenDialogOf("engineer")!)
            .ShouldBe([
                ("status", "investigating"),
                ("summary", "The replica is rebuilt."),
                ("customer_impact", "Nobody can log in."),
                ("notes", "Replica lag of 40 s"),
                ("next", "2026-03-02T10:50:00Z"),
                ("next_none", "false"),
                ("began", "2026-03-02T06:00:00Z"),
                ("began_none", "false"),
            ]);
        await desk.Submits(
            "engineer",
            ("status", "monitoring"),
            ("next", Desk.Morning.AddHours(23))
        );
        Posts(desk)[^1].ShouldContain("Next update: **Tue 3 Mar 08:00 UTC**.");
        (await desk.StateOf()).ShouldBe(EscalationState.Monitoring);

        await OpensForm(desk, "engineer", card);
        await desk.Submits("engineer", ("status", "resolved"), ("summary", "It holds."));
        Posts(desk)[^1].ShouldContain("This is the last update: it is resolved.");
        var stored = await desk.Stored();
        stored.State.ShouldBe(EscalationState.Resolved);
        stored.Resolution.ShouldBe("It holds.");
        stored.Update.ShouldBeNull();
        (await desk.Due(ReminderPlan.Update)).ShouldBeNull();
        desk.Card().Buttons().ShouldNotContain("Post update");
        (await desk.Types("engineer", "/escalate update ESC-1 more")).Text.ShouldContain(
            "ESC-1 can’t get a status update: it is at *Resolved*"
        );

        (await desk.Types("tam", "/escalate updates ESC-1")).Text.ShouldStartWith(
            "#### Status updates of ESC-1 · Acme\n**3** · Mon 2 Mar 2026 09:50 UTC · *Resolved* · @engineer · 3.8 hours in\n- Summary: It holds.\n- This is the last update: it is resolved.\n- Customer impact: Nobody can log in.\n- Technical notes: Replica lag of 40 s\n**2** · "
        );
        desk.Log.Errors.ShouldBeEmpty();
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task M1_UPD_3_A_time_that_was_announced_stays_until_it_has_come()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev2 Search is slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        var announced = Desk.Morning.AddHours(23);
        await desk.Types("engineer", "/escalate update ESC-1");
        await desk.Submits("engineer", ("next", announced));
        await desk.Types("lead", "/escalate update ESC-1");
        desk.Mattermost.OpenDialogOf("lead")!["next"].Default.ShouldBe("2026-03-03T08:00:00Z");
        (await desk.Submits("lead", ("notes", "Rebuilt on a copy"))).Closed.ShouldBeTrue();
        var update = (await desk.Stored()).Update!;
        (update.DueAt, update.IsChosen).ShouldBe((announced, true));

        await desk.Passes(TimeSpan.FromHours(24));
        await desk.Types("lead", "/escalate update ESC-1");
        (await desk.Submits("lead", ("notes", "Still rebuilding"))).Closed.ShouldBeTrue();
        (await desk.Stored()).Update!.DueAt.ShouldBe(desk.Clock.GetUtcNow().AddHours(4));
    }

    [Fact]
    public async Task UPD_2_Whoever_writes_about_an_accepted_one_acknowledges_it()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        await OpensForm(desk, "engineer", card);
        await desk.Submits("engineer", ("status", "identified"));
        var stored = await desk.Stored();
        stored.State.ShouldBe(EscalationState.Identified);
        stored.Owner.ShouldBe(desk.IdOf("engineer"));
        desk.Thread(card)
            .Take(2)
            .ShouldBe([
                "@engineer acknowledged it and is the owner.",
                "@engineer moved it from *Acknowledged* to *Identified*.",
            ]);
        (await desk.Due(ReminderPlan.Climb)).ShouldBeNull();
    }

    [Fact]
    public async Task UPD_2_ALL_3_A_TAM_tells_how_it_stands_but_moves_nothing_and_others_are_told_who_may()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised(by: "engineer");
        await OpensForm(desk, "tam", card);
        desk.Mattermost.OpenDialogOf("tam")!.Elements.ShouldNotContain(e => e.Name == "status");
        (await desk.Submits("tam", ("summary", "We look for somebody"))).Accepted.ShouldBeTrue();
        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);
        await desk.Types("engineer", "/escalate ack ESC-1");
        await OpensForm(desk, "tam", card);
        (await desk.Submits("tam", ("summary", "They are told hourly"))).Accepted.ShouldBeTrue();
        (await desk.StateOf()).ShouldBe(EscalationState.Acknowledged);
        (await OpensForm(desk, "executive", card)).Text.ShouldContain("post a status update");
    }

    [Fact]
    public async Task UPD_2_ALL_2_What_is_wrong_is_marked_with_a_sentence_and_nothing_typed_is_lost()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await OpensForm(desk, "engineer", card);
        desk.Mattermost.As("engineer").OnPhone = true;
        var outcome = await desk.Submits(
            "engineer",
            ("summary", "   "),
            ("next", "soonish"),
            ("began", "in 3 days")
        );
        outcome.Closed.ShouldBeFalse();
        outcome.FieldErrors["summary"].ShouldBe("Say in a sentence or two what is going on.");
        outcome.FieldErrors["next"].ShouldContain("“soonish”");
        outcome
            .FieldErrors["began"]
            .ShouldBe(
                "“in 3 days” is not a time that has passed. Write it as in 2026-03-02 08:00, yesterday 17:00 or 2h ago."
            );
        (await desk.Stored()).LastUpdate.ShouldBeNull();
        var mended = await desk.Submits(
            "engineer",
            ("summary", "They can log in again"),
            ("next", "none"),
            ("began", "none")
        );
        mended.Closed.ShouldBeTrue(string.Join(' ', mended.FieldErrors));
        (await desk.Stored()).Update.ShouldBeNull();
        desk.Thread(card)[^1].ShouldContain("No further update is planned.");
        (
            await desk.Types("engineer", $"/escalate update ESC-1 {new string('x', 3001)}")
        ).Text.ShouldContain(new string('x', 3001));
    }

    [Fact]
    public async Task UPD_2_Left_as_filled_in_the_status_is_where_somebody_brought_it_meanwhile()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        await desk.Types("engineer", "/escalate state ESC-1 investigating");
        await OpensForm(desk, "engineer", card);
        await desk.Types("lead", "/escalate state ESC-1 identified");
        (await desk.Submits("engineer", ("summary", "Still looking"))).Error.ShouldBe(
            "While this form was open, ESC-1 was brought to Identified. What you left as it was is posted as it stands now: Status: Identified · Next update: Mon 2 Mar 10:00 UTC. Send the form again to post yours."
        );
        (await desk.Stored()).LastUpdate.ShouldBeNull();
        (await desk.Submits("engineer", ("summary", "Still looking"))).Accepted.ShouldBeTrue();
        (await desk.StateOf()).ShouldBe(EscalationState.Identified);
        desk.Thread(card)[^1].ShouldContain("**Status:** Identified");

        await OpensForm(desk, "engineer", card);
        await desk.Types("lead", "/escalate resolve ESC-1 Rolled back");
        var late = await desk.Submits("engineer", ("summary", "Still looking"));
        late.Error.ShouldContain("is at Resolved");
        (await desk.Stored()).LastUpdate!.Number.ShouldBe(1);
    }

    [Fact]
    public async Task UPD_2_ESC_9_Two_at_once_are_both_posted_in_order_and_one_sent_twice_once()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await OpensForm(desk, "engineer", card);
        await OpensForm(desk, "lead", card);
        var mine = desk.Mattermost.OpenDialogOf("engineer")!;
        var ours = desk.Mattermost.OpenDialogOf("lead")!;
        await Task.WhenAll(
            Send(desk, "engineer", mine, "Mine"),
            Send(desk, "engineer", mine, "Mine"),
            Send(desk, "lead", ours, "Ours"),
            Send(desk, "lead", ours, "Ours")
        );
        await desk.Settled();
        // Who was slower has been told so, and sends it again.
        await Send(desk, "engineer", mine, "Mine");
        await Send(desk, "lead", ours, "Ours");
        await desk.Settled();
        var posts = Posts(desk);
        posts.Count.ShouldBe(2);
        desk.Thread(card).Count(l => l.Contains("posted status update")).ShouldBe(2);
        (await desk.Stored()).LastUpdate!.Number.ShouldBe(2);
        var history = (await desk.Types("tam", "/escalate updates ESC-1")).Text;
        history.ShouldContain("**2** · ");
        history.ShouldContain("Summary: Mine");
        history.ShouldContain("Summary: Ours");

        var again = await Send(desk, "engineer", mine, "Something else");
        again.Error.ShouldContain("sent already");
        (await desk.Stored()).LastUpdate!.Number.ShouldBe(2);
    }

    [Fact]
    public async Task ALL_6_What_is_typed_neither_pings_nor_formats()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate update ESC-1 @all **look**\n# now ```");
        await desk.Submits(
            "engineer",
            ("customer_impact", "<!channel> @here"),
            ("notes", "[x](https://evil.test) | ~town-square")
        );
        var post = desk.Mattermost.RepliesTo(card.Id)[^1].Message;
        foreach (
            var ping in (string[])["@all", "@here", "<!channel", "**look**", "\n# now", "[x]("]
        )
        {
            post.ShouldNotContain(ping, Case.Sensitive, post);
        }

        (await desk.Types("tam", "/escalate updates ESC-1")).Text.ShouldNotContain("@all");
        (await desk.Types("tam", "/escalate timeline ESC-1")).Text.ShouldNotContain("@all");
    }

    [Fact]
    public async Task UPD_2_The_history_is_paged_the_newest_first()
    {
        await using var desk = await Desk.Open();
        (await desk.Types("tam", "/escalate updates ESC-9")).Text.ShouldContain(
            "There is no ESC-9"
        );
        var card = await desk.Raised();
        (await desk.Types("tam", "/escalate updates ESC-1")).Text.ShouldBe(
            "There is no status update of ESC-1 yet. `/escalate update ESC-1` writes one."
        );
        for (var i = 1; i <= 12; i++)
        {
            await OpensForm(desk, "engineer", card);
            await desk.Submits("engineer", ("summary", $"Number {i}"));
        }

        var first = (await desk.Types("tam", "/escalate updates ESC-1")).Text;
        Numbers(first).ShouldBe([12, 11, 10, 9, 8]);
        first.ShouldEndWith("Older ones: `/escalate updates ESC-1 before 8`");
        var last = (await desk.Types("tam", "/escalate updates ESC-1 before 3")).Text;
        Numbers(last).ShouldBe([2, 1]);
        last.ShouldNotContain("Older");
        (await desk.Types("tam", "/escalate updates ESC-1 before 1")).Text.ShouldBe(
            "Status updates of ESC-1: that was all."
        );
    }

    [Fact]
    public async Task UPD_2_Broadcast_channels_get_it_too_at_most_ten_and_set_by_leads()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddChannel("outages", members: ["lead", "tam", "escalate"]);
        (await desk.Types("tam", "/escalate broadcast sev1 ~outages")).Text.ShouldContain(
            "where teams get their escalations"
        );
        (await desk.Types("lead", "/escalate broadcast ~outages")).Text.ShouldBe(
            "Of which severity? Write `/escalate broadcast sev1 ~outages`. Nothing was changed."
        );
        (await desk.Types("lead", "/escalate broadcast sev1 ~outages")).Text.ShouldContain(
            "reads the customer’s name"
        );
        (await desk.Types("lead", "/escalate broadcast sev1 ~outages")).Text.ShouldBe(
            "~outages gets the status updates of Sev 1 already."
        );
        (await desk.Types("lead", "/escalate broadcast")).Text.ShouldContain("- Sev 1: ~outages");
        var card = await desk.Raised();
        await OpensForm(desk, "engineer", card);
        await desk.Submits("engineer");
        desk.Cards("outages")[^1].Message.ShouldBe(Posts(desk)[^1]);

        (await desk.Types("lead", "/escalate broadcast sev1 ~outages off")).Text.ShouldContain(
            "any more"
        );
        (await desk.Types("lead", "/escalate broadcast sev1 ~outages off")).Text.ShouldContain(
            "nothing was changed"
        );
        await OpensForm(desk, "engineer", card);
        await desk.Submits("engineer");
        desk.Cards("outages").Count.ShouldBe(2);

        for (var i = 1; i <= 11; i++)
        {
            desk.Mattermost.AddChannel($"room{i}", members: ["lead", "escalate"]);
            var answer = (await desk.Types("lead", $"/escalate broadcast sev2 ~room{i}")).Text;
            answer.Contains("no more").ShouldBe(i == 11, answer);
        }

        desk.Mattermost.Violations.ShouldBeEmpty();
    }

    /// <summary>The status updates of a Sev 1, as its incident channel has them.</summary>
    private static IReadOnlyList<string> Posts(Desk desk) =>
        [
            .. desk.Cards("sev1-acme-20260302")
                .Select(p => p.Message)
                .Where(m => m.StartsWith("#### Acme", StringComparison.Ordinal)),
        ];

    /// <summary>Sends a form that somebody had open, also once more.</summary>
    private static Task<DialogOutcome> Send(
        Desk desk,
        string who,
        OpenedDialog form,
        string summary
    ) => desk.Mattermost.As(who).SubmitDialog(form, Say(summary));

    private static Dictionary<string, object?> Say(string summary) =>
        new(StringComparer.Ordinal) { ["summary"] = summary };

    private static IReadOnlyList<(string, string)> Filled(OpenedDialog form) =>
        [.. form.Elements.Select(e => (e.Name, e.Default))];

    private static IReadOnlyList<int> Numbers(string history) =>
        [
            .. history
                .Split('\n')
                .Where(l => l.StartsWith("**", StringComparison.Ordinal))
                .Select(l => int.Parse(l.Split("**")[1], CultureInfo.InvariantCulture)),
        ];

    /// <summary>While nobody has acknowledged it, the form is one of the things under “More…” (U17).</summary>
    private static Task<ClickOutcome> OpensForm(Desk desk, string who, Post card) =>
        desk.Card().Buttons().Contains("Post update")
            ? desk.Presses(who, card, "Post update")
            : desk.Presses(who, card, "More…", "Post update");
}
