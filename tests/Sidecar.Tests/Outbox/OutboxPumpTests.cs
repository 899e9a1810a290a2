using Shouldly;
using Sidecar.Ids;
using Sidecar.Outbox;
using Sidecar.Storage;
using Xunit;
using static Sidecar.Tests.Outbox.PumpBench;

namespace Sidecar.Tests.Outbox;

public sealed class OutboxPumpTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_card_is_posted_once_and_then_brought_up_to_date_in_place()
    {
        await using var bench = await Start();

        await bench.Commit(Card("ESC-1/card", "new"));
        await bench.Settle();
        await bench.Commit(Card("ESC-1/card", "acknowledged"));
        await bench.Settle();

        bench.Chat.Texts("war-room").ShouldBe(["acknowledged"]);
        (await bench.Outbox()).ShouldBeEmpty();
        var at = await bench.Store.Find(PostedPosts.Kind, "ESC-1/card", Cancel);
        at.ShouldNotBeNull().Value.Post.ShouldBe(bench.Chat.In("war-room")[0].At.Post);
    }

    [Fact]
    public async Task A_reply_goes_below_the_card_that_was_committed_with_it()
    {
        await using var bench = await Start();

        await bench.Commit(
            Card("ESC-1/card", "new"),
            Reply("ESC-1/card", "raised"),
            Tell("lead", "look")
        );
        await bench.Settle();

        var (card, reply) = (bench.Chat.In("war-room")[0], bench.Chat.In("war-room")[1]);
        reply.Text.ShouldBe("raised");
        reply.At.Thread.ShouldBe(card.At.Post);
        bench.Chat.Texts("dm-lead").ShouldBe(["look"]);
    }

    [Fact]
    public async Task Of_several_waiting_changes_of_a_card_only_the_last_is_sent()
    {
        await using var bench = await Start();
        var down = true;
        bench.Chat.Mishaps = (_, _) => down ? Mishap.LostRequest : Mishap.None;
        await bench.Commit(Card("ESC-1/card", "1"));
        await bench.Settle();

        await bench.Commit(Reply("ESC-1/card", "said"), Card("ESC-1/card", "2"));
        await bench.Commit(Card("ESC-1/card", "3"), Card("ESC-2/card", "other"));
        down = false;
        await bench.Drain();

        bench.Chat.Texts("war-room").ShouldBe(["3", "said", "other"]);
        bench.Chat.Requests.ShouldNotContain(r => r.StartsWith("update", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lane_that_waits_does_not_hold_up_others()
    {
        await using var bench = await Start();
        bench.Chat.Mishaps = (_, about) => about == "war-room" ? Mishap.LostRequest : Mishap.None;

        await bench.Commit(Card("ESC-1/card", "stuck"), Reply("ESC-1/card", "behind it"));
        await bench.Commit(Card("ESC-2/card", "fine", "other-room"));
        await bench.Settle();

        bench.Chat.Texts("other-room").ShouldBe(["fine"]);
        bench.Chat.Texts("war-room").ShouldBeEmpty();
        bench.Pump.Health.Queued.ShouldBe(2);
    }

    [Fact]
    public async Task What_may_have_arrived_is_looked_for_before_it_is_sent_again()
    {
        await using var bench = await Start();
        var once = new[] { Mishap.LostAnswer }.AsEnumerable().GetEnumerator();
        bench.Chat.Mishaps = (name, _) =>
            name == "post" && once.MoveNext() ? once.Current : Mishap.None;

        await bench.Commit(Card("ESC-1/card", "new"));
        await bench.Settle();
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        await bench.Drain();

        bench.Chat.Texts("war-room").ShouldBe(["new"]);
        bench.Chat.Requests.ShouldBe(["post war-room", "find war-room"]);
    }

    [Fact]
    public async Task After_a_crash_between_post_and_commit_the_post_is_found_again()
    {
        await using var bench = await Start();
        bench.Chat.Mishaps = (name, _) => name == "post" ? Mishap.HangsAfter : Mishap.None;
        await bench.Commit(Card("ESC-1/card", "new"), Reply("ESC-1/card", "said"));
        await bench.Chat.WhenHanging();

        await bench.Crash();
        bench.Chat.Mishaps = (_, _) => Mishap.None;
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.Begin();
        await bench.Drain();

        bench.Chat.Texts("war-room").ShouldBe(["new", "said"]);
        // Only the first of a lane can have been on its way.
        bench.Chat.Requests.Count(r => r.StartsWith("find", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_card_found_after_a_crash_shows_what_was_committed_since()
    {
        await using var bench = await Start();
        bench.Chat.Mishaps = (name, _) => name == "post" ? Mishap.HangsAfter : Mishap.None;
        await bench.Commit(Card("ESC-1/card", "new"));
        await bench.Chat.WhenHanging();
        await bench.Commit(Card("ESC-1/card", "acknowledged"));

        await bench.Crash();
        bench.Chat.Mishaps = (_, _) => Mishap.None;
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.Begin();
        await bench.Drain();

        bench.Chat.Texts("war-room").ShouldBe(["acknowledged"]);
    }

    [Fact]
    public async Task A_server_that_is_busy_is_left_alone_as_long_as_it_asks()
    {
        await using var bench = await Start();
        var busy = true;
        bench.Chat.RetryAfter = TimeSpan.FromSeconds(7);
        bench.Chat.Mishaps = (_, _) => busy ? Mishap.Busy : Mishap.None;

        await bench.Commit(Card("ESC-1/card", "a"));
        await bench.Settle();
        busy = false;
        await bench.Commit(Card("ESC-2/card", "b", "other-room"));
        bench.Clock.Advance(TimeSpan.FromSeconds(6.9));
        await bench.Settle();
        bench.Chat.Requests.Count.ShouldBe(1);

        bench.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await bench.Settle();
        bench.Chat.Texts("war-room").ShouldBe(["a"]);
        bench.Chat.Texts("other-room").ShouldBe(["b"]);
    }

    [Fact]
    public async Task Trouble_is_tried_again_ever_more_rarely_but_never_given_up()
    {
        await using var bench = await Start();
        bench.Chat.Mishaps = (name, _) => name == "post" ? Mishap.LostRequest : Mishap.None;

        await bench.Commit(Card("ESC-1/card", "new"));
        await bench.Settle();
        var end = bench.Clock.GetUtcNow().AddHours(10);
        while (bench.Clock.GetUtcNow() < end)
        {
            bench.Clock.AdvanceTo(bench.Clock.NextTimer.ShouldNotBeNull());
            await bench.Settle();
        }

        // 120 waits of five minutes are ten hours; chance makes a wait shorter by up to a half.
        bench.Chat.Requests.Count(r => r == "post war-room").ShouldBeInRange(120, 260);
        (await bench.Outbox()).ShouldHaveSingleItem().Attempts.ShouldBeInRange(110, 260);

        bench.Chat.Mishaps = (_, _) => Mishap.None;
        await bench.Drain();
        bench.Chat.Texts("war-room").ShouldBe(["new"]);
    }

    [Fact]
    public async Task When_the_server_is_back_everybody_is_served_at_once()
    {
        await using var bench = await Start();
        var down = true;
        bench.Chat.Mishaps = (_, _) => down ? Mishap.LostRequest : Mishap.None;
        foreach (var room in new[] { "a", "b", "c", "d", "e" })
        {
            await bench.Commit(Card($"ESC-{room}", room, room));
        }

        await bench.Settle();
        for (var time = 0; time < 60; time++)
        {
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
            await bench.Settle();
        }

        down = false;
        bench.Clock.AdvanceTo(bench.Clock.NextTimer.ShouldNotBeNull());
        await bench.Settle();

        bench.Pump.Health.Queued.ShouldBe(0);
    }

    [Fact]
    public async Task What_fails_while_others_get_through_is_not_put_off_for_minutes_within_a_second()
    {
        await using var bench = await Start();
        string[] rooms = ["a", "b", "c", "d", "e"];
        var down = true;
        bench.Chat.Mishaps = (_, about) =>
            down && rooms.Contains(about) ? Mishap.LostRequest : Mishap.None;
        foreach (var room in rooms)
        {
            await bench.Commit(Card($"ESC-{room}", room, room));
        }

        for (var other = 0; other < 30; other++)
        {
            await bench.Commit(Card($"ESC-{other}", "new", "fine"));
            await bench.Settle();
        }

        down = false;
        bench.Clock.Advance(bench.Options.FirstRetry);
        await bench.Settle();
        bench.Pump.Health.Queued.ShouldBe(0);
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_stops_everything_until_it_is()
    {
        await using var bench = await Start();
        var locked = true;
        bench.Chat.Mishaps = (_, _) => locked ? Mishap.LockedOut : Mishap.None;
        foreach (var room in new[] { "a", "b", "c" })
        {
            await bench.Commit(Card($"ESC-{room}", room, room));
        }

        await bench.Settle();
        bench.Pump.Health.LockedOutSince.ShouldNotBeNull();
        var asked = bench.Chat.Requests.Count;
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Settle();
        bench.Chat.Requests.Count.ShouldBe(asked + 1);

        locked = false;
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Settle();
        bench.Pump.Health.LockedOutSince.ShouldBeNull();
        bench.Pump.Health.Queued.ShouldBe(0);
    }

    [Fact]
    public async Task Requests_keep_to_the_pace_and_every_lane_gets_its_turn()
    {
        await using var bench = await Start(o => o with { PerSecond = 10, Burst = 5, Lanes = 2 });
        await bench.Commit([
            .. Enumerable.Range(0, 30).Select(i => Card($"ESC-{i}", $"{i}", "busy-room")),
        ]);
        await bench.Commit(Card("ESC-99", "99", "quiet-room"));
        await bench.Settle();

        bench.Chat.Requests.Count.ShouldBe(5);
        bench.Chat.Texts("quiet-room").ShouldBe(["99"]);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var tick = 0; tick < 10; tick++)
        {
            await bench.Settle();
            bench.Clock.Advance(TimeSpan.Zero);
        }

        bench.Chat.Requests.Count.ShouldBe(10);
        await bench.Drain();
        bench.Chat.Texts("busy-room").ShouldBe(Enumerable.Range(0, 30).Select(i => $"{i}"));
        bench.Chat.MostAtOnce.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_clean_stop_finishes_what_is_at_work_and_begins_nothing()
    {
        await using var bench = await Start();
        bench.Chat.Mishaps = (name, about) =>
            name == "post" && about == "war-room" ? Mishap.HangsAfter : Mishap.None;
        await bench.Commit(Card("ESC-1/card", "new"), Reply("ESC-1/card", "said"));
        await bench.Chat.WhenHanging();

        var stopped = bench.Stop();
        stopped.IsCompleted.ShouldBeFalse();
        bench.Clock.Advance(TimeSpan.FromSeconds(15));
        await stopped;

        bench.Chat.Texts("war-room").ShouldBe(["new"]);
        bench.Chat.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task More_than_memory_should_hold_is_delivered_all_the_same()
    {
        await using var bench = await Start(o => o with { PerSecond = 1e6, Burst = 100_000 });
        var locked = true;
        bench.Chat.Mishaps = (_, _) => locked ? Mishap.LockedOut : Mishap.None;
        for (var batch = 0; batch < 12; batch++)
        {
            await bench.Commit([
                .. Enumerable.Range(batch * 500, 500).Select(i => Tell($"p{i % 50}", $"{i}")),
            ]);
        }

        await bench.Settle();
        bench.Pump.Health.Queued.ShouldBe(6000);
        locked = false;
        await bench.Drain();

        for (var person = 0; person < 50; person++)
        {
            bench
                .Chat.Texts($"dm-p{person}")
                .ShouldBe(Enumerable.Range(0, 120).Select(i => $"{(i * 50) + person}"));
        }
    }

    [Fact]
    public async Task What_arrived_is_not_sent_again_though_the_disk_was_full_when_it_did()
    {
        await using var bench = await Start();
        bench.Disk.IsFull = commit => commit.Settlements.Count > 0;
        await bench.Commit(Card("ESC-1/card", "new"));
        await bench.Settle();
        await bench.Commit(Card("ESC-1/card", "acknowledged"));
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.Settle();
        bench.Chat.Requests.ShouldBe(["post war-room"]);

        bench.Disk.IsFull = _ => false;
        await bench.Drain();

        bench.Chat.Texts("war-room").ShouldBe(["acknowledged"]);
        bench.Chat.Requests.ShouldBe(["post war-room", "update post1"]);
    }

    [Fact]
    public async Task An_effect_nobody_can_read_is_parked_and_the_lane_goes_on()
    {
        await using var bench = await Start();
        var odd = new OutboxWrite(
            EffectId.New(),
            "channel:war-room",
            """{"effect":"teleport"}"""u8.ToArray(),
            bench.Clock.GetUtcNow()
        );
        await bench.Store.Engine.Commit(new StoreCommit { Outbox = [odd] }, Cancel);
        await bench.Commit(Card("ESC-1/card", "new"));
        await bench.Settle();

        bench.Chat.Texts("war-room").ShouldBe(["new"]);
        (await bench.Parked())
            .ShouldHaveSingleItem()
            .Problem.ShouldNotBeNull()
            .ShouldContain("can't be read");
    }
}
