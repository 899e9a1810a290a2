using Shouldly;
using Sidecar.Storage;
using Sidecar.Storage.Files;
using Sidecar.Storage.Sqlite;
using Xunit;

namespace Sidecar.Tests.Storage.Sqlite;

public sealed class OpeningTests : SqliteStores
{
    private const string Restore = "dotnet run --project sidecar -- restore --data ";

    [Fact]
    public async Task A_newer_store_is_refused_with_both_versions_and_the_way_out()
    {
        await MakeStore();
        Sql("PRAGMA user_version = 9");

        var refused = await MustNotOpen();

        refused.Message.ShouldContain("schema version 9");
        refused.Message.ShouldContain($"versions up to {Schema.Upgrades.Count}");
        refused.Message.ShouldContain($"{Restore}{Data} --from <backup>");
        StoreIsUntouched();
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Data);
        StoreFiles.CreateEmpty(Database);
        Sql("CREATE TABLE theirs(x); INSERT INTO theirs VALUES(1)");
        var before = await File.ReadAllBytesAsync(Database, Cancel);

        (await MustNotOpen()).Message.ShouldContain("not a store of this program");

        (await File.ReadAllBytesAsync(Database, Cancel)).ShouldBe(before);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Database, new string('?', 5000), Cancel);

        (await MustNotOpen()).Message.ShouldContain(Restore);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public async Task A_store_that_was_cut_off_is_refused(double part)
    {
        await MakeStore(documents: 50);
        await using (var file = File.OpenWrite(Database))
        {
            file.SetLength((long)(file.Length * part));
        }

        (await MustNotOpen()).Message.ShouldContain(Restore);
    }

    [Fact]
    public async Task A_damaged_page_is_found_before_the_store_opens()
    {
        await MakeStore(documents: 50);
        Damage();

        var refused = await MustNotOpen();

        refused.Message.ShouldContain("is damaged");
        refused.Message.ShouldContain(Restore);
    }

    [Fact]
    public async Task Damage_found_late_ends_writing_and_makes_the_next_start_refuse()
    {
        await MakeStore(documents: 50);
        Damage();
        await using (var engine = await Open(options => options with { CheckedBeforeOpening = 0 }))
        {
            while (engine.Health.Damage is null)
            {
                await Task.Yield();
            }

            engine.Health.Damage.ShouldContain(Restore);
            (await BodyOf(engine, "ESC-0")).ShouldNotBeNull();
            var refused = await Should.ThrowAsync<StoreUnwritableException>(() =>
                MustCommit(engine, Document("new", "1"))
            );
            refused.Message.ShouldContain("is damaged");
        }

        await Should.ThrowAsync<StoreUnusableException>(() =>
            Open(options => options with { CheckedBeforeOpening = 0 })
        );
    }

    [Fact]
    public async Task A_note_of_damage_goes_when_the_store_is_found_sound()
    {
        await MakeStore();
        var note = Path.Combine(Data, "escalate.damaged");
        await File.WriteAllTextAsync(note, "was", Cancel);

        await using var engine = await Open(options => options with { CheckedBeforeOpening = 0 });

        engine.Health.Checked.ShouldBeTrue();
        File.Exists(note).ShouldBeFalse();
    }

    [Fact]
    public async Task A_large_store_is_checked_beside_its_first_requests()
    {
        await MakeStore(documents: 50);
        await using var engine = await Open(options => options with { CheckedBeforeOpening = 0 });

        (await BodyOf(engine, "ESC-0")).ShouldNotBeNull();
        while (!engine.Health.Checked)
        {
            await Task.Yield();
        }

        engine.Health.ShouldBe(new StoreHealth(Checked: true, Damage: null, WriteProblem: null));
    }

    [Fact]
    public async Task A_log_without_its_database_is_refused_instead_of_starting_empty()
    {
        await using (var engine = await Open())
        {
            await MustCommit(engine, Document("ESC-1", "1"));
            File.Copy(Database + "-wal", Scratch["log"]);
        }

        File.Delete(Database);
        File.Move(Scratch["log"], Database + "-wal");

        (await MustNotOpen()).Message.ShouldContain("is missing");
        File.Exists(Database).ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_opener_is_refused_until_the_first_has_closed()
    {
        await using (var first = await Open())
        {
            var refused = await MustNotOpen();
            refused.Message.ShouldContain($"process {Environment.ProcessId} on");
            refused.Message.ShouldContain(Data);
            await MustCommit(first, Document("ESC-1", "still works"));
        }

        await using var second = await Open();
        (await BodyOf(second, "ESC-1")).ShouldBe("still works");
    }

    [Fact]
    public async Task A_refused_start_lets_the_lock_go()
    {
        await MakeStore();
        Sql("PRAGMA user_version = 9");
        await MustNotOpen();
        Sql("PRAGMA user_version = 1");

        await using var engine = await Open();
        (await BodyOf(engine, "ESC-0")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file_is_refused_with_its_name()
    {
        await File.WriteAllTextAsync(Data, "", Cancel);

        (await MustNotOpen()).Message.ShouldContain(Data);
    }

    [Fact]
    public async Task Only_the_owner_can_read_what_the_store_writes()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        await using var engine = await Open();
        await MustCommit(engine, Document("ESC-1", "1"));
        await engine.Backup(Path.Combine(Data, "backup.db"), Cancel);

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var files = Directory.GetFiles(Data);
        files
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "backup.db",
                "escalate.db",
                "escalate.db-shm",
                "escalate.db-wal",
                "escalate.lock",
                "escalate.owner",
            ]);
        foreach (var file in files)
        {
            File.GetUnixFileMode(file).ShouldBe(owner, file);
        }

        File.GetUnixFileMode(Data).ShouldBe(owner | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_clean_close_leaves_no_log()
    {
        await MakeStore();

        File.Exists(Database + "-wal").ShouldBeFalse();
    }

    [Fact]
    public void X7_The_library_that_comes_along_is_a_current_one() =>
        Version
            .Parse(SqliteStoreEngine.SqliteVersion)
            .ShouldBeGreaterThanOrEqualTo(new Version(3, 53));

    private void StoreIsUntouched()
    {
        using var database = SqliteConnection.ForReading(Database);
        Schema.VersionOf(database).ShouldBe(9);
        database.Number("SELECT count(*) FROM documents").ShouldBe(1);
    }

    // A page of documents in the second half of the file.
    private void Damage()
    {
        using var file = File.Open(Database, FileMode.Open);
        file.Position = file.Length / 4096 * 3 / 4 * 4096;
        file.Write(new byte[4096]);
    }
}
