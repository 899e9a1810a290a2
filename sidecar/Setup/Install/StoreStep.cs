using Microsoft.Extensions.Logging.Abstractions;
using Sidecar.Settings;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Postgres;

namespace Sidecar.Setup.Install;

/// <summary>Makes the store when an engine was named: what is in the data directory is what every command uses from then on.</summary>
internal sealed class StoreStep(InstallRequest request, TimeProvider clock, Ledger ledger)
{
    /// <exception cref="SetupException">The data directory has a store of the other engine, or it can't be used.</exception>
    public async Task Ensure(CancellationToken cancel)
    {
        if (request.Store is null)
        {
            return;
        }

        try
        {
            if (PostgresAddress.IsOne(request.Store))
            {
                var address = PostgresAddress.Parse(request.Store);
                await EnsureTables(address);
                DatabaseNote.Keep(request.DataDirectory, $"{address}");
                return;
            }

            var named = StoreFormats.Named(request.Store);
            var isThere = StoreFormats.PresentIn(request.DataDirectory).Count > 0;
            var format = StoreFormats.For(request.DataDirectory, named);
            if (isThere)
            {
                ledger.Unchanged($"store of {format.Name}");
                return;
            }

            var engine = await format.Open(
                request.DataDirectory,
                clock,
                NullLoggerFactory.Instance,
                cancel
            );
            await engine.DisposeAsync();
            ledger.Created(
                $"store of {format.Name}",
                "empty; the sidecar uses it from its first start"
            );
        }
        catch (StoreUnusableException unusable)
        {
            throw new SetupException(
                "Mattermost is set up; the store was not made.",
                unusable.Message,
                unusable
            );
        }
    }

    private Task EnsureTables(PostgresAddress address) =>
        Task.Run(() =>
        {
            using var source = address.Connect($"escalate {ProductVersion.Current} installs");
            PostgresSchema.Prepare(source, address, PostgresSchema.Upgrades);
            ledger.Unchanged($"store at {address}; run the sidecars with the same --store");
        });
}
