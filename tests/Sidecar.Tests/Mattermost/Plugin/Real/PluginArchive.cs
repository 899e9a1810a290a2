using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Sidecar.Tests.Mattermost.Plugin.Real;

/// <summary>
/// The archive that is uploaded, as it was made, with another version, or for a server older than the browser's part
/// wants: the server part runs on those, too.
/// </summary>
internal static class PluginArchive
{
    public static async Task<byte[]> With(
        string path,
        string version,
        Version server,
        CancellationToken cancel
    )
    {
        using var made = new MemoryStream();
        await using (var packed = new GZipStream(made, CompressionLevel.Fastest, leaveOpen: true))
        await using (var writer = new TarWriter(packed, TarEntryFormat.Pax, leaveOpen: true))
        {
            await using var file = File.OpenRead(path);
            await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            await using var reader = new TarReader(unpacked);
            while (await reader.GetNextEntryAsync(copyData: true, cancel) is { } entry)
            {
                if (entry.Name.EndsWith("/plugin.json", StringComparison.Ordinal))
                {
                    entry.DataStream = await Manifest(entry.DataStream!, version, server, cancel);
                }

                await writer.WriteEntryAsync(entry, cancel);
            }
        }

        return made.ToArray();
    }

    private static async Task<Stream> Manifest(
        Stream from,
        string version,
        Version server,
        CancellationToken cancel
    )
    {
        var manifest = (await JsonNode.ParseAsync(from, cancellationToken: cancel))!.AsObject();
        manifest["version"] = version;
        if (Version.Parse((string)manifest["min_server_version"]!) > server)
        {
            manifest["min_server_version"] = server.ToString(3);
        }

        return new MemoryStream(System.Text.Encoding.UTF8.GetBytes(manifest.ToJsonString()));
    }
}
