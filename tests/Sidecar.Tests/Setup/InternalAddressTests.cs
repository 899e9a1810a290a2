using System.Net;
using System.Net.Sockets;
using Shouldly;
using Sidecar.Mattermost.Admin;
using Xunit;

namespace Sidecar.Tests.Setup;

/// <summary>The same rules as Mattermost's: the host as it is written, or a network in slash notation.</summary>
public sealed class InternalAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", "", true)]
    [InlineData("127.0.0.1", "127.0.0.1", false)]
    [InlineData("127.0.0.1", "localhost", true)]
    [InlineData("127.0.0.1", "localhost 127.0.0.1", false)]
    [InlineData("127.0.0.1", "localhost,127.0.0.1", false)]
    [InlineData("127.0.0.1", "127.0.0.0/8", false)]
    [InlineData("localhost", "", true)]
    [InlineData("localhost", "127.0.0.0/8", false)]
    [InlineData("10.1.2.3", "10.0.0.0/8", false)]
    [InlineData("10.1.2.3", "192.168.0.0/16", true)]
    [InlineData("172.16.5.5", "", true)]
    [InlineData("172.32.5.5", "", false)]
    [InlineData("192.168.1.1", "", true)]
    [InlineData("169.254.1.1", "", true)]
    [InlineData("8.8.8.8", "", false)]
    [InlineData("[::1]", "", true)]
    [InlineData("[fd00::1]", "", true)]
    [InlineData("[fd00::1]", "fc00::/7", false)]
    [InlineData("[2001:db8::1]", "", false)]
    [InlineData("inside.example", "", true)]
    [InlineData("inside.example", "inside.example", false)]
    [InlineData("mixed.example", "", false)]
    [InlineData("unknown.example", "", false)]
    public async Task A_host_is_called_or_not(string host, string allowed, bool refused)
    {
        var why = await InternalAddress.Refused(
            host,
            allowed,
            Lookup,
            TestContext.Current.CancellationToken
        );

        (why is not null).ShouldBe(refused, why);
    }

    [Theory]
    [InlineData("10.11.2.10.11.2.3f2a.true", "10.11.2")]
    [InlineData("5.37.0.5.37.0.5cef10de.false", "5.37.0")]
    [InlineData("11.6.0", "11.6.0")]
    [InlineData("dev", null)]
    [InlineData("", null)]
    [InlineData("11.x.0", null)]
    public void A_version_is_the_first_three_numbers(string header, string? version) =>
        ServerGreeting.ParseVersion(header)?.ToString().ShouldBe(version);

    private static Task<IPAddress[]> Lookup(string host, CancellationToken cancel) =>
        host switch
        {
            "inside.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.9")]),
            "mixed.example" => Task.FromResult<IPAddress[]>([
                IPAddress.Parse("10.0.0.9"),
                IPAddress.Parse("93.184.216.34"),
            ]),
            _ => Task.FromException<IPAddress[]>(new SocketException()),
        };
}
