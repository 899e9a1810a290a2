using System.Text;
using Shouldly;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Plugin;
using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Mattermost.Plugin.Rpc;
using Sidecar.Tests.Mattermost.Plugin.Gob;
using Xunit;

namespace Sidecar.Tests.Mattermost.Plugin;

/// <summary>From the first stream to the end of the process, as a host sees it.</summary>
public sealed class PluginSessionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UP_1_A_host_finds_hooks_pings_and_ends_it()
    {
        var hooks = new Hooks();
        var (host, plugin) = await HostStandIn.Connect(hooks, null, Cancel);
        await using var open = host;

        (await host.Ask("Implemented", Cancel))
            .Show()
            .ShouldBe(
                "['OnActivate' 'OnDeactivate' 'OnConfigurationChange' 'ExecuteCommand' 'MessageHasBeenPosted' 'OnPluginClusterEvent' 'ServeHTTP']"
            );
        (await host.Activate(Cancel)).ShouldBeNull();
        (await host.Control("Control.Ping", new RpcValue(GobType.Bool, GobValue.Of(true)), Cancel))
            .Show()
            .ShouldBe("()");
        (
            await Should.ThrowAsync<RpcException>(() => host.Ask("FileWillBeUploaded", Cancel))
        ).Message.ShouldBe("rpc: can't find method Plugin.FileWillBeUploaded");
        await host.Ask("OnDeactivate", Cancel);
        await host.Control("Control.Quit", new RpcValue(GobType.Bool, GobValue.Of(true)), Cancel);
        await host.DisposeAsync();
        await plugin;
        hooks.Said.ShouldBe(["activate", "deactivate"]);
    }

    [Fact]
    public async Task UP_1_Why_it_can_not_be_activated_is_told()
    {
        var (host, _) = await HostStandIn.Connect(
            new Hooks { Refuses = "There is no room." },
            null,
            Cancel
        );
        await using var open = host;

        (await host.Activate(Cancel)).ShouldBe("There is no room.");
    }

    [Fact]
    public async Task UP_1_Commands_and_requests_go_side_by_side()
    {
        var (host, _) = await HostStandIn.Connect(new Hooks(), null, Cancel);
        await using var open = host;
        await host.Activate(Cancel);
        var body = Encoding.UTF8.GetBytes(new string('x', 300_000));
        var none = new Dictionary<string, string>(StringComparer.Ordinal);

        var requests = Enumerable
            .Range(0, 20)
            .Select(i =>
                host.Serve(
                    "POST",
                    $"/echo?{i}",
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["Mattermost-User-Id"] = $"user{i}",
                    },
                    body,
                    Cancel
                )
            )
            .ToList();
        var commands = Enumerable
            .Range(0, 20)
            .Select(i =>
                host.Execute(($"u{i}", "c", "t", "", ""), $"/escalate {i}", none, none, Cancel)
            )
            .ToList();

        for (var i = 0; i < 20; i++)
        {
            var (status, headers, answered) = await requests[i];
            status.ShouldBe(201);
            headers["X-Seen"].ShouldBe($"POST /echo?{i} user{i}");
            answered.ShouldBe(body);
            (await commands[i]).TextOf("Text").ShouldBe($"u{i}: /escalate {i}");
        }
    }

    [Fact]
    public async Task UP_1_The_end_of_the_host_is_the_end_of_the_plugin()
    {
        var (host, plugin) = await HostStandIn.Connect(new Hooks(), null, Cancel);
        await host.Activate(Cancel);

        await host.DisposeAsync();

        await plugin;
    }

    private sealed class Hooks : IPluginHooks
    {
        public List<string> Said { get; } = [];

        public string? Refuses { get; init; }

        public Task Activate(PluginApi api, CancellationToken cancel)
        {
            Said.Add("activate");
            return Refuses is { } why ? throw new PluginRefusal(why) : Task.CompletedTask;
        }

        public Task Deactivate(CancellationToken cancel)
        {
            Said.Add("deactivate");
            return Task.CompletedTask;
        }

        public Task ConfigurationChanged(CancellationToken cancel) => Task.CompletedTask;

        public Task<CommandResponse> Execute(PluginCommand command, CancellationToken cancel) =>
            Task.FromResult(
                new CommandResponse("ephemeral", $"{command.User}: {command.Text}", null)
            );

        public Task Posted(PluginPost post, CancellationToken cancel) => Task.CompletedTask;

        public Task ClusterEvent(string id, string data, CancellationToken cancel) =>
            Task.CompletedTask;

        public async Task Serve(
            PluginRequest request,
            PluginResponse response,
            CancellationToken cancel
        )
        {
            response.Status = 201;
            response.Headers["X-Seen"] = [$"{request.Method} {request.Address} {request.User}"];
            var buffer = new byte[7000];
            while (await request.Body.ReadAsync(buffer, cancel) is > 0 and var read)
            {
                await response.Write(buffer.AsMemory(0, read), cancel);
            }
        }
    }
}
