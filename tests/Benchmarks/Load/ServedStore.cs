using System.Collections.Immutable;
using Benchmarks.Stores;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Mattermost;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;
using Sidecar.Storage.Postgres;
using Sidecar.Tests.Storage.Postgres;

namespace Benchmarks.Load;

/// <summary>A seeded store of some engine, to be served by as many sidecars as it is meant for; gone with the run.</summary>
internal sealed class ServedStore : IDisposable
{
    private const string Schema = "escalate";

    private readonly PostgresCluster? _server;
    private readonly WorkingCopy[] _folders;

    private ServedStore(PostgresCluster? server, WorkingCopy[] folders) =>
        (_server, _folders) = (server, folders);

    /// <summary>Copies what is seeded.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not on this machine.</exception>
    public static async Task<ServedStore> Prepare(SeedPlan plan, LoadStore store)
    {
        var folders = new WorkingCopy[store.Sidecars];
        folders[0] = store.Engine is { } engine
            ? await SeededStore.Copy(plan, engine)
            : SeededStore.NewFolder();
        for (var i = 1; i < folders.Length; i++)
        {
            folders[i] = SeededStore.NewFolder();
        }

        foreach (var folder in folders)
        {
            // Everybody comes for the first time: what is measured is what they ask for, not that they are welcomed.
            await File.WriteAllTextAsync(
                Path.Combine(folder.Path, "settings.json"),
                """{ "help": { "welcomeNewcomers": false } }"""
            );
        }

        if (store.Engine is not null)
        {
            return new ServedStore(null, folders);
        }

        var server = PostgresCluster.StartDurable();
        server.Execute($"CREATE SCHEMA {Schema}");
        var seeded = await SeededStore.Find(plan);
        StoreCopy.Run(
            () => FileEnd.ForReading(new StoreFiles(seeded, StoreKind.Sqlite), Disk.Real),
            () =>
                new PostgresEnd(
                    PostgresTables.ForLoading(PostgresAddress.Parse(server.Store(Schema)))
                ),
            SeededStore.SeedProgress,
            CancellationToken.None
        );
        // As the server does by itself after a while: a table that nobody has counted is read by guesses.
        server.Execute("VACUUM ANALYZE");
        return new ServedStore(server, folders);
    }

    /// <summary>Starts what serves it; all are ready when this returns.</summary>
    /// <returns>The sidecars, and how long the slowest took from nothing to ready.</returns>
    public async Task<(ImmutableArray<ServerProcess> Sidecars, TimeSpan Took)> Start(Uri mattermost)
    {
        var sidecars = ImmutableArray.CreateBuilder<ServerProcess>();
        var slowest = TimeSpan.Zero;
        foreach (var folder in _folders)
        {
            var (sidecar, took) = await SidecarProcess.Start(
                folder.Path,
                mattermost,
                _server?.Store(Schema)
            );
            sidecars.Add(sidecar);
            slowest = took > slowest ? took : slowest;
        }

        return (sidecars.ToImmutable(), slowest);
    }

    /// <summary>
    /// Seals as the sidecars do, with the keys in the data directory of the first; those on a database take them over from
    /// there when they start.
    /// </summary>
    public InteractionSeal Seal()
    {
        var services = new ServiceCollection();
        services
            .AddDataProtection()
            .SetApplicationName("escalate")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(_folders[0].Path, "keys")));
        var protection = services
            .BuildServiceProvider()
            .GetRequiredService<IDataProtectionProvider>();
        // There is a key from now on.
        protection.CreateProtector(nameof(ServedStore)).Protect([]);
        return new InteractionSeal(protection, TimeProvider.System);
    }

    public void Dispose()
    {
        _server?.Dispose();
        foreach (var folder in _folders)
        {
            folder.Dispose();
        }
    }
}
