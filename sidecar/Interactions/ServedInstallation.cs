namespace Sidecar.Interactions;

/// <summary>Which installation this process serves, for whoever asks whether it is the one that is set up now.</summary>
/// <param name="Digest">A short name of addresses and tokens that tells nothing about them; null when nobody set it up.</param>
public sealed record ServedInstallation(string? Digest);
