using System.Net;
using System.Net.Sockets;

namespace Sidecar.Mattermost.Admin;

/// <summary>
/// Whether Mattermost refuses to call an address: it keeps integrations away from its own network, unless
/// <c>AllowedUntrustedInternalConnections</c> lists the host, or the network in the form 10.0.0.0/8.
/// </summary>
internal static class InternalAddress
{
    private static readonly IPNetwork[] Reserved =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("::/128"),
        IPNetwork.Parse("::1/128"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"),
    ];

    /// <summary>Why the host would be refused, or null when it would not, or nobody here can tell.</summary>
    /// <param name="host">A name or an address, as in the URL.</param>
    /// <param name="allowed">The setting's value.</param>
    /// <param name="lookup">Finds a name's addresses; Mattermost may see others than this machine.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<string?> Refused(
        string host,
        string allowed,
        Func<string, CancellationToken, Task<IPAddress[]>> lookup,
        CancellationToken cancel
    )
    {
        var bare = host.Trim('[', ']');
        var entries = allowed.Split(
            [' ', ',', '\t', '\n'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        if (entries.Contains(bare, StringComparer.Ordinal))
        {
            return null;
        }

        var addresses = await Addresses(bare, lookup, cancel);
        return addresses.Length > 0 && addresses.All(address => IsRefused(address, entries))
            ? $"{bare} is {(addresses.Any(IPAddress.IsLoopback) ? "this machine itself" : "an address of a private network")}"
            : null;
    }

    public static bool IsReserved(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Reserved.Any(network => network.Contains(plain));
    }

    private static bool IsRefused(IPAddress address, IEnumerable<string> entries) =>
        IsReserved(address)
        && !entries.Any(entry =>
            IPNetwork.TryParse(entry, out var network) && network.Contains(address)
        );

    private static async Task<IPAddress[]> Addresses(
        string host,
        Func<string, CancellationToken, Task<IPAddress[]>> lookup,
        CancellationToken cancel
    )
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return [address];
        }

        if (host == "localhost")
        {
            return [IPAddress.Loopback];
        }

        try
        {
            return await lookup(host, cancel);
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            return [];
        }
    }
}
