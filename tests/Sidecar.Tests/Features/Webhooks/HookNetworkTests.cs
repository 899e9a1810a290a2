using System.Net;
using Shouldly;
using Sidecar.Features.Webhooks;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Webhooks;

/// <summary>Nothing is sent to addresses of the own network unless a setting allows it (HOOK-1).</summary>
public sealed class HookNetworkTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("64:ff9b:1:abcd::808:808")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2001::1")]
    [InlineData("2002:7f00:1::")]
    public void HOOK_1_The_own_network_is_closed(string address) =>
        Network().Allows(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("223.255.255.254")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700:4700::1111")]
    public void HOOK_1_The_rest_is_open(string address) =>
        Network().Allows(IPAddress.Parse(address)).ShouldBeTrue();

    [Fact]
    public void HOOK_1_A_translator_to_IPv4_that_a_setting_opens_opens_no_own_network()
    {
        var network = Network("64:ff9b::/96");
        network.Allows(IPAddress.Parse("64:ff9b::808:808")).ShouldBeTrue();
        network.Allows(IPAddress.Parse("64:ff9b::a00:1")).ShouldBeFalse();
        network.Allows(IPAddress.Parse("64:ff9b::a9fe:a9fe")).ShouldBeFalse();
        network.Allows(IPAddress.Parse("64:ff9b:1::808:808")).ShouldBeFalse();
        var both = Network("64:ff9b::/96", "10.0.0.0/8");
        both.Allows(IPAddress.Parse("64:ff9b::a00:1")).ShouldBeTrue();
        both.Allows(IPAddress.Parse("64:ff9b::c0a8:1")).ShouldBeFalse();
    }

    [Fact]
    public void HOOK_1_A_setting_opens_a_part_of_it()
    {
        var network = Network("10.20.0.0/16", "fd12::/16");
        network.Allows(IPAddress.Parse("10.20.3.4")).ShouldBeTrue();
        network.Allows(IPAddress.Parse("::ffff:10.20.3.4")).ShouldBeTrue();
        network.Allows(IPAddress.Parse("10.21.3.4")).ShouldBeFalse();
        network.Allows(IPAddress.Parse("fd12::1")).ShouldBeTrue();
        network.Allows(IPAddress.Parse("fd13::1")).ShouldBeFalse();
        new WebhookSettings { AllowedNetworks = ["10.20.0.0/33"] }
            .Problems()
            .ShouldHaveSingleItem()
            .Problem.ShouldContain("is not a network");
    }

    [Theory]
    [InlineData("http://hooks.test", "nothing is sent there")]
    [InlineData("http://127.0.0.1", "nothing is sent there")]
    [InlineData("http://2130706433", "nothing is sent there")]
    [InlineData("http://0x7f.1", "nothing is sent there")]
    [InlineData("http://[::ffff:127.0.0.1]", "nothing is sent there")]
    [InlineData("http://localhost", "nothing is sent there")]
    public async Task HOOK_1_What_counts_is_the_address_that_is_connected_to(
        string host,
        string problem
    )
    {
        // Somebody listens there: it is not for want of an answer.
        await using var receiver = await HookReceiver.Start();
        var port = new Uri(receiver.Address).Port;
        var names = new Names();
        using var sender = Sender(names);
        var answer = await Send(sender, $"{host}:{port}/hook");
        answer.Problem.ShouldContain(problem);
        receiver.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task HOOK_1_A_name_that_means_another_address_later_leads_nowhere()
    {
        await using var receiver = await HookReceiver.Start();
        var port = new Uri(receiver.Address).Port;
        var names = new Names
        {
            Addresses =
            [
                [IPAddress.Parse("8.8.8.8"), IPAddress.Loopback],
            ],
        };
        var network = new HookNetwork(new WebhookSettings(), names);
        // What it means when it is set up is public; of what it means later only what is open is connected to.
        network
            .Allows((await names.Resolve("hooks.test", TestContext.Current.CancellationToken))[0])
            .ShouldBeTrue();
        names.Addresses =
        [
            [IPAddress.Loopback],
        ];
        using var sender = Sender(names);
        (await Send(sender, $"http://hooks.test:{port}/hook")).IsTaken.ShouldBeFalse();
        receiver.All.ShouldBeEmpty();

        using var near = Sender(names, "127.0.0.0/8");
        (await Send(near, $"http://hooks.test:{port}/hook")).IsTaken.ShouldBeTrue();
        receiver.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task HOOK_1_A_flood_of_an_answer_is_not_read()
    {
        await using var receiver = await HookReceiver.Start();
        receiver.Answers = async (_, answer) =>
        {
            var flood = new byte[64 * 1024];
            try
            {
                while (!answer.HttpContext.RequestAborted.IsCancellationRequested)
                {
                    await answer.Body.WriteAsync(flood, answer.HttpContext.RequestAborted);
                }
            }
            catch (Exception problem) when (problem is OperationCanceledException or IOException)
            {
                // Whoever asked has hung up.
            }
        };
        using var sender = Sender(new Names(), "127.0.0.0/8");
        (await Send(sender, receiver.Address)).IsTaken.ShouldBeTrue();
        receiver.Answers = (_, answer) =>
        {
            answer.Headers["x"] = new string('x', 100_000);
            return Task.CompletedTask;
        };
        (await Send(sender, receiver.Address)).Problem.ShouldContain("too many headers");
    }

    private static HookNetwork Network(params string[] allowed) =>
        new(new WebhookSettings { AllowedNetworks = allowed }, new HookResolver());

    private static HookSender Sender(HookResolver names, params string[] allowed)
    {
        var settings = new WebhookSettings { AllowHttp = true, AllowedNetworks = allowed };
        return new HookSender(
            settings,
            new HookNetwork(settings, names),
            new ManualClock(Desk.Morning)
        );
    }

    private static Task<HookAnswer> Send(HookSender sender, string address) =>
        sender.Send(
            address,
            new WebhookDelivery("msg_1", new WebhookId(1), "x.y", Desk.Morning, "{}")
            {
                QueuedAt = Desk.Morning,
            },
            [WebhookSignature.FreshKey()],
            TestContext.Current.CancellationToken
        );

    private sealed class Names : HookResolver
    {
        public IPAddress[][] Addresses { get; set; } =
        [
            [IPAddress.Loopback],
        ];

        public override Task<IPAddress[]> Resolve(string host, CancellationToken cancel) =>
            Task.FromResult(Addresses[0]);
    }
}
