using Sidecar.Mattermost.Plugin;
using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Storage.Engines;

namespace Sidecar.Hosting.Plugin;

/// <summary>
/// Where the data is: a file beside Mattermost's own, or a schema in its database when several servers work together.
/// </summary>
internal static class PluginStore
{
    /// <summary>As <c>--store</c> names it; null for the file.</summary>
    /// <exception cref="PluginRefusal">What was chosen is not to be had here.</exception>
    public static async Task<string?> Choose(
        string? wish,
        PluginPlaces places,
        PluginApi api,
        CancellationToken cancel
    )
    {
        if (wish is "file" && places.IsCluster)
        {
            throw new PluginRefusal(
                "Several servers work together, so Escalate's data can't be a file. Choose Automatic or the database in System Console > Plugins > Escalate."
            );
        }

        if (wish is "file")
        {
            DatabaseNote.Forget(places.Data);
            return null;
        }

        // What several servers kept in the database stays there when one is left, unless somebody says otherwise.
        if (
            wish is not "database"
            && !places.IsCluster
            && places.KeepsFiles
            && DatabaseNote.In(places.Data) is null
        )
        {
            return null;
        }

        var sql = (await api.GetUnsanitizedConfig(cancel))["SqlSettings"] ?? GobValue.Empty;
        return sql.TextOf("DriverName") == "postgres"
            ? Address(sql.TextOf("DataSource"))
            : throw new PluginRefusal(
                "Mattermost's database is not PostgreSQL, so Escalate can't keep its data there. On one server choose File in System Console > Plugins > Escalate; several servers need PostgreSQL."
            );
    }

    /// <summary>Mattermost's own way of writing an address, in ours.</summary>
    internal static string Address(string dataSource) =>
        ServersDatabase.Of(dataSource) is { } address
            ? $"postgres:{address.ConnectionString}"
            : throw new PluginRefusal(
                "The address of Mattermost's database is not understood, so Escalate can't keep its data there. Choose File in System Console > Plugins > Escalate, or tell the sidecar beside Mattermost its own --store."
            );
}
