using System.Net;
using System.Net.Sockets;

namespace Sidecar.Features.Webhooks;

/// <summary>How a host's addresses are found. Tests have one that says what they want.</summary>
internal class HookResolver
{
    public virtual Task<IPAddress[]> Resolve(string host, CancellationToken cancel) =>
        Dns.GetHostAddressesAsync(host, cancel);
}

/// <summary>The address of a receiver is one of our own network, and no setting allows it.</summary>
internal sealed class HookForbiddenException(string host)
    : Exception(
        $"{host} is an address in your own network, or in no network at all, and nothing is sent there unless the settings allow it (webhooks.allowedNetworks)"
    );

/// <summary>
/// Where webhooks may go. What is looked at is the address that is connected to, at each connection: a name may mean
/// another one than when it was set up.
/// </summary>
internal sealed class HookNetwork(WebhookSettings settings, HookResolver resolver)
{
    // Special-purpose addresses (RFC 6890 and what was added since), and what is not assigned.
    private static readonly IPNetwork[] Closed4 =
    [
        .. (
            (string[])
                [
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "192.175.48.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                ]
        ).Select(IPNetwork.Parse),
    ];

    // Of IPv6 only what is given out worldwide is open; of that, not what carries an IPv4 address or is for examples.
    private static readonly IPNetwork Open6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Closed6 =
    [
        .. ((string[])["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(
            IPNetwork.Parse
        ),
    ];

    // What a translator carries into IPv4 (RFC 6052): the last four bytes say to whom.
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    private readonly IPNetwork[] _allowed = [.. settings.AllowedNetworks.Select(IPNetwork.Parse)];

    /// <summary>Whether something may be sent there.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IsAllowed(plain) || IsPublic(plain);
    }

    /// <summary>
    /// A setting opens it. Where it opens a translator to IPv4, it opens no more of the own network than without one.
    /// </summary>
    private bool IsAllowed(IPAddress address) =>
        _allowed.Any(n => n.Contains(address))
        && (
            !Translated.Contains(address) || Allows(new IPAddress(address.GetAddressBytes()[12..]))
        );

    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !Closed4.Any(n => n.Contains(plain))
            : Open6.Contains(plain) && !Closed6.Any(n => n.Contains(plain));
    }

    /// <summary>Connects to the first address of a host that may be connected to.</summary>
    /// <exception cref="HookForbiddenException">None of them may.</exception>
    public async ValueTask<Stream> Connect(
        SocketsHttpConnectionContext context,
        CancellationToken cancel
    )
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await resolver.Resolve(host, cancel);
        var open = addresses.Where(Allows).ToArray();
        if (open.Length == 0)
        {
            throw addresses.Length == 0
                ? new SocketException((int)SocketError.HostNotFound)
                : new HookForbiddenException(host);
        }

        for (var at = 0; ; at++)
        {
            var socket = new Socket(open[at].AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            {
                NoDelay = true,
            };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(open[at], port), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (at + 1 < open.Length)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
