using Mattermost.Simulator;
using Shouldly;
using Sidecar.Settings;
using Xunit;

namespace Sidecar.Tests.Setup;

public sealed class UninstallTests
{
    [Fact]
    public async Task Everything_goes_but_the_store()
    {
        await using var bench = await SetupBench.Installed();
        await bench.InstallAgain("--team", "sales");
        var bot = bench.File.Read().Bot;
        var store = Path.Combine(bench.Data, "escalate.litedb");
        await File.WriteAllTextAsync(store, "history", TestContext.Current.CancellationToken);
        var settings = Path.Combine(bench.Data, "settings.json");
        await File.WriteAllTextAsync(settings, "{}", TestContext.Current.CancellationToken);

        (await bench.InstallAgain("--uninstall")).ShouldBe(ExitCode.Done, bench.Error);

        bench.Mattermost.CommandsOf("ops").ShouldBeEmpty();
        bench.Mattermost.CommandsOf("sales").ShouldBeEmpty();
        bench.Mattermost.OutgoingHooks.ShouldBeEmpty();
        bench.Mattermost.GetUser(bot.UserId).DeleteAt.ShouldBeGreaterThan(0);
        (await bench.Api("GET", $"users/{bot.UserId}/tokens"))!.AsArray().ShouldBeEmpty();
        bench.File.Exists.ShouldBeFalse();
        File.Exists(store).ShouldBeTrue();
        File.Exists(settings).ShouldBeTrue();
        bench.Output.ShouldContain("The store stays");
        bench.Output.ShouldContain("Mattermost deletes no bots");
    }

    [Fact]
    public async Task A_second_time_there_is_nothing_to_do()
    {
        await using var bench = await SetupBench.Installed();
        await bench.InstallAgain("--uninstall");

        (await bench.InstallAgain("--uninstall")).ShouldBe(ExitCode.Done);

        bench.Output.ShouldContain("Nothing to remove");
    }

    [Fact]
    public async Task What_somebody_removed_by_hand_does_not_stop_it()
    {
        await using var bench = await SetupBench.Installed();
        await bench.Api("DELETE", $"commands/{bench.Mattermost.CommandsOf("ops").Single().Id}");

        (await bench.InstallAgain("--uninstall")).ShouldBe(ExitCode.Done, bench.Error);

        bench.Output.ShouldContain("it was gone already");
        bench.File.Exists.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Wherever_it_breaks_off_the_next_run_completes_it(int change)
    {
        await using var bench = await SetupBench.Installed();
        var bot = bench.File.Read().Bot.UserId;
        var seen = 0;
        bench.Mattermost.Faults.Next(
            1,
            request => request.Method != "GET" && seen++ == change,
            Fault.ResetAfter
        );

        (await bench.InstallAgain("--uninstall")).ShouldBe(ExitCode.Failed);
        (await bench.InstallAgain("--uninstall")).ShouldBe(ExitCode.Done, bench.Error);

        bench.Mattermost.CommandsOf("ops").ShouldBeEmpty();
        bench.Mattermost.OutgoingHooks.ShouldBeEmpty();
        bench.Mattermost.GetUser(bot).DeleteAt.ShouldBeGreaterThan(0);
        bench.File.Exists.ShouldBeFalse();
    }

    [Fact]
    public async Task Afterwards_it_can_be_set_up_again()
    {
        await using var bench = await SetupBench.Installed();
        await bench.InstallAgain("--uninstall");

        (await bench.Install()).ShouldBe(ExitCode.Done, bench.Error);

        await bench.IsSettled();
    }

    [Fact]
    public async Task A_bot_that_another_sidecar_uses_stays()
    {
        await using var bench = await SetupBench.Installed();
        var other = Path.Combine(bench.Folder, "other");
        await bench.Run(
            "install",
            "--data",
            other,
            "--url",
            bench.Mattermost.Url.ToString(),
            "--public-url",
            "http://127.0.0.1:9200",
            "--team",
            "sales"
        );

        (await bench.Run("install", "--data", other, "--uninstall")).ShouldBe(ExitCode.Done);

        bench.Output.ShouldContain("stays active");
        await bench.IsSettled();
    }

    [Fact]
    public async Task M5_The_plugin_stays_while_another_installation_uses_it_and_goes_with_the_last()
    {
        await using var bench = await SetupBench.Open();
        var bundle = PluginInstallTests.Bundle(bench, "one");
        await bench.Install("--plugin", bundle);
        var other = Path.Combine(bench.Folder, "other");
        (
            await bench.Run(
                "install",
                "--data",
                other,
                "--url",
                bench.Mattermost.Url.ToString(),
                "--public-url",
                "http://127.0.0.1:9200",
                "--team",
                "sales",
                "--bot",
                "second",
                "--plugin",
                bundle
            )
        ).ShouldBe(ExitCode.Done, bench.Error);

        (await bench.Run("install", "--data", other, "--uninstall")).ShouldBe(ExitCode.Done);

        bench.Output.ShouldContain("plugin escalate stays");
        bench.Output.ShouldContain("@escalate, token");
        bench.Output.ShouldContain("/escalate in team ops");
        bench.Output.ShouldContain("bot @second");
        (await Plugins(bench)).ShouldBe(["escalate"]);
        bench.Mattermost.CommandsOf("sales").ShouldBeEmpty();

        (await bench.InstallAgain("--uninstall")).ShouldBe(ExitCode.Done, bench.Error);
        (await Plugins(bench)).ShouldBeEmpty();
    }

    [Fact]
    public async Task F2_A_proxy_that_finds_nothing_is_not_taken_for_a_server_without_it()
    {
        await using var bench = await SetupBench.Installed();
        bench.Mattermost.Faults.Next(1, "DELETE", "/api/v4/commands/", Fault.Status(404));

        (await bench.InstallAgain("--uninstall")).ShouldBe(ExitCode.Failed);

        bench.Error.ShouldContain("Something in front of Mattermost answered in its place");
        bench.File.Exists.ShouldBeTrue();
        bench.Mattermost.CommandsOf("ops").ShouldNotBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> Plugins(SetupBench bench) =>
        [
            .. (await bench.Api("GET", "plugins"))!["active"]!
                .AsArray()
                .Select(p => p!["id"]!.GetValue<string>()),
        ];

    [Fact]
    public async Task It_takes_no_team()
    {
        await using var bench = await SetupBench.Installed();

        (await bench.InstallAgain("--uninstall", "--team", "ops")).ShouldBe(ExitCode.Usage);

        bench.File.Exists.ShouldBeTrue();
    }
}
