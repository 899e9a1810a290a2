using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;
using Sidecar.Storage.Sqlite;

namespace Benchmarks.Stores;

/// <summary>Stores full of escalations: written once through the engine in big commits, and kept in the temporary folder.</summary>
internal static class SeededStore
{
    // To be raised when what is seeded changes.
    private const int Edition = 5;
    private const int AtOnce = 500;

    public static string Cache => Path.Combine(Path.GetTempPath(), "escalate-benchmarks");

    /// <summary>The data directory of a store that was seeded by this plan; nobody may change it.</summary>
    public static async Task<string> Find(SeedPlan plan)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"v{Edition}-{plan.Escalations}-{plan.Audit}"
        );
        var done = Path.Combine(Cache, name);
        if (!Directory.Exists(done))
        {
            var half = Path.Combine(Cache, name + ".half");
            if (Directory.Exists(half))
            {
                Directory.Delete(half, recursive: true);
            }

            Directory.CreateDirectory(half);
            await Seed(half, plan);
            ContinueNumbers(half, plan);
            Directory.Move(half, done);
        }

        return done;
    }

    /// <summary>A copy that may be changed.</summary>
    /// <param name="plan">What is in it.</param>
    /// <param name="store">Its engine, as <c>--store</c> names it.</param>
    public static async Task<WorkingCopy> Copy(SeedPlan plan, string store = "sqlite")
    {
        var format = StoreFormats.Named(store)!;
        var seeded = Converted(await Find(plan), format);
        var copy = NewFolder();
        foreach (var file in Directory.EnumerateFiles(seeded, StoreFiles.NameOf(format.Kind) + "*"))
        {
            File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>An empty data directory.</summary>
    public static WorkingCopy NewFolder() =>
        new(Directory.CreateDirectory(Path.Combine(Cache, Path.GetRandomFileName())));

    public static Task<SqliteStoreEngine> Open(string directory) =>
        SqliteStoreEngine.OpenAsync(
            new SqliteStoreOptions { DataDirectory = directory },
            TimeProvider.System,
            NullLogger<SqliteStoreEngine>.Instance,
            CancellationToken.None
        );

    /// <summary>What was seeded, in another engine; kept, too.</summary>
    private static string Converted(string seeded, IStoreFormat format)
    {
        if (format.Kind == StoreKind.Sqlite)
        {
            return seeded;
        }

        var done = $"{seeded}-{format.Word}";
        if (StoreFormats.PresentIn(done).Count == 0)
        {
            StoreCopy.Run(
                new StoreFiles(seeded, StoreKind.Sqlite),
                new StoreFiles(done, format.Kind),
                SeedProgress,
                CancellationToken.None
            );
        }

        return done;
    }

    /// <summary>Beside the report, which goes to standard output.</summary>
    public static void SeedProgress(CopyProgress at)
    {
        if (at.Percent % 10 == 0)
        {
            Console.Error.WriteLine($"{at.Step} {at.Rows} of {at.All} rows");
        }
    }

    private static async Task Seed(string directory, SeedPlan plan)
    {
        await using var engine = await Open(directory);
        var store = new Store(engine);
        for (var first = 0; first < SeedPlan.People; first += AtOnce)
        {
            await store.Commit(SeededChanges.People(first, AtOnce), CancellationToken.None);
        }

        await store.Commit(SeededChanges.SetUp(), CancellationToken.None);
        await store.Commit(SeededChanges.Customers(), CancellationToken.None);
        for (var first = 1; first <= plan.Newcomers; first += AtOnce)
        {
            var last = Math.Min(first + AtOnce - 1, plan.Newcomers);
            await store.Commit(SeededChanges.Newcomers(first, last), CancellationToken.None);
        }

        for (var first = 1; first <= plan.Escalations; first += AtOnce)
        {
            var last = Math.Min(first + AtOnce - 1, plan.Escalations);
            await store.Commit(
                SeededChanges.Escalations(plan, first, last),
                CancellationToken.None
            );
        }
    }

    /// <summary>Numbers go on behind the seeded ones.</summary>
    private static void ContinueNumbers(string directory, SeedPlan plan)
    {
        using var database = SqliteConnection.ForWriting(Path.Combine(directory, "escalate.db"));
        database.Execute(
            string.Create(
                CultureInfo.InvariantCulture,
                $"INSERT INTO numbers(series, last) VALUES('{EscalationId.Series}', {plan.Escalations})"
            )
        );
    }
}

/// <summary>A store that belongs to one run and is gone with it.</summary>
internal sealed class WorkingCopy(DirectoryInfo directory) : IDisposable
{
    public string Path => directory.FullName;

    public void Dispose() => directory.Delete(recursive: true);
}
