using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>From state to state by command, button, menu, form and reaction (ESC-6, ESC-9, ESC-10, PB-6).</summary>
public sealed class MoveJourneyTests
{
    [Fact]
    public async Task ESC_6_A_whole_life_by_command()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        (string Who, string Line, EscalationState Then)[] life =
        [
            ("engineer", "ack ESC-1", EscalationState.Acknowledged),
            ("engineer", "state ESC-1 investigating", EscalationState.Investigating),
            ("engineer", "state ESC-1 identified A bad index", EscalationState.Identified),
            ("engineer", "state ESC-1 monitoring", EscalationState.Monitoring),
            ("engineer", "state ESC-1 investigating Not yet", EscalationState.Investigating),
            ("engineer", "resolve ESC-1 Rebuilt the index", EscalationState.Resolved),
            ("tam", "reopen ESC-1 Slow again", EscalationState.Acknowledged),
            ("engineer", "resolve ESC-1 Rebuilt it again", EscalationState.Resolved),
            ("tam", "confirm ESC-1 Their administrator", EscalationState.Resolved),
            ("tam", "close ESC-1 Thanks", EscalationState.Closed),
        ];
        foreach (var (who, line, then) in life)
        {
            var answer = await desk.Types(who, $"/escalate {line}");
            answer.Text.ShouldNotBeEmpty(line);
            (await desk.StateOf()).ShouldBe(then, $"{line}: {answer.Text}");
            desk.Card().Field("State").ShouldBe(Vocabulary.States.Label(then));
        }

