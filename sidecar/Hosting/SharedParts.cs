using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Sidecar.Storage;
using Sidecar.Storage.Postgres;

namespace Sidecar.Hosting;

/// <summary>What the sidecars on one database have in common beside the store: leases, time, keys and how fast people may go.</summary>
internal static class SharedParts
{
    public static string KeyFolder(SidecarSettings settings) =>
        Path.Combine(settings.DataDirectory, "keys");

    public static void Add(
        IServiceCollection services,
        PostgresStoreEngine database,
        SidecarSettings settings,
        SharedClock common
    )
    {
        services.AddSingleton(parts => new PostgresLeases(
            database,
            parts.GetRequiredService<Store>(),
            settings.Leases,
            common,
            parts.GetRequiredService<ILogger<PostgresLeases>>()
        ));
        services.AddSingleton<ILeases>(parts => parts.GetRequiredService<PostgresLeases>());
        // Before all others: what they do needs leases, and they have stopped when these are given back.
        services.Insert(
            0,
            ServiceDescriptor.Singleton<IHostedService>(parts =>
                parts.GetRequiredService<PostgresLeases>()
            )
        );
        services.AddSingleton<ISharedPaces>(new PostgresPaces(database));
        var keys = new SharedKeys(database, KeyFolder(settings));
        services.AddSingleton(keys);
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = keys);
    }

    /// <summary>
    /// Sees to it that there is a key before anybody is served: of sidecars that start together the second finds the key
    /// of the first.
    /// </summary>
    public static Task Prepare(
        IServiceProvider parts,
        PostgresStoreEngine database,
        CancellationToken cancel
    ) =>
        database.InTurn(
            async () =>
            {
                await parts.GetRequiredService<SharedKeys>().TakeOver(cancel);
                parts
                    .GetRequiredService<IDataProtectionProvider>()
                    .CreateProtector(nameof(SharedParts))
                    .Protect([]);
            },
            cancel
        );
}
