using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Storage;

namespace Sidecar.Outbox;

/// <summary>What became of an effect that somebody waits for.</summary>
public sealed record Outcome
{
    /// <summary>Outcomes in the store, filed under the <see cref="OutcomeAddress.Id"/>.</summary>
    public static DocumentKind<Outcome> Kind { get; } = new("outcome", OutcomeJson.Default.Outcome);

    /// <summary>It was done, and there is no more to say about it.</summary>
    internal static Outcome Done { get; } = new();

    /// <summary>The channel that was opened; null when none was.</summary>
    public NamedChannel? Opened { get; init; }

    /// <summary>Why nothing came of it; null when it was done, at least for some.</summary>
    public Hindrance? Hindered { get; init; }

    /// <summary>Who could not be added to a channel, and why.</summary>
    public ImmutableArray<Unadmitted> NotAdmitted
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];
}
