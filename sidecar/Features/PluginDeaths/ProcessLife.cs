using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Storage;

namespace Sidecar.Features.PluginDeaths;

/// <summary>
/// What became of the processes that one Mattermost ran as its plugin. It counts the same as Mattermost does, which
/// gives up after the third death within an hour.
/// </summary>
/// <param name="Server">The process of Mattermost’s; it has forgotten its count when it is another one.</param>
/// <param name="Runs">Ours is there: it was begun and not ended in good order.</param>
/// <param name="Deaths">When those of the last hour were noticed, UTC, the latest at the end.</param>
internal sealed record ProcessLife(string Server, bool Runs, ImmutableArray<DateTimeOffset> Deaths)
{
    /// <summary>The death after which nobody starts it again but an administrator.</summary>
    public const int GivesUpAfter = 3;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public static DocumentKind<ProcessLife> Kind { get; } =
        new("process-life", PluginDeathsJson.Default.ProcessLife);

    public static ProcessLife None { get; } = new("", Runs: false, []);

    /// <summary>So many deaths that administrators are to be told.</summary>
    [JsonIgnore]
    public bool IsSerious => Deaths.Length >= GivesUpAfter - 1;

    /// <summary>A process begins. If the one before it did not end in good order, it has died.</summary>
    public ProcessLife Begun(string server, DateTimeOffset now)
    {
        if (server != Server)
        {
            return new ProcessLife(server, Runs: true, []);
        }

        // After the last one somebody has enabled it, and Mattermost counts anew.
        var known = Deaths.Length < GivesUpAfter ? Deaths.RemoveAll(at => at + Window <= now) : [];
        return this with { Runs = true, Deaths = Runs ? known.Add(now) : known };
    }

    /// <summary>A process ends, as it was told to.</summary>
    public ProcessLife Ended() => this with { Runs = false };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProcessLife))]
internal sealed partial class PluginDeathsJson : JsonSerializerContext;
