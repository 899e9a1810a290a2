using System.Globalization;
using System.Text;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.People;
using Sidecar.Tests.Features.Escalations.Incidents.Tasks;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Incidents;

/// <summary>A Sev 1 from its channel to its summary (PB-1, PB-4 to PB-8), and what happens when the server does not let it.</summary>
public sealed class IncidentJourneyTests
{
    private const string Channel = "sev1-acme-20260302";

    [Fact]
    public async Task PB_1_An_accepted_Sev_1_opens_a_private_channel_with_the_right_people_card_checklist_and_header()
    {
        await using var desk = await Staffed();
        await desk.Raised("Nobody can log in");

        var channel = desk.Mattermost.GetChannel(Channel);
        channel.Type.ShouldBe("P");
        channel.DisplayName.ShouldBe("ESC-1 · Sev 1 · Acme");
        channel.Purpose.ShouldStartWith("ESC-1 · Nobody can log in");
        desk.Mattermost.MembersOf(Channel)
            .ShouldBe(["escalate", "tam", "csm", "cslead", "lead"], ignoreOrder: true);
        var posts = desk.Cards(Channel);
        posts.Count.ShouldBe(2);
        posts[0].Message.ShouldContain("**ESC-1** Sev 1 · Acme");
        posts[0].IsPinned.ShouldBeTrue();
        posts[0].Buttons().ShouldContain("Acknowledge");
        posts[1]
            .Message.ShouldBe(":clipboard: **ESC-1** Sev 1 outage: 2 of 41 · stage 1 Escalation");
        desk.Mattermost.ChannelHeader(Channel)
            .ShouldBe("Owner: nobody yet · **ESC-1** · Sev 1 · Acme");
        // U5: it was there from the beginning, so Mattermost has no line about it.
        desk.Mattermost.Posts(Channel, withSystemMessages: true)
            .ShouldNotContain(p => p.Type == "system_header_change");
        desk.Thread(desk.Card()).ShouldBe([$"The incident channel is ~{Channel}."]);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task PB_1_PB_3_The_header_and_both_cards_follow_state_owner_severity_next_update_and_progress()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        desk.Mattermost.ChannelHeader(Channel)
            .ShouldBe("Owner: @engineer · **ESC-1** · Sev 1 · Acme");
        desk.Cards(Channel)[0].Field("Next update").ShouldBe("Mon 2 Mar 10:00 UTC");
        desk.Mattermost.MembersOf(Channel).ShouldContain("engineer");
        await desk.Types("engineer", "/escalate task ESC-1 1.3 done");
        await desk.Types("engineer", "/escalate edit ESC-1 severity sev2");
        desk.Mattermost.ChannelHeader(Channel).ShouldContain("· Sev 2 ·");
        desk.Cards(Channel)[0].Field("Owner").ShouldBe("@engineer");
        desk.Cards(Channel)[1].Message.ShouldContain("3 of 41");
        desk.Card().Field("Playbook").ShouldEndWith($"~{Channel}");
    }

