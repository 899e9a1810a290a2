using System.Net;
using System.Net.Sockets;

namespace Mattermost.Simulator;

/// <summary>Mattermost's guard: it calls no loopback or private address that the administrator has not listed.</summary>
internal static class InternalAddresses
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

    public static async Task<bool> AllowAsync(string host, Settings settings)
    {
        var allowed = settings.AllowedInternalConnections.Split(
            [' ', ','],
            StringSplitOptions.RemoveEmptyEntries
        );
        if (allowed.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        IPAddress[] addresses;
        try
        {
            addresses = await Dns.GetHostAddressesAsync(host);
        }
        catch (SocketException)
        {
            return false;
        }

        return addresses.Any(a =>
            !Reserved.Any(r => r.Contains(a)) || allowed.Any(entry => Lists(entry, a))
        );
    }

    private static bool Lists(string entry, IPAddress address) =>
        IPNetwork.TryParse(entry, out var network)
            ? network.Contains(address)
            : IPAddress.TryParse(entry, out var single) && single.Equals(address);
}
