using Npgsql;
using Sidecar.Mattermost.Plugin;
using Sidecar.Mattermost.Plugin.Gob;

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

        if (wish is "file" || (wish is not "database" && !places.IsCluster && places.KeepsFiles))
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
    internal static string Address(string dataSource)
    {
        if (
            !Uri.TryCreate(dataSource, UriKind.Absolute, out var source)
            || source.Scheme is not ("postgres" or "postgresql")
            || source.UserInfo.Split(':', 2) is not [var user, .. var password]
        )
        {
            throw new PluginRefusal(
                "The address of Mattermost's database is not understood, so Escalate can't keep its data there. Choose File in System Console > Plugins > Escalate, or tell the sidecar beside Mattermost its own --store."
            );
        }

        var address = new NpgsqlConnectionStringBuilder
        {
            Host = source.Host,
            Port = source.Port > 0 ? source.Port : NpgsqlConnection.DefaultPort,
            Database = Uri.UnescapeDataString(source.AbsolutePath.Trim('/')),
            Username = Uri.UnescapeDataString(user),
            SslMode = Security(source.Query),
        };
        if (password is [var secret])
        {
            address.Password = Uri.UnescapeDataString(secret);
        }

        return $"postgres:{address.ConnectionString}";
    }

    private static SslMode Security(string query) =>
        query
            .TrimStart('?')
            .Split('&')
            .FirstOrDefault(p => p.StartsWith("sslmode=", StringComparison.Ordinal)) switch
        {
            "sslmode=disable" => SslMode.Disable,
            "sslmode=verify-ca" => SslMode.VerifyCA,
            "sslmode=verify-full" => SslMode.VerifyFull,
            "sslmode=prefer" or "sslmode=allow" => SslMode.Prefer,
            _ => SslMode.Require,
        };
}
