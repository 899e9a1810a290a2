using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Outbox;

/// <summary>How the outbox is delivered.</summary>
/// <param name="Bot">The bot, to tell people whom to invite.</param>
internal sealed record OutboxOptions(UserId Bot)
{
    /// <summary>How many lanes are served at the same time.</summary>
    public int Lanes { get; init; } = 8;

    /// <summary>Requests per second in the long run; Mattermost's own default limit is 10.</summary>
    public double PerSecond { get; init; } = 10;

    /// <summary>Requests at once after a quiet time.</summary>
    public int Burst { get; init; } = 20;

    /// <summary>How long to wait after a first failure; twice as long after each further one.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait. Delivery is never given up for trouble that passes.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often to look whether the bot's token is accepted again.</summary>
    public TimeSpan LockedOutRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Waits from this length on are noted in the store; shorter ones would only cost writes.</summary>
    public TimeSpan NotedRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many waiting effects are kept in memory as a whole; the rest are read again when their turn comes.</summary>
    public int KeptWhole { get; init; } = 1_000;

    /// <summary>A button for the message that tells of a refused delivery: it leads to <see cref="OutboxPump.ReleaseLane"/>.</summary>
    public Func<string, CardControl>? TryAgain { get; init; }
}
