using Mattermost.Simulator;
using Shouldly;
using Sidecar.Settings;
using Xunit;

namespace Sidecar.Tests.Setup;

public sealed class InterruptedInstallTests
{
    public static TheoryData<int, bool> EveryChange()
    {
        TheoryData<int, bool> cases = [];
        // Bot, token, membership, command, webhook: each fails before it takes effect, or its answer is lost.
        for (var change = 0; change < 5; change++)
        {
            cases.Add(change, false);
            cases.Add(change, true);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(EveryChange))]
    public async Task Wherever_it_breaks_off_the_next_run_completes_it(
        int change,
        bool answerIsLost
    )
    {
        await using var bench = await SetupBench.Open();
        var seen = 0;
        bench.Mattermost.Faults.Next(
            1,
            request => request.Method != "GET" && seen++ == change,
            answerIsLost ? Fault.ResetAfter : Fault.Status(500)
        );

        (await bench.Install()).ShouldBe(ExitCode.Failed);
        bench.Mattermost.Faults.Pending.ShouldBe(0);
        (await bench.Install()).ShouldBe(ExitCode.Done, bench.Error);

        bench.Mattermost.CommandsOf("ops").ShouldHaveSingleItem();
        bench.Mattermost.OutgoingHooks.ShouldHaveSingleItem();
        (await bench.Api("GET", $"users/{bench.File.Read().Bot.UserId}/tokens"))!
            .AsArray()
            .ShouldHaveSingleItem("a token that nobody knows must not stay valid");
        await bench.IsSettled();
    }

    [Fact]
    public async Task What_was_made_before_is_recorded_and_said()
    {
        await using var bench = await SetupBench.Open();
        bench.Mattermost.Faults.Next(1, "POST", "/api/v4/hooks/outgoing", Fault.Status(500));

        (await bench.Install()).ShouldBe(ExitCode.Failed);

        bench.Error.ShouldContain("recorded in " + bench.File.Path);
        var secrets = bench.File.Find().ShouldNotBeNull();
        secrets.Bot.Token.IsMissing.ShouldBeFalse();
        secrets.CommandTokens.ShouldHaveSingleItem();
        Should
            .Throw<SetupException>(bench.File.Read)
            .Message.ShouldContain("teams[ops].webhooks: there is none");
    }

    [Fact]
    public async Task A_pause_that_Mattermost_asks_for_is_passed_on()
    {
        await using var bench = await SetupBench.Open();
        bench.Mattermost.Faults.Next(
            1,
            "POST",
            "/api/v4/commands",
            Fault.RateLimited(TimeSpan.FromSeconds(7))
        );

        (await bench.Install()).ShouldBe(ExitCode.Failed);

        bench.Error.ShouldContain("asked for a pause of 7 s");
    }
}
