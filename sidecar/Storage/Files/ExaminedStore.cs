namespace Sidecar.Storage.Files;

/// <summary>What somebody who looks at a store from outside finds, while another process may be using it.</summary>
/// <param name="Damage">What is wrong with its content; null when it is sound.</param>
/// <param name="Parked">Effects that wait for an administrator.</param>
/// <param name="Waiting">Effects that wait for Mattermost.</param>
internal sealed record ExaminedStore(
    string? Damage,
    IReadOnlyList<QueuedEffect> Parked,
    IReadOnlyList<QueuedEffect> Waiting
)
{
    public static ExaminedStore Damaged(string finding) => new(finding, [], []);
}
