using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;
using Xunit;

namespace Sidecar.Tests.Storage.Engines;

public sealed class StoreCopyTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly List<CopyProgress> _told = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("litedb", "sqlite")]
    [InlineData("sqlite", "litedb")]
    [InlineData("litedb", "litedb")]
    public async Task A_copy_holds_the_same_and_goes_on_where_it_was(string from, string to)
    {
        await Fill(from, "data");

        var copied = Copy(from, to);

        copied.Documents.ShouldBe(Traffic.Steps.Length * 2 + Traffic.Steps.Sum() + 2 + 600);
        copied.Audit.ShouldBe(Traffic.Steps.Sum());
        copied.Effects.ShouldBe(Traffic.Steps.Sum() + 3);
        copied.Series.ShouldBe(1);
        foreach (var step in Enum.GetValues<CopyStep>())
        {
            var told = _told.Where(t => t.Step == step).ToList();
            told.Select(t => t.Percent).ShouldBe(Enumerable.Range(1, 100));
            told[^1].Rows.ShouldBe(told[^1].All);
        }

        await using var engine = await Open(to, "copied");
        for (var w = 0; w < Traffic.Steps.Length; w++)
        {
            var reached = await Traffic.Reached(engine, w, to);
            reached.ShouldBe(Traffic.Steps[w]);
            await Traffic.Step(engine, w, reached + 1);
        }

        (await engine.NextNumber("ESC", Cancel)).ShouldBe(
            Traffic.Steps.Sum() + 1 + Traffic.Steps.Length
        );
        var parked = (await engine.ReadParked(0, 10, Cancel)).ShouldHaveSingleItem();
        parked.Problem.ShouldBe("archived");
        parked.Attempts.ShouldBe(2);
        // One that was delivered is still known.
        var again = await engine.Commit(new StoreCommit { Outbox = [Effect("delivered")] }, Cancel);
        again.ShouldBeOfType<CommitOutcome.Committed>().Queued.ShouldBeEmpty();
    }

    [Fact]
    public async Task There_and_back_again_the_digest_is_the_same()
    {
        await Fill("litedb", "data");
        var there = Copy("litedb", "sqlite");

        var back = StoreCopy.Run(
            Files("copied", "sqlite"),
            Files("back", "litedb"),
            _told.Add,
            Cancel
        );

        back.Digest.ShouldBe(there.Digest);
        back.ShouldBe(
            there with
            {
                Database = back.Database,
                BytesBefore = back.BytesBefore,
                BytesAfter = back.BytesAfter,
            }
        );
    }

    [Theory]
    [InlineData("litedb")]
    [InlineData("sqlite")]
    public async Task A_compacted_store_is_smaller_and_holds_the_same(string word)
    {
        await Fill(word, "data");
        await using (var engine = await Open(word, "data"))
        {
            for (var i = 0; i < 600; i++)
            {
                (
                    await engine.Commit(
                        new StoreCommit
                        {
                            Documents = [new DocumentWrite(new("filler", $"{i}"), 1, null, [])],
                        },
                        Cancel
                    )
                ).ShouldBeOfType<CommitOutcome.Committed>();
            }
        }

        var compacted = StoreCopy.Compact(Files("data", word), _told.Add, Cancel);

        compacted.BytesAfter.ShouldBeLessThan(compacted.BytesBefore / 2);
        await using var after = await Open(word, "data");
        (await Traffic.Reached(after, 0, word)).ShouldBe(Traffic.Steps[0]);
        Directory
            .GetFiles(_scratch["data"], "*.new*")
            .ShouldBeEmpty("nothing is left of the way there");
    }

    [Fact]
    public async Task A_copy_never_replaces_a_store_nor_touches_one_in_use()
    {
        await Fill("litedb", "data");
        await Fill("sqlite", "copied");

        Should
            .Throw<StoreUnusableException>(() => Copy("litedb", "litedb"))
            .Message.ShouldContain("holds a store of SQLite already");
        Directory.Delete(_scratch["copied"], recursive: true);
        await using var inUse = await Open("litedb", "data");
        Should
            .Throw<StoreUnusableException>(() => Copy("litedb", "sqlite"))
            .Message.ShouldContain("is in use");
        Should
            .Throw<StoreUnusableException>(() =>
                StoreCopy.Compact(Files("data", "litedb"), _told.Add, Cancel)
            )
            .Message.ShouldContain("is in use");
    }

    [Fact]
    public async Task A_damaged_store_is_not_copied_and_nothing_is_left()
    {
        await Fill("litedb", "data");
        using (var file = File.Open(Files("data", "litedb").Database, FileMode.Open))
        {
            for (var page = 2; page < file.Length / 8192; page++)
            {
                file.Position = (page * 8192) + 4000;
                file.Write([0xDE, 0xAD]);
            }
        }

        Should
            .Throw<StoreUnusableException>(() => Copy("litedb", "sqlite"))
            .Message.ShouldContain("is damaged");

        StoreFormats.PresentIn(_scratch["copied"]).ShouldBeEmpty();
        Directory
            .GetFiles(_scratch["copied"])
            .ShouldAllBe(f => f.EndsWith("escalate.lock", StringComparison.Ordinal));
    }

    private CopiedStore Copy(string from, string to) =>
        StoreCopy.Run(Files("data", from), Files("copied", to), _told.Add, Cancel);

    private StoreFiles Files(string directory, string word) =>
        new(_scratch[directory], StoreFormats.Named(word)!.Kind);

    private Task<IStoreEngine> Open(string word, string directory) =>
        StoreFormats
            .Named(word)!
            .Open(_scratch[directory], TimeProvider.System, NullLoggerFactory.Instance, Cancel);

    private async Task Fill(string word, string directory)
    {
        await using var engine = await Open(word, directory);
        await Traffic.Run(engine);
        await engine.Commit(
            new StoreCommit
            {
                Outbox = [Effect("delivered"), Effect("parked"), Effect("waiting")],
                Documents =
                [
                    new DocumentWrite(
                        new("odd\0kind", "id\u0001\0é𝄞"),
                        0,
                        "{}"u8.ToArray(),
                        [new IndexEntry("by\0", IndexKey.Empty.Then("\0\u0001x").Then(-7))]
                    ),
                    new DocumentWrite(new("plain", ""), 0, ReadOnlyMemory<byte>.Empty, []),
                ],
            },
            Cancel
        );
        await engine.Commit(
            new StoreCommit
            {
                Settlements =
                [
                    new OutboxSettlement.Delivered(EffectId.From("delivered")),
                    new OutboxSettlement.Postponed(
                        EffectId.From("parked"),
                        DateTimeOffset.UnixEpoch.AddDays(1),
                        "slow"
                    ),
                    new OutboxSettlement.Parked(EffectId.From("parked"), "archived"),
                ],
            },
            Cancel
        );
        for (var hundred = 0; hundred < 6; hundred++)
        {
            var first = hundred * 100;
            await engine.Commit(
                new StoreCommit
                {
                    Documents =
                    [
                        .. Enumerable
                            .Range(first, 100)
                            .Select(i => new DocumentWrite(
                                new("filler", $"{i}"),
                                0,
                                new byte[2000],
                                [new IndexEntry("all", IndexKey.Empty.Then(i))]
                            )),
                    ],
                },
                Cancel
            );
        }
    }

    private static OutboxWrite Effect(string id) =>
        new(EffectId.From(id), "other lane", "{}"u8.ToArray(), DateTimeOffset.UnixEpoch);
}
