using Shouldly;
using Sidecar.Ids;
using Sidecar.Storage;
using Xunit;

namespace Sidecar.Tests.Storage;

public abstract partial class StoreEngineConformance
{
    [Fact]
    public async Task Effects_wait_in_the_order_in_which_they_were_committed()
    {
        var first = await Queue("b", "a");
        var second = await Queue("c");

        first.Select(effect => effect.Effect.Id.Value).ShouldBe(["b", "a"]);
        (await Waiting()).ShouldBe(["b", "a", "c"]);
        (await Waiting(after: first[0].Sequence)).ShouldBe(["a", "c"]);
        (await Waiting(after: second[0].Sequence)).ShouldBeEmpty();
        (await Waiting(after: 0, limit: 2)).ShouldBe(["b", "a"]);
    }

    [Fact]
    public async Task An_effect_comes_back_as_it_was_committed()
    {
        var queued = (
            await MustCommit(
                new StoreCommit { Outbox = [Effect("a", "channel-7", """{"text":"ä"}""")] }
            )
        ).ShouldHaveSingleItem();

        var read = (await Engine.ReadOutbox(0, 10, Cancel)).ShouldHaveSingleItem();
        foreach (var effect in new[] { queued, read })
        {
            effect.Sequence.ShouldBe(read.Sequence);
            effect.Effect.Id.Value.ShouldBe("a");
            effect.Effect.Lane.ShouldBe("channel-7");
            Text(effect.Effect.Body).ShouldBe("""{"text":"ä"}""");
            effect.Effect.QueuedAt.ShouldBe(Noon);
            effect.Attempts.ShouldBe(0);
            effect.NotBefore.ShouldBeNull();
            effect.Problem.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_delivered_effect_leaves()
    {
        await Queue("a", "b");
        await Settle(new OutboxSettlement.Delivered(EffectId.From("a")));

        (await Waiting()).ShouldBe(["b"]);
        (await Parked()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_postponed_effect_keeps_its_place_and_says_when_and_why()
    {
        await Queue("a", "b");
        await Settle(
            new OutboxSettlement.Postponed(EffectId.From("a"), Noon.AddSeconds(5), "busy")
        );
        await Settle(
            new OutboxSettlement.Postponed(EffectId.From("a"), Noon.AddSeconds(9), "still busy")
        );

        var read = await Engine.ReadOutbox(0, 10, Cancel);
        read.Select(effect => effect.Effect.Id.Value).ShouldBe(["a", "b"]);
        read[0].Attempts.ShouldBe(2);
        read[0].NotBefore.ShouldBe(Noon.AddSeconds(9));
        read[0].Problem.ShouldBe("still busy");
    }

    [Fact]
    public async Task A_parked_effect_waits_apart_until_it_is_released_to_its_old_place()
    {
        await Queue("a", "b");
        var id = EffectId.From("a");
        await Settle(new OutboxSettlement.Postponed(id, Noon.AddSeconds(5), "busy"));
        await Settle(new OutboxSettlement.Parked(id, "no such channel"));

        (await Waiting()).ShouldBe(["b"]);
        var parked = (await Engine.ReadParked(0, 10, Cancel)).ShouldHaveSingleItem();
        parked.Problem.ShouldBe("no such channel");
        parked.Attempts.ShouldBe(2);
        parked.NotBefore.ShouldBeNull();

        await Settle(new OutboxSettlement.Released(id));
        (await Waiting()).ShouldBe(["a", "b"]);
        (await Parked()).ShouldBeEmpty();
        var released = (await Engine.ReadOutbox(0, 1, Cancel)).ShouldHaveSingleItem();
        released.Attempts.ShouldBe(0);
        released.NotBefore.ShouldBeNull();
        released.Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Settling_what_is_not_in_that_state_does_nothing()
    {
        await Queue("waiting", "parked", "delivered");
        await Settle(new OutboxSettlement.Parked(EffectId.From("parked"), "no such channel"));
        await Settle(new OutboxSettlement.Delivered(EffectId.From("delivered")));

        await Settle(new OutboxSettlement.Postponed(EffectId.From("parked"), Noon, "late"));
        await Settle(new OutboxSettlement.Postponed(EffectId.From("delivered"), Noon, "late"));
        await Settle(new OutboxSettlement.Postponed(EffectId.From("never-queued"), Noon, "late"));

        await Settle(new OutboxSettlement.Released(EffectId.From("waiting")));
        await Settle(new OutboxSettlement.Released(EffectId.From("delivered")));
        await Settle(new OutboxSettlement.Parked(EffectId.From("delivered"), "late"));

        (await Waiting()).ShouldBe(["waiting"]);
        (await Parked()).ShouldBe(["parked"]);
        (await Engine.ReadParked(0, 1, Cancel))[0].Problem.ShouldBe("no such channel");
    }

    [Fact]
    public async Task A_parked_effect_can_turn_out_to_be_delivered()
    {
        await Queue("a");
        await Settle(new OutboxSettlement.Parked(EffectId.From("a"), "timed out"));
        await Settle(new OutboxSettlement.Delivered(EffectId.From("a")));

        (await Parked()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_id_that_is_already_there_is_left_alone()
    {
        var first = await Queue("waiting", "parked", "delivered");
        await Settle(new OutboxSettlement.Parked(EffectId.From("parked"), "no such channel"));
        await Settle(new OutboxSettlement.Delivered(EffectId.From("delivered")));

        var again = await MustCommit(
            new StoreCommit
            {
                Outbox =
                [
                    Effect("delivered", body: "other"),
                    Effect("parked", body: "other"),
                    Effect("new"),
                    Effect("waiting", body: "other"),
                    Effect("new", body: "other"),
                ],
            }
        );

        again.Select(effect => effect.Effect.Id.Value).ShouldBe(["waiting", "new"]);
        again[0].Sequence.ShouldBe(first[0].Sequence);
        Text(again[0].Effect.Body).ShouldBe("{}");
        Text(again[1].Effect.Body).ShouldBe("{}");
        (await Waiting()).ShouldBe(["waiting", "new"]);
        (await Parked()).ShouldBe(["parked"]);
    }

    [Fact]
    public async Task Places_are_never_given_again()
    {
        var first = await Queue("a", "b");
        await Settle(
            new OutboxSettlement.Delivered(EffectId.From("a")),
            new OutboxSettlement.Delivered(EffectId.From("b"))
        );
        await Reopen();

        var next = await Queue("c");

        next[0].Sequence.ShouldBeGreaterThan(first[1].Sequence);
        (await Queue("b")).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<QueuedEffect>> Queue(params IEnumerable<string> ids) =>
        await MustCommit(new StoreCommit { Outbox = [.. ids.Select(id => Effect(id))] });

    private async Task Settle(params IReadOnlyList<OutboxSettlement> settlements) =>
        await MustCommit(new StoreCommit { Settlements = settlements });

    private async Task<IEnumerable<string>> Waiting(long after = 0, int limit = 100) =>
        (await Engine.ReadOutbox(after, limit, Cancel)).Select(effect => effect.Effect.Id.Value);

    private async Task<IEnumerable<string>> Parked() =>
        (await Engine.ReadParked(0, 100, Cancel)).Select(effect => effect.Effect.Id.Value);
}
