using Sidecar.Mattermost.Plugin;
using Sidecar.Mattermost.Plugin.Gob;

namespace Sidecar.Hosting.Plugin;

/// <summary>Where Mattermost is and where our own data is, as the server's settings say.</summary>
/// <param name="Server">The server's address for us: the port beside us, or its public one.</param>
/// <param name="Data">The folder of our own.</param>
/// <param name="IsCluster">Several servers work together, each with a process of ours.</param>
/// <param name="KeepsFiles">The server keeps files on its own disk; where it does not, nothing there may last.</param>
internal sealed record PluginPlaces(Uri Server, string Data, bool IsCluster, bool KeepsFiles)
{
    public const string Folder = "escalate";

    /// <exception cref="PluginRefusal">The server does not say where it is.</exception>
    public static PluginPlaces Of(GobValue config)
    {
        var service = config["ServiceSettings"] ?? GobValue.Empty;
        var kept = config["FileSettings"] ?? GobValue.Empty;
        var files = kept.TextOf("Directory");
        return new PluginPlaces(
            Address(
                service.TextOf("ListenAddress"),
                service.TextOf("SiteURL"),
                service.TextOf("ConnectionSecurity")
            ),
            Path.GetFullPath(Path.Combine(files.Length > 0 ? files : "data", Folder)),
            (config["ClusterSettings"] ?? GobValue.Empty).BoolOf("Enable"),
            kept.TextOf("DriverName") is "" or "local"
        );
    }

    /// <summary>
    /// The server runs us, so it listens on this machine: what is asked of it makes no way through proxies. Where it
    /// speaks TLS itself, its certificate is for its public name.
    /// </summary>
    private static Uri Address(string listens, string site, string security)
    {
        var hasSite = Uri.TryCreate(site, UriKind.Absolute, out var known);
        if (security.Length > 0)
        {
            return hasSite
                ? known!
                : throw new PluginRefusal(
                    "Mattermost has no Site URL. Set it in System Console > Environment > Web Server, then enable the plugin again."
                );
        }

        var colon = listens.LastIndexOf(':');
        var host = colon > 0 ? listens[..colon] : "";
        var port = colon >= 0 ? listens[(colon + 1)..] : "";
        var isAnywhere = host is "" or "0.0.0.0" or "[::]";
        var path = hasSite ? known!.AbsolutePath.TrimEnd('/') : "";
        return Uri.TryCreate(
            $"http://{(isAnywhere ? "127.0.0.1" : host)}:{(port.Length > 0 ? port : "80")}{path}",
            UriKind.Absolute,
            out var beside
        )
            ? beside
            : throw new PluginRefusal(
                $"Mattermost's Listen Address, {listens}, is not understood. Set it in System Console > Environment > Web Server as :8065 or 127.0.0.1:8065, then enable the plugin again."
            );
    }
}
