using Shouldly;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Storage.LiteDb;
using Xunit;

namespace Sidecar.Tests.Storage.LiteDb;

public sealed class LiteWritingTests : LiteStores
{
    [Fact]
    public async Task A_file_that_can_not_grow_refuses_commits_with_the_reason_and_goes_on_reading()
    {
        await using var engine = await Open();
        await MustCommit(engine, Document("ESC-1", "before"));
        engine.LimitPages(1);

        await RefusesCommitsWhileReading(engine);

        engine.LimitPages(long.MaxValue);
        await MustCommit(engine, Document("after", "1"));
        engine.Health.WriteProblem.ShouldBeNull();
    }

    [Fact]
    public async Task A_full_disk_refuses_commits_until_there_is_space_again()
    {
        using var disk = SmallDisk.Mount(Scratch["disk"], megabytes: 4);
        await using (var engine = await OpenAt(disk.Path, o => o with { PagesPerCheckpoint = 50 }))
        {
            await MustCommit(engine, Document("ESC-1", "before"));
            var ballast = Path.Combine(disk.Path, "ballast");
            disk.Fill(ballast);

            await RefusesCommitsWhileReading(engine);

            File.Delete(ballast);
            await MustCommit(engine, Document("after", "1"));
            engine.Health.WriteProblem.ShouldBeNull();
        }

        await using var again = await OpenAt(disk.Path);
        (await BodyOf(again, "ESC-1")).ShouldBe("before");
        (await BodyOf(again, "after")).ShouldBe("1");
        (await BodyOf(again, "large")).ShouldBeNull();
    }

    [Fact]
    public async Task A_store_opens_on_a_full_disk_and_answers()
    {
        using var disk = SmallDisk.Mount(Scratch["disk"], megabytes: 4);
        Directory.CreateDirectory(Path.Combine(disk.Path, "data"));
        await using (var engine = await Open())
        {
            for (var i = 0; i < 20; i++)
            {
                await MustCommit(engine, Document($"ESC-{i}", new string('x', 3000)));
            }

            foreach (var file in (string[])[Database, Log])
            {
                File.Copy(file, Path.Combine(disk.Path, "data", Path.GetFileName(file)));
            }
        }

        disk.Fill(Path.Combine(disk.Path, "ballast"));

        await using var full = await OpenAt(Path.Combine(disk.Path, "data"));
        (await BodyOf(full, "ESC-19")).ShouldNotBeNull();
        await Should.ThrowAsync<StoreUnwritableException>(() =>
            MustCommit(full, Document("large", new string('x', 500_000)))
        );
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
        using var disk = new RecordingDisk();
        await using var engine = await Open(options => options with { Disk = disk });
        await MustCommit(engine, Document("first", "1"));
        var before = disk.Flushes(Log);

        await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => MustCommit(engine, Document($"{i}", "1")))
        );

        (disk.Flushes(Log) - before).ShouldBeLessThan(60);
    }

    [Fact]
    public async Task Nobody_is_answered_before_what_they_saw_is_on_disk()
    {
        using var disk = new SlowDisk();
        await using var engine = await Open(options => options with { Disk = disk });
        await MustCommit(engine, Document("ESC-1", "old"));
        disk.Hold();
        var commit = engine.Commit(Document("ESC-1", "new", expected: 1), Cancel).AsTask();
        await disk.Flushing;

        var read = BodyOf(engine, "ESC-1");
        commit.IsCompleted.ShouldBeFalse();
        read.IsCompleted.ShouldBeFalse();
        disk.Fail();

        await Should.ThrowAsync<StoreUnwritableException>(() => commit);
        (await read).ShouldBe("old", "the flush failed, so the question is asked again");
    }

    [Fact]
    public async Task Delivered_effects_are_forgotten_in_the_end_and_places_still_grow()
    {
        long last = 0;
        await using (
            var engine = await Open(options => options with { RememberedDeliveries = 100 })
        )
        {
            for (var hundred = 0; hundred < 12; hundred++)
            {
                last = await QueueAndDeliver(engine, hundred);
            }
        }

        await using var again = await Open();
        (await QueueAndDeliver(again, 11)).ShouldBe(0, "the newest are remembered");
        (await QueueAndDeliver(again, 0)).ShouldBe(last + 100, "the oldest are forgotten");
    }

    private static async Task RefusesCommitsWhileReading(LiteDbStoreEngine engine)
    {
        var refused = await Should.ThrowAsync<StoreUnwritableException>(async () =>
        {
            for (var i = 0; i < 200; i++)
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

    private static async Task<long> QueueAndDeliver(LiteDbStoreEngine engine, int hundred)
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
