namespace Sidecar.Mattermost.Plugin.Yamux;

/// <summary>The other side does not keep to the protocol, or the connection is gone; the message says which.</summary>
internal sealed class YamuxException(string message, Exception? inner = null)
    : IOException(message, inner);
