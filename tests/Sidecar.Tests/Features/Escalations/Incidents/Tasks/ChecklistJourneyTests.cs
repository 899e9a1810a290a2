using Shouldly;
using Sidecar.Features.Escalations.Checklists;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Incidents.Tasks;

/// <summary>The checklist as people use it (PB-3, PB-7).</summary>
public sealed class ChecklistJourneyTests
{
    [Fact]
    public async Task PB_3_By_command_a_task_is_checked_opened_skipped_assigned_and_due()
    {
        await using var desk = await Following();
        (await desk.Types("engineer", "/escalate task ESC-1 2.3 done")).Text.ShouldBe(
            "ESC-1 · 2.3 *Get the support bundle output*: done."
        );
        (await desk.Types("lead", "/escalate task ESC-1 2.3 done")).Text.ShouldContain(
            "@engineer was first and has checked 2.3"
        );
        await desk.Types("lead", "/escalate task ESC-1 2.3 undo");
        await desk.Types("lead", "/escalate task ESC-1 2.3 skip There is @all no bundle");
        await desk.Types("lead", "/escalate task ESC-1 2.4 assign @tam");
        (await desk.Types("lead", "/escalate task ESC-1 2.4 due tomorrow 8am")).Text.ShouldContain(
            "2.4 *Get the slow query log*: open, assigned to @tam, due Tue 3 Mar 2026 08:00 UTC."
        );

        var list = (await desk.Types("tam", "/escalate tasks ESC-1")).Text;
        list.ShouldContain("~~2.3 Get the support bundle output~~ · skipped · @lead");
        list.ShouldContain("2.4 Get the slow query log · @tam · due Tue 3 Mar 2026 08:00 UTC");
        list.ShouldContain("**8 Retrospective** · 0 of 4");
        (await desk.Types("tam", "/escalate tasks ESC-1 2")).Text.ShouldNotContain("Retrospective");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task PB_3_Skips_and_assignments_are_told_in_one_line_and_checks_are_not()
    {
        await using var desk = await Following();
        var before = desk.Thread(desk.Cards()[0]).Count;
        await desk.Types("engineer", "/escalate task ESC-1 2.1 done");
        await desk.Types("engineer", "/escalate task ESC-1 2.2 skip No monitoring");
        await desk.Types("engineer", "/escalate task ESC-1 2.3 assign @tam");
        await desk.Types("engineer", "/escalate task ESC-1 2.4 assign @engineer");
        desk.Thread(desk.Cards()[0])
            .Skip(before)
            .Select(l => l.Split('*')[0] + l.Split('*')[^1])
            .ShouldBe([
                "@engineer skipped 2.2 : No monitoring",
                "@engineer gave 2.3  to @tam.",
                "@engineer took 2.4 .",
            ]);
        var told = desk.MessagesTo("tam")[^1];
        told.Message.ShouldContain("**ESC-1**: @engineer gave 2.3");
        told.Buttons().ShouldBe(["Done", "Change…"]);
        desk.MessagesTo("engineer").ShouldNotContain(p => p.Message.Contains(":clipboard:"));

        (await desk.Presses("tam", told, "Done")).Saw.Text.ShouldContain("2.3");
        (await desk.Stored()).Task("2.3").State.ShouldBe(TaskState.Done);
        (await desk.PressesLate("tam", told, "Done")).ShouldContain("You have checked 2.3");
        desk.Cards()[0].Field("Playbook").ShouldBe("Sev 1 outage: 3 of 41 · stage 1 Escalation");
    }

    [Fact]
    public async Task PB_3_A_tick_on_the_message_about_a_task_checks_it()
    {
        await using var desk = await Following();
        await desk.Types("engineer", "/escalate task ESC-1 2.3 assign @tam");
        var told = desk.MessagesTo("tam")[^1];
        await desk.Reacts("tam", told, "white_check_mark");
        (await desk.Stored()).Task("2.3").State.ShouldBe(TaskState.Done);
        desk.Mattermost.FindPost(told.Id)!.Buttons().ShouldBeEmpty();
        desk.ToldTo("tam").ShouldNotContain(t => t.Contains("What solved"));
    }

    [Fact]
    public async Task U11_The_next_three_tasks_are_one_press_each()
    {
        await using var desk = await Following();
        desk.Checklist().Buttons().Take(3).ShouldBe(["✓ 1.1", "✓ 1.2", "✓ 1.3"]);
        await desk.Presses("engineer", desk.Checklist(), "✓ 1.2");
        (await desk.Stored()).Task("1.2").State.ShouldBe(TaskState.Done);
        // A second click hits what the first one did: what is done stays in its place, greyed.
        (await Next()).ShouldBe(["✓ 1.1", "(✓ 1.2)", "✓ 1.3"]);
        await desk.Types("engineer", "/escalate task ESC-1 1 done");
        (await Next()).ShouldBe(["✓ 2.1", "✓ 2.2", "✓ 2.3"]);
        desk.Log.Errors.ShouldBeEmpty();

        async Task<IEnumerable<string>> Next() =>
            ChecklistCards
                .Checklist(await desk.Stored())
                .Card.Controls.Take(3)
                .Select(c => c.IsSpent ? $"({c.Label})" : c.Label);
    }

    [Fact]
    public async Task U11_A_stage_that_does_not_apply_is_skipped_at_once_with_the_reason()
    {
        await using var desk = await Following();
        await desk.Types("engineer", "/escalate task ESC-1 4.2 done");
        (await desk.Types("lead", "/escalate task ESC-1 4")).Text.ShouldContain(
            "`/escalate task ESC-1 4 skip why`"
        );
        (await desk.Types("lead", "/escalate task ESC-1 4 skip")).Text.ShouldContain(
            "Why is stage 4 skipped?"
        );
        // Whoever has no role works on what they were given, and not on the whole stage.
        await desk.Types("lead", "/escalate task ESC-1 4.1 assign @product");
        (await desk.Types("product", "/escalate task ESC-1 4 skip Because")).Text.ShouldContain(
            "you need one of the roles"
        );
        var before = desk.Thread(desk.Cards()[0]).Count;
        (
            await desk.Types("lead", "/escalate task ESC-1 4 skip No @all code of ours")
        ).Text.ShouldBe("ESC-1 · stage 4 *Code investigation*: 5 tasks skipped.");
        desk.Thread(desk.Cards()[0])
            .Skip(before)
            .ShouldHaveSingleItem()
            .ShouldContain(
                "@lead skipped stage 4 *Code investigation* (5 tasks): No @all code of ours"
            );
        var stored = await desk.Stored();
        stored.Task("4.2").State.ShouldBe(TaskState.Done);
        stored
            .Incident!.Numbered.Where(t => t.Number.Stage == 4)
            .Count(t => t.Task is { State: TaskState.Skipped, Reason.Length: > 0 })
            .ShouldBe(5);
        (await desk.Types("lead", "/escalate task ESC-1 4 skip Again")).Text.ShouldContain(
            "Nothing in stage 4 *Code investigation* is open"
        );
        (await desk.Types("lead", "/escalate task ESC-1 12 done")).Text.ShouldContain(
            "its 8 stages end with"
        );
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task U11_The_form_of_a_task_skips_its_whole_stage_too()
    {
        await using var desk = await Following();
        await desk.Presses("lead", desk.Checklist(), "Change a task…", "5.2");
        (await desk.Submits("lead", ("state", "Open"), ("scope", "stage")))
            .FieldErrors["scope"]
            .ShouldContain("whole stage");
        (await desk.Submits("lead", ("state", "Skipped"), ("scope", "stage")))
            .FieldErrors["reason"]
            .ShouldContain("reason");
        (
            await desk.Submits(
                "lead",
                ("state", "Skipped"),
                ("scope", "stage"),
                ("reason", "Their version stays")
            )
        ).Closed.ShouldBeTrue();
        (await desk.Stored())
            .Incident!.Numbered.Where(t => t.Number.Stage == 5)
            .ShouldAllBe(t => t.Task.State == TaskState.Skipped);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task PB_3_The_menus_of_the_checklist_check_and_change()
    {
        await using var desk = await Following();
        await desk.Presses("tam", desk.Checklist(), "Check off…", "1.3");
        (await desk.Stored()).Task("1.3").State.ShouldBe(TaskState.Done);

        await desk.Presses("lead", desk.Checklist(), "Change a task…", "1.4");
        desk.Mattermost.As("lead").OnPhone = true;
        var skip = await desk.Submits("lead", ("state", "Skipped"), ("due", ""));
        skip.FieldErrors["reason"].ShouldContain("reason");
        var wrong = await desk.Submits("lead", ("state", "Open"), ("due", "blue"));
        wrong.FieldErrors["due"].ShouldNotBeEmpty();
        var saved = await desk.Submits(
            "lead",
            ("state", "Open"),
            ("assignee", desk.IdOf("engineer").Value),
            ("due", "in 2h")
        );
        saved.Closed.ShouldBeTrue(saved.Error);
        var task = (await desk.Stored()).Task("1.4");
        (task.Assignee, task.DueAt).ShouldBe(
            (desk.IdOf("engineer"), desk.Clock.GetUtcNow().AddHours(2))
        );
    }

    [Fact]
    public async Task PB_3_ESC_9_A_form_does_not_undo_what_somebody_did_meanwhile()
    {
        await using var desk = await Following();
        await desk.Types("lead", "/escalate task ESC-1 1.4");
        await desk.Types("engineer", "/escalate task ESC-1 1.4 done");
        var saved = await desk.Submits(
            "lead",
            ("state", "Open"),
            ("assignee", desk.IdOf("tam").Value)
        );
        saved.Closed.ShouldBeTrue(saved.Error);
        var task = (await desk.Stored()).Task("1.4");
        (task.State, task.Assignee).ShouldBe((TaskState.Done, desk.IdOf("tam")));

        await desk.Types("lead", "/escalate task ESC-1 1.3");
        await desk.Types("engineer", "/escalate task ESC-1 1.3 done");
        (await desk.Submits("lead", ("state", "Skipped"), ("reason", "no"))).Error.ShouldContain(
            "was first and has checked 1.3"
        );
    }

    [Fact]
    public async Task M2_PB_3_Who_loses_a_task_is_told_so_where_it_was_asked_of_them()
    {
        await using var desk = await Following();
        await desk.Types("lead", "/escalate task ESC-1 1.4 assign @engineer");
        desk.MessagesTo("engineer")[^1].Attachments[0].Actions.ShouldNotBeEmpty();
        await desk.Types("lead", "/escalate edit ESC-1 summary Nobody can log in");
        desk.MessagesTo("engineer")[^1].Attachments[0].Title.ShouldBe("Nobody can log in");
        await desk.Types("lead", "/escalate task ESC-1 1.4 assign @tam");
        var asked = desk.MessagesTo("engineer")[^1];
        asked.Attachments.ShouldAllBe(a => a.Actions == null || a.Actions.Count == 0);
        desk.ToldTo("engineer")[^1].ShouldContain("@lead gave 1.4");
        desk.MessagesTo("tam")[^1].Attachments[0].Actions.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("task ESC-1 2.3 doen", "did you mean `done`?")]
    [InlineData("task ESC-1 2.3 done now", "“now”")]
    [InlineData("task ESC-1 x done", "“x” is not the number of a task")]
    [InlineData("task ESC-1 2.99 done", "ends with 2.6")]
    [InlineData("task ESC-1 2.3 assign", "Write the at-name")]
    [InlineData("task ESC-1 2.3 assign @stranger", "nobody called “stranger”")]
    [InlineData("task ESC-1 2.3 skip", "It needs a reason")]
    [InlineData("task ESC-1 2.3 due blue", "/escalate task ESC-1 2.3 due blue")]
    [InlineData("task ESC-1 2.3 due 2020-01-01", "passed")]
    [InlineData("task ESC-9 2.3 done", "There is no ESC-9")]
    [InlineData("tasks ESC-1 9", "its 8 stages end with")]
    public async Task ALL_2_PB_3_Wrong_input_is_answered_with_what_is_right(
        string line,
        string told
    )
    {
        await using var desk = await Following();
        (await desk.Types("engineer", $"/escalate {line}")).Text.ShouldContain(told);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task PB_3_Without_a_playbook_there_is_no_checklist()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        (await desk.Types("engineer", "/escalate tasks ESC-1")).Text.ShouldContain(
            "`/escalate playbook start ESC-1` starts one"
        );
        (await desk.Types("engineer", "/escalate task ESC-1 1.1 done")).Text.ShouldContain(
            "follows no playbook"
        );
    }

    [Fact]
    public async Task PB_7_Before_it_is_due_the_owner_is_reminded_and_the_lead_when_it_was_missed_each_once()
    {
        await using var desk = await Following();
        var now = desk.Clock.GetUtcNow(); // Monday 09:00
        await desk.Counts(now);
        await desk.PassesTo(now.AddHours(4).AddSeconds(-1));
        About(desk, "engineer").ShouldBeEmpty();
        await desk.PassesTo(now.AddDays(8));

        About(desk, "engineer").Count.ShouldBe(3);
        About(desk, "engineer")[0]
            .ShouldStartWith(":alarm_clock: **ESC-1**: 8.1 *Hold the retrospective");
        About(desk, "engineer")[0].ShouldContain("is due Tue 3 Mar 2026 09:00 UTC");
        About(desk, "lead").Count.ShouldBe(3);
        About(desk, "lead")[0]
            .ShouldContain(
                "was due Tue 3 Mar 2026 09:00 UTC and is not done. It is assigned to @engineer."
            );
        (await desk.Due(ReminderPlan.Task)).ShouldBeNull();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task PB_7_ALL_5_After_a_week_of_downtime_everybody_gets_one_message_in_working_time()
    {
        await using var desk = await Following();
        await desk.Counts(desk.Clock.GetUtcNow());
        await desk.PassesWhileDown(TimeSpan.FromDays(5) + TimeSpan.FromHours(17)); // a Sunday night
        About(desk, "lead").ShouldBeEmpty();
        await desk.RestartSidecar();
        await desk.PassesTo(Desk.Morning.AddDays(7));
        About(desk, "engineer").ShouldHaveSingleItem().ShouldContain("3 tasks");
        About(desk, "lead").ShouldHaveSingleItem().ShouldContain("8.3");
        var post = desk.MessagesTo("lead").Last(p => p.Message.Contains("3 tasks"));
        post.Menu("Done…").Count.ShouldBe(3);
        await desk.Presses("lead", post, "Done…", "8.2");
        (await desk.Stored()).Task("8.2").State.ShouldBe(TaskState.Done);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task PB_7_What_is_done_or_due_no_more_reminds_nobody()
    {
        await using var desk = await Following();
        await desk.Counts(desk.Clock.GetUtcNow());
        await desk.Types("engineer", "/escalate task ESC-1 8.1 done");
        await desk.Counts(null);
        (await desk.Due(ReminderPlan.Task)).ShouldBeNull();
        await desk.Passes(TimeSpan.FromDays(7));
        About(desk, "engineer").ShouldBeEmpty();
        About(desk, "lead").ShouldBeEmpty();
    }

    /// <summary>A Sev 1 that the engineer owns and that follows the playbook.</summary>
    private static async Task<Desk> Following()
    {
        var desk = await Desk.Open();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Follows();
        return desk;
    }

    private static IReadOnlyList<string> About(Desk desk, string who) =>
        [
            .. desk.MessagesTo(who)
                .Select(p => p.Message)
                .Where(m => m.StartsWith(":alarm_clock: **ESC-1**:", StringComparison.Ordinal)),
        ];
}
