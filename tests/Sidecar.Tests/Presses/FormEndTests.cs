using Mattermost.Simulator;
using Shouldly;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Presses;

/// <summary>A form that closes says what it did, to whoever pressed, where they pressed (DLG-4, U22).</summary>
public sealed class FormEndTests
{
    public static TheoryData<string> Ages => [SimulatorOptions.Today, SimulatorOptions.OldEnd];

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task DLG_4_U22_What_a_form_did_is_said_where_its_command_was_typed(string age)
    {
        await using var desk = await Desk.Open(new SimulatorOptions { ServerVersion = age });
        await desk.Types(Desk.Admin, "/escalate customer edit acme account");
        await desk.Submits(Desk.Admin, ("arr", "70000"));
        var said = desk.Mattermost.EphemeralsOf(Desk.Admin)[^1];
        said.Message.ShouldBe("Acme: ARR in USD is USD 70,000 now; it was USD 120,000.");
        desk.ToldTo(Desk.Admin).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task DLG_4_U22_After_half_an_hour_it_is_said_in_the_form_or_by_direct_message(
        string age
    )
    {
        await using var desk = await Desk.Open(new SimulatorOptions { ServerVersion = age });
        await desk.Types(Desk.Admin, "/escalate customer add");
        await desk.Passes(TimeSpan.FromMinutes(31));
        var outcome = await desk.Submits(Desk.Admin, ("name", "Northern Bank"));
        await IsTold(desk, Desk.Admin, outcome, age, "Northern Bank is added as `northern-bank`.");
    }

    [Fact]
    public async Task DLG_4_U22_A_form_saved_unchanged_stays_and_says_so()
    {
        await using var desk = await Desk.Open();
        await desk.Types(Desk.Admin, "/escalate customer edit acme account");
        var outcome = await desk.Submits(Desk.Admin);
        outcome.Error.ShouldStartWith("Nothing was changed.");
        desk.ToldTo(Desk.Admin).ShouldBeEmpty();
    }

    [Fact]
    public async Task DLG_4_What_the_card_shows_is_not_said_once_more_to_who_pressed_on_it()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        var before = desk.ToldTo("engineer").Count;
        await desk.Presses("engineer", desk.Card(), "Resolve");
        await desk.Submits("engineer", ("resolution", "Restarted"));
        desk.ToldTo("engineer").Count.ShouldBe(before);
        card.ShouldNotBeNull();
    }

    /// <summary>Servers take presses there, and refuse every change of the post.</summary>
    [Theory]
    [MemberData(nameof(Ages))]
    public async Task DLG_4_A_card_in_an_archived_channel_is_answered_where_it_was_pressed(
        string age
    )
    {
        await using var desk = await Desk.Open(
            new SimulatorOptions { ServerVersion = age },
            settings: Desk.WithoutIncidents
        );
        desk.Mattermost.AddChannel("ops", members: ["escalate", "tam", "engineer"]);
        await desk.Types("tam", "/escalate new acme sev3 Search is slow", "ops");
        var card = desk.CardOf(1, "ops");
        // Archived while people press in it.
        await desk.Presses("tam", card, "More…", "Follow");
        desk.Mattermost.Archive("ops");
        desk.Clock.Advance(TimeSpan.FromSeconds(3));
        var pressed = await desk.Presses("engineer", card, "Acknowledge");
        (await desk.Stored()).Owner.ShouldBe(desk.IdOf("engineer"));
        pressed.Saw.Said.ShouldContain("ESC-1");

        await desk.Presses("engineer", card, "More…", "Edit");
        var outcome = await desk.Submits("engineer", ("severity", "sev2"));
        outcome.Accepted.ShouldBeTrue(outcome.Error);
        desk.ToldTo("engineer")
            .Append(desk.Mattermost.OpenDialogOf("engineer")?.IntroductionText ?? "")
            .ShouldContain(t => t.StartsWith("ESC-1 is changed. This channel is archived"));
    }

    /// <summary>Whether the card shows it is looked at, not believed.</summary>
    [Theory]
    [MemberData(nameof(Ages))]
    public async Task DLG_4_M2_What_the_card_does_not_show_is_said_to_who_pressed_on_it(string age)
    {
        await using var desk = await Desk.Open(
            new SimulatorOptions { ServerVersion = age },
            settings: Desk.WithoutIncidents
        );
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        var before = desk.ToldTo("engineer").Count;
        await desk.Presses("engineer", desk.Card(), "More…", "Edit");
        (await desk.Submits("engineer", ("severity", "sev2"))).Closed.ShouldBeTrue();
        desk.ToldTo("engineer").Count.ShouldBe(before);

        await desk.Presses("engineer", desk.Card(), "More…", "Edit");
        var edited = await desk.Submits("engineer", ("impact", "high"));
        await IsTold(desk, "engineer", edited, age, "ESC-1 is changed.");
        desk.Log.Errors.ShouldBeEmpty();
    }

    /// <summary>In a direct message what is said by direct message is in view: no window has to stay open for it.</summary>
    [Fact]
    public async Task DLG_4_M2_In_a_direct_message_it_is_said_there()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev2 Search is slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Passes(TimeSpan.FromHours(5));
        var asked = desk.MessagesTo("engineer")[^1];
        await desk.Presses("engineer", asked, "Post update");
        var before = desk.ToldTo("engineer").Count;
        (await desk.Submits("engineer", ("summary", "We look"))).Closed.ShouldBeTrue();
        desk.ToldTo("engineer").Count.ShouldBeGreaterThanOrEqualTo(before);
        desk.Log.Errors.ShouldBeEmpty();
    }

    private static async Task IsTold(
        Desk desk,
        string who,
        DialogOutcome outcome,
        string age,
        string words
    )
    {
        outcome.Accepted.ShouldBeTrue(outcome.Error);
        if (age == SimulatorOptions.OldEnd)
        {
            outcome.Closed.ShouldBeTrue();
            desk.ToldTo(who)[^1].ShouldBe(words);
            return;
        }

        var notice = desk.Mattermost.OpenDialogOf(who).ShouldNotBeNull();
        notice.Title.ShouldBe("Done");
        notice.IntroductionText.ShouldBe(words);
        (await desk.Submits(who)).Closed.ShouldBeTrue();
        desk.ToldTo(who).ShouldNotContain(words);
    }
}
