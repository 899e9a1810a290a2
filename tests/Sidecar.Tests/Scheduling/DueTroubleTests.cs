using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Scheduling;

/// <summary>A task that goes wrong is logged once, tried again at longer intervals, and keeps nobody else.</summary>
public sealed partial class DueTroubleTests
{
    [Fact]
    public async Task ALL_5_A_task_that_throws_keeps_no_other_and_is_done_when_it_can_be()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        var tries = 0;
        reminders.Before = (call, _) =>
            call.Id == "poison" && ++tries <= 5
                ? throw new InvalidOperationException("broken")
                : Task.CompletedTask;
        await Reminders.Set(
            desk.Store,
            [
                ("poison", Desk.Morning),
                .. Enumerable
                    .Range(0, 450)
                    .Select(i => ($"ESC-{i}", (DateTimeOffset?)Desk.Morning.AddSeconds(i))),
            ]
        );

        await desk.Passes(TimeSpan.FromSeconds(450));
        tries.ShouldBe(6);
        reminders.Ids.Count().ShouldBe(451);
        reminders.Ids.ShouldBeUnique();

        Reference().Count(desk.Log.Errors.ShouldHaveSingleItem()).ShouldBe(1);
        desk.Log.Lines.ShouldContain(l => l.Contains("not due any more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ALL_5_A_task_that_does_not_move_its_due_time_is_not_run_in_a_loop()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        reminders.Channel = null;
        reminders.Next = call => call.DueAt;
        await Reminders.Set(desk.Store, ("stuck", Desk.Morning), ("stuck too", Desk.Morning));

        await desk.Settled();
        // Somebody could have set it again meanwhile, so it is not given up at once.
        var runs = reminders.AllDone.Count;
        runs.ShouldBe(2 * 3);
        reminders.Ids.Distinct().ShouldBe(["stuck", "stuck too"], ignoreOrder: true);
        await desk.Settled();
        reminders.AllDone.Count.ShouldBe(runs);
        await desk.Passes(TimeSpan.FromHours(1));

        // Every five minutes at the least often, and by chance up to twice as often.
        reminders.AllDone.Count.ShouldBeInRange(runs * 12, runs * 40);
        desk.Log.Errors.Count().ShouldBe(2);
        reminders.Next = _ => null;
        await desk.Passes(TimeSpan.FromMinutes(5));
        (await desk.Store.Engine.NextDue(DateTimeOffset.MinValue, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task ALL_5_What_is_set_again_for_the_same_moment_while_it_runs_is_no_trouble()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        var again = true;
        await Reminders.Set(desk.Store, ("duty", Desk.Morning));
        reminders.Next = call => Interlocked.Exchange(ref again, false) ? call.DueAt : null;

        await desk.Settled();

        reminders.Ids.ShouldBe(["duty", "duty"]);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_somebody_else_takes_care_of_meanwhile_is_forgotten()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        reminders.Before = (_, _) => throw new InvalidOperationException("broken");
        await Reminders.Set(desk.Store, ("ESC-1", Desk.Morning));
        await desk.Settled();

        reminders.Before = (_, _) => Task.CompletedTask;
        await Reminders.Set(desk.Store, ("ESC-1", null));
        await desk.Passes(TimeSpan.FromHours(1));

        reminders.AllDone.ShouldBeEmpty();
        desk.Log.Errors.ShouldHaveSingleItem();
        // Set again, it is new: nothing of its old trouble is held against it.
        await Reminders.Set(desk.Store, ("ESC-1", desk.Clock.GetUtcNow()));
        await desk.Settled();
        reminders.Ids.ShouldBe(["ESC-1"]);
    }

    [Fact]
    public async Task What_nothing_in_this_release_does_is_logged_once_and_left_alone()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        var change = new Change(Desk.Morning, "test");
        // More than a page of them, in front of what is known.
        for (var i = 0; i < 450; i++)
        {
            change.Due("from.the.future", $"ESC-{i}", Desk.Morning.AddHours(-1));
        }

        await desk.Store.Commit(change, Cancel);
        await Reminders.Set(desk.Store, ("known", Desk.Morning));

        await desk.Settled();
        await desk.Passes(TimeSpan.FromHours(1));

        reminders.Ids.ShouldBe(["known"]);
        desk.Log.Errors.ShouldHaveSingleItem().ShouldContain("from.the.future");
        (
            await desk.Store.Engine.ReadDue(DateTimeOffset.MaxValue, null, 1000, Cancel)
        ).Count.ShouldBe(450);
    }

    [Fact]
    public async Task A_task_that_hangs_is_given_up_and_not_run_beside_itself()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource();
        reminders.Before = (call, _) =>
        {
            if (call.Id != "hangs")
            {
                return Task.CompletedTask;
            }

            begun.TrySetResult();
            return release.Task;
        };
        await Reminders.Set(desk.Store, ("hangs", Desk.Morning));
        var look = desk.DueTimes.Look(Cancel);
        await begun.Task;
        while (!look.IsCompleted)
        {
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        desk.Log.Errors.ShouldHaveSingleItem().ShouldContain(nameof(TimeoutException));
        await Reminders.Set(desk.Store, ("ESC-1", desk.Clock.GetUtcNow()));
        await desk.Passes(TimeSpan.FromMinutes(20));
        reminders.Ids.ShouldBe(["ESC-1"]);

        // It ends after all, too late to commit, and is run again.
        release.SetResult();
        await desk.Passes(TimeSpan.FromMinutes(20));
        reminders.Ids.ShouldBe(["ESC-1", "hangs"]);
    }

    [Fact]
    public async Task While_the_disk_is_full_nothing_is_held_against_a_task_and_one_line_is_logged()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        await Reminders.Set(
            desk.Store,
            Enumerable.Range(0, 50).Select(i => ($"ESC-{i}", (DateTimeOffset?)Desk.Morning))
        );
        reminders.Before = (_, _) => throw new StoreUnwritableException("The disk is full.");

        await desk.Settled();
        await desk.Settled();
        // The timer looks, too, and whoever was first writes the line, maybe a moment after the other has gone on.
        while (!desk.Log.Errors.Any())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        desk.Log.Errors.ShouldHaveSingleItem().ShouldContain("The disk is full.");

        reminders.Before = (_, _) => Task.CompletedTask;
        await desk.Settled();
        reminders.Ids.Count().ShouldBe(50);
        desk.Log.Errors.ShouldHaveSingleItem();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"\(ref [0-9a-f]{6}\)", RegexOptions.None, 1000)]
    private static partial Regex Reference();
}
