using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Settings;

namespace Sidecar.Setup.Install;

/// <summary>The plugin's archive, as far as set-up must understand it.</summary>
/// <param name="Archive">The file's content.</param>
/// <param name="Version">The version in its manifest.</param>
/// <param name="Hash">
/// Of the browser's code, as Mattermost computes it (64 bits of FNV-1a) and puts it into the code's address: tells
/// whether the server has this very build, although the version may be the same.
/// </param>
internal sealed record PluginBundle(byte[] Archive, string Version, string Hash)
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>Where the build leaves it, seen from the repository, and where a release has it: beside the program.</summary>
    public static string? FindBuilt()
    {
        var name = $"escalate-{ProductVersion.Current}.tar.gz";
        return new[]
        {
            "dist",
            Path.Combine(AppContext.BaseDirectory, "dist"),
            AppContext.BaseDirectory,
        }
            .Select(directory => Path.GetFullPath(Path.Combine(directory, name)))
            .FirstOrDefault(File.Exists);
    }

    /// <exception cref="SetupException">It is not there, or not this product's plugin.</exception>
    public static PluginBundle Read(string path)
    {
        try
        {
            var archive = File.ReadAllBytes(path);
            var files = Unpack(archive);
            var id = Declaration.Current.Id;
            var manifest = files.TryGetValue($"{id}/plugin.json", out var json)
                ? JsonSerializer.Deserialize(json, BundleJson.Default.BundleManifest)
                : null;
            if (manifest?.Server is not null)
            {
                throw new InvalidDataException(
                    "it has a server part, which needs no set-up: upload it in System Console > Plugins instead, where no sidecar runs beside Mattermost"
                );
            }

            return
                manifest?.Id == id
                && files.TryGetValue($"{id}/{manifest.Webapp?.BundlePath}", out var code)
                ? new PluginBundle(archive, manifest.Version ?? "", HashOf(code))
                : throw new InvalidDataException(
                    $"it holds no {id}/plugin.json with id {id} and a bundle"
                );
        }
        catch (Exception broken)
            when (broken
                    is IOException
                        or UnauthorizedAccessException
                        or InvalidDataException
                        or FormatException
                        or JsonException
            )
        {
            throw new SetupException(
                $"The plugin {path} can't be used: {broken.Message}",
                "Build it again, or name another archive with --plugin. Without one everything else is set up.",
                broken
            );
        }
    }

    public static string HashOf(ReadOnlySpan<byte> code)
    {
        var hash = FnvOffset;
        foreach (var b in code)
        {
            hash = unchecked((hash ^ b) * FnvPrime);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, byte[]> Unpack(byte[] archive)
    {
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
        using var unzipped = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress);
        using var tar = new TarReader(unzipped);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not { } data)
            {
                continue;
            }

            using var content = new MemoryStream();
            data.CopyTo(content);
            var name = entry.Name.StartsWith("./", StringComparison.Ordinal)
                ? entry.Name[2..]
                : entry.Name;
            files[name] = content.ToArray();
        }

        return files;
    }
}

/// <summary>The part of a manifest that tells what an archive is.</summary>
internal sealed record BundleManifest(
    string? Id,
    string? Version,
    BundleWebapp? Webapp,
    JsonElement? Server = null
);

/// <summary>Where the browser's code is in the archive.</summary>
internal sealed record BundleWebapp(string? BundlePath);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BundleManifest))]
internal sealed partial class BundleJson : JsonSerializerContext;
