using Shouldly;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;
using Sidecar.Storage.LiteDb;
using Xunit;

namespace Sidecar.Tests.Storage.LiteDb;

public sealed class LiteBackupTests : LiteStores
{
    private string Backup => Scratch["backup.litedb"];

    [Fact]
    public async Task A_backup_is_one_sound_file_and_shows_what_was_acknowledged_before_it()
    {
        await BackUp("1");

        Directory.GetFiles(Path.GetDirectoryName(Backup)!, "backup*").ShouldBe([Backup]);
        using var file = LiteOpening.OpenChecked(Backup, Cancel);
        LiteReads.Document(file, new DocumentKey("escalation", "ESC-1")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Backups_in_traffic_with_checkpoints_are_each_whole()
    {
        await using var engine = await Open(options => options with { PagesPerCheckpoint = 30 });
        using var stop = new CancellationTokenSource();
        var writers = Enumerable
            .Range(0, 4)
            .Select(w =>
                Task.Run(
                    async () =>
                    {
                        for (var step = 1; !stop.IsCancellationRequested; step++)
                        {
                            await Traffic.Step(engine, w, step);
                        }
                    },
                    Cancel
                )
            )
            .ToList();
        for (var i = 0; i < 4; i++)
        {
            await engine.Backup(Scratch[$"backup-{i}"], Cancel);
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        for (var i = 0; i < 4; i++)
        {
            StoreRestore.Restore(
                Scratch[$"backup-{i}"],
                Scratch[$"restored-{i}"],
                force: false,
                TimeProvider.System
            );
            await using var restored = await OpenAt(Scratch[$"restored-{i}"]);
            for (var w = 0; w < 4; w++)
            {
                await Traffic.Reached(restored, w, $"backup {i}");
            }
        }
    }

    [Fact]
    public async Task While_files_are_copied_no_checkpoint_comes_between()
    {
        using var disk = new RecordingDisk();
        await using var engine = await Open(options =>
            options with
            {
                Disk = disk,
                PagesPerCheckpoint = 20,
            }
        );
        using (CopyingHold.Take(new StoreFiles(Data, StoreKind.LiteDb).Hold))
        {
            var before = disk.Flushes(Database);
            for (var i = 0; i < 20; i++)
            {
                await MustCommit(engine, Document($"held-{i}", new string('x', 5000)));
            }

            disk.Flushes(Database).ShouldBe(before);
        }

        var held = disk.Flushes(Database);
        for (var i = 0; i < 20; i++)
        {
            await MustCommit(engine, Document($"free-{i}", new string('x', 5000)));
        }

        disk.Flushes(Database).ShouldBeGreaterThan(held);
    }

    [Fact]
    public async Task A_hold_that_a_dead_process_has_left_holds_nothing_up()
    {
        await MakeStore();
        var hold = new StoreFiles(Data, StoreKind.LiteDb).Hold;
        await File.WriteAllTextAsync(hold, "", Cancel);

        CopyingHold.IsHeld(hold).ShouldBeFalse();

        File.Exists(hold).ShouldBeFalse();
    }

    [Fact]
    public async Task A_damaged_store_makes_no_backup()
    {
        await MakeStore(documents: 50);
        Damage(PageWith("ESC"));
        await using var engine = await Open(options => options with { CheckedBeforeOpening = 0 });

        var failed = await Should.ThrowAsync<IOException>(async () =>
            await engine.Backup(Backup, Cancel)
        );

        failed.Message.ShouldContain("is not sound");
        Directory.GetFiles(Path.GetDirectoryName(Backup)!, "backup*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backup_that_was_stopped_leaves_nothing()
    {
        await using var engine = await Open();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await engine.Backup(Backup, new CancellationToken(canceled: true))
        );

        Directory.GetFiles(Path.GetDirectoryName(Backup)!).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sound_store_of_either_engine_is_replaced_only_by_force_and_kept_aside()
    {
        await BackUp("1");
        await using (
            var sqlite = await StoreFormats
                .Named("sqlite")!
                .Open(
                    Scratch["other"],
                    TimeProvider.System,
                    Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
                    Cancel
                )
        )
        {
            await MustCommit(sqlite, Document("ESC-1", "of SQLite"));
        }

        foreach (var directory in (string[])[Data, Scratch["other"]])
        {
            Refused(directory, force: false).ShouldContain("--force");
            var restored = StoreRestore.Restore(
                Backup,
                directory,
                force: true,
                TimeProvider.System
            );

            StoreFormats.PresentIn(directory).ShouldHaveSingleItem().Word.ShouldBe("litedb");
            StoreFormats.PresentIn(restored.KeptAside!).ShouldHaveSingleItem();
            await using var engine = await OpenAt(directory);
            (await BodyOf(engine, "ESC-1")).ShouldBe("1");
        }
    }

    [Fact]
    public async Task What_a_store_had_in_its_log_is_kept_aside_and_restored_with_it()
    {
        await BackUp("1");
        var crashed = Scratch["crashed"];
        await using (var engine = await Open())
        {
            await MustCommit(engine, Document("ESC-1", "only in the log", expected: 1));
            Directory.CreateDirectory(crashed);
            File.Copy(Database, Path.Combine(crashed, "escalate.litedb"));
            File.Copy(Log, Path.Combine(crashed, "escalate.litedb-log"));
        }

        StoreRestore.Restore(
            Path.Combine(crashed, "escalate.litedb"),
            Scratch["new"],
            force: false,
            TimeProvider.System
        );
        var restored = StoreRestore.Restore(Backup, crashed, force: true, TimeProvider.System);

        await using (var engine = await OpenAt(Scratch["new"]))
        {
            (await BodyOf(engine, "ESC-1")).ShouldBe("only in the log");
        }

        await using var aside = await OpenAt(restored.KeptAside!);
        (await BodyOf(aside, "ESC-1")).ShouldBe("only in the log");
    }

    [Fact]
    public async Task What_is_no_sound_backup_is_refused_and_the_store_stays()
    {
        await BackUp("1");
        var sound = await File.ReadAllBytesAsync(Backup, Cancel);

        foreach (
            var (content, says) in ((byte[], string)[])
                [
                    (sound[..^PageSize], "can't be restored"),
                    ([.. sound[..20_000], 1, 2, 3, .. sound[20_003..]], "can't be restored"),
                    (new byte[9000], "not a database"),
                    ([], "empty"),
                ]
        )
        {
            await File.WriteAllBytesAsync(Backup, content, Cancel);
            Refused(Data, force: true).ShouldContain(says);
        }

        Directory.GetFileSystemEntries(Data, "*replaced*").ShouldBeEmpty();
        Directory.GetFileSystemEntries(Data, "*restoring*").ShouldBeEmpty();
        await using var engine = await Open();
        (await BodyOf(engine, "ESC-1")).ShouldBe("1");
    }

    private async Task BackUp(string body)
    {
        await using var engine = await Open();
        await MustCommit(engine, Document("ESC-1", body));
        await engine.Backup(Backup, Cancel);
    }

    private string Refused(string directory, bool force) =>
        Should
            .Throw<StoreUnusableException>(() =>
                StoreRestore.Restore(Backup, directory, force, TimeProvider.System)
            )
            .Message;
}
