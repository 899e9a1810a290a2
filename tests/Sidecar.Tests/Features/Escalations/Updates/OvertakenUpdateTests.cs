using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Rules.Forms;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Updates;

/// <summary>
/// While somebody writes an update, others go on (M1): the form says so once before it posts anything, and what nobody
/// touched in it means what it showed, or what others said since.
/// </summary>
public sealed class OvertakenUpdateTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("/escalate state ESC-1 investigating")]
    public async Task M1_UPD_3_A_time_that_others_announced_stays_whether_it_is_acknowledged_or_not(
        string? work
    )
    {
        await using var desk = await Opened(work);
        await desk.Types("lead", "/escalate update ESC-1");
        await desk.Types("engineer", "/escalate update ESC-1");
        (
            await desk.Submits(
                "engineer",
                ("summary", "The index is missing"),
                ("next", Desk.Morning.AddHours(20))
            )
        ).Closed.ShouldBeTrue();

        var kept = await desk.Submits("lead", ("notes", "Rebuilt on a copy"));
        kept.Closed.ShouldBeFalse();
        kept.Error.ShouldBe(
            $"While this form was open, @engineer posted status update 1. It says: Status: {(work is null ? "Accepted" : "Investigating")} · Summary: “The index is missing” · Next update: Tue 3 Mar 05:00 UTC. What you left as it was is posted as it stands now: Summary · Next update: Tue 3 Mar 05:00 UTC. Send the form again to post yours."
        );
        (await desk.Stored()).LastUpdate!.Number.ShouldBe(1);

        (await desk.Submits("lead", ("notes", "Rebuilt on a copy"))).Closed.ShouldBeTrue();
        var latest = (await desk.Stored()).LastUpdate!;
        (latest.By, latest.Summary, latest.Notes, latest.NextAt).ShouldBe(
            (
                desk.IdOf("lead"),
                "The index is missing",
                "Rebuilt on a copy",
                Desk.Morning.AddHours(20)
            )
        );
        // It is filled in again, too.
        await desk.Types("lead", "/escalate update ESC-1");
        desk.Mattermost.OpenDialogOf("lead")!["next"].Default.ShouldBe("2026-03-03T05:00:00Z");
    }

    [Fact]
    public async Task M1_UPD_3_What_was_announced_before_somebody_acknowledged_it_is_asked_for_then()
    {
        await using var desk = await Opened(work: null);
        await desk.Types("engineer", "/escalate update ESC-1");
        await desk.Submits("engineer", ("next", Desk.Morning.AddHours(20)));
        (await desk.Due(ReminderPlan.Update)).ShouldBeNull();
        await desk.Types("lead", "/escalate ack ESC-1");
        (await desk.Due(ReminderPlan.Update)).ShouldBe(Desk.Morning.AddHours(20));
    }

    [Fact]
    public async Task M1_UPD_3_No_further_update_that_others_announced_stays_so()
    {
        await using var desk = await Opened(work: null);
        await desk.Types("lead", "/escalate update ESC-1");
        await desk.Types("engineer", "/escalate update ESC-1");
        await desk.Submits("engineer", ("summary", "It mends itself"), ("next_none", true));
        (await desk.Submits("lead", ("notes", "Seen"))).Error.ShouldContain(
            "as it stands now: Summary · No further update is planned."
        );
        (await desk.Submits("lead", ("notes", "Seen"))).Closed.ShouldBeTrue();
        (await desk.Stored()).LastUpdate!.NextAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("engineer")]
    [InlineData("lead")]
    public async Task M1_UPD_3_Putting_an_update_off_says_nothing_of_the_next_one(string who)
    {
        await using var desk = await Opened("/escalate ack ESC-1");
        await IsAsked(desk, Desk.Morning.AddHours(4), "high");
        await (
            who == "engineer"
                ? desk.Presses(who, desk.MessagesTo(who)[^1], "Post update")
                : (Task)desk.Types(who, "/escalate update ESC-1")
        );
        desk.Mattermost.OpenDialogOf(who)!["next"].Default.ShouldBe("2026-03-02T17:00:00Z");
        await desk.Presses("engineer", desk.MessagesTo("engineer")[^1], "Snooze 60 min");
        (await desk.Submits(who)).Closed.ShouldBeTrue();
        (await desk.Stored()).LastUpdate!.NextAt.ShouldBe(Desk.Morning.AddHours(8));

        // Nor for a form that is opened while it is put off.
        await IsAsked(desk, Desk.Morning.AddHours(8), "low");
        await desk.Presses("engineer", desk.MessagesTo("engineer")[^1], "Snooze 60 min");
        await desk.Types(who, "/escalate update ESC-1");
        desk.Mattermost.OpenDialogOf(who)!["next"].Default.ShouldBe("2026-03-02T21:00:00Z");
        (await desk.Submits(who)).Closed.ShouldBeTrue();
        (await desk.Stored()).LastUpdate!.NextAt.ShouldBe(Desk.Morning.AddHours(12));
    }

    [Fact]
    public async Task M1_UPD_2_The_words_of_others_are_posted_by_who_has_read_them()
    {
        await using var desk = await Opened("/escalate state ESC-1 investigating");
        await desk.Types("lead", "/escalate update ESC-1");
        await desk.Types("engineer", "/escalate update ESC-1");
        await desk.Submits(
            "engineer",
            ("summary", "The index is missing"),
            ("customer_impact", "Half of them wait"),
            ("notes", "Replica 2"),
            ("began", Desk.Morning.AddHours(-2))
        );
        var kept = await desk.Submits("lead");
        kept.Error.ShouldContain(
            "@engineer posted status update 1. It says: Status: Investigating · Summary: “The index is missing” · Customer impact: “Half of them wait” · Technical notes: “Replica 2” · Next update: Mon 2 Mar 13:00 UTC · Incident began: Mon 2 Mar 2026 07:00 UTC."
        );
        kept.Error.ShouldContain(
            "as it stands now: Summary · Customer impact · Technical notes · Next update: Mon 2 Mar 13:00 UTC · Incident began: Mon 2 Mar 2026 07:00 UTC."
        );
        kept.Error.ShouldContain("You wrote nothing of your own");
        (await desk.Stored()).LastUpdate!.Number.ShouldBe(1);

        // It went on once more: that was not read yet.
        await desk.Types("engineer", "/escalate update ESC-1 It is rebuilt");
        await desk.Submits("engineer");
        (await desk.Submits("lead")).Error.ShouldContain("posted status update 2");
        (await desk.Submits("lead")).Closed.ShouldBeTrue();
        var latest = (await desk.Stored()).LastUpdate!;
        (latest.Number, latest.By, latest.Summary).ShouldBe(
            (3, desk.IdOf("lead"), "It is rebuilt")
        );
    }

    [Fact]
    public async Task M1_UPD_3_Another_severity_and_the_time_that_comes_with_it_are_said_before_it_is_posted()
    {
        await using var desk = await Opened("/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate update ESC-1");
        await desk.Types("lead", "/escalate edit ESC-1 severity sev3");
        (await desk.Submits("engineer", ("summary", "Some wait"))).Error.ShouldStartWith(
            "While this form was open, ESC-1 was made a Sev 3. What you left as it was is posted as it stands now: Next update: Tue 3 Mar"
        );
        (await desk.Stored()).LastUpdate.ShouldBeNull();
        (await desk.Submits("engineer", ("summary", "Some wait"))).Closed.ShouldBeTrue();
    }

    [Fact]
    public async Task M1_UPD_1_When_it_began_is_taken_back_with_the_tick_and_counts_from_when_it_was_raised()
    {
        await using var desk = await Opened("/escalate ack ESC-1");
        await desk.Passes(TimeSpan.FromHours(1));
        await desk.Types("engineer", "/escalate update ESC-1");
        await desk.Submits("engineer", ("began", Desk.Morning.AddHours(-3)));
        (await desk.Stored()).LastUpdate!.Age.ShouldBe(TimeSpan.FromHours(4));

        await desk.Types("engineer", "/escalate update ESC-1");
        (await desk.Submits("engineer", desk.Emptying("engineer", "began"))).Closed.ShouldBeTrue();
        var stored = await desk.Stored();
        (stored.BeganAt, stored.LastUpdate!.Age).ShouldBe((null, TimeSpan.FromHours(1)));
        desk.Thread(desk.Card())[^1].ShouldContain("**Incident time:** 1 hour\n");
        await desk.Types("engineer", "/escalate update ESC-1");
        desk.Mattermost.OpenDialogOf("engineer")!["began"].Default.ShouldBe("2026-03-02T09:00:00Z");

        // Where nobody has said anything there is nothing to take back.
        (await desk.Submits("engineer", desk.Emptying("engineer", "began"))).Closed.ShouldBeTrue();
        (await desk.Stored()).BeganAt.ShouldBeNull();
    }

    [Fact]
    public async Task ESC_9_An_update_sent_again_with_another_time_says_that_it_was_not_taken()
    {
        await using var desk = await Opened("/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate update ESC-1");
        var form = desk.Mattermost.OpenDialogOf("engineer")!;
        (await desk.Submits("engineer", ("summary", "Some wait"))).Closed.ShouldBeTrue();
        await desk.Types("lead", "/escalate update ESC-1 We look");
        (await desk.Submits("lead")).Closed.ShouldBeTrue();

        Dictionary<string, object?> answers = new() { ["summary"] = "Some wait" };
        // The same once more is nothing new, whoever posted since.
        (await desk.Mattermost.As("engineer").SubmitDialog(form, answers)).Closed.ShouldBeTrue();
        answers["next"] = Desk.Morning.AddHours(20);
        (await desk.Mattermost.As("engineer").SubmitDialog(form, answers)).Error.ShouldContain(
            "what you changed since then was not saved"
        );
        (await desk.Stored()).LastUpdate!.Number.ShouldBe(2);
    }

    [Fact]
    public async Task M1_UPD_3_A_hand_over_says_who_owns_it_by_now_before_it_takes_it_from_them()
    {
        await using var desk = await Opened("/escalate ack ESC-1");
        await desk.Hires("backup", Role.DeploymentEngineer);
        await desk.Hires("other", Role.DeploymentEngineer);
        await desk.PassesTo(Desk.Morning.AddHours(4));
        await desk.Presses("engineer", desk.MessagesTo("engineer")[^1], "Hand over");
        await desk.Types("lead", "/escalate assign ESC-1 @backup");
        (await desk.Submits("engineer", ("to", desk.IdOf("other").Value))).Error.ShouldContain(
            "its owner is @backup"
        );
        (await desk.Stored()).Owner.ShouldBe(desk.IdOf("backup"));
        (await desk.Submits("engineer", ("to", desk.IdOf("other").Value))).Closed.ShouldBeTrue();
        (await desk.Stored()).Owner.ShouldBe(desk.IdOf("other"));
    }

    /// <summary>Until the update is due; somebody does something shortly before, so that nothing is stale.</summary>
    private static async Task IsAsked(Desk desk, DateTimeOffset due, string impact)
    {
        await desk.PassesTo(due - TimeSpan.FromMinutes(1));
        await desk.Types("lead", $"/escalate edit ESC-1 impact {impact}");
        await desk.PassesTo(due);
    }

    private static async Task<Desk> Opened(string? work)
    {
        var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev2 Search is slow");
        if (work is not null)
        {
            await desk.Types("engineer", work);
        }

        return desk;
    }
}
