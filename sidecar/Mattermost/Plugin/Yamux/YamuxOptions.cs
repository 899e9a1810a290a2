namespace Sidecar.Mattermost.Plugin.Yamux;

/// <summary>What a session allows.</summary>
internal sealed record YamuxOptions
{
    /// <summary>What either side may send on a stream before it is told that it was read. The protocol's own number.</summary>
    public const int Window = 256 * 1024;

    /// <summary>Whether this side opened the connection: it numbers its streams 1, 3, 5, the other 2, 4, 6.</summary>
    public bool IsClient { get; init; }

    /// <summary>Streams that the other side may have open at once; more are refused one by one.</summary>
    public int Streams { get; init; } = 1024;

    /// <summary>Bytes that were received on all streams and not read yet, at the most.</summary>
    public int Received { get; init; } = 32 * 1024 * 1024;

    /// <summary>Answers that wait for the other side to read them, at the most: whoever only asks is left.</summary>
    public int Answers { get; init; } = 16 * 1024;
}
