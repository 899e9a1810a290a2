using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>People first, data afterwards: a Sev 1 or 2 is held up by nothing (U1, ESC-2, ESC-8, ESC-11).</summary>
public sealed class EmergencyTests
{
    private const string Call = ":telephone_receiver: You are on duty: Sev 1 **ESC-1**";

    [Fact]
    public async Task U1_ESC_2_A_slip_in_the_customers_name_is_asked_about_beside_the_work()
    {
        await using var desk = await OnDuty();
        var answer = (await desk.Types("tam", "/escalate new nothern sev1 Login is down")).Text;
        answer.ShouldStartWith("Raised as ESC-1 for nothern. Called now: @engineer.");
        answer.ShouldContain("did you mean **Northern Bank**?");

        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);
        var call = desk.MessagesTo("engineer")[^1];
        call.Message.ShouldStartWith(Call);
        call.Buttons().ShouldContain("Acknowledge");
        var card = desk.Card();
        card.Field("Customer")!.ShouldContain("Did you mean **Northern Bank**?");
        card.Field("Owner").ShouldBe("nobody yet · called: @engineer");
        (await desk.Stored()).Incident!.Channel.ShouldNotBeNull();
        desk.Mattermost.MembersOf("sev1-nothern-20260302").ShouldContain("engineer");

