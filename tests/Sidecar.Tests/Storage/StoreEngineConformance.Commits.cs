using System.Globalization;
using Shouldly;
using Sidecar.Ids;
using Sidecar.Storage;
using Xunit;

namespace Sidecar.Tests.Storage;

public abstract partial class StoreEngineConformance
{
    [Fact]
    public async Task A_conflict_undoes_everything_of_its_commit()
    {
        await MustCommit(
            new StoreCommit { Documents = [Write("ESC-1", 0, "1")], Outbox = [Effect("sent")] }
        );

        var outcome = await Engine.Commit(
            new StoreCommit
            {
                Documents = [Write("ESC-2", 0, "new", ByState("open")), Write("ESC-1", 9, "late")],
                Due = [new DueTime("escalation", "ESC-2", Noon)],
                Outbox = [Effect("of-the-loser")],
                Settlements = [new OutboxSettlement.Delivered(EffectId.From("sent"))],
                Audit = [Audit("ESC-2", "raised")],
            },
            Cancel
        );

        outcome.ShouldBe(new CommitOutcome.Conflict(Key("ESC-1")));
        (await BodyOf("ESC-2")).ShouldBeNull();
        (await IdsIn("state", IndexKey.Empty)).ShouldBeEmpty();
        (await Engine.NextDue(DateTimeOffset.MinValue, Cancel)).ShouldBeNull();
        (await Engine.ReadAudit(0, 10, Cancel)).ShouldBeEmpty();
        (await Engine.ReadOutbox(0, 10, Cancel))
            .ShouldHaveSingleItem()
            .Effect.Id.Value.ShouldBe("sent");
    }

    [Fact]
    public async Task All_parts_of_a_commit_appear_together()
    {
        await MustCommit(
            new StoreCommit
            {
                Documents = [Write("ESC-1", 0, "1", ByState("open"))],
                Due = [new DueTime("escalation", "ESC-1", Noon)],
                Outbox = [Effect("post")],
                Audit = [Audit("ESC-1", "raised")],
            }
        );

        (await IdsIn("state", IndexKey.Empty.Then("open"))).ShouldBe(["ESC-1"]);
        (await Engine.NextDue(DateTimeOffset.MinValue, Cancel)).ShouldBe(Noon);
        (await Engine.ReadOutbox(0, 10, Cancel)).Count.ShouldBe(1);
        (await Engine.ReadAudit("ESC-1", 0, 10, Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_commit_is_committed()
    {
        (await MustCommit(new StoreCommit())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_first_writes_to_one_document_exactly_one_wins()
    {
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(i =>
                    Task.Run(
                        () =>
                            Engine
                                .Commit(
                                    new StoreCommit
                                    {
                                        Documents =
                                        [
                                            Write("ESC-1", 0, $"{i}"),
                                            Write($"of-{i}", 0, "mine"),
                                        ],
                                        Audit = [Audit("ESC-1", $"{i}")],
                                    },
                                    Cancel
                                )
                                .AsTask(),
                        Cancel
                    )
                )
        );

        var winner = outcomes
            .Index()
            .Single(outcome => outcome.Item is CommitOutcome.Committed)
            .Index;
        (await BodyOf("ESC-1")).ShouldBe($"{winner}");
        (await Engine.ReadAudit(0, 100, Cancel)).ShouldHaveSingleItem();
        for (var i = 0; i < outcomes.Length; i++)
        {
            (await BodyOf($"of-{i}")).ShouldBe(i == winner ? "mine" : null);
        }
    }

    [Fact]
    public async Task Many_writers_lose_no_update()
    {
        const int writers = 16;
        const int each = 25;
        await MustPut(Write("counter", 0, "0"));

        await Task.WhenAll(
            Enumerable.Range(0, writers).Select(_ => Task.Run(() => CountUp(each), Cancel))
        );

        (await BodyOf("counter")).ShouldBe($"{writers * each}");
        (await Engine.ReadAudit("counter", 0, 1000, Cancel)).Count.ShouldBe(writers * each);
    }

    [Fact]
    public async Task A_writer_reads_its_own_commit()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(writer =>
                    Task.Run(
                        async () =>
                        {
                            for (var i = 0; i < 25; i++)
                            {
                                await MustPut(
                                    Write($"{writer}", i, $"{i}", ByState($"{writer}-{i}"))
                                );
                                (await BodyOf($"{writer}")).ShouldBe($"{i}");
                                (
                                    await IdsIn("state", IndexKey.Empty.Then($"{writer}-{i}"))
                                ).ShouldHaveSingleItem();
                            }
                        },
                        Cancel
                    )
                )
        );
    }

    [Fact]
    public async Task A_cancelled_commit_happened_completely_or_not_at_all()
    {
        for (var i = 0; i < 200; i++)
        {
            using var cancel = new CancellationTokenSource();
            var commit = new StoreCommit
            {
                Documents = [Write($"a-{i}", 0, "1"), Write($"b-{i}", 0, "1")],
                Audit = [Audit($"{i}", "both")],
            };
            var neighbour = Engine.Commit(
                new StoreCommit { Documents = [Write($"n-{i}", 0, "1")] },
                Cancel
            );
            var running = Engine.Commit(commit, cancel.Token);
            if (i % 2 == 0)
            {
                await Task.Yield();
            }

            await cancel.CancelAsync();
            var done = await Outcome(running);

            (await neighbour).ShouldBeOfType<CommitOutcome.Committed>();
            (await BodyOf($"a-{i}")).ShouldBe(done ? "1" : null);
            (await BodyOf($"b-{i}")).ShouldBe(done ? "1" : null);
            (await Engine.ReadAudit($"{i}", 0, 9, Cancel)).Count.ShouldBe(done ? 1 : 0);
        }

        static async Task<bool> Outcome(ValueTask<CommitOutcome> running)
        {
            try
            {
                return await running is CommitOutcome.Committed;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task A_commit_cancelled_beforehand_is_not_made()
    {
        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await Engine.Commit(
                new StoreCommit { Documents = [Write("ESC-1", 0, "1")] },
                new CancellationToken(canceled: true)
            )
        );

        (await BodyOf("ESC-1")).ShouldBeNull();
    }

    private async Task CountUp(int times)
    {
        for (var i = 0; i < times; )
        {
            var found = (await Engine.Get(Key("counter"), Cancel))!;
            var next = int.Parse(Text(found.Body), CultureInfo.InvariantCulture) + 1;
            var outcome = await Engine.Commit(
                new StoreCommit
                {
                    Documents = [Write("counter", found.Version, $"{next}")],
                    Audit = [Audit("counter", $"{next}")],
                },
                Cancel
            );
            i += outcome is CommitOutcome.Committed ? 1 : 0;
        }
    }
}
