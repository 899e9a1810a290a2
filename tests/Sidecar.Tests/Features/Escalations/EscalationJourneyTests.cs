using Shouldly;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>The slice as people go through it: command, form, card, buttons, thread, lists, timeline.</summary>
public sealed class EscalationJourneyTests
{
    [Fact]
    public async Task ESC_1_The_form_raises_an_escalation_and_its_card_appears()
    {
        await using var desk = await Desk.Open();
        var typed = await desk.Types("tam", "/escalate");
        typed.Text.ShouldBeEmpty();

        var outcome = await desk.Submits(
            "tam",
            ("customer", "Acme Labs"),
            ("summary", "Nobody can log in"),
            ("customer_impact", "All 4,000 users since 08:40"),
            ("impact", "critical"),
            ("links", "https://tickets.test/1_2"),
            // Last: a Sev 1 asks for no more than is there, and keeps what was written before.
            ("severity", "sev1")
        );

        outcome.Closed.ShouldBeTrue(outcome.Error);
        var card = desk.Card();
        card.Message.ShouldBe(":rotating_light: **ESC-1** Sev 1 · Acme Labs · raised by @tam");
        card.Attachments[0].Title.ShouldBe("Nobody can log in");
        card.Attachments[0].Text.ShouldBe("All 4,000 users since 08:40");
        card.Actions.Select(a => a.Name).ShouldBe(["Acknowledge", "Assign to…", "More…"]);
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_line_raises_an_escalation()
    {
        await using var desk = await Desk.Open();
        var typed = await desk.Types(
            "tam",
            "/escalate NEW “Acme Labs” Sev1 Nobody can log in @all"
        );
        typed.Text.ShouldStartWith("Raised as ESC-1 for Acme Labs.");
        desk.Card().Attachments[0].Title.ShouldBe("Nobody can log in @\u200Ball");
        desk.Mattermost.OpenDialogOf("tam").ShouldBeNull();
    }

    [Fact]
    public async Task ESC_1_What_is_missing_is_asked_for_in_a_form_filled_with_what_was_typed()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new \"Acme Labs\" Search is slow");
        var form = desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull();
        form["customer"].Default.ShouldBe("Acme Labs");
        form["summary"].Default.ShouldBe("Search is slow");
        form["severity"].Default.ShouldBeNullOrEmpty();
        desk.Cards().ShouldBeEmpty();
    }

    [Fact]
    public async Task ALL_2_A_summary_that_is_too_long_is_kept_whole()
    {
        await using var desk = await Desk.Open();
        var summary = string.Join(' ', Enumerable.Repeat("words", 60));
        await desk.Types("tam", $"/escalate new acme sev3 {summary}");
        var form = desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull();
        form["summary"].Default.Length.ShouldBeLessThanOrEqualTo(250);
        form["customer_impact"].Default.ShouldBe(summary);
        form.IntroductionText.ShouldContain("yours has 359");
        (await desk.Submits("tam")).Closed.ShouldBeTrue();
        desk.Card().Attachments[0].Text.ShouldBe(summary);
    }

    [Fact]
    public async Task ALL_2_A_form_with_mistakes_stays_open_and_marks_every_one()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate");
        var outcome = await desk
            .Mattermost.As("tam")
            .SubmitRaw(
                desk.Mattermost.OpenDialogOf("tam")!,
                new Dictionary<string, object?>
                {
                    ["customer"] = "😀",
                    ["severity"] = "sev9",
                    ["category"] = "deployment",
                    ["summary"] = new string('x', 251),
                    ["impact"] = null,
                },
                cancelled: false
            );
        outcome.Closed.ShouldBeFalse();
        outcome.FieldErrors.Keys.ShouldBe(["customer", "severity", "summary"], ignoreOrder: true);
        outcome.FieldErrors["summary"].ShouldBe("This takes 250 characters; yours has 251.");
        await desk.Settled();
        desk.Cards().ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_9_The_same_form_sent_twice_raises_once()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate");
        var form = desk.Mattermost.OpenDialogOf("tam")!;
        var answers = new Dictionary<string, object?>
        {
            ["customer"] = "acme",
            ["severity"] = "sev2",
            ["category"] = "deployment",
            ["summary"] = "Slow",
            ["impact"] = "low",
            ["effort"] = "low",
        };
        var sent = await Task.WhenAll(
            Enumerable
                .Range(0, 5)
                .Select(_ => desk.Mattermost.As("tam").SubmitRaw(form, answers, cancelled: false))
        );
        await desk.Settled();
        sent.ShouldAllBe(s => s.Closed);
        desk.Cards().Count.ShouldBe(1);
    }

    [Fact]
    public async Task ESC_7_ESC_10_Acknowledge_assign_resolve_keep_card_and_thread_current()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();

        (await desk.Presses("engineer", card, "Acknowledge")).Saw.Posts.ShouldContain(p =>
            p.Id == card.Id
        );
        desk.Card().Message.ShouldStartWith(":eyes: **ESC-1**");
        desk.Card()
            .Actions.Where(a => !a.Disabled)
            .Select(a => a.Name)
            .ShouldBe(["Post update", "Resolve", "Assign to…", "More…"]);

        var lead = desk.Mattermost.GetUser("lead").Id;
        (await desk.Presses("engineer", card, "Assign to…", lead)).Saw.Posts.ShouldContain(p =>
            p.Id == card.Id
        );

        await desk.Presses("lead", card, "Resolve");
        (await desk.Submits("lead", ("resolution", "Rolled back"))).Closed.ShouldBeTrue();
        var resolved = desk.Card();
        resolved.Id.ShouldBe(card.Id);
        resolved.Message.ShouldStartWith(":white_check_mark: **ESC-1**");
        resolved
            .Actions.Where(a => a.Disabled)
            .Select(a => a.Name)
            .ShouldBe(["Acknowledged", "Resolved"]);

        desk.Thread(card)
            .ShouldBe([
                "The incident channel is ~sev1-acme-20260302.",
                "@engineer acknowledged it and is the owner.",
                "@engineer handed it over to @lead.",
                "@lead resolved it: Rolled back",
                "The fix is watched until Tue 3 Mar 09:00 UTC.",
            ]);
        desk.Mattermost.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_moves_by_command()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        (await desk.Types("engineer", "/escalate ACK esc–1")).Text.ShouldContain("own it now");
        (await desk.Types("engineer", "/escalate assign 1 @lead.")).Text.ShouldBe(
            "ESC-1 is @lead’s now."
        );
        (
            await desk.Types("engineer", "/escalate resolve ESC-1 Rolled back\nto 10.11")
        ).Text.ShouldBe("ESC-1 is resolved.");
        (await desk.Types("lead", "/escalate ack ESC-1")).Text.ShouldContain(
            "resolved already, by @engineer"
        );
        desk.Thread(card).Count.ShouldBe(3);
    }

    [Fact]
    public async Task ESC_9_Twenty_people_press_at_once_and_one_owns_it()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var people = Enumerable.Range(1, 20).Select(i => $"person{i}").ToList();
        foreach (var person in people)
        {
            desk.Mattermost.AddUser(person);
            await desk.Meets(person);
            await desk.Grants(person, Role.DeploymentEngineer);
        }

        var card = await desk.Raised();

        var answers = await Task.WhenAll(
            people.Select(async p =>
                (Who: p, (await desk.Mattermost.As(p).Click(card.Id, "Acknowledge")).Text)
            )
        );
        await desk.Settled();

        var first = answers.Where(a => a.Text.Length == 0).ShouldHaveSingleItem().Who;
        answers
            .Where(a => a.Who != first)
            .ShouldAllBe(a =>
                a.Text == $"@{first} was first and has acknowledged ESC-1. They own it now."
            );
        desk.Thread(card).ShouldBe([$"@{first} acknowledged it and is the owner."]);
    }

    [Fact]
    public async Task ESC_9_A_click_that_comes_after_the_card_has_changed_is_told_who_was_first()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        var button = card.Actions.First(a => a.Name == "Acknowledge").Id!;
        await desk.Presses("engineer", card, "Acknowledge");
        var late = await desk.Mattermost.As("lead").ClickRaw(card.Id, button);
        late.Text.ShouldBe("@engineer was first and has acknowledged ESC-1. They own it now.");
    }

    [Fact]
    public async Task Everything_is_still_there_after_a_restart()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.RestartSidecar();

        (await desk.Presses("engineer", card, "Acknowledge")).Saw.Nothing.ShouldBeFalse();
        (await desk.Types("tam", "/escalate new \"Acme Labs\" sev2 Another")).Text.ShouldContain(
            "ESC-2"
        );
        (await desk.Types("tam", "/escalate list")).Text.ShouldContain("Open escalations (2)");
    }

    [Fact]
    public async Task ALL_4_The_timeline_tells_who_did_what_when_in_the_readers_zone()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        desk.Clock.Advance(TimeSpan.FromMinutes(12));
        await desk.Types("engineer", "/escalate ack ESC-1");

        var lines = (await desk.Types("lead", "/escalate timeline ESC-1")).Text.Split('\n');
        lines[0].ShouldBe("#### Timeline of ESC-1 · Acme");
        lines[1]
            .ShouldBe(
                "- Mon 2 Mar 2026 09:00 UTC: @tam raised it for Acme as Sev 1: Nobody can log in"
            );
        lines
            .Skip(2)
            .ShouldBe([
                "- Mon 2 Mar 2026 09:00 UTC: Deployment Engineering takes it.",
                "- Mon 2 Mar 2026 09:00 UTC: The playbook **Sev 1 outage** starts.",
                "- Mon 2 Mar 2026 09:00 UTC: :telephone_receiver: Called at once: the owner or the engineer on duty (nobody is named for it), the back-up (nobody is named for it), the DE lead @lead.",
                "- Mon 2 Mar 2026 09:00 UTC: The incident channel is ~sev1-acme-20260302.",
                "- Mon 2 Mar 2026 09:00 UTC: Escalate checked off 1.1 *Open the incident channel and start this playbook, once the CSM, TAM or CRE has escalated*.",
                "- Mon 2 Mar 2026 09:00 UTC: Everybody who is needed was added to the incident channel.",
                "- Mon 2 Mar 2026 09:00 UTC: Escalate checked off 1.2 *Add the CSM, the TAM and a DE: their leads name the staff, and executives can follow*.",
                "- Mon 2 Mar 2026 09:12 UTC: @engineer acknowledged it and is the owner.",
            ]);
    }

    [Fact]
    public async Task A_long_list_is_shown_a_page_at_a_time_in_the_order_of_priority()
    {
        await using var desk = await Desk.Open();
        for (var i = 1; i <= 20; i++)
        {
            await desk.Knows($"client{i}", $"Client {i}", 60_000 + i);
            await desk.Types("tam", $"/escalate new client{i} sev{(i % 4) + 1} Problem {i}");
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var first = (await desk.Types("engineer", "/escalate list")).Text;
        Rows(first).Count.ShouldBe(15);
        Rows(first)[0].ShouldBe("ESC-20");
        first.ShouldContain("Open escalations (20)");
        var next = first.Split("More: `")[1].Split('`')[0];
        next.ShouldBe($"/escalate list after {Rows(first)[^1]}");

        var second = (await desk.Types("engineer", next)).Text;
        Rows(second).Count.ShouldBe(5);
        Rows(first).Concat(Rows(second)).Distinct().Count().ShouldBe(20);
        second.ShouldNotContain("More:");
    }

    [Fact]
    public async Task Lists_are_mine_a_customers_a_severitys_or_all()
    {
        await using var desk = await Desk.Open();
        await desk.Knows("other-co", "Other Co", 60_000);
        await desk.Types("tam", "/escalate new acme sev2 Three");
        await desk.Types("lead", "/escalate resolve ESC-1 Done");
        await desk.Types("lead", "/escalate new \"Other Co\" sev3 Two");
        await desk.Types("engineer", "/escalate ack ESC-2");
        await desk.Types("tam", "/escalate new acme sev1 One");

        Rows(await List(desk, "tam", "mine")).ShouldBe(["ESC-3"]);
        Rows(await List(desk, "engineer", "mine")).ShouldBe(["ESC-2"]);
        Rows(await List(desk, "engineer", "acme")).ShouldBe(["ESC-3", "ESC-1"]);
        Rows(await List(desk, "engineer", "\"Other Co\"")).ShouldBe(["ESC-2"]);
        Rows(await List(desk, "engineer", "SEV-3")).ShouldBe(["ESC-2"]);
        Rows(await List(desk, "engineer", "all")).ShouldBe(["ESC-3", "ESC-2", "ESC-1"]);
        Rows(await List(desk, "engineer", "")).ShouldBe(["ESC-3", "ESC-2"]);
        (await List(desk, "engineer", "nobody")).ShouldContain("There is no customer “nobody”");
        (await List(desk, "lead", "sev4")).ShouldContain("none");
    }

    [Fact]
    public async Task M6_A_word_at_the_start_of_a_message_raises_a_sev_1_in_the_channel_itself()
    {
        await using var desk = await Desk.Open();
        var message = await desk
            .Mattermost.As("tam")
            .Post(Desk.Square, "sev1! acme Nobody can log in");
        await desk.Mattermost.IdleAsync();
        await desk.Settled();

        desk.Mattermost.RepliesTo(message.Id).ShouldBeEmpty();
        desk.Card().Message.ShouldContain("**ESC-1** Sev 1 · Acme");
    }

    [Fact]
    public async Task A_command_in_a_thread_keeps_the_card_and_all_news_in_that_thread()
    {
        await using var desk = await Desk.Open();
        var root = await desk.Mattermost.As("tam").Post(Desk.Square, "They just called");
        await desk.Types("tam", "/escalate new acme sev3 Down", root: root.Id);
        await desk.Types("engineer", "/escalate ack ESC-1");
        var ours = desk.Mattermost.RepliesTo(root.Id).Where(p => p.UserId == desk.Bot.Id).ToList();
        ours[0].Message.ShouldContain("**ESC-1**");
        ours.Skip(1)
            .Select(p => p.Message)
            .ShouldBe(["@engineer acknowledged it and is the owner."]);
    }

    [Fact]
    public async Task CUS_1_Names_that_lead_to_one_key_are_still_two_customers()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new C++ sev3 One");
        await desk.Types("tam", "/escalate new C# sev3 Two");
        (await desk.Types("tam", "/escalate new c++ sev3 Three")).Text.ShouldContain(
            "**ESC-1** open"
        );
        Rows(await List(desk, "tam", "c++")).ShouldBe(["ESC-1"]);
        Rows(await List(desk, "tam", "C#")).ShouldBe(["ESC-2"]);
    }

    [Theory]
    [InlineData("new sev1 acme Down", "Sev 1 · Acme")]
    [InlineData("new acme Sev２ Down", "Sev 2 · Acme")]
    [InlineData("new ac\u200Bme sev3 Down", "Sev 3 · Acme")]
    public async Task A_line_is_understood_as_people_and_phones_write_it(
        string line,
        string headline
    )
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", $"/escalate {line}");
        desk.Card().Message.ShouldContain(headline);
        desk.Card().Attachments[0].Title.ShouldBe("Down");
    }

    [Fact]
    public async Task ALL_2_A_customers_name_that_is_too_long_is_cut_and_says_so()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", $"/escalate new {new string('c', 300)} sev3 Down");
        var form = desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull();
        form["customer"].Default.Length.ShouldBe(80);
        form.IntroductionText.ShouldContain("takes 80 characters; yours has 300");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_9_A_form_sent_again_with_other_answers_says_that_they_were_not_taken()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new acme Slow");
        var form = desk.Mattermost.OpenDialogOf("tam")!;
        (await desk.Submits("tam", ("severity", "sev2"))).Closed.ShouldBeTrue();
        var again = await desk
            .Mattermost.As("tam")
            .SubmitDialog(
                form,
                new Dictionary<string, object?> { ["severity"] = "sev2", ["summary"] = "Slower" }
            );
        again.Error.ShouldContain("sent already and raised ESC-1");
        desk.Cards().Count.ShouldBe(1);
    }

    [Fact]
    public async Task In_a_public_channel_that_the_bot_never_joined_the_card_is_kept_current_too()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddChannel("war-room", members: ["tam", "engineer"]);
        await desk.Types("tam", "/escalate new acme sev1 Down", "war-room");
        await desk.Types("engineer", "/escalate ack ESC-1", "war-room");
        var card = desk.Card("war-room");
        card.Message.ShouldStartWith(":eyes:");
        desk.Thread(card)
            .ShouldBe([
                "The incident channel is ~sev1-acme-20260302.",
                "@engineer acknowledged it and is the owner.",
            ]);
    }

    [Fact]
    public async Task Where_the_bot_may_not_post_the_person_is_told_and_can_post_it_later()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddChannel("secret", type: "P", members: ["tam"]);
        (await desk.Types("tam", "/escalate new acme sev1 Down", "secret")).Text.ShouldContain(
            "ESC-1"
        );
        desk.Mattermost.Posts("secret").ShouldBeEmpty();

        var notice = desk
            .Mattermost.Posts(desk.Mattermost.DirectChannel("tam", "escalate").Id)
            .Single();
        notice.Message.ShouldContain("`/invite @escalate`");
        // Refused once more, as it was said: told again, with the button again.
        (await desk.Presses("tam", notice, "Post it now")).Saw.Text.ShouldContain("Trying again");
        var again = desk.Mattermost.Posts(desk.Mattermost.DirectChannel("tam", "escalate").Id)[^1];
        again.Id.ShouldNotBe(notice.Id);
        again.Message.ShouldContain("`/invite @escalate`");
        desk.Mattermost.Join("secret", "escalate");
        (await desk.Presses("tam", again, "Post it now")).Saw.Text.ShouldContain("Trying again");
        desk.Card("secret").Message.ShouldContain("**ESC-1**");
    }

    private static async Task<string> List(Desk desk, string who, string filter) =>
        (await desk.Types(who, $"/escalate list {filter}")).Text;

    private static List<string> Rows(string list) =>
        [
            .. list.Split('\n')
                .Where(l => l.StartsWith("| **ESC-", StringComparison.Ordinal))
                .Select(l => l.Split("**")[1]),
        ];
}
