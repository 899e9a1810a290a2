using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>What nobody works on: its owner is asked, then the DE lead told (ESC-12).</summary>
public sealed class StaleTests
{
    private const string Glass = ":hourglass:";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("sev1", 1)]
    [InlineData("sev2", 8)]
    [InlineData("sev3", 72)]
    public async Task ESC_12_The_owner_is_asked_and_unanswered_the_lead_is_told_and_nobody_else(
        string severity,
        int hours
    )
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", $"/escalate new acme {severity} Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        // Monday, and what is counted in working days a week later.
        await desk.Passes(TimeSpan.FromDays(severity == "sev3" ? 20 : 0.99));
        desk.TimesOf("engineer", Glass).ShouldBe([Desk.Morning.AddHours(hours)]);
        var lead = desk.TimesOf("lead", Glass).ShouldHaveSingleItem();
        // Three working days after Thursday morning are over on Tuesday.
        lead.ShouldBe(
            severity == "sev3" ? Desk.Morning.AddDays(8) : Desk.Morning.AddHours(2 * hours)
        );
        desk.Thread(desk.Card())
            .Count(l => l.StartsWith(Glass, StringComparison.Ordinal))
            .ShouldBe(2);
        desk.Card().Field("State").ShouldBe("Acknowledged · :hourglass: stale");
    }

    [Theory]
    [InlineData("sev1")]
    [InlineData("sev2")]
    public async Task ESC_12_What_is_urgent_is_never_silent_owner_and_lead_hear_each_working_day(
        string severity
    )
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", $"/escalate new acme {severity} Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Passes(TimeSpan.FromDays(14));
        foreach (var person in (string[])["engineer", "lead"])
        {
            var days = desk.TimesOf(person, Glass)
                .Select(at => DateOnly.FromDateTime(at.UtcDateTime))
                .ToList();
            days.Count.ShouldBeInRange(9, 11);
            days.ShouldBeUnique();
            days.ShouldNotContain(d => d.DayOfWeek == DayOfWeek.Sunday);
        }

        desk.ToldTo("engineer")
            .Last(t => t.StartsWith(Glass, StringComparison.Ordinal))
            .ShouldContain("Are you still on it?");
        await desk.Types("engineer", "/escalate resolve ESC-1 It was the disk");
        var told = desk.TimesOf("lead", Glass).Count;
        await desk.Passes(TimeSpan.FromDays(4));
        desk.TimesOf("lead", Glass).Count.ShouldBe(told);
    }

    [Fact]
    public async Task ESC_12_A_Sev_4_and_what_is_being_watched_are_left_alone()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new acme sev4 Slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("tam", "/escalate new acme-labs sev1 Down");
        await desk.Types("engineer", "/escalate state ESC-2 monitoring");
        await desk.Passes(TimeSpan.FromDays(20));
        desk.TimesOf("engineer", Glass).ShouldBeEmpty();

        await desk.Types("engineer", "/escalate state ESC-2 investigating");
        await desk.Passes(Hour);
        desk.TimesOf("engineer", Glass).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ESC_12_Still_on_it_counts_anew_and_is_told_once()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Passes(Hour);
        (await desk.Types("tam", "/escalate list")).Text.ShouldContain("Acknowledged :hourglass:");
        var question = desk.MessagesTo("engineer")[^1];
        question.Message.ShouldBe(
            ":hourglass: Nothing has happened on **ESC-1** for 1 h, and its status update is due. Are you still on it?"
        );

        await desk.Passes(TimeSpan.FromMinutes(10));
        await Task.WhenAll(
            desk.PressesLate("engineer", question, "Still on it"),
            desk.PressesLate("engineer", question, "Still on it")
        );
        await desk.Settled();
        (await desk.PressesLate("engineer", question, "Still on it")).ShouldContain(
            "answered already"
        );
        desk.Thread(card).Count(l => l == "@engineer is still on it.").ShouldBe(1);
        desk.Card().Field("State").ShouldBe("Acknowledged");
        (await desk.Types("tam", "/escalate list")).Text.ShouldNotContain(Glass);

        await desk.Passes(Hour);
        desk.TimesOf("engineer", Glass)
            .ShouldBe([Desk.Morning.AddHours(1), Desk.Morning.AddMinutes(130)]);
        desk.TimesOf("lead", Glass).ShouldBeEmpty();
        await desk.Passes(Hour);
        desk.TimesOf("lead", Glass).ShouldBe([Desk.Morning.AddMinutes(190)]);
        desk.MessagesTo("lead")[^1].Message.ShouldContain("@engineer has not answered");
    }

    [Fact]
    public async Task ESC_12_Whatever_somebody_does_about_it_counts_as_an_answer()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        foreach (
            var act in (string[])
                [
                    "edit ESC-1 impact high",
                    "link ESC-1 bug https://tickets.test/1",
                    "state ESC-1 identified",
                    "assign ESC-1 @lead",
                ]
        )
        {
            await desk.Passes(Hour);
            (await desk.Stored()).IsStale.ShouldBeTrue(act);
            await desk.Types("engineer", $"/escalate {act}");
            (await desk.Stored()).IsStale.ShouldBeFalse(act);
        }

        await desk.Passes(TimeSpan.FromMinutes(50));
        await desk.Types("tam", "/escalate follow ESC-1");
        await desk.Passes(TimeSpan.FromMinutes(10));
        (await desk.Stored()).IsStale.ShouldBeTrue("who follows does nothing");
    }

    [Fact]
    public async Task ALL_5_Down_over_both_times_the_owner_is_asked_and_the_lead_an_hour_later()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.PassesWhileDown(TimeSpan.FromHours(5));
        await desk.RestartSidecar();
        desk.TimesOf("engineer", Glass).ShouldBe([Desk.Morning.AddHours(5)]);
        desk.TimesOf("lead", Glass).ShouldBeEmpty();
        await desk.Passes(Hour);
        desk.TimesOf("lead", Glass).ShouldBe([Desk.Morning.AddHours(6)]);
    }
}
