using System.CommandLine;
using Shouldly;
using Sidecar.Cli;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;
using Sidecar.Storage.Postgres;
using Xunit;

namespace Sidecar.Tests.Storage.Postgres;

/// <summary>Which databases are taken, what is said of others, and what never is.</summary>
[Trait("Category", Campaign.Category)]
public sealed class PostgresOpeningTests : PostgresStores
{
    private const string Password = "correct-horse";

    [Theory]
    [InlineData("postgres:Host=/nowhere;Database=x;Username=x;Password=correct-horse")]
    [InlineData("postgres:Host=127.0.0.1;Port=1;Database=x;Username=x;Password=correct-horse")]
    [InlineData("postgres:Hots=x;Password=correct-horse")]
    [InlineData("postgres:Port=correct-horse")]
    [InlineData("postgres:Password=correct-horse")]
    [InlineData("postgres:correct-horse")]
    [InlineData("postgres:Host=x;Database=y;Search Path=a,b;Password=correct-horse")]
    public async Task What_is_wrong_with_a_connection_string_is_said_without_it(string place)
    {
        var said = await Should.ThrowAsync<StoreUnusableException>(() => Open(place: place));

        for (Exception? inner = said; inner is not null; inner = inner.InnerException)
        {
            inner.Message.ShouldNotContain(Password);
        }
    }

    [Fact]
    public void People_see_where_the_database_is_and_no_password()
    {
        var address = PostgresAddress.Parse(
            $"postgres:Host=db.example.com;Database=desk;Username=escalate;Password={Password}"
        );

        address
            .ToString()
            .ShouldBe("PostgreSQL at db.example.com:5432, database desk, schema escalate");
        using var source = address.Connect("test");
        source.ConnectionString.ShouldNotContain(Password);
    }

    [Fact]
    public async Task A_user_who_may_not_make_the_schema_is_told_what_to_run()
    {
        PostgresCluster.Shared.Execute($"CREATE ROLE {Schema}_poor LOGIN");
        try
        {
            var said = await MustNotOpen(As("poor"));
            said.ShouldContain($"CREATE SCHEMA {Schema} AUTHORIZATION <user>");
        }
        finally
        {
            PostgresCluster.Shared.Execute($"DROP ROLE {Schema}_poor");
        }
    }

    [Fact]
    public async Task Least_rights_are_those_that_are_named()
    {
        await (await Open()).DisposeAsync();
        PostgresCluster.Shared.Execute($"CREATE ROLE {Schema}_user LOGIN");
        try
        {
            (await MustNotOpen(As("user"))).ShouldContain("GRANT USAGE ON SCHEMA");
            PostgresCluster.Shared.Execute(
                $"GRANT USAGE ON SCHEMA {Schema} TO {Schema}_user; GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA {Schema} TO {Schema}_user"
            );
            (await MustNotOpen(As("user"))).ShouldContain("not all rights on");
            PostgresCluster.Shared.Execute(
                $"GRANT DELETE ON ALL TABLES IN SCHEMA {Schema} TO {Schema}_user"
            );

            await using var engine = await Open(place: As("user"));
            await MustCommit(engine, Document("ESC-1", "1"));
            await MustCommit(engine, Document("ESC-1", "2", expected: 1));
        }
        finally
        {
            PostgresCluster.Shared.Drop(Schema);
            PostgresCluster.Shared.Execute($"DROP ROLE {Schema}_user");
        }
    }

    [Fact]
    public async Task A_user_who_owns_the_schema_needs_nothing_else()
    {
        PostgresCluster.Shared.Execute(
            $"CREATE ROLE {Schema}_owner LOGIN; CREATE SCHEMA {Schema} AUTHORIZATION {Schema}_owner"
        );
        try
        {
            await using var engine = await Open(place: As("owner"));
            await MustCommit(engine, Document("ESC-1", "1"));
        }
        finally
        {
            PostgresCluster.Shared.Drop(Schema);
            PostgresCluster.Shared.Execute($"DROP ROLE {Schema}_owner");
        }
    }

    [Fact]
    public async Task An_older_release_goes_on_with_tables_that_a_newer_one_has_added_to()
    {
        await using var older = await Open();
        await MustCommit(older, Document("ESC-1", "1"));
        SchemaUpgrade added = new("CREATE TABLE extra(one int)", UsableFrom: 1);
        await using (
            var newer = await Open(o => o with { Upgrades = [.. PostgresSchema.Upgrades, added] })
        )
        {
            await MustCommit(newer, Document("ESC-1", "2", expected: 1));
        }

        await MustCommit(older, Document("ESC-1", "3", expected: 2));
        await using var olderAgain = await Open();
        (await BodyOf(olderAgain, "ESC-1")).ShouldBe("3");
    }

