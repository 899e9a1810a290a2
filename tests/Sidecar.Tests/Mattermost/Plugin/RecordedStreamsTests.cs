using Shouldly;
using Sidecar.Features.Customers.Changes;
using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Tests.Mattermost.Plugin.Gob;
using Xunit;

namespace Sidecar.Tests.Mattermost.Plugin;

/// <summary>What a real server has said is read whole.</summary>
public sealed class RecordedStreamsTests
{
    [Fact]
    public async Task Everything_that_the_server_called_is_read()
    {
        List<GobValue> values = [];
        foreach (var (_, bytes) in new RecordedStreams(RecordedStreams.Host).Gobs)
        {
            values.AddRange(
                await RecordedStreams.Values(bytes, TestContext.Current.CancellationToken)
            );
        }

        var methods = values
            .Select(v => v.TextOf("ServiceMethod"))
            .Where(m => m.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        foreach (
            var expected in (string[])
                [
                    "Dispenser.Dispense",
                    "Control.Ping",
                    "Control.Quit",
                    "Plugin.Implemented",
                    "Plugin.OnActivate",
                    "Plugin.OnConfigurationChange",
                    "Plugin.ExecuteCommand",
                    "Plugin.ServeHTTP",
                    "Plugin.OnDeactivate",
                    "Plugin.GetConfig",
                    "Plugin.EnsureBotUser",
                    "Plugin.SyncHeader",
                ]
        )
        {
            methods.ShouldContain(expected);
        }

        var command = values.First(v =>
            v["B"]?.TextOf("Command").StartsWith("/escalate new", StringComparison.Ordinal) == true
        )["B"]!;
        command
            .TextOf("Command")
            .ShouldBe("/escalate new zeta sev3 Recorded for the vectors @bob ~town-square");
        command["UserMentions"].Show().ShouldStartWith("{'bob':'");
        command["ChannelMentions"].Show().ShouldStartWith("{'town-square':'");
        var click = values.First(v => v["Request"] is not null)["Request"]!;
        click.TextOf("Method").ShouldBe("POST");
        System
            .Text.Encoding.UTF8.GetString(((GobValue.OpaqueValue)click["URL"]!).Value)
            .ShouldBe("/mattermost/action");
        click["Header"].Show().ShouldContain("'Mattermost-User-Id':['");
        values.ShouldContain(v =>
            v.TextOf("Error") == "rpc: can't find method Plugin.EnsureBotUser"
        );
        var config = values.First(v => v["A"]?["ServiceSettings"] is not null)["A"]!;
        config["ServiceSettings"]!.TextOf("ListenAddress").ShouldBe("127.0.0.1:8066");
        config["FileSettings"]!.TextOf("Directory").ShouldBe("./data/");
    }

    [Fact]
    public async Task What_the_plugin_said_is_what_the_server_took()
    {
        var errors = new List<string>();
        foreach (var (_, bytes) in new RecordedStreams(RecordedStreams.Host).Gobs)
        {
            errors.AddRange(
                (await RecordedStreams.Values(bytes, TestContext.Current.CancellationToken))
                    .Select(v => v.TextOf("Error"))
                    .Where(e => e.Length > 0)
            );
        }

        errors.ShouldAllBe(e => e.StartsWith("rpc: can't find method", StringComparison.Ordinal));
    }
}
