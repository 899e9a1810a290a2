using Microsoft.Extensions.Logging;
using Sidecar.Storage.Files;
using Sidecar.Storage.Postgres;

namespace Sidecar.Storage.Engines;

/// <summary>The store that <c>--store</c> and the data directory name, opened.</summary>
/// <param name="Engine">Keeps the bytes.</param>
/// <param name="Kind">The engine of a store in files; null for a database.</param>
internal sealed record OpenedStore(IStoreEngine Engine, StoreKind? Kind)
{
    /// <summary>The database, for what sidecars share beside the store; null for files, which belong to one process.</summary>
    public PostgresStoreEngine? Database => Engine as PostgresStoreEngine;

    /// <exception cref="StoreUnusableException">It can't be used; the message says what to do.</exception>
    public static async Task<OpenedStore> Open(
        string directory,
        string? store,
        TimeProvider clock,
        ILoggerFactory logging,
        CancellationToken cancel
    )
    {
        if (PostgresAddress.IsOne(store))
        {
            var options = new PostgresStoreOptions(PostgresAddress.Parse(store!));
            var engine = await PostgresStoreEngine.OpenAsync(
                options,
                logging.CreateLogger<PostgresStoreEngine>(),
                cancel
            );
            DatabaseNote.Keep(directory, $"{options.Address}");
            return new OpenedStore(engine, Kind: null);
        }

        var format = StoreFormats.For(directory, StoreFormats.Named(store));
        var opened = await format.Open(directory, clock, logging, cancel);
        DatabaseNote.Forget(directory);
        return new OpenedStore(opened, format.Kind);
    }
}
