using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mattermost.Simulator;

/// <summary>Uploaded plugins: their manifests, whether they run, and their web app bundles.</summary>
internal sealed partial class Plugins(World world)
{
    private readonly Dictionary<string, Plugin> byId = new(StringComparer.Ordinal);
    private readonly HashSet<string> enabled = new(StringComparer.Ordinal);

    public sealed record Plugin(string Id, JsonElement Manifest, byte[]? Bundle)
    {
        public string BundlePath { get; } =
            Bundle is null ? "" : $"/static/{Id}/{Id}_{Fnv1a(Bundle):x16}_bundle.js";

        /// <summary>The hash that a real server puts into the address.</summary>
        private static ulong Fnv1a(byte[] content) =>
            content.Aggregate(
                14695981039346656037UL,
                static (hash, b) => unchecked((hash ^ b) * 1099511628211UL)
            );
    }

    public JsonElement Install(Stream archive, bool force)
    {
        var plugin = Read(archive);
        lock (world.Gate)
        {
            if (byId.ContainsKey(plugin.Id) && !force)
            {
                throw Refuse.With("app.plugin.install_id.app_error", 400);
            }

            byId[plugin.Id] = plugin;
        }

        Tell();
        return plugin.Manifest;
    }

    private static Plugin Read(Stream archive)
    {
        var files = Unpack(archive);
        var prefix = CommonFolder(files.Keys);
        if (!files.TryGetValue(prefix + "plugin.json", out var manifestBytes))
        {
            throw Refuse.With("app.plugin.manifest.app_error", 400);
        }

        JsonElement manifest;
        try
        {
            manifest = Wire.Parse(System.Text.Encoding.UTF8.GetString(manifestBytes));
        }
        catch (JsonException)
        {
            throw Refuse.With("app.plugin.manifest.app_error", 400);
        }

        var id = manifest.Str("id") ?? "";
        if (id.Length is < 3 or > 190 || !ValidId().IsMatch(id))
        {
            var sentence = Messages
                .Of("app.plugin.invalid_id.app_error")
                .Replace("{{.Min}}", "3", StringComparison.Ordinal)
                .Replace("{{.Max}}", "190", StringComparison.Ordinal)
                .Replace("{{.Regex}}", @"^[a-zA-Z0-9-_\.]+$", StringComparison.Ordinal);
            throw new RefusedException(
                new AppError("app.plugin.invalid_id.app_error", sentence, 400)
            );
        }

        var bundle = manifest.Get("webapp")?.Str("bundle_path") is { } path
            ? files.GetValueOrDefault(prefix + path)
                ?? throw Refuse.With("app.plugin.webapp_bundle.app_error", 500)
            : null;
        return new Plugin(id, PluginManifest.Complete(manifest), bundle);
    }

    private static Dictionary<string, byte[]> Unpack(Stream archive)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            using var unzipped = new GZipStream(archive, CompressionMode.Decompress);
            using var tar = new TarReader(unzipped);
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is { } data)
                {
                    using var content = new MemoryStream();
                    data.CopyTo(content);
                    files[
                        entry.Name.StartsWith("./", StringComparison.Ordinal)
                            ? entry.Name[2..]
                            : entry.Name
                    ] = content.ToArray();
                }
            }
        }
        catch (Exception broken)
            when (broken is InvalidDataException or IOException or FormatException)
        {
            throw Refuse.With("app.plugin.extract.app_error", 400);
        }

        return files;
    }

    private static string CommonFolder(IEnumerable<string> names)
    {
        var folders = names
            .Select(n =>
                n.Contains('/', StringComparison.Ordinal)
                    ? n[..(n.IndexOf('/', StringComparison.Ordinal) + 1)]
                    : ""
            )
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return folders.Count == 1 ? folders[0] : "";
    }

    public void Enable(string id, bool on)
    {
        lock (world.Gate)
        {
            if (!byId.ContainsKey(id))
            {
                throw Refuse.With("app.plugin.not_installed.app_error", 404);
            }

            _ = on ? enabled.Add(id) : enabled.Remove(id);
        }

        Tell();
    }

    public void Remove(string id)
    {
        Enable(id, on: false);
        lock (world.Gate)
        {
            byId.Remove(id);
        }

        Tell();
    }

    public (IReadOnlyList<Plugin> Active, IReadOnlyList<Plugin> Inactive) All()
    {
        lock (world.Gate)
        {
            var all = byId.Values.OrderBy(p => p.Id, StringComparer.Ordinal).ToList();
            return ([.. all.Where(Runs)], [.. all.Where(p => !Runs(p))]);
        }
    }

    public Plugin? Find(string id)
    {
        lock (world.Gate)
        {
            return byId.GetValueOrDefault(id);
        }
    }

    /// <summary>A plugin that wants a newer server can be enabled, and then does not run.</summary>
    private bool Runs(Plugin plugin) =>
        enabled.Contains(plugin.Id)
        && (
            !Version.TryParse(plugin.Manifest.Str("min_server_version"), out var wanted)
            || !Version.TryParse(world.Options.ServerVersion, out var own)
            || wanted <= own
        );

    public JsonArray Statuses()
    {
        var (active, inactive) = All();
        return
        [
            .. active.Select(p => Status(p, running: true)),
            .. inactive.Select(p => Status(p, running: false)),
        ];

        static JsonNode Status(Plugin plugin, bool running) =>
            new JsonObject
            {
                ["plugin_id"] = plugin.Id,
                ["cluster_id"] = "",
                ["plugin_path"] = "plugins/" + plugin.Id,
                ["state"] = running ? 2 : 0,
                ["name"] = plugin.Manifest.Str("name") ?? "",
                ["description"] = plugin.Manifest.Str("description") ?? "",
                ["version"] = plugin.Manifest.Str("version") ?? "",
            };
    }

    private void Tell()
    {
        world.Changes.Signal();
        world.Hub.Publish(
            "plugin_statuses_changed",
            new Audience(),
            () => new() { ["plugin_statuses"] = Statuses() }
        );
    }

    [GeneratedRegex(@"^[a-zA-Z0-9\-_.]+$")]
    private static partial Regex ValidId();
}
