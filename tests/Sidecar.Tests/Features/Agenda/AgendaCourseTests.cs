using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Agenda;
using Sidecar.Features.Customers.Domain;
using Sidecar.Storage;
using Sidecar.Tests.Features.Assignments.Care;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Agenda;

using static AgendaDesk;

/// <summary>What becomes of an agenda and its notes when something does not go as planned (WEEK-1, ALL-5).</summary>
public sealed class AgendaCourseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ESC-1", "/escalate timeline ESC-1", "Decision", "recorded a decision from")]
    [InlineData("customer:acme", "/escalate customer timeline acme", "Note", "took a note in")]
    [InlineData("meeting", null, "Note", "")]
    public async Task WEEK_1_ESC_9_A_note_that_is_sent_twice_at_one_moment_is_kept_once(
        string about,
        string? timeline,
        string button,
        string told
    )
    {
        await using var desk = await Open();
        await desk.Types("tam", "/escalate new acme sev4 Search is slow");
        await desk.IsBehind();
        await desk.Plans("tue 14:00 UTC 2d before");
        const int Rounds = 6;
        for (var round = 1; round <= Rounds; round++)
        {
            await desk.Presses("engineer", desk.Card(Room), button);
            var form = desk.Mattermost.OpenDialogOf("engineer").ShouldNotBeNull();
            var sent = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["about"] = about,
                ["text"] = $"Said {round}.",
            };
            var outcomes = await Task.WhenAll(
                Enumerable
                    .Range(0, 3)
                    .Select(_ => desk.Mattermost.As("engineer").SubmitRaw(form, sent, false))
            );
            outcomes.ShouldAllBe(o => o.Closed);
            await desk.Settled();
        }

        for (var round = 1; round <= Rounds; round++)
        {
            Times(desk.Agenda(), $"Said {round}.").ShouldBe(1, $"round {round}");
        }

        if (timeline is not null)
        {
            Times((await desk.Types("engineer", timeline)).Text, told).ShouldBe(Rounds);
        }

        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task WEEK_1_Notes_go_along_with_a_meeting_that_is_moved_and_stay_where_they_were_taken()
    {
        await using var desk = await Open();
        await desk.Plans("wed 14:00 UTC 3d before");
        await Notes(desk, "Bring the numbers");
        await desk.Plans("thu 10:00 UTC 2d before");
        // The next one is not posted yet.
        var old = desk.Card(Room);
        Desk.AsRead(old.Message)
            .ShouldContain(
                "is not held at that time. The next one is Thu 5 Mar 10:00 UTC. What was noted so far goes along with it."
            );
        old.Message.ShouldContain("Bring the numbers");
        old.Buttons().ShouldBeEmpty();

        await desk.PassesTo(Staff.Day(3, 3, 10));
        desk.Cards(Room).Count.ShouldBe(2);
        Desk.AsRead(desk.Cards(Room)[1].Message).ShouldContain("- Bring the numbers (@engineer)");
        // It is moved once more, and then back: each note is there once.
        await desk.Plans("fri 10:00 UTC 4d before");
        desk.Cards(Room)[1].Message.ShouldContain("Bring the numbers");
        Times(desk.Cards(Room)[2].Message, "Bring the numbers").ShouldBe(1);
        await desk.Plans("thu 10:00 UTC 4d before");
        desk.Cards(Room).Count.ShouldBe(3);
        Times(desk.Cards(Room)[1].Message, "Bring the numbers").ShouldBe(1);
        desk.Cards(Room)[1].FullAttachments[0].Title.ShouldContain("Kept current");
        await desk.Plans("off");
        desk.Cards(Room)[1].Message.ShouldContain("No other one is planned");
        desk.Cards(Room)[1].Message.ShouldContain("Bring the numbers");
        desk.Log.Errors.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task WEEK_1_A_note_of_a_meeting_that_is_not_held_says_where_it_belongs()
    {
        await using var desk = await Open();
        await desk.Plans("wed 14:00 UTC 3d before");
        var seen = desk.Card(Room);
        await desk.Presses("engineer", seen, "Note");
        await desk.Plans("thu 10:00 UTC 4d before");
        var late = await desk.Submits("engineer", ("text", "Bring the numbers"));
        late.Closed.ShouldBeFalse();
        late.Error.ShouldContain("The next one is Thu 5 Mar 10:00 UTC.");
        (await desk.PressesLate("engineer", seen, "Note")).ShouldContain(
            "is not held at that time"
        );
    }

    [Fact]
    public async Task WEEK_1_An_agenda_that_comes_back_after_its_post_was_deleted_says_how_it_stands()
    {
        await using var desk = await Open();
        await desk.Plans("wed 14:00 UTC 2d before");
        await desk.PassesTo(Staff.Day(3, 2, 14, 2));
        var keeping = desk.Parts.GetRequiredService<AgendaKeeping>();
        var meeting = (await keeping.Upcoming(desk.Clock.GetUtcNow(), Cancel))!.Value;
        (await keeping.ShowAgain(meeting.Post, Cancel)).ShouldBeTrue();
        await desk.Settled();
        var card = desk.Card(Room).FullAttachments[0];
        card.Title.ShouldBe("Kept current until the meeting begins");
        card.Footer.ShouldBe("as of Mon 2 Mar 2026 14:02 UTC");
        await desk.PassesTo(Staff.Day(3, 4, 14));
        (await keeping.ShowAgain(meeting.Post, Cancel)).ShouldBeTrue();
        await desk.Settled();
        desk.Card(Room).FullAttachments[0].Title.ShouldBe("As it stood when the meeting began");
    }

    [Fact]
    public async Task WEEK_1_ALL_5_A_meeting_that_began_while_nobody_ran_has_an_agenda_that_is_final()
    {
        await using var desk = await Open();
        await desk.Plans("tue 14:00 UTC 1d before");
        await desk.PassesTo(Staff.Day(3, 3, 13, 56));
        await desk.Types("tam", "/escalate new acme sev4 Search is slow");
        desk.Agenda().ShouldNotContain("ESC-1");
        await desk.PassesWhileDown(TimeSpan.FromMinutes(24));
        desk.Agenda().ShouldContain("ESC-1");
        desk.Card(Room)
            .FullAttachments[0]
            .Title.ShouldBe(
                "As it stood Tue 3 Mar 14:20 UTC: I was not running when the meeting began"
            );
        desk.Card(Room).Buttons().ShouldBe(["Note", "Decision"]);
        // From then on it stays as it is.
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Passes(TimeSpan.FromHours(1));
        desk.Agenda().ShouldContain("· accepted");
        await desk.PassesTo(Staff.Day(3, 4, 3));
        desk.Card(Room).FullAttachments[0].Title.ShouldBe("Closed");
        await desk.PassesTo(Staff.Day(3, 9, 14));
        Desk.AsRead(desk.Cards(Room)[1].Message).ShouldContain("*(last week: accepted)*");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task WEEK_1_ALL_5_A_meeting_that_was_over_before_anybody_ran_is_closed_as_it_was_last_seen()
    {
        await using var desk = await Open();
        await desk.Plans("tue 14:00 UTC 1d before");
        await desk.PassesTo(Staff.Day(3, 3, 13, 56));
        await desk.Types("tam", "/escalate new acme sev4 Search is slow");
        await desk.PassesWhileDown(TimeSpan.FromDays(6));
        desk.Agenda().ShouldNotContain("ESC-1");
        desk.Card(Room).FullAttachments[0].Title.ShouldBe("Closed");
        desk.Card(Room).Buttons().ShouldBeEmpty();
        await desk.PassesTo(Staff.Day(3, 9, 14));
        Desk.AsRead(desk.Cards(Room)[1].Message).ShouldContain(":new: **ESC-1**");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task WEEK_1_DLG_2_What_a_note_is_about_and_is_not_on_the_agenda_any_more_is_said()
    {
        await using var desk = await Open();
        await desk.Types("tam", "/escalate new acme sev4 Search is slow");
        await desk.Plans("tue 14:00 UTC 2d before");
        await desk.Presses("engineer", desk.Card(Room), "Note");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate resolve ESC-1 done");
        await desk.Passes(TimeSpan.FromMinutes(5));
        desk.Agenda().ShouldNotContain("ESC-1");
        var gone = await desk.Submits("engineer", ("about", "ESC-1"), ("text", "We wait"));
        gone.Closed.ShouldBeFalse();
        gone.FieldErrors["about"].ShouldContain("not on the agenda any more");
        (await desk.Submits("engineer", ("about", "meeting"))).Closed.ShouldBeTrue();
        desk.Agenda().ShouldContain("- We wait (@engineer)");
    }

    [Fact]
    public async Task WEEK_1_What_a_note_is_about_and_does_not_exist_any_more_is_said()
    {
        await using var desk = await Open();
        await desk.IsBehind();
        await desk.Plans("tue 14:00 UTC 2d before");
        await desk.Presses("engineer", desk.Card(Room), "Note");
        var read = (await desk.Store.Find(Customer.Kind, "acme", Cancel))!;
        (
            await desk.Store.Commit(
                new Change(desk.Clock.GetUtcNow(), "test").Delete(Customer.Kind, read),
                Cancel
            )
        ).ShouldBeTrue();
        var gone = await desk.Submits("engineer", ("about", "customer:acme"), ("text", "We wait"));
        gone.Closed.ShouldBeFalse();
        gone.Error.ShouldContain("acme");
        desk.Agenda().ShouldNotContain("We wait");
    }

    [Fact]
    public void WEEK_1_ASG_4_Who_takes_notes_is_asked_for_at_that_moment() =>
        AgendaRights.Note.IsAskedNow.ShouldBeTrue("its form names prospects");

    private static async Task Notes(Desk desk, string text)
    {
        await desk.Presses("engineer", desk.Card(Room), "Note");
        (await desk.Submits("engineer", ("text", text))).Closed.ShouldBeTrue();
    }

    private static int Times(string text, string part) => text.Split(part).Length - 1;
}
