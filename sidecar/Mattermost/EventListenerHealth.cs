namespace Sidecar.Mattermost;

/// <summary>What is being done about a line.</summary>
internal enum ListeningState
{
    /// <summary>It has not begun.</summary>
    Starting,

    /// <summary>A line is being opened.</summary>
    Connecting,

    /// <summary>There is a line.</summary>
    Listening,

    /// <summary>There is none, and it is tried again at a time.</summary>
    Waiting,

    /// <summary>Another of the processes that share the store listens.</summary>
    Elsewhere,

    /// <summary>The process ends.</summary>
    Stopped,
}

/// <summary>How listening is doing. Times are UTC.</summary>
/// <param name="State">What is being done.</param>
/// <param name="Since">Since when.</param>
/// <param name="RetryAt">When it is tried again; null when it is not waiting.</param>
/// <param name="LookUpAt">When missed reactions are looked up again; null when that is not waited for.</param>
/// <param name="Until">Up to when every reaction is handled.</param>
internal sealed record EventListenerHealth(
    ListeningState State,
    DateTimeOffset Since,
    DateTimeOffset? RetryAt,
    DateTimeOffset? LookUpAt,
    DateTimeOffset Until
);