        await desk.Presses("engineer", card, "Yes, Northern Bank");
        var stored = await desk.Stored();
        stored.Customer.Value.ShouldBe("northern");
        stored.Missing.ShouldBeEmpty();
        stored.Arr.ShouldBe(200_000);
        desk.Thread(desk.Card())
            .TakeLast(2)
            .ShouldBe([
                "@engineer: “nothern” is **Northern Bank**.",
                "Nothing is missing any more. It stays with Deployment Engineering.",
            ]);
        desk.Card().Field("Customer").ShouldBeNull();
        desk.Card().Buttons().ShouldNotContain("Yes, Northern Bank");
        (await desk.Types("engineer", "/escalate list northern")).Rows().ShouldBe(["ESC-1"]);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task U1_ESC_2_What_can_wait_is_asked_about_its_customer_all_the_same()
    {
        await using var desk = await OnDuty();
        (await desk.Types("tam", "/escalate new nothern sev3 Slow reports")).Text.ShouldContain(
            "did you mean **Northern Bank**?"
        );
        await desk.Presses("engineer", desk.Card(), "Yes, Northern Bank");
        (await desk.Stored()).Customer.Value.ShouldBe("northern");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sev1!", "Unknown customer", "What is wrong has not been said yet")]
    [InlineData("Sev1! northern Login is down", "Northern Bank", "Login is down")]
    [InlineData("SEV1! northern Login is down", "Northern Bank", "Login is down")]
    [InlineData("sev1! northern", "Northern Bank", "What is wrong has not been said yet")]
    [InlineData("sev1! Northern Bank Login is down", "Northern Bank", "Login is down")]
    [InlineData("sev1! \"Northern Bank\" Login is down", "Northern Bank", "Login is down")]
    [InlineData("sev1! nothern Login is down", "nothern", "Login is down")]
    [InlineData("sev1! Zabbix reports an outage", "Zabbix", "Zabbix reports an outage")]
    [InlineData("sev1! 😀 all is lost", "Unknown customer", "😀 all is lost")]
    [InlineData("sev1! poor All is lost", "Poor", "All is lost")]
    [InlineData("sev1! nobody-knows-arr All is lost", "Arrless", "All is lost")]
    public async Task U1_Whatever_stands_behind_the_word_it_is_raised_and_somebody_called(
        string message,
        string customer,
        string summary
    )
    {
        await using var desk = await OnDuty();
        await desk.Knows("poor", "Poor", 1_000);
        await desk.Knows("nobody-knows-arr", "Arrless", null);
        var written = await desk.Writes("tam", message);

        var stored = await desk.Stored();
        (stored.CustomerName, stored.Summary).ShouldBe((customer, summary));
        stored.State.ShouldBe(EscalationState.Accepted);
        stored.Thread.ShouldBeNull();
        desk.Mattermost.RepliesTo(written.Id).ShouldBeEmpty();
        desk.MessagesTo("engineer")[^1].Message.ShouldStartWith(Call);
        (await desk.Due(ReminderPlan.Climb)).ShouldBe(Desk.Morning.AddMinutes(15));
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("new Northern Bank sev1 Login is down", "Northern Bank", "Login is down")]
    [InlineData("new sev1 Northern Bank Login is down", "Northern Bank", "Login is down")]
    [InlineData("new sev 2 Northern Bank Login is down", "Northern Bank", "Login is down")]
    [InlineData("new !!! sev1 All is lost", "Unknown customer", "All is lost")]
    public async Task U1_A_command_in_a_hurry_is_understood(
        string line,
        string customer,
        string summary
    )
    {
        await using var desk = await OnDuty();
        (await desk.Types("tam", $"/escalate {line}")).Text.ShouldStartWith("Raised as ESC-1");
        var stored = await desk.Stored();
        (stored.CustomerName, stored.Summary).ShouldBe((customer, summary));
        stored.State.ShouldBe(EscalationState.Accepted);
    }

    [Theory]
    [InlineData("sev1 acme Nobody can log in")]
    [InlineData("SEV 1 acme Nobody can log in")]
    [InlineData("p1: acme Nobody can log in")]
    [InlineData("emergency acme Nobody can log in")]
    [InlineData("Emergency! acme Nobody can log in")]
    [InlineData("outage acme Nobody can log in")]
    public async Task U1_Who_is_in_a_hurry_need_not_know_what_the_command_is_called(string line)
    {
        await using var desk = await Desk.Open();
        (await desk.Types("tam", $"/escalate {line}")).Text.ShouldContain("ESC-1");
        var raised = (await desk.Find(1))!;
        (raised.Severity, raised.CustomerName, raised.Summary).ShouldBe(
            (Severity.Sev1, "Acme", "Nobody can log in")
        );
        // Alone it asks for the rest, and nothing is lost.
        await desk.Types("tam", $"/escalate {line.Split(" acme")[0]}");
        desk.Mattermost.OpenDialogOf("tam")!
            .Elements.Single(e => e.Name == "severity")
            .Default.ShouldBe("sev1");
        await desk.Types("tam", "/escalate sev3 acme-labs Slow");
        (await desk.Find(2))!.Severity.ShouldBe(Severity.Sev3);
    }

    [Fact]
    public async Task U1_A_long_story_is_raised_with_all_of_it_kept()
    {
        await using var desk = await OnDuty();
        var story = string.Join(' ', Enumerable.Range(1, 200));
        (await desk.Types("tam", $"/escalate new acme sev1 {story}")).Text.ShouldStartWith(
            "Raised as ESC-1"
        );
        (await desk.Stored()).CustomerImpact.ShouldBe(story);
    }

    [Theory]
    [InlineData("sev2")]
    [InlineData("sev3")]
    public async Task U1_ESC_11_An_open_one_of_the_customer_holds_up_no_Sev_1_and_the_worse_one_goes_on(
        string first
    )
    {
        await using var desk = await OnDuty();
        await desk.Types("lead", $"/escalate new acme {first} The site is slow");
        await desk.Writes("tam", "sev1! acme The site is down again");

        (await desk.StateOf(2)).ShouldBe(EscalationState.Accepted);
        var card = desk.CardOf(2);
        card.Field("Same problem?")!.ShouldContain("**ESC-1**");
        await desk.Presses("engineer", card, "Merge with ESC-1");
        (await desk.Submits("engineer", ("note", "Same cluster"))).Closed.ShouldBeTrue();

        var (ended, goesOn) = (await desk.Stored(1), await desk.Stored(2));
        (ended.State, ended.MergedInto).ShouldBe((EscalationState.Closed, goesOn.Id));
        goesOn.State.ShouldBe(EscalationState.Accepted);
        goesOn.Merged.ShouldBe([ended.Id]);
        goesOn.Followers.ShouldContain(desk.IdOf("lead"));
        (await desk.Due(ReminderPlan.Climb, 1)).ShouldBeNull();
        (await desk.Due(ReminderPlan.Climb, 2)).ShouldNotBeNull();
        desk.CardOf(1).Field("Merged").ShouldBe("into **ESC-2**, where it continues");
        (await desk.Types("tam", "/escalate timeline ESC-1")).Text.ShouldContain(
            "merged it into **ESC-2**, where it continues in ~sev1-acme-20260302"
        );
        (await desk.Types("tam", "/escalate timeline ESC-2")).Text.ShouldContain(
            "merged **ESC-1** into it: “The site is slow”"
        );
        desk.CardOf(2).Buttons().ShouldNotContain("Merge with ESC-1");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_11_Merging_by_command_refuses_what_would_lose_something()
    {
        await using var desk = await OnDuty();
        await desk.Types("lead", "/escalate new acme sev2 Slow");
        await desk.Types("lead", "/escalate new acme sev1 Down");
        (await desk.Types("lead", "/escalate merge ESC-2 into ESC-1")).Text.ShouldContain(
            "`/escalate merge ESC-1 into ESC-2`"
        );
        (await desk.Types("lead", "/escalate merge ESC-1 ESC-1")).Text.ShouldContain("twice");
        (await desk.Types("product", "/escalate merge ESC-1 ESC-2")).Text.ShouldContain(
            "To merge escalations you need"
        );
        (await desk.Types("lead", "/escalate merge ESC-1 ESC-2")).Text.ShouldContain(
            "ESC-1 is merged into ESC-2"
        );
        (await desk.Types("lead", "/escalate merge ESC-1 into ESC-2")).Text.ShouldContain(
            "was merged into ESC-2; everything goes on there"
        );
    }

    [Theory]
    [InlineData("customer", "Northern Bank")]
    [InlineData("category", "custom")]
    public async Task ESC_11_What_is_of_another_customer_or_category_by_now_is_no_pair_any_more(
        string field,
        string value
    )
    {
        await using var desk = await OnDuty();
        await desk.Types("lead", "/escalate new acme sev2 Slow");
        await desk.Types("lead", "/escalate new acme sev2 Down");
        await desk.Types("tam", "/escalate edit ESC-2");
        (await desk.Submits("tam", (field, value))).Closed.ShouldBeTrue();
        desk.CardOf(2).Field("Same problem?").ShouldBeNull();
        desk.CardOf(2).Buttons().ShouldNotContain("Merge with ESC-1");
        (await desk.Stored(2)).MaybeSameAs.ShouldBeNull();
    }

    [Fact]
    public async Task ESC_11_Another_problem_takes_the_question_off_the_card()
    {
        await using var desk = await OnDuty();
        await desk.Types("lead", "/escalate new acme sev2 Slow");
        await desk.Types("lead", "/escalate new acme sev2 Down");
        await desk.Presses("engineer", desk.CardOf(2), "Another problem");
        desk.CardOf(2).Field("Same problem?").ShouldBeNull();
        (await desk.StateOf(2)).ShouldBe(EscalationState.Accepted);
    }

    [Fact]
    public async Task U1_X4_Who_may_not_read_customers_is_not_told_of_them_and_the_engineer_is_asked()
    {
        await using var desk = await OnDuty();
        await desk.Hires("anybody");
        var answer = (await desk.Types("anybody", "/escalate new nothern sev1 Login is down")).Text;
        answer.ShouldNotContain("Northern Bank");
        desk.Card().Field("Customer").ShouldBeNull();
        desk.Card().Buttons().ShouldNotContain("Yes, Northern Bank");
        desk.MessagesTo("engineer")[^1].Buttons().ShouldContain("Yes, Northern Bank");
    }

    [Fact]
    public async Task ESC_2_What_turns_out_to_be_another_teams_is_handed_over_with_what_was_done()
    {
        await using var desk = await OnDuty();
        await desk.Knows("poor", "Poor", 1_000);
        await desk.Types("tam", "/escalate new poor sev1 Login is down");
        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);
        desk.Card().Field("For now")!.ShouldContain("it is for Customer Support and CRE");
        await desk.Types("engineer", "/escalate state ESC-1 investigating");

        await desk.Presses("engineer", desk.Card(), "Hand over");
        (await desk.Submits("engineer", ("note", "It is their proxy"))).Closed.ShouldBeTrue();

        var stored = await desk.Stored();
        (stored.State, stored.RedirectedTo).ShouldBe(
            (EscalationState.Redirected, OwningTeam.CustomerSupport)
        );
        var line = desk.Thread(desk.Card())[^1];
        line.ShouldStartWith("@engineer handed it over to **Customer Support and CRE**");
        line.ShouldContain("It is their proxy");
        line.ShouldContain("@engineer brought it to *Investigating*");
        desk.Cards("sev1-poor-20260302")
            .ShouldContain(p =>
                p.Message.Replace("\u200B", "", StringComparison.Ordinal)
                == line.Replace("\u200B", "", StringComparison.Ordinal)
            );
        (await desk.Due(ReminderPlan.Climb)).ShouldBeNull();
        desk.Card().Field("For now").ShouldBeNull();
    }

    [Fact]
    public async Task ESC_2_A_lead_keeps_what_would_be_another_teams()
    {
        await using var desk = await OnDuty();
        await desk.Knows("poor", "Poor", 1_000);
        await desk.Types("tam", "/escalate new poor sev1 Login is down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("lead", "/escalate accept ESC-1 They renew tomorrow");
        (await desk.StateOf()).ShouldBe(EscalationState.Acknowledged);
        desk.Card().Field("For now").ShouldBeNull();
        desk.Thread(desk.Card())[^1]
            .ShouldBe("@lead keeps it with Deployment Engineering: They renew tomorrow");
    }

    [Fact]
    public async Task ESC_2_What_becomes_known_beside_the_work_does_not_take_it_away()
    {
        await using var desk = await OnDuty();
        await desk.Types("tam", "/escalate new newco sev1 Login is down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Presses("tam", desk.Card(), "Add the customer");
        (await desk.Submits("tam", ("name", "NewCo"))).Accepted.ShouldBeTrue();
        desk.Card().Field("Missing")!.ShouldContain("ARR");
        await desk.Presses("tam", desk.Card(), "Add the ARR");
        (await desk.Submits("tam", ("arr", "1,000"))).Accepted.ShouldBeTrue();

        (await desk.StateOf()).ShouldBe(EscalationState.Acknowledged);
        desk.Card().Field("Missing").ShouldBeNull();
        desk.Card().Buttons().ShouldContain("Hand over");
        (await desk.Types("engineer", "/escalate redirect ESC-1")).Text.ShouldBe(
            "ESC-1 is handed over to Customer Support and CRE, with what was done."
        );
    }

    [Theory]
    [InlineData("newco")]
    [InlineData("poor")]
    public async Task U1_What_waited_as_a_Sev_3_waits_no_more_when_it_becomes_a_Sev_1(
        string customer
    )
    {
        await using var desk = await OnDuty();
        await desk.Knows("poor", "Poor", 1_000);
        await desk.Types("tam", $"/escalate new {customer} sev3 Login is slow");
        (await desk.StateOf()).ShouldNotBe(EscalationState.Accepted);
        await desk.Types("tam", "/escalate edit ESC-1 severity sev1");
        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);
        desk.MessagesTo("engineer")[^1].Message.ShouldStartWith(Call);
    }

    [Fact]
    public async Task U1_What_would_be_sent_to_a_team_without_anybody_is_taken_for_now()
    {
        await using var desk = await OnDuty();
        await desk.Revokes("engineer", Role.SupportEngineer);
        // The form of a Sev 1 does not ask for it any more: it was chosen before the severity.
        await desk.Types("tam", "/escalate");
        var raised = await desk.Submits(
            "tam",
            ("customer", "acme"),
            ("category", "bug"),
            ("summary", "Everything is down"),
            ("severity", "sev1")
        );
        raised.Closed.ShouldBeTrue(raised.Error);
        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);
        await desk.Files("tam", "acme-labs", "bug", "A typo", "sev3");
        (await desk.StateOf(2)).ShouldBe(EscalationState.Redirected);
    }

    [Fact]
    public async Task U2_Whoever_is_called_sits_in_the_incident_channel_also_when_their_duty_began_later()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new acme sev1 Login is down");
        await desk.Hires("backup", Role.DeploymentEngineer);
        await desk.Types("lead", "/escalate duty @engineer @backup");
        await desk.Passes(TimeSpan.FromMinutes(46));
        desk.Mattermost.MembersOf("sev1-acme-20260302").ShouldContain("backup");
        desk.Mattermost.MembersOf("sev1-acme-20260302").ShouldContain("engineer");
    }

