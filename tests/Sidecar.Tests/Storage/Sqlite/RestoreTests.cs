using Shouldly;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Sqlite;
using Xunit;

namespace Sidecar.Tests.Storage.Sqlite;

public sealed class RestoreTests : SqliteStores
{
    private string Backup => Scratch["backup.db"];

    [Fact]
    public async Task A_backup_is_one_sound_file_for_the_owner()
    {
        await BackUp("1");

        Directory.GetFiles(Path.GetDirectoryName(Backup)!, "backup*").ShouldBe([Backup]);
        using var database = SqliteConnection.ForReading(Backup);
        PageCheck.Full(database).ShouldBeNull();
        database.Text("PRAGMA journal_mode").ShouldBe("delete");
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
    public async Task A_backup_to_a_place_that_is_not_there_says_so()
    {
        await using var engine = await Open();

        await Should.ThrowAsync<IOException>(async () =>
            await engine.Backup(Scratch["missing/backup.db"], Cancel)
        );
    }

    [Fact]
    public async Task A_store_that_is_in_use_is_not_replaced()
    {
        await BackUp("1");
        await using var engine = await Open();

        Refused(force: true).ShouldContain("is in use");
        (await BodyOf(engine, "ESC-1")).ShouldBe("1");
    }

    [Fact]
    public async Task A_sound_store_is_replaced_only_by_force_and_kept_aside()
    {
        await BackUp("1");
        await using (var engine = await Open())
        {
            await MustCommit(engine, Document("ESC-1", "2", expected: 1));
        }

        Refused(force: false).ShouldContain("--force");
        var restored = StoreRestore.Restore(Backup, Data, force: true, TimeProvider.System);

        await using (var engine = await Open())
        {
            (await BodyOf(engine, "ESC-1")).ShouldBe("1");
        }

        await using var aside = await OpenAt(restored.KeptAside.ShouldNotBeNull());
        (await BodyOf(aside, "ESC-1")).ShouldBe("2");
    }

    [Fact]
    public async Task A_damaged_store_is_replaced_without_force()
    {
        await BackUp("1");
        await File.WriteAllTextAsync(Database, new string('?', 9000), Cancel);
        await File.WriteAllTextAsync(Path.Combine(Data, "escalate.damaged"), "note", Cancel);

        var restored = StoreRestore.Restore(Backup, Data, force: false, TimeProvider.System);

        await using var engine = await Open();
        (await BodyOf(engine, "ESC-1")).ShouldBe("1");
        Directory.GetFiles(restored.KeptAside!).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_backup_can_be_restored_where_nothing_was_and_again_in_the_same_second()
    {
        await BackUp("1");

        StoreRestore
            .Restore(Backup, Scratch["new"], force: false, TimeProvider.System)
            .KeptAside.ShouldBeNull();
        StoreRestore.Restore(Backup, Scratch["new"], force: true, TimeProvider.System);
        StoreRestore.Restore(Backup, Scratch["new"], force: true, TimeProvider.System);

        await using var engine = await OpenAt(Scratch["new"]);
        (await BodyOf(engine, "ESC-1")).ShouldBe("1");
        Directory.GetDirectories(Scratch["new"], "replaced-*").Length.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_store_had_in_its_log_is_kept_aside_with_it()
    {
        await BackUp("1");
        var crashed = Scratch["crashed"];
        await using (var engine = await Open())
        {
            await MustCommit(engine, Document("ESC-1", "only in the log", expected: 1));
            Directory.CreateDirectory(crashed);
            File.Copy(Database, Path.Combine(crashed, "escalate.db"));
            File.Copy(Database + "-wal", Path.Combine(crashed, "escalate.db-wal"));
        }

        var restored = StoreRestore.Restore(Backup, crashed, force: true, TimeProvider.System);

        await using (var engine = await OpenAt(crashed))
        {
            (await BodyOf(engine, "ESC-1")).ShouldBe("1");
        }

        await using var aside = await OpenAt(restored.KeptAside!);
        (await BodyOf(aside, "ESC-1")).ShouldBe("only in the log");
    }

    [Fact]
    public async Task A_copied_store_is_restored_with_its_log()
    {
        await using (var engine = await Open())
        {
            await MustCommit(engine, Document("ESC-1", "in the log"));
            File.Copy(Database, Backup);
            File.Copy(Database + "-wal", Backup + "-wal");
        }

        StoreRestore.Restore(Backup, Scratch["new"], force: false, TimeProvider.System);

        await using var restored = await OpenAt(Scratch["new"]);
        (await BodyOf(restored, "ESC-1")).ShouldBe("in the log");
    }

    [Fact]
    public async Task Names_may_hold_what_means_something_in_an_address()
    {
        const string odd = "ä b#1?mode=ro%20&x";
        await BackUp("1");
        File.Move(Backup, Scratch[odd]);

        StoreRestore.Restore(Scratch[odd], Scratch["to " + odd], force: false, TimeProvider.System);

        await using var restored = await OpenAt(Scratch["to " + odd]);
        (await BodyOf(restored, "ESC-1")).ShouldBe("1");
    }

    [Fact]
    public async Task What_is_no_sound_backup_is_refused_and_the_store_stays()
    {
        await BackUp("1");
        var sound = await File.ReadAllBytesAsync(Backup, Cancel);

        File.Delete(Backup);
        Refused(force: true).ShouldContain("no backup");
        await File.WriteAllTextAsync(Backup, new string('?', 9000), Cancel);
        Refused(force: true).ShouldContain("not a database");
        await File.WriteAllBytesAsync(Backup, [], Cancel);
        Refused(force: true).ShouldContain("empty");
        await File.WriteAllBytesAsync(Backup, sound[..^8192], Cancel);
        Refused(force: true).ShouldContain("can't be restored");
        await File.WriteAllBytesAsync(Backup, WithVersion(sound, 9), Cancel);
        Refused(force: true).ShouldContain("schema version 9");

        Directory.GetFileSystemEntries(Data, "*replaced*").ShouldBeEmpty();
        await using var engine = await Open();
        (await BodyOf(engine, "ESC-1")).ShouldBe("1");
    }

    private async Task BackUp(string body)
    {
        await using var engine = await Open();
        await MustCommit(engine, Document("ESC-1", body));
        await engine.Backup(Backup, Cancel);
    }

    private string Refused(bool force) =>
        Should
            .Throw<StoreUnusableException>(() =>
                StoreRestore.Restore(Backup, Data, force, TimeProvider.System)
            )
            .Message;

    // The file format keeps user_version in the four bytes from 60 on, the highest first.
    private static byte[] WithVersion(byte[] database, byte version)
    {
        var changed = database.ToArray();
        changed[63] = version;
        return changed;
    }
}
