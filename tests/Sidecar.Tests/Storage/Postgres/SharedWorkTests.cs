using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Mattermost;
using Sidecar.Storage;
using Sidecar.Storage.Postgres;
using Sidecar.Tests.Outbox;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Storage.Postgres;

/// <summary>HA-1: several sidecars on one database, none of them special.</summary>
public sealed class SharedWorkTests
{
    private const int Channels = 40;
    private static readonly TimeSpan TakenOverWithin = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HA_1_Two_sidecars_have_about_half_of_the_work_each_and_no_part_twice()
    {
        await using var bench = new SharedBench();
        var first = await bench.Start();
        first.Holds().ShouldBe(WorkShares.All.Count);

        var second = await bench.Start();
        await bench.Shared();

        first.Holds().ShouldBe((WorkShares.All.Count + 1) / 2);
        second.Holds().ShouldBe(WorkShares.All.Count / 2);
        foreach (var name in WorkShares.All)
        {
            (first.Leases.Held(name) is null).ShouldBe(second.Leases.Held(name) is not null, name);
        }
    }

    [Fact]
    public async Task HA_1_Whoever_dies_is_followed_within_thirty_seconds_and_nothing_is_lost_or_doubled()
    {
        await using var bench = new SharedBench();
        var (dying, living) = (await bench.Start(), await bench.Start());
        await bench.Shared();
        // It dies in the middle of its first deliveries.
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource();
        dying.Gate.Gate = name => name == "Post" ? Sent() : Task.CompletedTask;
        for (var i = 0; i < Channels; i++)
        {
            await living.Says($"room{i}", "one");
            await living.Says($"room{i}", "two");
        }

        await dying.Leases.Beat(Cancel);
        await sent.Task.WaitAsync(Cancel);
        await bench.Kill(dying);
        var taken = await bench.Until(() =>
            Enumerable.Range(0, Channels).All(i => bench.Chat.Texts($"room{i}").Count >= 2)
        );

        taken.ShouldBeLessThanOrEqualTo(TakenOverWithin);
        await bench.Passes(TimeSpan.FromMinutes(1));
        for (var i = 0; i < Channels; i++)
        {
            bench.Chat.Texts($"room{i}").ShouldBe(["one", "two"], $"room{i}");
        }

        (await living.Engine.ReadOutbox(0, 10, Cancel)).ShouldBeEmpty();

        Task Sent()
        {
            sent.TrySetResult();
            return never.Task;
        }
    }

    [Fact]
    public async Task HA_1_Whoever_stops_as_it_should_is_followed_at_once()
    {
        await using var bench = new SharedBench();
        var (leaving, staying) = (await bench.Start(), await bench.Start());
        await bench.Shared();
        bench.Awake.Remove(leaving);

        await leaving.Stop();
        await staying.Leases.Beat(Cancel);

        staying.Holds().ShouldBe(WorkShares.All.Count);
    }

    [Fact]
    public async Task HA_1_A_sidecar_frozen_in_the_middle_of_a_delivery_does_not_send_it_when_it_wakes()
    {
        await using var bench = new SharedBench();
        var frozen = await bench.Start();
        var asleep = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var awake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        frozen.Gate.Gate = name =>
            name == nameof(IChat.DirectChannel) ? Sleep() : Task.CompletedTask;
        await frozen.Commit(PumpBench.Tell("engineer", "once"));
        await asleep.Task.WaitAsync(Cancel);
        bench.Awake.Remove(frozen);
        var other = await bench.Start();
        (
            await bench.Until(() => bench.Chat.Texts("dm-engineer").Count > 0)
        ).ShouldBeLessThanOrEqualTo(TakenOverWithin);
        // Mattermost itself has forgotten the delivery by now.
        await bench.Passes(TimeSpan.FromMinutes(2));

        frozen.Own.Advance(TimeSpan.FromMinutes(3));
        awake.SetResult();
        bench.Awake.Add(frozen);
        await bench.Shared();
        await bench.Passes(TimeSpan.FromMinutes(1));

        bench.Chat.Texts("dm-engineer").ShouldBe(["once"]);
        (await other.Engine.ReadOutbox(0, 10, Cancel)).ShouldBeEmpty();

        Task Sleep()
        {
            asleep.TrySetResult();
            return awake.Task;
        }
    }

    [Fact]
    public async Task HA_1_What_a_frozen_sidecar_commits_under_a_lease_that_it_lost_is_refused()
    {
        await using var bench = new SharedBench();
        var frozen = await bench.Start();
        var share = WorkShares.Of("ESC-1");
        bench.Awake.Remove(frozen);
        Machine other;
        using (frozen.Leases.Begin(share))
        {
            other = await bench.Start();
            await bench.Until(() => other.Leases.Held(share) is not null);

            // By its own clock no time has passed: it does not know.
            frozen.Leases.Held(share).ShouldNotBeNull();
            await Should.ThrowAsync<LeaseLostException>(() => frozen.Says("room", "late"));
        }

        await bench.Look();
        bench.Chat.Texts("room").ShouldBeEmpty();
        await other.Says("room", "in time");
        await bench.Look();
        bench.Chat.Texts("room").ShouldBe(["in time"]);
    }