        desk.Thread(card)
            .ShouldBe([
                "The incident channel is ~sev1-acme-20260302.",
                "@engineer acknowledged it and is the owner.",
                "@engineer moved it from *Acknowledged* to *Investigating*.",
                "@engineer moved it from *Investigating* to *Identified*: A bad index",
                "@engineer moved it from *Identified* to *Monitoring*.",
                "The fix is watched until Tue 3 Mar 09:00 UTC.",
                "@engineer moved it from *Monitoring* to *Investigating*: Not yet",
                "@engineer resolved it: Rebuilt the index",
                "The fix is watched until Tue 3 Mar 09:00 UTC.",
                "@tam reopened it: Slow again",
                "@engineer resolved it: Rebuilt it again",
                "The fix is watched until Tue 3 Mar 09:00 UTC.",
                "@tam recorded that the customer confirmed it: Their administrator",
                "@tam closed it: Thanks",
            ]);
        (await desk.Types("engineer", "/escalate reopen ESC-1 again")).Text.ShouldContain(
            "Nothing more is possible with it"
        );
    }

    [Fact]
    public async Task ESC_7_Whoever_resolves_it_does_not_take_it_from_its_owner()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("lead", "/escalate resolve ESC-1 Restarted");
        var resolved = await desk.Stored();
        resolved.Owner.ShouldBe(desk.IdOf("engineer"));
        resolved.ResolvedBy.ShouldBe(desk.IdOf("lead"));
    }

    [Fact]
    public async Task ESC_6_Who_copies_a_suggestion_as_it_stands_is_asked()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        await Copies("engineer", "resolve ESC-1 what solved it", "resolution", "Restarted");
        await Copies("tam", "confirm ESC-1 who confirmed it", "words", "Their administrator");
        await Copies("tam", "reopen ESC-1 why", "words", "Down again");

        async Task Copies(string who, string suggested, string field, string then)
        {
            (await desk.Types("engineer", "/escalate show ESC-1")).Text.ShouldContain(suggested);
            var told = desk.Thread(card).Count;
            (await desk.Types(who, $"/escalate {suggested}")).Text.ShouldBeEmpty();
            desk.Thread(card).Count.ShouldBe(told);
            (await desk.Submits(who, (field, then))).Closed.ShouldBeTrue();
            desk.Thread(card)[^1].ShouldEndWith($": {then}");
        }
    }

    [Theory]
    [InlineData("sev1", true)]
    [InlineData("sev3", false)]
    public async Task U1_ESC_6_What_many_waited_for_is_not_over_without_a_word(
        string severity,
        bool asks
    )
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", $"/escalate new acme {severity} Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate resolve ESC-1");
        if (asks)
        {
            (await desk.StateOf()).ShouldBe(EscalationState.Acknowledged);
            (await desk.Submits("engineer", ("resolution", "Rolled back"))).Closed.ShouldBeTrue();
        }

        (await desk.StateOf()).ShouldBe(EscalationState.Resolved);
        (await desk.Stored()).Resolution.ShouldBe(asks ? "Rolled back" : "");
    }

    [Fact]
    public async Task ESC_6_ESC_10_ESC_13_A_whole_life_by_the_card()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.Presses("engineer", card, "Acknowledge");
        desk.Card()
            .Menu("More…")
            .Where(o => o.StartsWith("Move to", StringComparison.Ordinal))
            .ShouldBe(["Move to Investigating", "Move to Identified", "Move to Monitoring"]);
        await desk.Presses("engineer", card, "More…", "Move to Identified");
        desk.Card()
            .Menu("More…")
            .Where(o => o.StartsWith("Move to", StringComparison.Ordinal))
            .ShouldBe(["Move to Investigating", "Move to Monitoring"]);

        await desk.Presses("engineer", card, "Resolve");
        var outcome = await desk.Submits(
            "engineer",
            ("resolution", "Patched"),
            ("product_change", "with"),
            ("bug", "https://tickets.test/4711"),
            ("pull_request", "https://code.test/1"),
            ("backport", "yes")
        );
        outcome.Closed.ShouldBeTrue(outcome.Error);
        desk.Card().Field("Resolution").ShouldBe("Patched (solved with a change to the product)");
        desk.Card().Field("Backport").ShouldBe("needed");
        desk.Card().Buttons().ShouldBe(["Close", "Reopen", "More…"]);

        // Closing a Sev 1 that nobody confirmed asks who did, and closes it along with that.
        await desk.Presses("tam", card, "Close");
        desk.Mattermost.OpenDialogOf("tam")!.Title.ShouldBe("Close ESC-1");
        (await desk.Submits("tam", ("words", "Their administrator"))).Closed.ShouldBeTrue();
        (await desk.StateOf()).ShouldBe(EscalationState.Closed);
        desk.Card().Buttons().ShouldBeEmpty();
        desk.Card().Field("Customer confirmed")!.ShouldStartWith("Their administrator, ");
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_6_By_the_cards_menu_it_is_reopened_cancelled_and_confirmed()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.Types("engineer", "/escalate resolve ESC-1 Rolled back");
        await desk.Presses("engineer", card, "Reopen");
        (await desk.Submits("engineer", ("words", ""))).Closed.ShouldBeFalse();
        (await desk.Submits("engineer", ("words", "Down again"))).Closed.ShouldBeTrue();
        (await desk.StateOf()).ShouldBe(EscalationState.Acknowledged);
        desk.Card().Field("Resolution").ShouldBeNull();

        (await desk.Presses("engineer", card, "More…", "Cancel it")).Text.ShouldContain("lead");
        await desk.Presses("tam", card, "More…", "Cancel it");
        (await desk.Submits("tam", ("words", "Wrong customer"))).Closed.ShouldBeTrue();
        (await desk.StateOf()).ShouldBe(EscalationState.Cancelled);
        desk.Thread(card)[^1].ShouldBe("@tam cancelled it: Wrong customer");
    }

    [Fact]
    public async Task ESC_6_What_is_not_possible_says_what_is()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        var before = (await desk.Facts()).Count;
        (await desk.Types("lead", "/escalate close ESC-1 done with it")).Text.ShouldBe(
            "ESC-1 can’t be closed: it is at *Accepted*. Possible now: `/escalate ack ESC-1`, `/escalate state ESC-1 investigating`, `/escalate state ESC-1 identified`, `/escalate state ESC-1 monitoring`, `/escalate resolve ESC-1 what solved it`, `/escalate decline ESC-1 why`, `/escalate cancel ESC-1`.\nYou typed: `/escalate close ESC-1 done with it`"
        );
        (await desk.Types("lead", "/escalate state ESC-1 closed")).Text.ShouldContain(
            "`/escalate close ESC-1`"
        );
        (await desk.Types("tam", "/escalate resolve ESC-1 By magic")).Text.ShouldContain(
            "By magic"
        );
        (await desk.Types("engineer", "/escalate resolve ESC-99 By magic")).Text.ShouldContain(
            "By magic"
        );
        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);
        (await desk.Facts()).Count.ShouldBe(before);
    }

    [Fact]
    public async Task ESC_9_What_is_sent_twice_changes_and_tells_once()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.Types("engineer", "/escalate resolve ESC-1 Rolled back");
        await desk.Presses("tam", card, "More…", "Customer confirmed");
        var form = desk.Mattermost.OpenDialogOf("tam")!;
        var answer = new Dictionary<string, object?> { ["words"] = "Their administrator" };
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => desk.Mattermost.As("tam").SubmitRaw(form, answer, cancelled: false))
        );
        await desk.Settled();
        desk.Thread(card).Count(l => l.Contains("confirmed it")).ShouldBe(1);
        (await desk.Types("tam", "/escalate confirm ESC-1 Their director")).Text.ShouldContain(
            "Recorded"
        );
        (await desk.Stored()).Confirmed!.Who.ShouldBe("Their director");

        await desk.Presses("lead", card, "Close");
        var close = desk.Mattermost.OpenDialogOf("lead")!;
        var closed = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    desk.Mattermost.As("lead")
                        .SubmitRaw(close, new Dictionary<string, object?>(), cancelled: false)
                )
        );
        await desk.Settled();
        closed.Count(c => c.Closed).ShouldBe(1);
        desk.Thread(card).Count(l => l.Contains("closed it")).ShouldBe(1);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_10_Eyes_acknowledge_and_a_tick_asks_what_solved_it_for_those_who_may()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Hires("nobody");
        var card = await desk.Raised();
        await desk.Reacts("nobody", card);
        await desk.Reacts("nobody", card, "white_check_mark");
        await desk.Reacts("nobody", card, "tada");
        desk.MessagesTo("nobody").Count.ShouldBe(2);
        desk.ToldTo("nobody").ShouldAllBe(t => t.Contains("need one of the roles"));
        desk.ToldTo("nobody")[0].ShouldContain("To acknowledge an escalation");
        desk.ToldTo("nobody")[1].ShouldContain("To resolve an escalation");
        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);

        await desk.Reacts("engineer", card);
        await desk.Reacts("lead", card);
        (await desk.Stored()).Owner.ShouldBe(desk.IdOf("engineer"));
        desk.Thread(card).ShouldBe(["@engineer acknowledged it and is the owner."]);
        // The second is told who was first, once (ESC-9).
        desk.ToldTo("lead").Count(t => t.Contains("@engineer was first")).ShouldBe(1);
        await desk.Reacts("engineer", card);
        desk.ToldTo("engineer").ShouldNotContain(t => t.Contains("already"));

        await desk.Reacts("engineer", card, "white_check_mark");
        var question = desk.MessagesTo("engineer")[^1];
        question.Message.ShouldBe("What solved **ESC-1**?");
        await desk.Presses("engineer", question, "Say what solved it");
        (await desk.Submits("engineer", ("resolution", "Rolled back"))).Closed.ShouldBeTrue();
        (await desk.StateOf()).ShouldBe(EscalationState.Resolved);

        var told = desk.MessagesTo("lead").Count;
        await desk.Reacts("lead", card, "white_check_mark");
        desk.MessagesTo("lead").Count.ShouldBe(told);
        // Where nothing is left to move an emoji is only an emoji, also from those who may nothing.
        await desk.Hires("other");
        await desk.Reacts("other", card);
        await desk.Reacts("other", card, "white_check_mark");
        desk.MessagesTo("other").ShouldBeEmpty();
        (await desk.PressesLate("engineer", question, "Say what solved it")).ShouldContain(
            "resolved already"
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ESC_10_ESC_8_Eyes_on_the_message_that_calls_whoever_is_on_duty_acknowledge(
        bool whileNobodyListened
    )
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("lead", "/escalate duty @engineer");
        await desk.Types("tam", "/escalate new acme sev1 Site is down");
        var call = desk.MessagesTo("engineer")[^1];
        call.Message.ShouldContain("You are on duty");
        if (whileNobodyListened)
        {
            await desk.LosesLine();
        }

        await desk.Reacts("engineer", call);
        if (whileNobodyListened)
        {
            (await desk.StateOf()).ShouldBe(EscalationState.Accepted);
            await desk.TriesAgain();
        }

        (await desk.Stored()).Owner.ShouldBe(desk.IdOf("engineer"));
        desk.Thread(desk.Card()).ShouldContain(l => l.Contains("@engineer acknowledged it"));
        desk.Mattermost.FindPost(call.Id)!.Message.ShouldContain("acknowledged");
    }

    /// <summary>Who was called looks at the message that rang, also when a newer one has taken its place.</summary>
    [Fact]
    public async Task ESC_10_Eyes_on_a_call_that_was_repeated_acknowledge_and_a_tick_on_it_asks_later()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("lead", "/escalate duty @engineer");
        await desk.Types("tam", "/escalate new acme sev1 Site is down");
        var call = desk.MessagesTo("engineer")[^1];
        for (var waits = 0; Now().Buttons().Any() && waits < 20; waits++)
        {
            await desk.Passes(TimeSpan.FromMinutes(5));
        }

        Now().Message.ShouldContain("newer message");
        await desk.Reacts("engineer", call);
        (await desk.Stored()).Owner.ShouldBe(desk.IdOf("engineer"));
        await desk.Reacts("engineer", call, "white_check_mark");
        desk.MessagesTo("engineer")[^1].Message.ShouldBe("What solved **ESC-1**?");

        Post Now() => desk.Mattermost.FindPost(call.Id)!;
    }

    [Fact]
    public async Task ESC_12_Eyes_on_the_question_whether_somebody_is_still_on_it_answer_it()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        Post? question;
        for (var hours = 0; (question = Asked()) is null && hours < 100; hours++)
        {
            await desk.Passes(TimeSpan.FromHours(1));
        }

        await desk.Reacts("engineer", question.ShouldNotBeNull());
        (await desk.Stored()).IsStale.ShouldBeFalse();

        Post? Asked() =>
            desk.MessagesTo("engineer")
                .FirstOrDefault(p => p.Message.Contains("Are you still on it?"));
    }

    [Fact]
    public async Task ESC_10_A_message_with_the_card_follows_its_summary_and_says_at_last_that_it_was_closed()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        await desk.Types("lead", "/escalate assign ESC-1 @engineer");
        var given = desk.MessagesTo("engineer")[^1];
        await desk.Types("engineer", "/escalate edit ESC-1 summary Only exports are slow");
        Now().Attachments[0].Text.ShouldBe("Only exports are slow");

        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        await desk.Types("lead", "/escalate close ESC-1");
        (
            await desk.Submits("lead", ("words", "Their administrator, by phone"))
        ).Accepted.ShouldBeTrue();
        (await desk.StateOf()).ShouldBe(EscalationState.Closed);
        Now().Message.ShouldContain("closed it");

        Post Now() => desk.Mattermost.FindPost(given.Id)!;
    }

    [Fact]
    public async Task ESC_10_A_tick_on_a_message_with_the_card_asks_what_solved_it_but_on_that_question_it_is_none()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        await desk.Types("lead", "/escalate assign ESC-1 @engineer");
        var given = desk.MessagesTo("engineer")[^1];
        await desk.Reacts("engineer", given, "white_check_mark");
        var question = desk.MessagesTo("engineer")[^1];
        question.Message.ShouldBe("What solved **ESC-1**?");
        await desk.Reacts("engineer", question, "white_check_mark");
        desk.MessagesTo("engineer")[^1].Id.ShouldBe(question.Id);
        (await desk.StateOf()).ShouldNotBe(EscalationState.Resolved);
    }

    [Fact]
    public async Task ESC_10_What_solved_it_is_answered_by_what_was_said_also_where_nobody_had_acknowledged_it()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Reacts("engineer", await desk.Raised(), "white_check_mark");
        var question = desk.MessagesTo("engineer")[^1];
        await desk.Presses("engineer", question, "Say what solved it");
        await desk.Submits("engineer", ("resolution", "Rolled back"));
        var settled = desk.Mattermost.FindPost(question.Id)!.Message;
        settled.ShouldContain("resolved it");
        settled.ShouldNotContain("acknowledged");
    }

    [Fact]
    public async Task A_form_that_can_not_be_taken_stays_open()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.Presses("engineer", card, "More…", "Resolve");
        var form = desk.Mattermost.OpenDialogOf("engineer")!;
        var outcome = await desk
            .Mattermost.As("engineer")
            .SubmitRaw(
                form,
                new Dictionary<string, object?>
                {
                    ["resolution"] = new string('x', 3001),
                    ["product_change"] = "perhaps",
                    ["bug"] = new string('x', 151),
                    ["backport"] = "sometimes",
                },
                cancelled: false
            );
        outcome
            .FieldErrors.Keys.Order()
            .ShouldBe(["backport", "bug", "product_change", "resolution"]);
        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);
    }
}
