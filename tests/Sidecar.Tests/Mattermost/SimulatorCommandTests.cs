using Mattermost.Simulator;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

public sealed class SimulatorCommandTests
{
    [Fact]
    public async Task A_command_reaches_its_integration_and_the_caller_reads_the_answer()
    {
        var recorder = new Recorder { Body = """{"response_type":"ephemeral","text":"hello"}""" };
        await using var mm = await MattermostSimulator.StartAsync(
            new SimulatorOptions { Integrations = recorder }
        );
        mm.AddTeam("ops");
        mm.AddUser("tam");
        var command = mm.AddCommand("escalate", Recorder.Url("/command"));

        var outcome = await mm.As("tam").Execute("town-square", "/Escalate list  --mine");

        outcome.Status.ShouldBe(200);
        outcome.Text.ShouldBe("hello");
        recorder.Last.Headers["Authorization"].ShouldBe("Token " + command.Token);
        recorder.Last.Body.ShouldContain("text=list++--mine&");
        mm.EphemeralsOf("tam").Single().Message.ShouldBe("hello");
        mm.Violations.ShouldBeEmpty();
    }
}
