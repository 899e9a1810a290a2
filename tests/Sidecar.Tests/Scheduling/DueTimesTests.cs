using Mattermost.Simulator;
using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Scheduling;

/// <summary>What falls due is done once, whatever happens to the process and to the clock.</summary>
public sealed class DueTimesTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task ALL_5_What_falls_due_is_done_once_and_each_at_its_own_time()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        var noon = Desk.Morning + (3 * Hour);
        await Reminders.Set(
            desk.Store,
            ("late", noon),
            ("early", Desk.Morning + Hour),
            ("never", noon + (5 * Hour))
        );

        await desk.Passes(TimeSpan.FromHours(4));

        reminders
            .AllDone.Select(c => (c.Id, c.DueAt, c.Now))
            .ShouldBe([("early", Desk.Morning + Hour, Desk.Morning + Hour), ("late", noon, noon)]);
        Titles(desk).ShouldBe(["early", "late"]);
        await desk.Passes(Hour);
        Titles(desk).ShouldBe(["early", "late"]);
    }

    [Fact]
    public async Task ALL_5_What_comes_again_and_again_comes_at_each_of_its_times()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        reminders.Next = call => call.DueAt + Hour;
        await Reminders.Set(desk.Store, ("hourly", Desk.Morning + Hour));

        await desk.Passes(5 * Hour);

        reminders.AllDone.Select(c => (c.Now - Desk.Morning).TotalHours).ShouldBe([1, 2, 3, 4, 5]);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ALL_5_What_was_missed_while_the_process_was_down_is_caught_up_once()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        await Reminders.Set(desk.Store, ("ESC-1", Desk.Morning + Hour));

        await desk.PassesWhileDown(5 * Hour);

        var call = reminders.AllDone.ShouldHaveSingleItem();
        (call.DueAt, call.Now).ShouldBe((Desk.Morning + Hour, Desk.Morning + (5 * Hour)));
        await desk.PassesWhileDown(5 * Hour);
        reminders.AllDone.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ALL_5_A_restart_in_the_middle_of_a_task_neither_loses_nor_doubles_it()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        reminders.Before = (_, cancel) =>
        {
            begun.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        };
        await Reminders.Set(desk.Store, ("ESC-1", Desk.Morning));
        // By whoever looks first: Quartz does it too.
        using var stop = new CancellationTokenSource();
        var look = desk.DueTimes.Look(stop.Token);
        await begun.Task;

        var stopped = desk.StopSidecar();
        await stop.CancelAsync();
        await look;
        await stopped;
        reminders.AllDone.ShouldBeEmpty();
        reminders.Before = (_, _) => Task.CompletedTask;
        await desk.StartSidecar();
        await desk.Settled();

        reminders.Ids.ShouldBe(["ESC-1"]);
        Titles(desk).ShouldBe(["ESC-1"]);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ALL_5_A_stop_between_a_tasks_commit_and_its_effects_loses_no_effect()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        desk.Mattermost.Faults.Next(100, "POST", "/api/v4/posts", Fault.ResetAfter);
        await Reminders.Set(desk.Store, ("ESC-1", Desk.Morning));
        await desk.Settled();
        desk.Pump.Health.Queued.ShouldBe(1);

        desk.Mattermost.Faults.Clear();
        await desk.PassesWhileDown(Hour);

        Titles(desk).ShouldBe(["ESC-1"]);
        reminders.Ids.ShouldBe(["ESC-1"]);
    }

    [Fact]
    public async Task ALL_5_A_clock_set_forward_is_noticed_without_a_restart()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        await Reminders.Set(desk.Store, ("ESC-1", Desk.Morning + (2 * Hour)));
        await desk.Settled();

        desk.Clock.SetWall(Desk.Morning + (3 * Hour));
        desk.Clock.Advance(TimeSpan.FromSeconds(10));
        await reminders.OneMore();

        reminders.AllDone.ShouldHaveSingleItem().DueAt.ShouldBe(Desk.Morning + (2 * Hour));
    }

    [Fact]
    public async Task ALL_5_A_clock_set_back_puts_off_what_is_due_and_stops_nothing()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        await Reminders.Set(desk.Store, ("ESC-1", Desk.Morning + TimeSpan.FromSeconds(30)));
        await desk.Settled();

        desk.Clock.SetWall(Desk.Morning - Hour);
        desk.Clock.Advance(Hour);
        await desk.Settled();
        reminders.AllDone.ShouldBeEmpty();
        // The heartbeat goes by what has passed, not by what the wall says: it has not stopped for an hour.
        desk.Clock.Advance(TimeSpan.FromSeconds(40));
        await reminders.OneMore();

        reminders.Ids.ShouldBe(["ESC-1"]);
    }

    [Fact]
    public async Task ALL_5_Quartz_wakes_the_process_at_the_due_time()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        await desk.Settled();
        await Reminders.Set(desk.Store, ("later", desk.Clock.GetUtcNow().AddSeconds(6)));
        await Reminders.Set(desk.Store, ("sooner", desk.Clock.GetUtcNow().AddSeconds(3)));

        // Nobody but Quartz looks, and its heartbeat is further away.
        await Woken(desk, reminders, TimeSpan.FromSeconds(3));
        reminders.Ids.ShouldBe(["sooner"]);
        await Woken(desk, reminders, TimeSpan.FromSeconds(3));
        reminders.Ids.ShouldBe(["sooner", "later"]);
    }

    // A look that was still under way when the clock was moved takes a breath, for which a standing clock has no time.
    private static async Task Woken(Desk desk, Reminders reminders, TimeSpan after)
    {
        desk.Clock.Advance(after);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await reminders.OneMore(TimeSpan.FromSeconds(5));
                return;
            }
            catch (TimeoutException) when (tries < 10)
            {
                desk.Clock.Advance(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    [Fact]
    public async Task ALL_5_Ten_thousand_in_one_second_are_each_done_once_while_commands_are_answered()
    {
        const int many = 10_000;
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        reminders.Channel = null;
        await Reminders.Set(
            desk.Store,
            Enumerable
                .Range(0, many)
                .Select(i =>
                    (
                        $"ESC-{i}",
                        (DateTimeOffset?)Desk.Morning.AddHours(-1).AddMilliseconds(i % 1000)
                    )
                )
        );

        var look = desk.DueTimes.Look(TestContext.Current.CancellationToken);
        await desk.Mattermost.As("tam").Execute(Desk.Square, "/escalate new acme sev1 Down");
        var doneWhenAnswered = reminders.AllDone.Count;
        await look;

        doneWhenAnswered.ShouldBeLessThan(many);
        reminders.Ids.Count().ShouldBe(many);
        reminders.Ids.ShouldBeUnique();
        reminders.Most.ShouldBeLessThanOrEqualTo(4);
        (
            await desk.Store.Engine.ReadDue(
                DateTimeOffset.MaxValue,
                null,
                many,
                TestContext.Current.CancellationToken
            )
        )
            .Where(d => d.Kind == Reminder.Kind)
            .ShouldBeEmpty();
        await desk.Settled();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Different_ones_run_side_by_side_up_to_four()
    {
        var reminders = new Reminders();
        await using var desk = await reminders.Open();
        using var four = new CountdownEvent(4);
        var all = new TaskCompletionSource();
        reminders.Before = (_, _) =>
        {
            if (!four.IsSet && four.Signal())
            {
                all.SetResult();
            }

            return all.Task;
        };
        await Reminders.Set(
            desk.Store,
            Enumerable.Range(0, 12).Select(i => ($"ESC-{i}", (DateTimeOffset?)Desk.Morning))
        );

        await desk.Settled();

        reminders.Ids.Count().ShouldBe(12);
        reminders.Most.ShouldBe(4);
    }

    private static IEnumerable<string> Titles(Desk desk) =>
        desk.Cards().Select(c => c.Attachments[0].Title);
}