    [Fact]
    public async Task U6_ESC_5_Impact_follows_the_severity_until_somebody_says_otherwise()
    {
        await using var desk = await OnDuty();
        await desk.Types("tam", "/escalate new acme sev3 Slow");
        await desk.Types("tam", "/escalate new acme-labs sev1 Down");
        (await desk.Types("tam", "/escalate list")).Rows().ShouldBe(["ESC-2", "ESC-1"]);
        (await desk.Types("tam", "/escalate why ESC-2")).Text.ShouldContain(
            "2 × 4 (impact critical, as Sev 1 has until somebody says otherwise)"
        );
        (await desk.Stored(1)).Impact.ShouldBe(ImpactLevel.Medium);

        await desk.Types("tam", "/escalate edit ESC-1 severity sev4");
        (await desk.Stored(1)).Impact.ShouldBe(ImpactLevel.Low);
        await desk.Types("tam", "/escalate edit ESC-1 impact medium");
        await desk.Types("tam", "/escalate edit ESC-1 severity sev2");
        (await desk.Stored(1)).Impact.ShouldBe(ImpactLevel.Medium);
        await desk.Types("tam", "/escalate edit ESC-1 impact as-severity");
        (await desk.Stored(1)).Impact.ShouldBe(ImpactLevel.High);
    }

