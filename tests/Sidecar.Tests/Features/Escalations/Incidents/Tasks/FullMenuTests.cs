using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Incidents.Tasks;

/// <summary>A long checklist in use: every task is within reach of its menus (PB-3).</summary>
public sealed class FullMenuTests
{
    [Fact]
    public async Task PB_3_After_ticks_and_due_times_every_task_is_still_reached_from_the_menus()
    {
        await using var desk = await InUse();
        // What comes much later need not be scrolled past: the last entry leads to it.
        foreach (var menu in (string[])["Check off…", "Change a task…"])
        {
            desk.Checklist().Menu(menu)[^1].ShouldEndWith("to 8…", customMessage: menu);
            desk.Checklist().Menu(menu).Count.ShouldBeLessThanOrEqualTo(20);
        }

        await desk.Presses("engineer", desk.Checklist(), "Check off…", "more");
        (await desk.Submits("engineer", ("task", "8.4"))).Closed.ShouldBeTrue();
        (await desk.Stored()).Task("8.4").State.ShouldBe(TaskState.Done);
        // What is finished has to give way first, and is reached by the last entry.
        desk.Checklist()
            .Menu("Change a task…")
            .Where(e => e.StartsWith("More", StringComparison.Ordinal) || e.StartsWith('✓'))
            .ShouldNotBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task PB_3_What_has_no_room_in_a_menu_is_reached_by_its_last_entry()
    {
        await using var desk = await InUse();
        // A card drawn by whatever leaves some out has this entry; the form holds them all.
        await desk.Presses("engineer", desk.Checklist(), "Change a task…", "more");
        (await desk.Submits("engineer")).FieldErrors["task"].ShouldNotBeEmpty();
        (await desk.Submits("engineer", ("task", "8.3"), ("state", "Skipped")))
            .FieldErrors["reason"]
            .ShouldContain("reason");
        var saved = await desk.Submits(
            "engineer",
            ("task", "8.3"),
            ("state", "Skipped"),
            ("reason", "Nobody asked"),
            ("assignee", desk.IdOf("tam").Value)
        );
        saved.Closed.ShouldBeTrue(saved.Error);
        var task = (await desk.Stored()).Task("8.3");
        (task.State, task.Assignee).ShouldBe((TaskState.Skipped, desk.IdOf("tam")));

        await desk.Types("engineer", "/escalate task ESC-1 8.2 due tomorrow 8am");
        (await desk.Stored()).Task("8.2").DueAt.ShouldNotBeNull();
        await desk.Presses("engineer", desk.Checklist(), "Change a task…", "more");
        desk.Mattermost.As("engineer").OnPhone = true;
        await desk.Submits("engineer", ("task", "8.2"), ("state", "Done"), ("due", "none"));
        (await desk.Stored()).Task("8.2").DueAt.ShouldBeNull();
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("8.2")]
    [InlineData("1.3")]
    public async Task DLG_4_What_the_checklist_does_not_show_is_told_to_who_did_it(string task)
    {
        await using var desk = await InUse();
        await desk.Presses("engineer", desk.Checklist(), "Change a task…", "more");
        var before = desk.ToldTo("engineer").Count;
        (
            await desk.Submits(
                "engineer",
                ("task", task),
                ("due", desk.Clock.GetUtcNow().AddHours(20))
            )
        ).Accepted.ShouldBeTrue();
        (await desk.Stored()).Task(task).DueAt.ShouldNotBeNull();
        desk.Mattermost.OpenDialogOf("engineer")!
            .IntroductionText.ShouldContain($"@engineer set {task} *");
        (await desk.Submits("engineer")).Closed.ShouldBeTrue();
        desk.ToldTo("engineer").Count.ShouldBe(before);

        // What the checklist shows by then is not told.
        await desk.Presses("engineer", desk.Checklist(), "Change a task…", "more");
        before = desk.ToldTo("engineer").Count;
        await desk.Submits("engineer", ("task", "8.3"), ("state", "Done"));
        desk.ToldTo("engineer").Count.ShouldBe(before);
    }

    [Fact]
    public async Task M1_ESC_9_What_others_made_of_the_chosen_task_is_replaced_by_who_has_seen_it()
    {
        await using var desk = await InUse();
        await desk.Presses("lead", desk.Checklist(), "Change a task…", "more");
        await desk.Types("engineer", "/escalate task ESC-1 8.2 due tomorrow 8am");
        await desk.Types("engineer", "/escalate task ESC-1 8.2 assign @tam");
        var theirs = (await desk.Stored()).Task("8.2");
        (string, object?)[] mine =
        [
            ("task", "8.2"),
            ("due", desk.Clock.GetUtcNow().AddDays(4)),
            ("assignee", desk.IdOf("lead").Value),
        ];
        var both = await desk.Submits("lead", mine);
        both.FieldErrors.Keys.ShouldBe(["due", "assignee"], ignoreOrder: true);
        both.FieldErrors["due"]
            .ShouldStartWith("While this form was open somebody changed this to");
        (await desk.Stored()).Task("8.2").ShouldBe(theirs);
        (await desk.Submits("lead", mine)).Accepted.ShouldBeTrue();
        var task = (await desk.Stored()).Task("8.2");
        (task.DueAt, task.Assignee).ShouldBe(
            (desk.Clock.GetUtcNow().AddDays(4), desk.IdOf("lead"))
        );

        // What nobody else changed since is not asked about.
        await desk.Presses("lead", desk.Checklist(), "Change a task…", "more");
        await desk.Types("engineer", "/escalate task ESC-1 8.1 assign @tam");
        (
            await desk.Submits("lead", ("task", "8.2"), ("assignee", desk.IdOf("tam").Value))
        ).Accepted.ShouldBeTrue();
    }

    /// <summary>Some tasks are done, some have somebody and a time.</summary>
    private static async Task<Desk> InUse()
    {
        var desk = await Desk.Open();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Follows();
        foreach (var number in (string[])["1.3", "1.4", "2.1", "2.2", "3.1", "4.1", "5.1"])
        {
            await desk.Types("engineer", $"/escalate task ESC-1 {number} done");
        }

        foreach (var number in (string[])["2.3", "2.4", "3.2", "3.3", "4.2", "4.3", "5.2"])
        {
            await desk.Types("engineer", $"/escalate task ESC-1 {number} assign @tam");
            await desk.Types("engineer", $"/escalate task ESC-1 {number} due tomorrow 8am");
        }

        return desk;
    }
}
