using System.Net;
using System.Net.Sockets;

namespace Sidecar.Tests.Hosting;

/// <summary>What stands before sidecars: each connection goes to the next one that takes it, and dies with it.</summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly IReadOnlyList<Uri> _behind;
    private readonly Task _listening;
    private int _next;

    public LoadBalancer(IReadOnlyList<Uri> behind)
    {
        _behind = behind;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _listening = Listen();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _listening;
        _ended.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                _ = Carry(await _listener.AcceptTcpClientAsync(_ended.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
    }

    private async Task Carry(TcpClient client)
    {
        using (client)
        using (var sidecar = await Reach())
        {
            if (sidecar is null)
            {
                return;
            }

            client.NoDelay = sidecar.NoDelay = true;
            try
            {
                var (from, to) = (client.GetStream(), sidecar.GetStream());
                await Task.WhenAny(
                    from.CopyToAsync(to, _ended.Token),
                    to.CopyToAsync(from, _ended.Token)
                );
            }
            catch (Exception cut) when (cut is IOException or InvalidOperationException)
            {
                // One of them is gone, and the other is told by the end of its connection.
            }
        }
    }

    private async Task<TcpClient?> Reach()
    {
        foreach (var _ in _behind)
        {
            var address = _behind[
                (int)((uint)Interlocked.Increment(ref _next) % (uint)_behind.Count)
            ];
            var sidecar = new TcpClient();
            try
            {
                await sidecar.ConnectAsync(IPAddress.Loopback, address.Port, _ended.Token);
                return sidecar;
            }
            catch (Exception gone) when (gone is SocketException or OperationCanceledException)
            {
                sidecar.Dispose();
            }
        }

        return null;
    }
}
