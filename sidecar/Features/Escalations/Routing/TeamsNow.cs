using System.Collections.Immutable;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <summary>Who is there to be told, at the moment at which something is routed.</summary>
/// <param name="Channels">The teams' channels, as far as they have one.</param>
/// <param name="People">The teams' people, named when the team has no channel.</param>
/// <param name="CanAddCustomers">Who can add what is missing of a customer.</param>
internal sealed record TeamsNow(
    ImmutableDictionary<Team, ChannelId> Channels,
    ImmutableDictionary<Team, ImmutableArray<UserId>> People,
    ImmutableArray<UserId> CanAddCustomers
)
{
    /// <summary>Nobody to tell.</summary>
    public static TeamsNow None { get; } =
        new(
            ImmutableDictionary<Team, ChannelId>.Empty,
            ImmutableDictionary<Team, ImmutableArray<UserId>>.Empty,
            []
        );

    /// <summary>There is no channel, and no person of that team: whatever is sent there reaches nobody.</summary>
    public bool HasNobodyOf(Team team) => ChannelOf(team) is null && ToName(team).IsEmpty;

    public ChannelId? ChannelOf(Team team) =>
        Channels.TryGetValue(team, out var channel) ? channel : null;

    /// <summary>Who must be named in the thread, since the team has no channel to be told in.</summary>
    public ImmutableArray<UserId> ToName(Team team) =>
        Channels.ContainsKey(team) ? [] : People.GetValueOrDefault(team, []);
}
