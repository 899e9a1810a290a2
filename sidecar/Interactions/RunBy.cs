namespace Sidecar.Interactions;

/// <summary>Who started this process.</summary>
/// <param name="Server">The Mattermost that runs it as its plugin; null when people run it beside one.</param>
public sealed record RunBy(RunningServer? Server);

/// <summary>A process of Mattermost’s, until it ends.</summary>
/// <param name="Machine">Where it runs.</param>
/// <param name="Id">Which process that is; another one after it was started again.</param>
public sealed record RunningServer(string Machine, string Id);
