using Shouldly;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Storage;
using Xunit;
using static Sidecar.Tests.Outbox.PumpBench;

namespace Sidecar.Tests.Outbox;

public sealed class OutboxInboxTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commits_that_report_out_of_order_are_taken_in_order_and_once()
    {
        await using var bench = await Start();
        await bench.Stop();
        var inbox = new OutboxInbox(bench.Store.Engine);
        (await inbox.Take(Cancel)).ShouldBeEmpty();
        inbox.Taken();
        await bench.Commit(Tell("a", "1"));
        await bench.Commit(Tell("a", "2"));
        await bench.Commit(Tell("a", "3"));
        var committed = await bench.Outbox();

        inbox.Report([committed[2]]);
        inbox.IsEmpty.ShouldBeFalse();
        (await inbox.Take(Cancel))
            .Select(q => q.Sequence)
            .ShouldBe(committed.Select(q => q.Sequence));
        inbox.IsEmpty.ShouldBeFalse();
        inbox.Taken();
        inbox.IsEmpty.ShouldBeTrue();

        inbox.Report([committed[0], committed[1]]);
        (await inbox.Take(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_who_change_a_card_at_once_the_last_one_shows()
    {
        await using var bench = await Start();
        var change = new Change(bench.Clock.GetUtcNow(), "test");
        await bench.Store.Commit(change.Add(KnownPerson.Kind, "count", Count(0)), Cancel);

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(
                        async () =>
                        {
                            for (var i = 0; i < 25; i++)
                            {
                                await CountOne(bench);
                            }
                        },
                        Cancel
                    )
                )
        );
        await bench.Drain();

        bench.Chat.Texts("war-room").ShouldBe(["200"]);
    }

    private static async Task CountOne(PumpBench bench)
    {
        bool done;
        do
        {
            var read = await bench.Store.Find(KnownPerson.Kind, "count", Cancel);
            var next =
                int.Parse(read!.Value.Username, System.Globalization.CultureInfo.InvariantCulture)
                + 1;
            var change = new Change(bench.Clock.GetUtcNow(), "test")
                .Replace(KnownPerson.Kind, read, Count(next))
                .Do(Card("ESC-1", $"{next}"));
            done = await bench.Store.Commit(change, Cancel);
        } while (!done);
    }

    private static KnownPerson Count(int count) =>
        new(new("count"), count.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
