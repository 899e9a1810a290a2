namespace Sidecar.Storage.LiteDb;

/// <summary>What was read is not what was written. No IOException: LiteDB would close itself at one.</summary>
internal sealed class StoreDamagedException(string finding) : Exception(finding);
