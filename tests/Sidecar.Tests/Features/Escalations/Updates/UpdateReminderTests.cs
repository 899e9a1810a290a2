using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Updates;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Updates;

/// <summary>Updates are asked for when they are due: owner, channel, lead, each once (UPD-3, ALL-5).</summary>
public sealed class UpdateReminderTests
{
    private const string Memo = ":memo:";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("sev1", 60)]
    [InlineData("sev2", 240)]
    public async Task UPD_3_The_owner_is_asked_then_the_thread_then_the_lead_each_at_its_minute(
        string severity,
        int minutes
    )
    {
        await using var desk = await Working(severity);
        var due = Desk.Morning.AddMinutes(minutes);
        // Somebody is on it, so that nothing is stale meanwhile.
        await desk.PassesTo(due - Minute);
        await desk.Types("lead", "/escalate edit ESC-1 impact high");
        Prompts(desk).ShouldBe(0);
        await desk.PassesTo(due);
        Prompts(desk).ShouldBe(1);
        var prompt = desk.MessagesTo("engineer")[^1];
        prompt.Message.ShouldBe(":memo: **ESC-1**: the status update is due.");
        prompt
            .Buttons()
            .ShouldBe([
                "Post update",
                "Snooze 15 min",
                "Snooze 30 min",
                "Snooze 60 min",
                "Hand over",
            ]);

        await desk.PassesTo(due.AddMinutes(14).AddSeconds(59));
        Overdue(desk).ShouldBeEmpty();
        await desk.PassesTo(due.AddMinutes(15));
        Overdue(desk)
            .ShouldBe([":memo: The status update is 15 min overdue. Reminded here: @engineer."]);
        // A Sev 1 has an incident channel for it.
        AboutUpdates(desk.Thread(desk.Card())).Any().ShouldBe(severity != "sev1");
        await desk.PassesTo(due.AddMinutes(30).AddSeconds(-1));
        desk.TimesOf("lead", Memo).ShouldBeEmpty();
        await desk.PassesTo(due.AddMinutes(30));
        desk.TimesOf("lead", Memo).ShouldBe([due.AddMinutes(30)]);
        desk.MessagesTo("lead")[^1].Message.ShouldContain("is 30 min overdue: it was due");

        await desk.Passes(TimeSpan.FromDays(3));
        Overdue(desk).Count.ShouldBe(1);
        desk.TimesOf("lead", Memo).Count.ShouldBe(1);
        Prompts(desk).ShouldBe(1);
        desk.Log.Errors.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task UPD_3_ESC_12_A_silent_Sev_1_asks_its_owner_both_in_one_message()
    {
        await using var desk = await Working("sev1");
        await desk.Passes(Hour);
        var message = desk.MessagesTo("engineer").ShouldHaveSingleItem();
        message.Message.ShouldBe(
            ":hourglass: Nothing has happened on **ESC-1** for 1 h, and its status update is due. Are you still on it?"
        );
        message.Buttons().ShouldContain("Post update");
        var facts = await desk.Facts();
        facts.OfType<EscalationFact.AskedAbout>().Count().ShouldBe(1);
        facts.OfType<EscalationFact.UpdateReminded>().Count().ShouldBe(1);
        await desk.Presses("engineer", message, "Still on it");
        (await desk.Stored()).IsStale.ShouldBeFalse();
        await desk.Presses("engineer", message, "Post update");
        (await desk.Submits("engineer", ("summary", "On it"))).Closed.ShouldBeTrue();
        (await desk.Due(ReminderPlan.Update)).ShouldBe(Desk.Morning.AddHours(2));
    }

    [Fact]
    public async Task ALL_5_What_was_missed_while_it_was_down_is_told_together_and_never_again()
    {
        await using var desk = await Working("sev1");
        await desk.PassesWhileDown(TimeSpan.FromHours(5));
        desk.MessagesTo("engineer").Count.ShouldBe(1);
        desk.TimesOf("lead", Memo).Count.ShouldBe(1);
        Overdue(desk)
            .ShouldBe([
                ":memo: The status update is 4 h overdue. Asked: @engineer. Reminded here: @engineer. Told as DE lead: @lead.",
            ]);
        await desk.RestartSidecar();
        await desk.Passes(Minute * 30);
        desk.MessagesTo("engineer").Count.ShouldBe(1);
        desk.TimesOf("lead", Memo).Count.ShouldBe(1);
        Overdue(desk).Count.ShouldBe(1);
        (await desk.Due(ReminderPlan.Update)).ShouldBeNull();
    }

    [Theory]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(60)]
    public async Task UPD_3_Snoozed_it_is_asked_for_again_and_an_old_button_does_nothing(
        int minutes
    )
    {
        await using var desk = await Working("sev1");
        await desk.Passes(Hour + (5 * Minute));
        var prompt = desk.MessagesTo("engineer")[^1];
        var answer = await desk.Presses("engineer", prompt, $"Snooze {minutes} min");
        var until = Desk.Morning.AddMinutes(65 + minutes);
        answer.Saw.Text.ShouldContain(
            $"@engineer snoozed the status update by {minutes} min: it is due {until:ddd d MMM HH:mm} UTC."
        );
        desk.Thread(desk.Card())[^1]
            .ShouldBe(
                $"@engineer snoozed the status update by {minutes} min: it is due {until:ddd d MMM HH:mm} UTC."
            );
        (await desk.PressesLate("engineer", prompt, "Snooze 60 min")).ShouldContain(
            "settled already"
        );
        await desk.PassesTo(until - TimeSpan.FromSeconds(1));
        desk.MessagesTo("engineer").Count.ShouldBe(1);
        await desk.PassesTo(until);
        desk.MessagesTo("engineer").Count.ShouldBe(2);
        Overdue(desk).ShouldBeEmpty();
    }

    [Fact]
    public async Task UPD_3_Handed_over_the_back_up_owns_it_and_is_asked_at_once()
    {
        await using var desk = await Working("sev1");
        await desk.Hires("backup", Role.DeploymentEngineer);
        await desk.Types("lead", "/escalate duty @engineer @backup");
        await desk.Passes(Hour);
        var prompt = desk.MessagesTo("engineer")[^1];
        (await desk.Presses("engineer", prompt, "Hand over")).Text.ShouldContain(
            "@backup becomes the owner of **ESC-1**"
        );
        (await desk.Submits("engineer")).Closed.ShouldBeTrue();
        desk.ToldTo("backup")
            .TakeLast(2)
            .ShouldBe([
                "**ESC-1** is yours now: @engineer handed it over to @backup.",
                ":memo: **ESC-1**: the status update is due.",
            ]);

        // Where nobody else is back-up it asks to whom.
        var next = desk.MessagesTo("backup")[^1];
        await desk.Presses("backup", next, "Hand over");
        (await desk.Submits("backup", ("to", desk.Bot.Id))).Error.ShouldContain("is a bot");
        (await desk.Submits("backup", ("to", desk.IdOf("lead").Value))).Closed.ShouldBeTrue();
        (await desk.Find(1))!.Owner.ShouldBe(desk.IdOf("lead"));
        desk.ToldTo("lead")[^1].ShouldBe(":memo: **ESC-1**: the status update is due.");
        await desk.Passes(15 * Minute);
        Overdue(desk)[^1].ShouldContain("Reminded here: @lead.");
    }

    [Fact]
    public async Task M1_UPD_3_A_hand_over_goes_to_nobody_but_whom_its_form_named()
    {
        await using var desk = await Working("sev1");
        await desk.Hires("backup", Role.DeploymentEngineer);
        await desk.Types("lead", "/escalate duty @engineer @backup");
        await desk.Passes(Hour);
        await desk.Presses("engineer", desk.MessagesTo("engineer")[^1], "Hand over");
        await desk.Types("lead", "/escalate duty @engineer @lead");
        (await desk.Submits("engineer")).Error.ShouldContain("@lead takes it over");
        (await desk.Find(1))!.Owner.ShouldBe(desk.IdOf("engineer"));
        (await desk.Submits("engineer")).Closed.ShouldBeTrue();
        (await desk.Find(1))!.Owner.ShouldBe(desk.IdOf("lead"));
    }

    [Fact]
    public async Task UPD_3_The_cadence_follows_the_severity_ends_with_the_work_and_begins_again()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new acme sev2 Down");
        (await desk.Due(ReminderPlan.Update)).ShouldBeNull();
        await desk.Types("engineer", "/escalate ack ESC-1");
        (await desk.Due(ReminderPlan.Update)).ShouldBe(Desk.Morning.AddHours(4));
        await desk.Passes(Hour);
        await desk.Types("engineer", "/escalate edit ESC-1 severity sev1");
        (await desk.Due(ReminderPlan.Update)).ShouldBe(Desk.Morning.AddHours(2));
        await desk.Types("engineer", "/escalate edit ESC-1 severity sev4");
        (await desk.Due(ReminderPlan.Update)).ShouldBe(Desk.Morning.AddDays(7).AddHours(1));
        await desk.Types("engineer", "/escalate resolve ESC-1 Done");
        (await desk.Due(ReminderPlan.Update)).ShouldBeNull();
        await desk.Types("engineer", "/escalate reopen ESC-1 Not done");
        (await desk.Due(ReminderPlan.Update)).ShouldBe(Desk.Morning.AddDays(7).AddHours(1));

        await desk.Types("engineer", "/escalate update ESC-1 Asleep");
        await desk.Submits("engineer", ("next_none", true));
        (await desk.Due(ReminderPlan.Update)).ShouldBeNull();
        await desk.Types("engineer", "/escalate edit ESC-1 severity sev2");
        (await desk.Due(ReminderPlan.Update)).ShouldBeNull();
        await desk.Types("engineer", "/escalate update ESC-1 Awake");
        await desk.Submits(
            "engineer",
            ("next", new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.Zero))
        );
        await desk.Types("engineer", "/escalate edit ESC-1 severity sev1");
        (await desk.Due(ReminderPlan.Update)).ShouldBe(Day(5, 12));
        await desk.Types("lead", "/escalate cancel ESC-1 Over");
        (await desk.Due(ReminderPlan.Update)).ShouldBeNull();
    }

    [Fact]
    public async Task UPD_4_WEEK_3_A_Sev_3_asks_in_working_hours_only_and_counts_from_there()
    {
        await using var desk = await Working("sev3");
        await desk.Types("engineer", "/escalate update ESC-1 Slow");
        await desk.Submits("engineer", ("next", "2026-03-06 18:00"));
        await desk.PassesTo(Day(9, 9) - TimeSpan.FromSeconds(1));
        Prompts(desk).ShouldBe(0);
        await desk.PassesTo(Day(9, 9));
        desk.TimesOf("engineer", Memo).ShouldBe([Day(9, 9)]);
        Overdue(desk).ShouldBeEmpty();
        await desk.PassesTo(Day(9, 9).AddMinutes(15));
        Overdue(desk).Count.ShouldBe(1);
        await desk.PassesTo(Day(9, 9).AddMinutes(30));
        desk.TimesOf("lead", Memo).ShouldBe([Day(9, 9).AddMinutes(30)]);
    }

    [Fact]
    public async Task UPD_3_A_settings_file_changes_cadence_and_steps_and_what_can_not_be_is_refused()
    {
        await using var desk = await Working(
            "sev1",
            """{ "updates": { "every": { "sev1": "20m" }, "overdueInChannelAfter": "5m", "overdueToLeadAfter": null } }"""
        );
        await desk.Passes(25 * Minute);
        Prompts(desk).ShouldBe(1);
        Overdue(desk).Count.ShouldBe(1);
        await desk.Passes(Hour);
        desk.TimesOf("lead", Memo).ShouldBeEmpty();
        new UpdateSettings
        {
            OverdueToLeadAfter = Sidecar.Time.WaitLength.Of(TimeSpan.FromMinutes(1)),
        }
            .Problems()
            .ShouldHaveSingleItem()
            .Key.ShouldBe("overdueToLeadAfter");
    }

    private static async Task<Desk> Working(string severity, string? settings = null)
    {
        var desk = await Desk.Open(settings: settings);
        await desk.Types("tam", $"/escalate new acme {severity} Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        return desk;
    }

    private static int Prompts(Desk desk) => desk.TimesOf("engineer", Memo).Count;

    /// <summary>What its thread and its incident channel were told of it.</summary>
    private static IReadOnlyList<string> Overdue(Desk desk) =>
        [
            .. AboutUpdates(desk.Thread(desk.Card())),
            .. AboutUpdates(
                desk.Mattermost.Channels.Where(c =>
                        c.Name.StartsWith("sev1-", StringComparison.Ordinal)
                    )
                    .SelectMany(c => desk.Mattermost.Posts(c.Id))
                    .Select(p => p.Message)
            ),
        ];

    private static IEnumerable<string> AboutUpdates(IEnumerable<string> lines) =>
        lines.Where(l => l.StartsWith(Memo, StringComparison.Ordinal));

    private static DateTimeOffset Day(int day, int hour) =>
        new(2026, 3, day, hour, 0, 0, TimeSpan.Zero);
}