    [Fact]
    public async Task HA_1_A_sidecar_that_can_not_beat_stops_before_another_takes_over()
    {
        await using var bench = new SharedBench();
        var cutOff = await bench.Start();
        bench.Awake.Remove(cutOff);
        var options = new LeaseOptions();

        cutOff.Own.Advance(options.HeldFor);

        cutOff.Holds().ShouldBe(0);
        options.HeldFor.ShouldBeLessThan(options.DeadAfter);
    }

    [Fact]
    public async Task HA_1_A_commit_on_one_wakes_the_one_that_delivers()
    {
        await using var bench = new SharedBench();
        var (first, second) = (await bench.Start(), await bench.Start());
        await bench.Shared();
        var theirs = Enumerable
            .Range(0, 1000)
            .Select(i => $"room{i}")
            .First(room => second.Leases.Held(WorkShares.Of(LaneOf(room))) is not null);
        var posted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Chat.Mishaps = (name, about) =>
        {
            if (name == "post" && about == theirs)
            {
                posted.TrySetResult();
            }

            return Mishap.None;
        };

        await first.Says(theirs, "hello");

        // No clock moves: only the notice tells of it.
        await posted.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }

    [Fact]
    public async Task HA_1_Without_notices_the_next_beat_finds_what_waits()
    {
        await using var bench = new SharedBench();
        var first = await bench.Start();
        await bench.Start();
        await bench.Shared();
        PostgresCluster.Shared.Execute(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN {bench.Schema}'"
        );

        for (var i = 0; i < Channels; i++)
        {
            await first.Says($"room{i}", "hello");
        }

        await bench.Look();

        for (var i = 0; i < Channels; i++)
        {
            bench.Chat.Texts($"room{i}").ShouldBe(["hello"], $"room{i}");
        }
    }

    [Fact]
    public async Task HA_1_What_is_released_on_one_is_delivered_by_the_one_that_has_the_lane()
    {
        await using var bench = new SharedBench();
        var (first, second) = (await bench.Start(), await bench.Start());
        await bench.Shared();
        bench.Chat.Closed["room"] = ChatObstacle.Archived;
        await first.Says("room", "hello");
        await bench.Look();
        var parked = (await first.Engine.ReadParked(0, 10, Cancel)).ShouldHaveSingleItem();
        bench.Chat.Closed.Clear();
        var elsewhere = first.Leases.Held(WorkShares.Of(parked.Effect.Lane)) is null
            ? first
            : second;

        (await elsewhere.Pump.Release(parked.Effect.Id, Cancel)).ShouldBe(1);
        await bench.Passes(TimeSpan.FromMinutes(2));

        bench.Chat.Texts("room").ShouldBe(["hello"]);
    }

    [Fact]
    public async Task HA_1_One_person_has_one_pace_whichever_sidecar_they_meet()
    {
        await using var bench = new SharedBench();
        PersonalRateLimit[] paces =
        [
            new(new PostgresPaces((await bench.Start()).Engine)),
            new(new PostgresPaces((await bench.Start()).Engine)),
        ];
        var (person, now) = (new UserId("engineer"), bench.Clock.GetUtcNow());
        for (var i = 0; i < PersonalRateLimit.Burst; i++)
        {
            (await paces[i % 2].TooFast(person, now, Cancel)).ShouldBeNull();
        }

        (await paces[0].TooFast(person, now, Cancel)).ShouldBe("a second");
        (await paces[1].TooFast(person, now, Cancel)).ShouldBe("a second");
        (await paces[1].TooFast(new UserId("lead"), now, Cancel)).ShouldBeNull();
        (await paces[1].TooFast(person, now.AddSeconds(1), Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task HA_1_Sidecars_whose_clocks_are_minutes_apart_go_by_one_time()
    {
        await using var bench = new SharedBench();
        var ahead = await bench.Start(TimeSpan.FromMinutes(5));
        var behind = await bench.Start(TimeSpan.FromMinutes(-5));
        await bench.Shared();

        ahead.Time.GetUtcNow().ShouldBe(bench.Clock.GetUtcNow());
        behind.Time.GetUtcNow().ShouldBe(bench.Clock.GetUtcNow());
        // Nor does anybody count as dead for that.
        await bench.Passes(TimeSpan.FromMinutes(1));
        ahead.Holds().ShouldBeGreaterThan(0);
        behind.Holds().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void HA_1_Shares_are_the_same_in_every_release()
    {
        // A newer release beside an older one must not think otherwise of who does what.
        WorkShares.Of("ESC-1").ShouldBe("share-08");
        WorkShares.Of("").ShouldBe("share-05");
        WorkShares.All.Count.ShouldBe(17);
    }

    private static string LaneOf(string room) =>
        new Effect.Say(new ChannelId(room), null, Markdown.Typed("x"), null) { About = "x" }.Lane;
}
