using Sidecar.Ids;

namespace Sidecar.Interactions;

/// <summary>
/// How browsers are told that something has changed: Mattermost's own WebSocket, which only a plugin that it runs
/// itself can use. What is told has no content; whoever hears it asks, by their own rights.
/// </summary>
/// <param name="Tell">Tells all of one person's browsers; null beside Mattermost, where nobody can be told so.</param>
/// <param name="TellServers">
/// Hands on to the other servers of a cluster what changed, for the people who ask there; null where there are none.
/// </param>
public sealed record PanelPush(
    Func<UserId, CancellationToken, Task>? Tell,
    Func<string, CancellationToken, Task>? TellServers
);