    [Fact]
    public async Task PB_1_Whoever_owns_or_follows_it_later_is_added_and_who_left_is_not_fetched_back()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        await desk.Types("product", "/escalate follow ESC-1");
        desk.Mattermost.MembersOf(Channel).ShouldContain("product");
        desk.Mattermost.Leave(Channel, "tam");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("lead", "/escalate assign ESC-1 @tam");
        desk.Mattermost.MembersOf(Channel).ShouldNotContain("tam");
        desk.Mattermost.MembersOf(Channel).ShouldContain("engineer");
    }

    [Fact]
    public async Task PB_1_A_Sev_2_that_gets_worse_starts_the_playbook_then()
    {
        await using var desk = await Staffed();
        await desk.Types("tam", "/escalate new acme sev2 Slow");
        desk.Mattermost.Channels.ShouldNotContain(c =>
            c.Name.StartsWith("sev", StringComparison.Ordinal)
        );
        await desk.Types("tam", "/escalate edit ESC-1 severity sev1");
        desk.Mattermost.GetChannel(Channel).DisplayName.ShouldContain("ESC-1");
    }

    [Fact]
    public async Task PB_1_Two_outages_of_one_customer_on_one_day_have_two_channels()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        await desk.Types("tam", "/escalate new acme sev1 Again");
        desk.Mattermost.GetChannel(Channel + "-2").Purpose.ShouldStartWith("ESC-2");
        desk.Cards(Channel + "-2").Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("public", "O")]
    [InlineData("none", null)]
    public async Task PB_1_An_administrator_chooses_the_kind_of_channel(string kind, string? type)
    {
        await using var desk = await Staffed($$"""{ "incidents": { "channel": "{{kind}}" } }""");
        await desk.Raised();
        desk.Mattermost.Channels.SingleOrDefault(c => c.Name == Channel)?.Type.ShouldBe(type);
        if (type is null)
        {
            desk.Cards().Count.ShouldBe(2);
            desk.Cards()[1].Message.ShouldContain(":clipboard:");
            await desk.Types("engineer", "/escalate task ESC-1 1.3 done");
            desk.Cards()[1].Message.ShouldContain("1 of 41");
        }
    }

    [Fact]
    public async Task PB_1_Where_the_bot_may_not_open_channels_the_incident_goes_on_and_the_administrator_is_told_how()
    {
        await using var desk = await Staffed();
        desk.Mattermost.Forbid("create_private_channel");
        await desk.Raised();

        desk.Thread(desk.Cards()[0])
            .ShouldHaveSingleItem()
            .ShouldBe(
                ":warning: The incident channel could not be opened: I am not in that team, or Mattermost does not let me open channels of that kind. The incident goes on here; @admin can fix it."
            );
        desk.Cards()[1].Message.ShouldContain(":clipboard: **ESC-1**");
        var told = desk.MessagesTo(Desk.Admin)[^1];
        told.Message.ShouldContain("System Console");
        told.Message.ShouldContain("`/escalate playbook start ESC-1`");
        await desk.Types("engineer", "/escalate ack ESC-1");
        (await desk.StateOf()).ShouldBe(EscalationState.Acknowledged);

        (await desk.Presses(Desk.Admin, told, "Try again")).Text.ShouldContain("I am trying again");
        desk.MessagesTo(Desk.Admin).Count(m => m.Message.Contains("could not open")).ShouldBe(2);
        desk.Mattermost.Allow("create_private_channel");
        (await desk.Types("lead", "/escalate playbook start ESC-1")).Text.ShouldBe(
            "I am trying again to open the incident channel of ESC-1."
        );
        desk.Cards(Channel).Count.ShouldBe(2);
        desk.Cards()[1].Message.ShouldBe($"The checklist of ESC-1 is in ~{Channel} now.");
        (await desk.PressesLate(Desk.Admin, told, "Try again")).ShouldContain(
            "follows the playbook"
        );
    }

    [Fact]
    public async Task PB_1_Too_many_channels_is_told_with_the_setting_that_mends_it()
    {
        await using var desk = await Staffed();
        desk.Mattermost.Configure("TeamSettings.MaxChannelsPerTeam", 1);
        await desk.Raised();
        desk.ToldTo(Desk.Admin)[^1].ShouldContain("`TeamSettings.MaxChannelsPerTeam`");
    }

    [Fact]
    public async Task PB_1_Who_can_not_be_added_keeps_nobody_out_and_the_administrator_is_told_once()
    {
        await using var desk = await Staffed();
        desk.Mattermost.LeaveTeam("csm");
        desk.Mattermost.SetActive("cslead", false);
        await desk.Raised();
        desk.Mattermost.MembersOf(Channel).ShouldBe(["escalate", "tam", "lead"], ignoreOrder: true);
        desk.ToldTo(Desk.Admin)
            .Single(m => m.Contains("Could not be added to the incident channel"))
            .ShouldContain("@csm (not a member of the team)");
        desk.Thread(desk.Card())[^1]
            .ShouldContain(":warning: Could not be added to the incident channel: @csm");
        (await desk.Stored()).Task("1.2").State.ShouldBe(TaskState.Open);
    }

    [Fact]
    public async Task PB_1_An_archived_channel_stops_nothing_and_its_owner_is_told()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        desk.Mattermost.Archive(Channel);
        await desk.Types("engineer", "/escalate state ESC-1 investigating");
        (await desk.StateOf()).ShouldBe(EscalationState.Investigating);
        desk.Card().Field("State").ShouldBe("Investigating");
        desk.ToldTo("engineer").ShouldContain(m => m.Contains("archived"));
    }

    [Fact]
    public async Task PB_1_Without_the_bot_in_the_channel_nobody_is_named_and_the_way_back_is_told()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        desk.Mattermost.Leave(Channel, "escalate");
        await desk.Types("product", "/escalate follow ESC-1");
        desk.Thread(desk.Card())
            .ShouldContain(m =>
                m.StartsWith(":warning: I can’t add anybody", StringComparison.Ordinal)
            );
        desk.Thread(desk.Card())
            .ShouldNotContain(m => m.Contains("@csm", StringComparison.Ordinal));
        desk.ToldTo(Desk.Admin)[^1].ShouldContain("`/invite`");
    }

    [Fact]
    public async Task UPD_2_An_update_that_the_channel_does_not_take_stands_in_the_thread()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        desk.Mattermost.Archive(Channel);
        await desk.Types("engineer", "/escalate update ESC-1");
        await desk.Submits(
            "engineer",
            ("summary", "The disk is full"),
            ("next", desk.Clock.GetUtcNow().AddHours(1))
        );
        desk.Thread(desk.Card())
            .ShouldContain(m =>
                m.Contains("**Summary:** The disk is full", StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task PB_6_What_nobody_can_see_is_no_confirmation()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        await desk.Types("tam", "/escalate confirm ESC-1");
        (await desk.Submits("tam", ("words", "\u200B"))).Closed.ShouldBeFalse();
        (await desk.Stored()).Confirmed.ShouldBeNull();
    }

    [Fact]
    public async Task PB_6_Reopening_takes_back_what_the_confirmation_had_checked()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        await desk.Types("tam", "/escalate confirm ESC-1 Head of IT");
        await desk.Types("engineer", "/escalate reopen ESC-1 Again");
        (await desk.Stored()).Task("7.2").State.ShouldBe(TaskState.Open);
    }

    [Fact]
    public async Task PB_1_Killed_before_the_channel_was_noted_it_is_opened_once()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        await desk.RestartSidecar();
        await desk.Settled();
        desk.Mattermost.Channels.Count(c =>
                c.Name.StartsWith("sev1-acme", StringComparison.Ordinal)
            )
            .ShouldBe(1);
        desk.Thread(desk.Card()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task PB_4_After_an_hour_the_executive_joins_is_named_and_replies_are_marked()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Passes(TimeSpan.FromMinutes(60) - TimeSpan.FromMilliseconds(1));
        desk.Mattermost.MembersOf(Channel).ShouldNotContain("executive");
        await desk.Passes(TimeSpan.FromMilliseconds(1));
        desk.Mattermost.MembersOf(Channel).ShouldContain("executive");
        desk.Said(Channel)
            .ShouldContain(
                ":necktie: The incident is 1 h old: @executive must be included in replies to the customer from now on."
            );
        desk.Cards(Channel)[1].Attachments[0].Text.ShouldContain(":necktie:");
        await desk.Passes(TimeSpan.FromDays(2));
        desk.Said(Channel)
            .Count(m => m.StartsWith(":necktie:", StringComparison.Ordinal))
            .ShouldBe(1);
    }

    [Fact]
    public async Task PB_4_What_is_over_within_the_hour_bothers_no_executive_until_it_is_reopened()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        await desk.Passes(TimeSpan.FromHours(3));
        desk.Mattermost.MembersOf(Channel).ShouldNotContain("executive");
        await desk.Types("engineer", "/escalate reopen ESC-1 Down again");
        desk.Mattermost.MembersOf(Channel).ShouldContain("executive");
    }

    [Fact]
    public async Task PB_4_Without_an_executive_the_administrator_hears_how_to_name_one()
    {
        await using var desk = await Staffed();
        await desk.Revokes("executive", Role.Executive);
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Passes(TimeSpan.FromHours(1));
        desk.ToldTo(Desk.Admin)[^1].ShouldContain("`/escalate role grant @user executive`");
        (await desk.Stored()).Incident!.ExecutiveSince.ShouldNotBeNull();
    }

    [Fact]
    public async Task PB_5_The_fix_is_watched_for_24_hours_and_then_its_owner_is_asked_once()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        await desk.Types("engineer", "/escalate state ESC-1 monitoring");
        var since = desk.Clock.GetUtcNow();
        await desk.Passes(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        desk.ToldTo("engineer").ShouldNotContain(m => m.Contains(":stopwatch:"));
        await desk.Passes(TimeSpan.FromDays(3));
        desk.TimesOf("engineer", ":stopwatch:").ShouldBe([since.AddHours(24)]);

        var asked = desk.MessagesTo("engineer")
            .Single(m => m.Message.StartsWith(":stopwatch:", StringComparison.Ordinal));
        asked.Message.ShouldContain("Did it hold? If so, resolve it.");
        (await desk.Presses("engineer", asked, "It held")).Saw.Posts.ShouldContain(p =>
            p.Id == asked.Id
            && p.Message.Contains(
                "It can be resolved now: `/escalate resolve ESC-1 what solved it`",
                StringComparison.Ordinal
            )
        );
        (await desk.Stored()).Task("7.1").State.ShouldBe(TaskState.Done);
        (await desk.PressesLate("engineer", asked, "It held")).ShouldContain("@engineer was first");
    }

    [Fact]
    public async Task PB_5_A_fix_that_did_not_hold_is_watched_anew()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        await desk.Types("engineer", "/escalate state ESC-1 monitoring");
        await desk.Passes(TimeSpan.FromHours(20));
        await desk.Types("engineer", "/escalate state ESC-1 investigating");
        await desk.Passes(TimeSpan.FromHours(10));
        desk.ToldTo("engineer").ShouldNotContain(m => m.Contains(":stopwatch:"));
        await desk.Types("engineer", "/escalate resolve ESC-1 Replaced the disk");
        var since = desk.Clock.GetUtcNow();
        await desk.Passes(TimeSpan.FromHours(24));
        desk.TimesOf("engineer", ":stopwatch:").ShouldBe([since.AddHours(24)]);
        desk.ToldTo("engineer")
            .Last(m => m.Contains(":stopwatch:"))
            .ShouldContain("`/escalate confirm ESC-1");
    }

    [Fact]
    public async Task PB_6_It_closes_only_after_the_customers_confirmation_which_checks_its_task()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        (await desk.Types("engineer", "/escalate close ESC-1 done")).Text.ShouldBeEmpty();
        desk.Mattermost.OpenDialogOf("engineer").ShouldNotBeNull();
        (await desk.StateOf()).ShouldBe(EscalationState.Resolved);
        await desk.Types("tam", "/escalate confirm ESC-1 Their head of IT");
        (await desk.Stored()).Task("7.2").State.ShouldBe(TaskState.Done);
        (await desk.Stored()).Task("7.2").By.ShouldBe(desk.IdOf("tam"));
        (await desk.Types("engineer", "/escalate close ESC-1 done")).Text.ShouldContain(
            "tasks of its checklist are still open: `/escalate tasks ESC-1`"
        );
        (await desk.StateOf()).ShouldBe(EscalationState.Closed);
        desk.Cards(Channel)[0].Field("State").ShouldBe("Closed");
    }

    [Fact]
    public async Task PB_7_Deadlines_count_business_days_from_the_resolution_and_go_when_it_is_reopened()
    {
        await using var desk = await Staffed(
            """{ "team": { "holidays": [{ "date": "2026-03-09", "name": "Founders' day" }] } }"""
        );
        await desk.PassesTo(new DateTimeOffset(2026, 3, 5, 15, 0, 0, TimeSpan.Zero));
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        var stored = await desk.Stored();
        stored
            .Incident!.Stages[7]
            .Tasks.Select(t =>
                t.DueAt?.UtcDateTime.ToString("ddd dd HH:mm", CultureInfo.InvariantCulture)
            )
            .ShouldBe(["Fri 06 15:00", "Tue 10 15:00", "Wed 11 15:00", null]);
        await desk.Types("engineer", "/escalate reopen ESC-1 Again");
        (await desk.Stored()).Incident!.Tasks.ShouldAllBe(t => t.DueAt == null);
    }

    [Fact]
    public async Task PB_8_The_three_questions_are_asked_in_a_form_and_kept()
    {
        await using var desk = await Staffed();
        await desk.Raised();
        (await desk.Types("engineer", "/escalate retrospective ESC-1")).Text.ShouldContain(
            "is not resolved yet"
        );
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        await desk.Types("engineer", "/escalate retrospective ESC-1");
        var empty = await desk.Submits("engineer", ("issue", "Disk full"), ("improvements", ""));
        empty.FieldErrors.Keys.ShouldBe(["improvements", "changes"], ignoreOrder: true);
        var done = await desk.Submits(
            "engineer",
            ("issue", "Disk full"),
            ("improvements", "Alert at 80 % @all"),
            ("changes", "Alerts by Friday")
        );
        done.Closed.ShouldBeTrue();
        desk.Said(Channel)[^1].ShouldContain("**What might improve outcomes?** Alert at 80 %");
        desk.Said(Channel)[^1].ShouldNotContain("@all");
        (await desk.Stored()).Task("8.1").State.ShouldBe(TaskState.Done);
        await desk.Types("lead", "/escalate retrospective ESC-1");
        desk.Mattermost.OpenDialogOf("lead")!
            .Elements.Select(e => e.Default)
            .ShouldBe(["Disk full", "Alert at 80 % @all", "Alerts by Friday"]);
        // M1: who leaves it as it is did not write it.
        var said = desk.Said(Channel).Count;
        (await desk.Submits("lead")).Error.ShouldContain("Nothing was changed");
        (await desk.Stored()).Incident!.Retrospective!.By.ShouldBe(desk.IdOf("engineer"));
        desk.Said(Channel).Count.ShouldBe(said);
    }

    [Fact]
    public async Task PB_8_The_summary_is_a_Markdown_file_made_from_the_timeline()
    {
        await using var desk = await Staffed();
        await desk.Raised("Nobody can *log* in");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate task ESC-1 2.2 skip No monitoring");
        await desk.Passes(TimeSpan.FromMinutes(90));
        await desk.Types("engineer", "/escalate update ESC-1");
        await desk.Submits(
            "engineer",
            ("status", "identified"),
            ("summary", "The disk is full"),
            ("next", desk.Clock.GetUtcNow().AddHours(1))
        );
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted the database");
        await desk.Types("tam", "/escalate summary ESC-1");

        var message = desk.MessagesTo("tam")[^1];
        desk.Mattermost.FileNamesOf(message).ShouldBe(["ESC-1-summary-2026-03-02.md"]);
        var text = Encoding.UTF8.GetString(desk.Mattermost.FileOf(message));
        text.ShouldStartWith("# Incident summary: Acme, 2026-03-02 (ESC-1)\n");
        text.ShouldContain("- Duration: 1.5 hours");
        text.ShouldContain("## Resolution\n\nRestarted the database\n");
        text.ShouldContain(
            "- Mon 2 Mar 2026 09:00 UTC: @engineer acknowledged it and is the owner."
        );
        text.ShouldContain("- @engineer (owner)\n- @tam");
        text.ShouldContain("(skipped: No monitoring)");
        text.ShouldContain("## Root cause\n\n*to be written*");
        text.ShouldContain(
            "**1** · Mon 2 Mar 2026 10:30 UTC · Identified · @engineer · late: it was due Mon 2 Mar 2026 10:00 UTC\n- Summary: The disk is full"
        );
        text.ShouldNotContain("overdue");
    }

    [Fact]
    public async Task PB_2_A_playbook_is_started_by_hand_for_what_has_none_by_itself()
    {
        await using var desk = await Staffed();
        await desk.Types("tam", "/escalate new acme sev3 Slow");
        (await desk.Types("engineer", "/escalate playbook start ESC-1 nothing")).Text.ShouldBe(
            "There is no playbook “nothing”. There are: `sev1`."
        );
        (await desk.Types("product", "/escalate playbook start ESC-1")).Text.ShouldContain(
            "To start a playbook you need"
        );
        (await desk.Types("engineer", "/escalate playbook start ESC-1")).Text.ShouldContain(
            "ESC-1 follows **Sev 1 outage** now."
        );
        desk.Mattermost.GetChannel("sev3-acme-20260302").ShouldNotBeNull();
        (await desk.Types("lead", "/escalate playbook start ESC-1")).Text.ShouldContain(
            "follows the playbook **Sev 1 outage** already"
        );
    }

    /// <summary>The customer's CSM and TAM are known, and everybody who leads.</summary>
    private static async Task<Desk> Staffed(string? settings = null)
    {
        var desk = await Desk.Open(settings: settings);
        await desk.Hires("csm", Role.CustomerSuccessManager);
        await desk.Hires("cslead", Role.CustomerSuccessLead);
        await desk.Types("lead", "/escalate customer set acme tam @tam");
        await desk.Types("lead", "/escalate customer set acme csm @csm");
        desk.Mattermost.ForgetRequests();
        return desk;
    }
}

file static class Looks
{
    /// <summary>What the bot said in a channel besides its cards, in order.</summary>
    public static IReadOnlyList<string> Said(this Desk desk, string channel) =>
        [
            .. desk
                .Mattermost.Posts(channel)
                .Where(p => p.UserId == desk.Bot.Id)
                .Select(p => p.Message),
        ];
}
