using System.Collections.Immutable;
using Sidecar.Ids;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>Who is there to be told, at the moment at which something is routed.</summary>
/// <param name="Channels">The teams' channels, as far as they have one.</param>
/// <param name="People">The teams' people, named when the team has no channel.</param>
/// <param name="CanAddCustomers">Who can add what is missing of a customer.</param>
internal sealed record TeamsNow(
    ImmutableDictionary<OwningTeam, ChannelId> Channels,
    ImmutableDictionary<OwningTeam, ImmutableArray<UserId>> People,
    ImmutableArray<UserId> CanAddCustomers
)
{
    /// <summary>Nobody to tell.</summary>
    public static TeamsNow None { get; } =
        new(
            ImmutableDictionary<OwningTeam, ChannelId>.Empty,
            ImmutableDictionary<OwningTeam, ImmutableArray<UserId>>.Empty,
            []
        );

    /// <summary>There is no channel, and no person of that team: whatever is sent there reaches nobody.</summary>
    public bool HasNobodyOf(OwningTeam team) => ChannelOf(team) is null && ToName(team).IsEmpty;

    public ChannelId? ChannelOf(OwningTeam team) =>
        Channels.TryGetValue(team, out var channel) ? channel : null;

    /// <summary>Who must be named in the thread, since the team has no channel to be told in.</summary>
    public ImmutableArray<UserId> ToName(OwningTeam team) =>
        Channels.ContainsKey(team) ? [] : People.GetValueOrDefault(team, []);
}