    [Fact]
    public async Task Tables_that_a_newer_release_has_changed_beyond_us_are_refused()
    {
        SchemaUpgrade broken = new("ALTER TABLE due RENAME TO due_times", UsableFrom: 2);
        await (
            await Open(o => o with { Upgrades = [.. PostgresSchema.Upgrades, broken] })
        ).DisposeAsync();

        (await MustNotOpen()).ShouldContain("were upgraded by a newer release");
    }

    [Fact]
    public async Task Sidecars_that_start_together_on_an_empty_database_all_start()
    {
        var engines = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Open()));
        foreach (var engine in engines)
        {
            await MustCommit(engine, Document($"ESC-{engine.Sidecar}", "1"));
            await engine.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("litedb")]
    [InlineData("sqlite")]
    public async Task HA_2_There_and_back_again_the_digest_is_the_same(string word)
    {
        var kind = StoreFormats.Named(word)!.Kind;
        await using (
            var engine = await StoreFormats
                .Named(word)!
                .Open(
                    Scratch["data"],
                    TimeProvider.System,
                    Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
                    Cancel
                )
        )
        {
            await Traffic.Run(engine);
            await MustCommit(
                engine,
                new StoreCommit
                {
                    Documents =
                    [
                        new DocumentWrite(
                            new("odd\0kind", "id\u0001\0é𝄞"),
                            0,
                            "{}"u8.ToArray(),
                            [new IndexEntry("by\0", IndexKey.Empty.Then("\0\u0001x").Then(-7))]
                        ),
                    ],
                }
            );
        }

        List<CopyProgress> told = [];
        var there = StoreCopy.Run(
            () => FileEnd.ForReading(new StoreFiles(Scratch["data"], kind), Disk.Real),
            () => new PostgresEnd(PostgresTables.ForLoading(PostgresAddress.Parse(Place))),
            told.Add,
            Cancel
        );
        await using (var engine = await Open())
        {
            for (var w = 0; w < Traffic.Steps.Length; w++)
            {
                (await Traffic.Reached(engine, w, word)).ShouldBe(Traffic.Steps[w]);
            }
        }

        var back = StoreCopy.Run(
            () => new PostgresEnd(PostgresTables.ForReading(PostgresAddress.Parse(Place))),
            FileEnd.ForLoading(new StoreFiles(Scratch["back"], kind), Disk.Real).Held,
            told.Add,
            Cancel
        );

        back.Digest.ShouldBe(there.Digest);
        back.Documents.ShouldBeGreaterThan(0);
        there.BytesAfter.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task HA_2_A_copy_never_replaces_a_store_nor_touches_one_in_use()
    {
        await using var bench = new SharedBench();
        var machine = await bench.Start();
        await machine.Says("room", "hello");
        var address = PostgresAddress.Parse(PostgresCluster.Shared.Store(bench.Schema));

        Should
            .Throw<StoreUnusableException>(() => PostgresTables.ForReading(address))
            .Message.ShouldContain("is in use");
        await machine.Stop();
        Should
            .Throw<StoreUnusableException>(() => PostgresTables.ForLoading(address))
            .Message.ShouldContain("a copy never replaces one");
        using var sound = PostgresTables.ForReading(address);
        sound.Read().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("backup", "--to", "x.tar", "pg_dump")]
    [InlineData("restore", "--from", "x.tar", "pg_restore")]
    [InlineData("store compact", "", "", "VACUUM FULL")]
    public async Task What_the_database_administrator_does_is_said(
        string command,
        string option,
        string value,
        string tool
    )
    {
        string[] line =
        [
            .. command.Split(' '),
            .. option.Length > 0 ? (string[])[option, value] : [],
            "--data",
            Scratch["data"],
            "--store",
            $"postgres:Host=db;Database=x;Password={Password}",
        ];
        var error = new StringWriter();
        var code = await SetupCommands.Invoke(
            SetupCommands.Build(),
            line,
            new InvocationConfiguration { Error = error, Output = error }
        );

        code.ShouldNotBe(0);
        error.ToString().ShouldContain(tool);
        error.ToString().ShouldNotContain(Password);
    }

    private string As(string role) =>
        $"{Place.Replace("Username=postgres", $"Username={Schema}_{role}", StringComparison.Ordinal)}";
}
