using System.Text;
using Shouldly;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Storage.Sqlite;
using Xunit;

namespace Sidecar.Tests.Storage.Sqlite;

public sealed class SchemaTests : SqliteStores
{
    private static readonly string[] WithOneMore =
    [
        .. Schema.Upgrades,
        "CREATE TABLE added(x); INSERT INTO added SELECT count(*) FROM documents",
    ];

    private static readonly string[] WithOneThatFails =
    [
        .. Schema.Upgrades,
        "CREATE TABLE added(x); INSERT INTO missing VALUES(1)",
    ];

    [Fact]
    public async Task An_older_store_is_upgraded_and_a_copy_from_before_is_kept()
    {
        await MakeStore(documents: 3);

        await using (
            var engine = await Open(options => options with { SchemaUpgrades = WithOneMore })
        )
        {
            (await BodyOf(engine, "ESC-2")).ShouldNotBeNull();
        }

        using var upgraded = SqliteConnection.ForReading(Database);
        Schema.VersionOf(upgraded).ShouldBe(WithOneMore.Length);
        upgraded.Number("SELECT x FROM added").ShouldBe(3);
        using var copy = SqliteConnection.ForReading(
            Directory
                .GetFiles(Data, $"before-upgrade-of-v{Schema.Upgrades.Count}-*.db")
                .ShouldHaveSingleItem()
        );
        Schema.VersionOf(copy).ShouldBe(Schema.Upgrades.Count);
        copy.Number("SELECT count(*) FROM documents").ShouldBe(3);
    }

    [Fact]
    public async Task An_upgrade_that_fails_leaves_the_store_as_it_was()
    {
        await MakeStore();

        await Should.ThrowAsync<StoreUnusableException>(() =>
            Open(options => options with { SchemaUpgrades = WithOneThatFails })
        );

        await using var engine = await Open();
        (await BodyOf(engine, "ESC-0")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_new_store_is_marked_as_ours()
    {
        await MakeStore();

        using var database = SqliteConnection.ForReading(Database);
        database.Number("PRAGMA application_id").ShouldBe(Schema.ApplicationId);
        Schema.VersionOf(database).ShouldBe(Schema.Upgrades.Count);
    }

    /// <summary>Cost must not grow with history: nothing walks a whole table, and nothing is sorted.</summary>
    [Fact]
    public async Task Every_statement_walks_an_index()
    {
        await MakeStore();
        using var database = SqliteConnection.ForWriting(Database);
        AskEverything(database);
        ChangeEverything(database);

        database.PreparedTexts.Count.ShouldBeGreaterThan(25);
        foreach (var sql in database.PreparedTexts)
        {
            foreach (var step in database.Plan(sql))
            {
                step.ShouldNotContain("TEMP B-TREE", customMessage: sql);
                var allowed =
                    !step.StartsWith("SCAN", StringComparison.Ordinal)
                    || step.Contains("due_at", StringComparison.Ordinal)
                    || step.Contains("subquery", StringComparison.OrdinalIgnoreCase);
                allowed.ShouldBeTrue($"{step}: {sql}");
            }
        }
    }

    private static void AskEverything(SqliteConnection database)
    {
        var full = IndexKey.FromBytes([255]);
        var cursor = new IndexPosition(full, "");
        SqliteReads.Ids(database, "k", null, 1);
        SqliteReads.Ids(database, "k", "i", 1);
        foreach (var prefix in new[] { IndexKey.Empty, IndexKey.Empty.Then("a"), full })
        {
            IndexReads.Scan(database, new IndexScan("k", "i", prefix, After: null, 1));
            IndexReads.Scan(database, new IndexScan("k", "i", prefix, cursor, 1));
            IndexReads.Scan(
                database,
                new IndexScan("k", "i", prefix, After: null, 1, Backwards: true)
            );
            IndexReads.Scan(
                database,
                new IndexScan("k", "i", prefix, new IndexPosition(prefix, ""), 1, Backwards: true)
            );
            IndexReads.Count(database, "k", "i", prefix, 1);
            IndexReads.CountBefore(database, "k", "i", prefix, new IndexPosition(prefix, ""), 1);
            IndexReads.TextsUnder(database, "k", "i", prefix, 1);
            IndexJoins.Read(
                database,
                new IndexJoin(
                    "k",
                    "i",
                    [
                        [prefix],
                    ],
                    null,
                    1,
                    9
                )
            );
            IndexJoins.Read(
                database,
                new IndexJoin(
                    "k",
                    "i",
                    [
                        [prefix],
                    ],
                    cursor,
                    1,
                    9
                )
            );
        }

        SqliteReads.Document(database, new DocumentKey("k", "1"));
        SqliteReads.AuditOf(database, "s", 0, 1);
        SqliteReads.Audit(database, 0, 1);
        SqliteReads.Outbox(database, 0, 1);
        SqliteReads.ParkedEffects(database, 0, 1);
        SqliteReads.WaitingEffect(database, EffectId.From("e"));
        SqliteReads.Due(database, DateTimeOffset.UnixEpoch, after: null, 1);
        SqliteReads.NextDue(database, DateTimeOffset.UnixEpoch);
    }

    private static void ChangeEverything(SqliteConnection database)
    {
        var key = new DocumentKey("k", "1");
        var effect = EffectId.From("e");
        var changes = new Changes(database, rememberedDeliveries: 1);
        var entry = new IndexEntry("i", IndexKey.Empty.Then("a"));
        byte[] body = Encoding.UTF8.GetBytes("{}");
        changes.Apply(
            new StoreCommit
            {
                Documents = [new DocumentWrite(key, 0, body, [entry])],
                Due =
                [
                    new DueTime("k", "1", DateTimeOffset.UnixEpoch),
                    new DueTime("k", "2", At: null),
                ],
                Outbox = [new OutboxWrite(effect, "l", body, DateTimeOffset.UnixEpoch)],
                Audit = [new AuditWrite(DateTimeOffset.UnixEpoch, "a", "s", body)],
                Settlements =
                [
                    new OutboxSettlement.Postponed(effect, DateTimeOffset.UnixEpoch, "p"),
                    new OutboxSettlement.Parked(effect, "p"),
                    new OutboxSettlement.Released(effect),
                    new OutboxSettlement.Delivered(effect),
                ],
            }
        );
        changes.Apply(new StoreCommit { Documents = [new DocumentWrite(key, 1, body, [])] });
        changes.Apply(new StoreCommit { Documents = [new DocumentWrite(key, 2, Body: null, [])] });
        new OutboxTable(database, remembered: 1).Forget(until: 0);
    }
}
