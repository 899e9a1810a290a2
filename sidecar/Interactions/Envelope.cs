using Sidecar.Ids;

namespace Sidecar.Interactions;

/// <summary>
/// Who did something, where and when, vouched for by Mattermost. Only what has been verified becomes one; nothing in it
/// says how it reached us.
/// </summary>
/// <param name="Act">
/// Names this one act of this person: the same for a retried delivery, different for doing the same thing again.
/// </param>
/// <param name="User">Who.</param>
/// <param name="Team">The team it happened in; null in direct messages.</param>
/// <param name="Channel">The channel it happened in.</param>
/// <param name="Thread">The first post of the thread it happened in; null outside of threads.</param>
/// <param name="Trigger">Lets a dialog be opened for this person; null where Mattermost gives none.</param>
/// <param name="At">When it reached us, UTC.</param>
public sealed record Envelope(
    string Act,
    UserId User,
    TeamId? Team,
    ChannelId Channel,
    PostId? Thread,
    TriggerId? Trigger,
    DateTimeOffset At
)
{
    /// <summary>Lets this person be answered later at this place; null where Mattermost gives none.</summary>
    public LateAnswer? Later { get; init; }

    /// <summary>The message whose button they pressed; null for whatever begins elsewhere.</summary>
    public PostId? Pressed { get; init; }

    /// <summary>A program did it, which stands in no channel: where it belongs was said in what it sent.</summary>
    public bool IsFromProgram { get; init; }
}
