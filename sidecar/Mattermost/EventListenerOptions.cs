namespace Sidecar.Mattermost;

/// <summary>How Mattermost's WebSocket is listened to.</summary>
/// <param name="Server">Mattermost's address; it may live below a path.</param>
internal sealed record EventListenerOptions(Uri Server)
{
    /// <summary>How long connecting and logging in may take together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a line is quiet about itself before it is asked whether it is there; infinite: never asked.</summary>
    public TimeSpan PingEvery { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the answer to that may take; then the line counts as dead.</summary>
    public TimeSpan PongWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long to wait after a first failure; twice as long after each further one.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait. It is never given up.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often it is written down up to when everything was heard.</summary>
    public TimeSpan NotedEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>So many reactions may wait to be handled; what comes beyond is looked up later.</summary>
    public int MostWaiting { get; init; } = 10_000;

    /// <summary>
    /// In the channels of the cards shown within this time missed reactions are looked for. What is open is prompted for
    /// at least once a week, so its card was shown in that time; a reaction to an older card is still heard when it comes.
    /// </summary>
    public TimeSpan ShownWithin { get; init; } = TimeSpan.FromDays(30);

    /// <summary>In so many channels at the most, those with the latest cards.</summary>
    public int MostChannels { get; init; } = 500;
}
