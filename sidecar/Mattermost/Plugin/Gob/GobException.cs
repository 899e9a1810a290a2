namespace Sidecar.Mattermost.Plugin.Gob;

/// <summary>What arrived is no gob, or more of it than anybody has a reason to send; the message says which.</summary>
internal sealed class GobException(string message) : Exception(message);
