using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Mattermost.Simulator;

namespace Sidecar.Tests.Harness;

/// <summary>
/// What an installation had when it was left: the data directory, and of its Mattermost the people, channels and
/// messages that the data names. An archive holds <c>data/</c> and <c>world.json</c>.
/// </summary>
internal sealed class Installation : IDisposable
{
    private const string WorldFile = "world.json";

    private readonly TemporaryFolder _folder = new();
    private readonly World _world;

    public Installation(string archive)
    {
        using (var file = File.OpenRead(archive))
        using (var unzipped = new GZipStream(file, CompressionMode.Decompress))
        {
            TarFile.ExtractToDirectory(unzipped, _folder.Path, overwriteFiles: false);
        }

        _world = JsonSerializer.Deserialize<World>(
            File.ReadAllText(Path.Combine(_folder.Path, WorldFile)),
            JsonSerializerOptions.Web
        )!;
    }

    /// <summary>When it was left.</summary>
    public DateTimeOffset At => _world.At;

    /// <summary>Somebody's id there; null for who was not there.</summary>
    public string? IdOf(string user) => _world.Users.GetValueOrDefault(user);

    /// <summary>Puts its channels and messages into a server that has its people.</summary>
    public void Furnish(MattermostSimulator mattermost, params ReadOnlySpan<string> members)
    {
        foreach (var (name, id) in _world.Channels)
        {
            mattermost.AddKnownChannel(id, name, members);
        }

        foreach (var post in _world.Posts)
        {
            mattermost.AddKnownPost(post.Id, post.Channel, post.User, post.Message, post.Root);
        }
    }

    /// <summary>Copies the data directory.</summary>
    public void CopyTo(string directory)
    {
        var from = Path.Combine(_folder.Path, "data");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(directory, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    public void Dispose() => _folder.Dispose();

    private sealed record World(
        DateTimeOffset At,
        IReadOnlyDictionary<string, string> Users,
        IReadOnlyDictionary<string, string> Channels,
        IReadOnlyList<Said> Posts
    );

    private sealed record Said(string Id, string Channel, string Root, string User, string Message);
}