    [Fact]
    public async Task U4_U5_U25_The_story_has_an_end_wherever_it_was_told()
    {
        await using var desk = await OnDuty();
        desk.Mattermost.AddChannel("outages", members: ["lead", "escalate"]);
        await desk.Types("lead", "/escalate broadcast sev1 ~outages");
        await desk.Types("tam", "/escalate new acme sev1 Login is down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        var header = desk.Mattermost.ChannelHeader(Channel);
        await desk.Types("engineer", "/escalate update ESC-1 The certificate has expired");
        await desk.Submits("engineer");

        var update = desk.Cards("outages")[^1].Message;
        update.ShouldContain($"**ESC-1** · update 1 · owner @engineer · ~{Channel}");
        update.ShouldNotContain("none known");
        update.ShouldNotContain("Technical notes");

        await desk.Passes(TimeSpan.FromHours(2));
        await desk.Types("engineer", "/escalate resolve ESC-1 New LDAP certificate");
        desk.Cards("outages")[^1]
            .Message.ShouldStartWith(
                "**ESC-1** Sev 1 · Acme: **Resolved** after 2 h: New LDAP certificate"
            );
        desk.Cards(Channel)
            .ShouldContain(p =>
                // They are named there, and not called by what they did.
                p.Message == "@\u200Bengineer resolved it: New LDAP certificate"
            );
        await desk.Types("tam", "/escalate confirm ESC-1 Their administrator");
        await desk.Types("tam", "/escalate close ESC-1");
        desk.Cards("outages")[^1].Message.ShouldContain("**Closed** after 2 h");
        desk.Mattermost.ChannelHeader(Channel).ShouldBe(header);
    }

    [Theory]
    [InlineData("Login is down", "", "")]
    [InlineData("Login is down", "New LDAP certificate", "New LDAP certificate")]
    [InlineData("A new LDAP certificate is in", "", "A new LDAP certificate is in")]
    public async Task U25_An_update_that_resolves_it_says_what_solved_it_or_nothing_does(
        string summary,
        string notes,
        string resolution
    )
    {
        await using var desk = await OnDuty();
        await desk.Types("tam", "/escalate new acme sev1 Login is down");
        await desk.Types("engineer", "/escalate update ESC-1");
        (
            await desk.Submits(
                "engineer",
                ("status", "resolved"),
                ("summary", summary),
                ("notes", notes)
            )
        ).Closed.ShouldBeTrue();
        (await desk.Stored()).State.ShouldBe(EscalationState.Resolved);
        (await desk.Stored()).Resolution.ShouldBe(resolution);
    }

    [Fact]
    public async Task U23_In_an_incidents_own_channel_commands_mean_the_channels_own()
    {
        await using var desk = await OnDuty();
        await desk.Types("tam", "/escalate new acme-labs sev3 Slow");
        await desk.Types("tam", "/escalate new acme sev1 Login is down");
        desk.Mattermost.AddUser("colleague");
        desk.Mattermost.Join(Channel, "colleague");
        foreach (var reader in (string[])["engineer", "colleague"])
        {
            (await desk.Types(reader, "/escalate list here", Channel)).Rows().ShouldBe(["ESC-2"]);
        }

        (await desk.Types("engineer", "/escalate tasks", Channel)).Text.ShouldContain("ESC-2");
        await desk.Types("engineer", "/escalate ack", Channel);
        (await desk.StateOf(2)).ShouldBe(EscalationState.Acknowledged);
        (await desk.Types("engineer", "/escalate task 2.3 done", Channel)).Text.ShouldContain(
            "ESC-2 · 2.3"
        );
        await desk.Types("engineer", "/escalate resolve New LDAP certificate", Channel);
        (await desk.Stored(2)).Resolution.ShouldBe("New LDAP certificate");
        (await desk.Types("engineer", "/escalate list here", Channel)).Rows().ShouldBe(["ESC-2"]);

        // A number that went wrong is about another one, and elsewhere nothing is guessed.
        (await desk.Types("tam", "/escalate cancel ESC-1x", Channel)).Text.ShouldContain(
            "not the number of an escalation"
        );
        (await desk.Types("engineer", "/escalate ack")).Text.ShouldContain("Which escalation?");
        (await desk.Types("engineer", "/escalate ack ESC-1", Channel)).Text.ShouldContain("ESC-1");
    }

    [Fact]
    public async Task U3_WEEK_2_What_waits_for_somebody_by_duty_and_role_is_theirs()
    {
        await using var desk = await OnDuty();
        await desk.Types("tam", "/escalate new acme sev1 Login is down");
        const string Ack =
            "**ESC-1** Sev 1 Acme: nobody has acknowledged it for 9 d: Login is down: `/escalate ack ESC-1`";
        (await desk.Types("engineer", "/escalate me")).Text.ShouldContain("/escalate ack ESC-1");
        (await desk.Types("lead", "/escalate me")).Text.ShouldContain("Nothing is waiting for you");
        await desk.Passes(TimeSpan.FromDays(9));
        foreach (var who in (string[])["engineer", "backup", "lead", "executive"])
        {
            var text = (await desk.Types(who, "/escalate me")).Text;
            text.ShouldContain("Overdue");
            text.ShouldContain(Ack);
        }

        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Passes(TimeSpan.FromHours(3));
        var lead = (await desk.Types("lead", "/escalate me")).Text;
        lead.ShouldContain("nothing has happened for 3 h, its owner is @engineer");
        lead.ShouldContain("its status update was not sent");
        (await desk.Types("engineer", "/escalate me")).Text.ShouldContain(
            "; nothing has happened for 3 h"
        );

        await desk.Types("engineer", "/escalate resolve ESC-1 New certificate");
        (await desk.Types("tam", "/escalate me")).Text.ShouldContain(
            "is resolved, as @engineer says: New certificate: `/escalate confirm ESC-1"
        );
    }

    private const string Channel = "sev1-acme-20260302";

    private static async Task<Desk> OnDuty()
    {
        var desk = await Desk.Open();
        await desk.Knows("northern", "Northern Bank", 200_000);
        await desk.Hires("backup", Role.DeploymentEngineer);
        await desk.Types("lead", "/escalate duty @engineer @backup");
        return desk;
    }
}
