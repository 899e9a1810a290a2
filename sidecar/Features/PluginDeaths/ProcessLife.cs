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
/// <param name="Deaths">When they happened, UTC, those within an hour of the latest, which stands at the end.</param>
internal sealed record ProcessLife(string Server, bool Runs, ImmutableArray<DateTimeOffset> Deaths)
{
    /// <summary>The death after which nobody starts it again but an administrator.</summary>
    public const int GivesUpAfter = 3;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public static DocumentKind<ProcessLife> Kind { get; } =
        new("process-life", PluginDeathsJson.Default.ProcessLife);

    public static ProcessLife None { get; } = new("", Runs: false, []);

    /// <summary>
    /// So many deaths that administrators are to be told: that Mattermost has given up, however long ago, or that it
    /// will with the next one.
    /// </summary>
    public bool IsSerious(DateTimeOffset now) =>
        Deaths.Length >= GivesUpAfter
        || (Deaths.Length == GivesUpAfter - 1 && now < Deaths[0] + Window);

    /// <summary>A process begins. If the one before it did not end in good order, it has died.</summary>
    /// <param name="server">The process of Mattermost’s.</param>
    /// <param name="seenAt">When the one before was there for the last time; null when nobody knows.</param>
    /// <param name="now">The time.</param>
    public ProcessLife Begun(string server, DateTimeOffset? seenAt, DateTimeOffset now)
    {
        if (server != Server)
        {
            return new ProcessLife(server, Runs: true, []);
        }

        // After the last one somebody has enabled it, and Mattermost counts anew.
        var before = Deaths.Length < GivesUpAfter ? Deaths : [];
        if (!Runs)
        {
            return this with { Runs = true, Deaths = before.RemoveAll(at => at + Window <= now) };
        }

        // Between the last sign of life and this start; clocks that were set back make no order.
        var died = seenAt is { } seen && seen < now ? seen : now;
        died = before.IsEmpty || died > before[^1] ? died : before[^1];
        return this with
        {
            Runs = true,
            Deaths = before.RemoveAll(at => at + Window <= died).Add(died),
        };
    }

    /// <summary>A process ends, as it was told to.</summary>
    public ProcessLife Ended() => this with { Runs = false };
}

/// <summary>The process on a machine was there.</summary>
/// <param name="At">When, UTC.</param>
internal sealed record ProcessSeen(DateTimeOffset At)
{
    public static DocumentKind<ProcessSeen> Kind { get; } =
        new("process-seen", PluginDeathsJson.Default.ProcessSeen);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProcessLife))]
[JsonSerializable(typeof(ProcessSeen))]
internal sealed partial class PluginDeathsJson : JsonSerializerContext;
