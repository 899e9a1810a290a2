using LiteDB;
using Shouldly;
using Sidecar.Storage;
using Sidecar.Storage.Files;
using Sidecar.Storage.LiteDb;
using Xunit;

namespace Sidecar.Tests.Storage.LiteDb;

/// <summary>Damage is found before a user meets it, said with the way out, and never written over.</summary>
public sealed class LiteDamageTests : LiteStores
{
    private const string Restore = "dotnet run --project sidecar -- restore --data ";

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
    public async Task Any_damaged_page_is_found_before_a_small_store_opens()
    {
        await MakeStore(documents: 50);
        var sound = await File.ReadAllBytesAsync(Database, Cancel);
        for (var page = 0; page < sound.Length / PageSize; page++)
        {
            await File.WriteAllBytesAsync(Database, sound, Cancel);
            Damage(page);

            var refused = await MustNotOpen();

            refused.Message.ShouldContain("is damaged", customMessage: $"page {page}");
            refused.Message.ShouldContain(Restore);
        }

        await File.WriteAllBytesAsync(Database, sound, Cancel);
        await using var engine = await Open();
        (await BodyOf(engine, "ESC-0")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_page_of_zeros_or_from_elsewhere_is_damage_too()
    {
        await MakeStore(documents: 50);
        var sound = await File.ReadAllBytesAsync(Database, Cancel);
        var page = PageWith("ESC");
        foreach (var content in (byte[][])[new byte[PageSize], sound[PageSize..(2 * PageSize)]])
        {
            var damaged = sound.ToArray();
            content.CopyTo(damaged, page * PageSize);
            await File.WriteAllBytesAsync(Database, damaged, Cancel);

            (await MustNotOpen()).Message.ShouldContain($"page {page} is not what was written");
        }
    }

    [Fact]
    public async Task Damage_found_late_ends_writing_leaves_reading_on_and_makes_the_next_start_refuse()
    {
        await MakeStore(documents: 200);
        Damage((int)(new FileInfo(Database).Length / PageSize) - 1);
        await using (var engine = await Open(options => options with { CheckedBeforeOpening = 0 }))
        {
            while (engine.Health.Damage is null)
            {
                await Task.Yield();
            }

            engine.Health.Damage.ShouldContain(Restore);
            var found = 0;
            for (var i = 0; i < 200; i++)
            {
                try
                {
                    found += await BodyOf(engine, $"ESC-{i}") is null ? 0 : 1;
                }
                catch (StoreUnusableException)
                {
                    // What lay on the damaged page.
                }
            }

            found.ShouldBeGreaterThan(100);
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
    public async Task A_row_that_is_not_what_was_written_is_found_though_its_page_is_whole()
    {
        await MakeStore(documents: 3);
        using (var file = LiteFile.Open(Database, Disk.Real))
        {
            var row = file.Find(
                LiteCollections.Documents,
                LiteKey.Of("escalation", "ESC-1").Bytes()
            )!;
            row["b"] = "other"u8.ToArray();
            file.Engine.Update(LiteCollections.Documents, [row]);
        }

        await using var engine = await Open();

        var refused = await Should.ThrowAsync<StoreUnusableException>(() =>
            BodyOf(engine, "ESC-1")
        );
        refused.Message.ShouldContain("escalation ESC-1");
        (await BodyOf(engine, "ESC-2")).ShouldNotBeNull();
        while (engine.Health.Damage is null)
        {
            await Task.Yield();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_index_that_disagrees_with_its_documents_is_found(bool isMissing)
    {
        await MakeStore(documents: 3);
        using (var file = LiteFile.Open(Database, Disk.Real))
        {
            var entry = LiteDocuments
                .Entry(
                    "escalation",
                    "all",
                    IndexKey.Empty.Then(isMissing ? "ESC-1" : "ESC-7"),
                    "ESC-1"
                )
                .Bytes();
            if (isMissing)
            {
                file.Delete(LiteCollections.Entries, [entry]);
            }
            else
            {
                file.Insert(LiteCollections.Entries, [new BsonDocument { ["_id"] = entry }]);
            }
        }

        await using var engine = await Open();
        while (engine.Health.Damage is null)
        {
            await Task.Yield();
        }

        engine.Health.Damage.ShouldContain("index all");
    }

    [Fact]
    public async Task A_note_of_damage_goes_when_the_store_is_found_sound()
    {
        await MakeStore();
        var note = Path.Combine(Data, "escalate.damaged");
        await File.WriteAllTextAsync(note, "was", Cancel);

        await using var engine = await Open();

        File.Exists(note).ShouldBeFalse();
    }

    [Fact]
    public async Task A_store_is_checked_to_its_last_row_beside_its_first_requests()
    {
        await MakeStore(documents: 200);
        await using var engine = await Open(options => options with { CheckedBeforeOpening = 0 });

        (await BodyOf(engine, "ESC-0")).ShouldNotBeNull();
        while (!engine.Health.Checked)
        {
            await MustCommit(engine, Document($"ESC-{Guid.CreateVersion7()}", "meanwhile"));
        }

        engine.Health.ShouldBe(new StoreHealth(Checked: true, Damage: null, WriteProblem: null));
    }

    [Fact]
    public async Task A_log_that_lost_what_was_on_disk_is_damage_and_no_torn_end()
    {
        Directory.CreateDirectory(Scratch["crashed"]);
        await using (var engine = await Open())
        {
            for (var i = 0; i < 5; i++)
            {
                await MustCommit(engine, Document($"ESC-{i}", "1"));
            }

            File.Copy(Database, Scratch["crashed/escalate.litedb"]);
            File.Copy(Log, Scratch["crashed/escalate.litedb-log"]);
        }

        await using (var log = File.Open(Scratch["crashed/escalate.litedb-log"], FileMode.Open))
        {
            log.Position = 500;
            log.WriteByte(0xA5);
        }

        var refused = await Should.ThrowAsync<StoreUnusableException>(() =>
            OpenAt(Scratch["crashed"])
        );
        refused.Message.ShouldContain("page 0 of its log");
    }
}
