using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sidecar.Tests.Mattermost;

/// <summary>What a line does with a request, besides carrying it.</summary>
public enum Roughness
{
    /// <summary>Reset before the request is through.</summary>
    ResetBefore,

    /// <summary>The request arrives; the line is reset in place of the answer.</summary>
    ResetAfter,

    /// <summary>The request arrives; the line is closed, politely, in place of the answer.</summary>
    ClosedAfter,

    /// <summary>The request arrives; of the answer's head only some letters come back.</summary>
    HalfAHead,

    /// <summary>The request arrives; the answer's end is missing, and the line is closed.</summary>
    HalfABody,

    /// <summary>The request arrives; the line is reset in the middle of the answer.</summary>
    ResetWithin,

    /// <summary>The request stays on the way, and nothing comes back.</summary>
    SilentBefore,

    /// <summary>The request arrives, and nothing comes back.</summary>
    SilentAfter,

    /// <summary>The request arrives, the answer begins, and its end does not come.</summary>
    SilentWithin,
}

/// <summary>
/// The cable: what WireMock can't play, because it is below HTTP. It carries requests one by one, and does to those that
/// are chosen what cables do. With a certificate it is the TLS end that companies put in front of their servers.
/// </summary>
internal sealed class RoughLine : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(Func<string, bool> Fits, Roughness How)> _rough = [];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _behind;
    private readonly X509Certificate2? _certificate;
    private readonly List<Task> _carrying = [];
    private readonly Task _serving;
    private TaskCompletionSource _silence = New();
    private int _silent;

    /// <param name="behind">Where requests go.</param>
    /// <param name="certificate">Whose TLS is spoken; null for none.</param>
    public RoughLine(Uri behind, X509Certificate2? certificate = null)
    {
        (_behind, _certificate) = (behind, certificate);
        _listener.Start();
        var scheme = certificate is null ? "http" : "https";
        Url = new Uri($"{scheme}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _serving = Serve();
    }

    public Uri Url { get; }

    /// <summary>How many requests it was rough with.</summary>
    public int Struck { get; private set; }

    /// <summary>The next request whose first line fits is treated like this: <c>POST /api/v4/posts HTTP/1.1</c>.</summary>
    public void Next(Roughness how, Func<string, bool> fits)
    {
        lock (_gate)
        {
            _rough.Add((fits, how));
        }
    }

    /// <summary>From now on it is a good line.</summary>
    public void Heal()
    {
        lock (_gate)
        {
            _rough.Clear();
        }
    }

    /// <summary>Completes as soon as somebody waits for an answer that does not come.</summary>
    public Task WhenSilent()
    {
        lock (_gate)
        {
            return _silent > 0 ? Task.CompletedTask : _silence.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        await Task.WhenAll(_carrying);
        _listener.Dispose();
        _certificate?.Dispose();
        _end.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _carrying.Add(Carry(client));
            }
        }
        catch (Exception ended)
            when (ended
                    is OperationCanceledException
                        or SocketException
                        or InvalidOperationException
            )
        {
            // The test is over.
        }
    }

    private async Task Carry(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var from = await Opened(client);
                var request = await Request(from);
                if (request.Length > 0)
                {
                    await Treat(client, from, request);
                }
            }
            catch (Exception gone)
                when (gone
                        is IOException
                            or SocketException
                            or AuthenticationException
                            or OperationCanceledException
                )
            {
                // One of the two ends went away; that is what this is for.
            }
        }
    }

    private async Task<Stream> Opened(TcpClient client)
    {
        if (_certificate is null)
        {
            return client.GetStream();
        }

        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(_certificate);
        return tls;
    }

    private async Task Treat(TcpClient client, Stream from, byte[] request)
    {
        var how = Take(Encoding.ASCII.GetString(request).Split("\r\n")[0]);
        if (how is Roughness.ResetBefore)
        {
            Reset(client);
            return;
        }

        if (how is Roughness.SilentBefore)
        {
            await Silence(from);
            return;
        }

        var answer = await Ask(request);
        var body = Encoding.Latin1.GetString(answer).IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var sent = how switch
        {
            Roughness.ResetAfter or Roughness.ClosedAfter or Roughness.SilentAfter => 0,
            Roughness.HalfAHead => 12,
            // In the middle of the body, if there is one.
            Roughness.HalfABody or Roughness.ResetWithin or Roughness.SilentWithin => (
                body + 4 + answer.Length
            ) / 2,
            _ => answer.Length,
        };
        await from.WriteAsync(answer.AsMemory(0, sent), _end.Token);
        await from.FlushAsync(_end.Token);
        switch (how)
        {
            case Roughness.ResetAfter or Roughness.ResetWithin:
                Reset(client);
                break;
            case Roughness.SilentAfter or Roughness.SilentWithin:
                await Silence(from);
                break;
        }
    }

    private Roughness? Take(string line)
    {
        lock (_gate)
        {
            var at = _rough.FindIndex(r => r.Fits(line));
            if (at < 0)
            {
                return null;
            }

            var how = _rough[at].How;
            _rough.RemoveAt(at);
            Struck++;
            return how;
        }
    }

    /// <summary>The other end is told nothing until it has had enough and hangs up.</summary>
    private async Task Silence(Stream from)
    {
        lock (_gate)
        {
            _silent++;
            _silence.TrySetResult();
        }

        try
        {
            _ = await from.ReadAsync(new byte[1], _end.Token);
        }
        finally
        {
            lock (_gate)
            {
                if (--_silent == 0)
                {
                    _silence = New();
                }
            }
        }
    }

    private static void Reset(TcpClient client) =>
        client.Client.LingerState = new LingerOption(enable: true, seconds: 0);

    /// <summary>The whole answer; each request has a line of its own.</summary>
    private async Task<byte[]> Ask(byte[] request)
    {
        using var onward = new TcpClient();
        await onward.ConnectAsync(_behind.Host, _behind.Port, _end.Token);
        var stream = onward.GetStream();
        await stream.WriteAsync(request, _end.Token);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, _end.Token);
        return answer.ToArray();
    }

    /// <summary>Head and body, as they came, with the wish that the line is closed behind the answer.</summary>
    private async Task<byte[]> Request(Stream from)
    {
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var text = Encoding.Latin1.GetString(read.GetBuffer(), 0, (int)read.Length);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0 && read.Length >= head + 4 + Length(text[..head]))
            {
                var line = text.IndexOf("\r\n", StringComparison.Ordinal);
                return Encoding.Latin1.GetBytes(text.Insert(line, "\r\nConnection: close"));
            }

            var count = await from.ReadAsync(buffer, _end.Token);
            if (count == 0)
            {
                return [];
            }

            read.Write(buffer, 0, count);
        }
    }

    private static int Length(string head) =>
        head.Split("\r\n")
            .Where(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(l =>
                int.Parse(l.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)
            )
            .FirstOrDefault();

    private static TaskCompletionSource New() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
