using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Sidecar.Settings;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Tests.Setup;
using Xunit;

namespace Sidecar.Tests.Storage.Engines;

/// <summary>Which engine a data directory has: what is there is used, and never hidden by an empty one.</summary>
public sealed class StoreChoiceTests
{
    [Fact]
    public async Task A_new_store_is_of_LiteDB_and_a_word_makes_another()
    {
        await using var bench = await SetupBench.Installed();

        Chosen(bench, null).ShouldBe("litedb");
        Chosen(bench, "sqlite").ShouldBe("sqlite");
        (await bench.InstallAgain("--store", "sqlite")).ShouldBe(ExitCode.Done, bench.Error);
        bench.Output.ShouldContain("created    store of SQLite");
        Chosen(bench, null).ShouldBe("sqlite", "what install made is what every command uses");
        (await bench.InstallAgain("--store", "sqlite")).ShouldBe(ExitCode.Done, bench.Error);
        bench.Output.ShouldContain("unchanged  store of SQLite");
    }

    [Theory]
    [InlineData("sqlite", "litedb")]
    [InlineData("litedb", "sqlite")]
    public async Task A_word_that_would_hide_a_store_is_refused_with_the_way_out(
        string there,
        string named
    )
    {
        await using var bench = await SetupBench.Installed();
        (await bench.InstallAgain("--store", there)).ShouldBe(ExitCode.Done, bench.Error);

        string[][] commands =
        [
            ["backup", "--data", bench.Data, "--to", Path.Combine(bench.Folder, "b.tar")],
            ["export", "customers", "--data", bench.Data, "--to", Path.Combine(bench.Folder, "c")],
            ["store", "compact", "--data", bench.Data],
            ["doctor", "--data", bench.Data],
        ];
        foreach (var command in commands)
        {
            (await bench.Run([.. command, "--store", named])).ShouldBe(ExitCode.Failed, command[0]);
            (bench.Error + bench.Output).ShouldContain(
                "beside it would hide it",
                customMessage: command[0]
            );
            (bench.Error + bench.Output).ShouldContain($"store copy --from {bench.Data}");
        }

        StoreFormats.PresentIn(bench.Data).ShouldHaveSingleItem().Word.ShouldBe(there);
    }

    [Fact]
    public async Task HA_1_No_other_store_is_used_beside_a_database_by_a_word_that_was_forgotten()
    {
        await using var bench = await SetupBench.Installed();
        DatabaseNote.Keep(bench.Data, "PostgreSQL at db:5432, database escalate, schema escalate");
        string[] backup =
        [
            "backup",
            "--data",
            bench.Data,
            "--to",
            Path.Combine(bench.Folder, "b.tar"),
        ];
        var why = Should.Throw<StoreUnusableException>(() => Chosen(bench, null)).Message;
        why.ShouldContain("is PostgreSQL at db:5432, database escalate, schema escalate");
        why.ShouldContain("ESCALATE_STORE");
        StoreFormats.PresentIn(bench.Data).ShouldBeEmpty();
        // Nor is one that is left from before.
        (await bench.InstallAgain("--store", "sqlite")).ShouldBe(ExitCode.Done, bench.Error);
        (await bench.Run(backup)).ShouldBe(ExitCode.Failed);
        bench.Error.ShouldContain("is PostgreSQL at db:5432");
        Chosen(bench, "sqlite").ShouldBe("sqlite");
        DatabaseNote.Forget(bench.Data);
        Chosen(bench, null).ShouldBe("sqlite");
    }

    [Fact]
    public async Task Two_stores_in_one_directory_need_a_word()
    {
        await using var bench = await SetupBench.Installed();
        (await bench.InstallAgain("--store", "litedb")).ShouldBe(ExitCode.Done, bench.Error);
        var other = Path.Combine(bench.Folder, "other");
        var engine = await StoreFormats
            .Named("sqlite")!
            .Open(
                other,
                TimeProvider.System,
                NullLoggerFactory.Instance,
                TestContext.Current.CancellationToken
            );
        await engine.DisposeAsync();
        File.Copy(Path.Combine(other, "escalate.db"), Path.Combine(bench.Data, "escalate.db"));
        string[] backup =
        [
            "backup",
            "--data",
            bench.Data,
            "--to",
            Path.Combine(bench.Folder, "b.tar"),
        ];

        (await bench.Run(backup)).ShouldBe(ExitCode.Failed);
        bench.Error.ShouldContain("Say which with --store litedb or --store sqlite");
        (await bench.Run([.. backup, "--store", "sqlite"])).ShouldBe(ExitCode.Done, bench.Error);
    }

    [Fact]
    public async Task Store_copy_moves_to_the_other_engine_and_says_what_it_checked()
    {
        await using var bench = await SetupBench.Installed();
        (await bench.InstallAgain("--store", "sqlite")).ShouldBe(ExitCode.Done, bench.Error);
        var to = Path.Combine(bench.Folder, "copied");

        (await bench.Run("store", "copy", "--from", bench.Data, "--to", to)).ShouldBe(
            ExitCode.Done,
            bench.Error
        );

        bench.Output.ShouldContain("copied     " + Path.Combine(to, "escalate.litedb"));
        bench.Output.ShouldContain("checked    0 documents");
        bench.Output.ShouldContain("digest     ");
        StoreFormats.PresentIn(to).ShouldHaveSingleItem().Word.ShouldBe("litedb");
        StoreFormats.PresentIn(bench.Data).ShouldHaveSingleItem().Word.ShouldBe("sqlite");
    }

    private static string Chosen(SetupBench bench, string? word) =>
        StoreFormats.For(bench.Data, StoreFormats.Named(word)).Word;
}
