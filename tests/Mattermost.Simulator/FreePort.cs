using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Mattermost.Simulator;

/// <summary>
/// Ports of this machine for programs that stop and start again on the same one. The system lends those above 32767 to
/// whoever opens a connection: one of them may be gone when its program comes back.
/// </summary>
public static class FreePort
{
    private const int First = 15_000;
    private const int Count = 17_000;

    private static readonly int Begin = RandomNumberGenerator.GetInt32(Count);

    private static int _taken;

    /// <summary>One that nobody listens on, and that this process has not had lately.</summary>
    public static int Next()
    {
        while (true)
        {
            var taken = (uint)Interlocked.Increment(ref _taken);
            var port = First + (int)((Begin + taken) % Count);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there: the next one.
            }
        }
    }

    /// <summary>The address of such a port, on this machine only.</summary>
    public static Uri NextAddress() => new($"http://127.0.0.1:{Next()}");
}
