using Shouldly;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Storage.Sqlite;
using Xunit;

namespace Sidecar.Tests.Storage.Sqlite;

public sealed class WritingTests : SqliteStores
{
    [Fact]
    public async Task A_file_that_can_not_grow_refuses_commits_with_the_reason_and_goes_on_reading()
    {
        await using var engine = await Open();
        await MustCommit(engine, Document("ESC-1", "before"));
        await engine.LimitPages(1);

        await RefusesCommitsWhileReading(engine);

        await engine.LimitPages(1_000_000);
        await MustCommit(engine, Document("after", "1"));
        engine.Health.WriteProblem.ShouldBeNull();
    }

    [Fact]
    public async Task A_full_disk_refuses_commits_until_there_is_space_again()
    {
        using var disk = SmallDisk.Mount(Scratch["disk"], megabytes: 4);
        await using var engine = await OpenAt(disk.Path);
        await MustCommit(engine, Document("ESC-1", "before"));
        var ballast = Path.Combine(disk.Path, "ballast");
        disk.Fill(ballast);

        await RefusesCommitsWhileReading(engine);

        File.Delete(ballast);
        await MustCommit(engine, Document("after", "1"));
        engine.Health.WriteProblem.ShouldBeNull();
    }

    [Fact]
    public async Task On_a_full_disk_the_numbers_that_were_given_stay_given()
    {
        using var disk = SmallDisk.Mount(Scratch["disk"], megabytes: 4);
        List<long> given = [];
        await using (var engine = await OpenAt(disk.Path))
        {
            var ballast = Path.Combine(disk.Path, "ballast");
            given.Add(await engine.NextNumber("ESC", Cancel));
            disk.Fill(ballast);
            await Should.ThrowAsync<StoreUnwritableException>(async () =>
            {
                while (given.Count < 1000)
                {
                    given.Add(await engine.NextNumber("ESC", Cancel));
                    // Commits use up what is left of the last page.
                    await MustCommit(engine, Document($"ESC-{given[^1]}", new string('x', 9000)));
                }
            });
            File.Delete(ballast);
            given.Add(await engine.NextNumber("ESC", Cancel));
        }

        await using var again = await OpenAt(disk.Path);
        given.Add(await again.NextNumber("ESC", Cancel));
        given.ShouldBeUnique();
    }

    [Fact]
    public async Task One_commit_that_can_not_be_applied_does_not_hurt_its_neighbours()
    {
        await using var engine = await Open();
        var broken = new StoreCommit { Audit = [null!] };

        var commits = Enumerable
            .Range(0, 200)
            .Select(i =>
                engine.Commit(i % 50 == 7 ? broken : Document($"{i}", "1"), Cancel).AsTask()
            )
            .ToList();

        for (var i = 0; i < commits.Count; i++)
        {
            if (i % 50 == 7)
            {
                await Should.ThrowAsync<NullReferenceException>(commits[i]);
            }
            else
            {
                (await commits[i]).ShouldBeOfType<CommitOutcome.Committed>();
                (await BodyOf(engine, $"{i}")).ShouldBe("1");
            }
        }
    }

    [Fact]
    public async Task Commits_that_wait_share_a_flush()
    {
        await using var engine = await Open();
        await MustCommit(engine, Document("first", "1"));
        var before = new FileInfo(Database + "-wal").Length;

        await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => MustCommit(engine, Document($"{i}", "1")))
        );

        // Alone, each would write three pages or more.
        var pages = (new FileInfo(Database + "-wal").Length - before) / 4096;
        pages.ShouldBeLessThan(200);
    }

    [Fact]
    public async Task Delivered_effects_are_forgotten_in_the_end_and_places_still_grow()
    {
        long last = 0;
        await using (
            var engine = await Open(options => options with { RememberedDeliveries = 100 })
        )
        {
            for (var hundred = 0; hundred < 25; hundred++)
            {
                last = await QueueAndDeliver(engine, hundred);
            }
        }

        using (var database = SqliteConnection.ForReading(Database))
        {
            database.Number("SELECT count(*) FROM outbox").ShouldBeLessThanOrEqualTo(1100);
        }

        await using var again = await Open();
        (await QueueAndDeliver(again, 24)).ShouldBe(0, "the newest are remembered");
        (await QueueAndDeliver(again, 99)).ShouldBe(last + 100);
    }

    private static async Task RefusesCommitsWhileReading(SqliteStoreEngine engine)
    {
        var refused = await Should.ThrowAsync<StoreUnwritableException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await MustCommit(engine, Document($"large-{i}", new string('x', 50_000)));
            }
        });

        refused.Message.ShouldContain("is full");
        engine.Health.WriteProblem.ShouldBe(refused.Message);
        (await BodyOf(engine, "ESC-1")).ShouldBe("before");
        await Should.ThrowAsync<StoreUnwritableException>(() =>
            MustCommit(engine, Document("large", new string('x', 5_000_000)))
        );
        (await BodyOf(engine, "large")).ShouldBeNull();
    }

    private static async Task<long> QueueAndDeliver(SqliteStoreEngine engine, int hundred)
    {
        var effects = Enumerable
            .Range(0, 100)
            .Select(i => new OutboxWrite(
                EffectId.From($"effect-{hundred}-{i}"),
                "lane",
                new byte[200],
                DateTimeOffset.UnixEpoch
            ))
            .ToList();
        var outcome = await engine.Commit(new StoreCommit { Outbox = effects }, Cancel);
        await MustCommit(
            engine,
            new StoreCommit
            {
                Settlements =
                [
                    .. effects.Select(effect => new OutboxSettlement.Delivered(effect.Id)),
                ],
            }
        );
        var queued = outcome.ShouldBeOfType<CommitOutcome.Committed>().Queued;
        return queued.Count == 0 ? 0 : queued[^1].Sequence;
    }
}
