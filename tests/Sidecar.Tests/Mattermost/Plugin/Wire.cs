using System.Net;
using System.Net.Sockets;

namespace Sidecar.Tests.Mattermost.Plugin;

/// <summary>Two ends of one connection.</summary>
internal static class Wire
{
    public static async Task<(Stream One, Stream Other)> Pair()
    {
        using var listener = new Socket(
            AddressFamily.InterNetwork,
            SocketType.Stream,
            ProtocolType.Tcp
        );
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var one = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
        };
        await one.ConnectAsync(listener.LocalEndPoint!);
        var other = await listener.AcceptAsync();
        other.NoDelay = true;
        return (new NetworkStream(one, true), new NetworkStream(other, true));
    }
}
