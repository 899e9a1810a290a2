using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Interactions;

namespace Sidecar.Storage;

/// <summary>
/// Who waits for what becomes of an effect: a due task. In the commit that settles the effect, its <see cref="Outcome"/>
/// is stored and the task is due at once; the task's own commit deletes the outcome and the due time.
/// </summary>
/// <param name="Task">The <see cref="IDueTask.Kind"/> of the task.</param>
/// <param name="Id">What the task is called with, unique among all effects that it waits for: <c>ESC-12/channel</c>.</param>
public sealed record OutcomeAddress(string Task, string Id);

/// <summary>What became of an effect that somebody waits for.</summary>
public sealed record Outcome
{
    /// <summary>Outcomes in the store, filed under the <see cref="OutcomeAddress.Id"/>.</summary>
    public static DocumentKind<Outcome> Kind { get; } = new("outcome", StorageJson.Default.Outcome);

    /// <summary>It was done, and there is no more to say about it.</summary>
    internal static Outcome Done { get; } = new();

    /// <summary>The channel that was opened; null when none was.</summary>
    public NamedChannel? Opened { get; init; }

    /// <summary>Why nothing came of it; null when it was done, at least for some.</summary>
    public Hindrance? Hindered { get; init; }

    /// <summary>Who could not be added to a channel, and why.</summary>
    public ImmutableArray<NotAdmitted> NotAdmitted
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];
}

/// <summary>What stood in the way of something in the chat.</summary>
/// <param name="Obstacle">As far as it is known.</param>
/// <param name="Said">What Mattermost said, for an administrator.</param>
public sealed record Hindrance(ChatObstacle Obstacle, string Said);

/// <summary>Somebody who could not be added to a channel.</summary>
public sealed record NotAdmitted(UserId Person, Hindrance Why);
