using System.Diagnostics.Metrics;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Xunit;
using static Sidecar.Tests.Outbox.PumpBench;

namespace Sidecar.Tests.Outbox;

public sealed class OutboxRefusalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public async Task What_a_channel_refuses_is_parked_and_the_person_is_told_once_what_to_do(
        int keptWhole
    )
    {
        await using var bench = await Start(o => o with { KeptWhole = keptWhole });
        bench.Chat.Closed["war-room"] = ChatObstacle.NotAdmitted;

        await bench.Commit(Card("ESC-1", "new"), Reply("ESC-1", "raised"), Reply("ESC-1", "owner"));
        await bench.Settle();
        await bench.Commit(Card("ESC-1", "acknowledged"));
        await bench.Settle();

        var told = bench.Chat.Texts("dm-engineer").ShouldHaveSingleItem();
        told.ShouldContain("**ESC-1**");
        told.ShouldContain("`/invite @bot`");
        var parked = await bench.Parked();
        parked.Count.ShouldBe(4);
        parked[0].Problem.ShouldNotBeNull().ShouldContain("invite it");
        parked[1].Problem.ShouldNotBeNull().ShouldContain("never posted");
        bench.Pump.Health.Parked.ShouldBe(4);
        bench.Pump.Health.Queued.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_released_is_delivered_in_its_old_order()
    {
        await using var bench = await Start();
        bench.Chat.Closed["war-room"] = ChatObstacle.NotAdmitted;
        await bench.Commit(Card("ESC-1", "new"), Reply("ESC-1", "raised"), Card("ESC-2", "second"));
        await bench.Settle();

        bench.Chat.Closed.Clear();
        (await bench.Pump.ReleaseLane("channel:war-room", Cancel)).ShouldBe(3);
        await bench.Settle();

        bench.Chat.Texts("war-room").ShouldBe(["new", "raised", "second"]);
        bench.Pump.Health.Parked.ShouldBe(0);
        (await bench.Pump.ReleaseLane("channel:war-room", Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task One_effect_can_be_released_by_itself()
    {
        await using var bench = await Start();
        bench.Chat.Closed["war-room"] = ChatObstacle.Archived;
        await bench.Commit(Card("ESC-1", "new"), Card("ESC-2", "second"));
        await bench.Settle();
        var parked = await bench.Parked();

        bench.Chat.Closed.Clear();
        (await bench.Pump.Release(parked[1].Effect.Id, Cancel)).ShouldBe(1);
        await bench.Settle();

        bench.Chat.Texts("war-room").ShouldBe(["second"]);
        bench.Pump.Health.Parked.ShouldBe(1);
    }

    [Fact]
    public async Task Refused_again_after_something_got_through_is_told_again()
    {
        await using var bench = await Start();
        for (var round = 0; round < 2; round++)
        {
            bench.Chat.Closed["war-room"] = ChatObstacle.NotAdmitted;
            await bench.Commit(Card("ESC-1", $"new {round}"));
            await bench.Settle();
            bench.Chat.Closed.Clear();
            await bench.Pump.ReleaseLane("channel:war-room", Cancel);
            await bench.Settle();
        }

        bench.Chat.Texts("dm-engineer").Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_notice_carries_a_button_that_tries_again()
    {
        await using var bench = await Start(o =>
            o with
            {
                TryAgain = lane => new CardControl("outbox.release", "Try again", lane),
            }
        );
        bench.Chat.Closed["war-room"] = ChatObstacle.NotAdmitted;
        await bench.Commit(Card("ESC-1", "new"));
        await bench.Settle();

        var notice = bench.Chat.In("dm-engineer").ShouldHaveSingleItem();
        var button = notice.Card.ShouldNotBeNull().Controls.ShouldHaveSingleItem();
        button.Payload.ShouldBe("channel:war-room");
    }

    [Fact]
    public async Task Nobody_is_told_about_a_refused_message_to_themselves()
    {
        await using var bench = await Start();
        bench.Chat.Closed["dm-engineer"] = ChatObstacle.Unknown;
        await bench.Commit(Tell("engineer", "hello") with { OnBehalfOf = new UserId("engineer") });
        await bench.Settle();

        (await bench.Parked()).ShouldHaveSingleItem();
        (await bench.Outbox()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_meter_counts_what_was_delivered_retried_and_refused()
    {
        await using var bench = await Start();
        Dictionary<string, long> sums = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, bench.Pump))
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((i, n, _, _) => Add(i.Name, n));
        listener.SetMeasurementEventCallback<int>((i, n, _, _) => Add(i.Name, n));
        listener.Start();

        bench.Chat.Closed["war-room"] = ChatObstacle.Archived;
        await bench.Commit(Card("ESC-1", "refused"), Card("ESC-2", "fine", "other-room"));
        await bench.Settle();
        bench.Chat.Mishaps = (_, _) => Mishap.LostRequest;
        await bench.Commit(Card("ESC-3", "waits", "third-room"));
        await bench.Settle();
        listener.RecordObservableInstruments();

        // The notice of the refusal is delivered too.
        sums["escalate.outbox.delivered"].ShouldBe(2);
        sums["escalate.outbox.refused"].ShouldBe(1);
        sums["escalate.outbox.retried"].ShouldBe(1);
        sums["escalate.outbox.waiting"].ShouldBe(1);
        sums["escalate.outbox.dead_letters"].ShouldBe(1);

        void Add(string name, long number)
        {
            lock (sums)
            {
                sums[name] = sums.GetValueOrDefault(name) + number;
            }
        }
    }

    [Fact]
    public async Task A_deleted_card_stays_deleted_until_something_changes_and_then_comes_back_once()
    {
        await using var bench = await Start();
        await bench.Commit(Card("ESC-1", "new"));
        await bench.Settle();
        bench.Chat.Delete(bench.Chat.In("war-room")[0].At.Post);
        await bench.Settle();
        bench.Chat.Texts("war-room").ShouldBeEmpty();

        await bench.Commit(Card("ESC-1", "acknowledged"));
        await bench.Settle();
        await bench.Commit(Card("ESC-1", "resolved"));
        await bench.Settle();

        bench.Chat.Texts("war-room").ShouldBe(["resolved"]);
    }

    [Fact]
    public async Task A_card_deleted_before_we_knew_it_had_arrived_is_not_posted_again()
    {
        await using var bench = await Start();
        bench.Chat.Mishaps = (name, _) => name == "post" ? Mishap.LostAnswer : Mishap.None;
        await bench.Commit(Card("ESC-1", "new"));
        await bench.Settle();
        bench.Chat.Delete(bench.Chat.In("war-room")[0].At.Post);

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Drain();

        bench.Chat.Texts("war-room").ShouldBeEmpty();
    }

    [Fact]
    public async Task Replies_to_a_deleted_card_go_on_in_a_thread_of_their_own()
    {
        await using var bench = await Start();
        await bench.Commit(Card("ESC-1", "new"));
        await bench.Settle();
        bench.Chat.Delete(bench.Chat.In("war-room")[0].At.Post);

        await bench.Commit(Reply("ESC-1", "one"), Reply("ESC-1", "two"));
        await bench.Settle();

        var posts = bench.Chat.In("war-room");
        posts.Select(p => p.Text).ShouldBe(["one", "two"]);
        posts[1].At.Thread.ShouldBe(posts[0].At.Post);
    }
}
