using LiteDB;
using Shouldly;
using Sidecar.Storage.Files;
using Sidecar.Storage.LiteDb;
using Xunit;

namespace Sidecar.Tests.Storage.LiteDb;

public sealed class LiteOpeningTests : LiteStores
{
    private const string Restore = "dotnet run --project sidecar -- restore --data ";

    [Fact]
    public async Task A_newer_store_is_refused_with_both_versions_and_the_way_out()
    {
        await MakeStore();
        SetVersion(9);
        var before = await File.ReadAllBytesAsync(Database, Cancel);

        var refused = await MustNotOpen();

        refused.Message.ShouldContain("schema version 9");
        refused.Message.ShouldContain($"versions up to {LiteCollections.Upgrades.Count}");
        refused.Message.ShouldContain($"{Restore}{Data} --from <backup>");
        (await File.ReadAllBytesAsync(Database, Cancel)).ShouldBe(before);
        SetVersion(1);
        await using var engine = await Open();
        (await BodyOf(engine, "ESC-0")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Data);
        using (var theirs = new LiteDatabase(Database))
        {
            theirs.GetCollection("theirs").Insert(new BsonDocument { ["x"] = 1 });
        }

        var before = await File.ReadAllBytesAsync(Database, Cancel);

        (await MustNotOpen()).Message.ShouldContain("not a store of this program");

        (await File.ReadAllBytesAsync(Database, Cancel)).ShouldBe(before);
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(50)]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone(int length)
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Database, new string('?', length), Cancel);

        (await MustNotOpen()).Message.ShouldContain(Restore);

        (await File.ReadAllTextAsync(Database, Cancel)).Length.ShouldBe(length);
    }

    [Fact]
    public async Task Another_file_format_is_refused_with_both()
    {
        await MakeStore();
        using (var file = File.Open(Database, FileMode.Open))
        {
            file.Position = 59;
            file.WriteByte(9);
        }

        (await MustNotOpen()).Message.ShouldContain(
            "has file format 9, this program knows format 8"
        );
    }

    [Fact]
    public async Task A_log_without_its_database_is_refused_instead_of_starting_empty()
    {
        await using (var engine = await Open())
        {
            await MustCommit(engine, Document("ESC-1", "1"));
            File.Copy(Log, Scratch["log"]);
        }

        File.Delete(Database);
        File.Move(Scratch["log"], Log);

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
        await engine.Backup(Path.Combine(Data, "backup.litedb"), Cancel);

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var files = Directory.GetFiles(Data);
        files
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "backup.litedb",
                "escalate.litedb",
                "escalate.litedb-log",
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
    public async Task A_clean_close_leaves_one_file()
    {
        await MakeStore();

        Directory
            .GetFiles(Data)
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["escalate.litedb", "escalate.lock"]);
    }

    [Fact]
    public async Task An_older_schema_is_upgraded_and_kept_as_it_was()
    {
        await MakeStore();
        var upgrades = LiteCollections.Upgrades.Append(static file =>
            file.Insert("extra", [new BsonDocument { ["_id"] = 1L }])
        );

        await using (
            var engine = await Open(options => options with { SchemaUpgrades = [.. upgrades] })
        )
        {
            (await BodyOf(engine, "ESC-0")).ShouldNotBeNull();
        }

        (await MustNotOpen()).Message.ShouldContain("schema version 2");
        var kept = Directory.GetFiles(Data, "before-upgrade-of-v1-*.litedb").ShouldHaveSingleItem();
        using var copy = LiteFile.Open(kept, Disk.Real);
        FileFormat.VersionOf(copy).ShouldBe(1);
    }

    private void SetVersion(int version)
    {
        using var file = LiteFile.Open(Database, Disk.Real);
        file.Engine.Pragma(LiteDB.Engine.Pragmas.USER_VERSION, version);
    }
}
