namespace Sidecar.Storage;

/// <summary>
/// The right of one process to do one part of the work, out of those that share a store. Its number grows whenever the
/// lease changes hands, so that whoever had it before is told from whoever has it now.
/// </summary>
/// <param name="Name">The part of the work.</param>
/// <param name="Token">How often the lease was taken.</param>
public sealed record LeaseToken(string Name, long Token);

/// <summary>What was being done was to be done under a lease that another process has by now. Nothing was changed.</summary>
public sealed class LeaseLostException(string name)
    : Exception($"Another sidecar does {name} now; nothing was changed.");
