using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Load;

/// <summary>A kept-alive connection that does as little as a client can: it shares the machine with what it measures.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 * 1024];

    public static async Task<RawConnection> Open(int port)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <returns>The answer, headers included; good until the next request.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> Exchange(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length; )
        {
            sent += await _socket.SendAsync(request[sent..]);
        }

        for (var length = 0; ; )
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length));
            length += read;
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            if (IsWhole(_buffer.AsSpan(0, length)))
            {
                return _buffer.AsMemory(0, length);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var headers = answer[..end];
        var at = headers.IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            // In chunks; nothing else comes without a length.
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        }

        var value = headers[(at + "Content-Length: ".Length)..];
        var line = value.IndexOf((byte)'\r');
        var digits = Encoding.ASCII.GetString(line < 0 ? value : value[..line]);
        return answer.Length
            >= end + 4 + int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
    }
}
