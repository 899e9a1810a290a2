using Mattermost.Simulator;
using Shouldly;
using Sidecar.Settings;
using Sidecar.Setup;
using Xunit;

namespace Sidecar.Tests.Setup;

public sealed class InstallTests
{
    [Fact]
    public async Task What_the_plugin_declares_is_made_and_recorded()
    {
        await using var bench = await SetupBench.Installed();

        var secrets = bench.File.Read();
        var declared = Declaration.Current.Props;
        var command = bench.Mattermost.CommandsOf("ops").ShouldHaveSingleItem();
        command.Trigger.ShouldBe(declared.Commands[0].Trigger);
        command.Url.ShouldBe(SetupBench.PublicUrl + "/mattermost/command");
        command.AutoComplete.ShouldBeTrue();
        command.AutoCompleteHint.ShouldBe(declared.Commands[0].AutoCompleteHint);
        secrets.CommandTokens.Single().Reveal().ShouldBe(command.Token);
        var hook = bench.Mattermost.OutgoingHooks.ShouldHaveSingleItem();
        hook.TriggerWords.ShouldBe(declared.OutgoingWebhooks[0].TriggerWords);
        hook.CallbackUrls.ShouldBe([SetupBench.PublicUrl + "/mattermost/trigger"]);
        hook.ContentType.ShouldBe("application/json");
        secrets.TriggerTokens.Single().Reveal().ShouldBe(hook.Token);
        var bot = bench.Mattermost.GetUser("escalate");
        bot.IsBot.ShouldBeTrue();
        secrets.Bot.UserId.ShouldBe(bot.Id);
        bench.Mattermost.MembersOf("town-square").ShouldContain("escalate");
    }

    [Fact]
    public async Task The_recorded_bot_token_is_the_bots()
    {
        await using var bench = await SetupBench.Installed();
        var token = bench.File.Read().Bot.Token.Reveal();

        bench.Mattermost.ForgetRequests();
        await bench.InstallAgain();

        bench.Mattermost.RequestsWith(token).ShouldAllBe(r => r.Username == "escalate");
        bench.Mattermost.RequestsWith(token).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        await using var bench = await SetupBench.Installed();

        await bench.IsSettled();

        bench.Output.ShouldContain("unchanged  bot @escalate");
        bench.Output.ShouldContain("unchanged  team ops: command /escalate");
        bench.Output.ShouldNotContain("created");
        bench.Output.ShouldNotContain("start the sidecar again");
    }

    [Fact]
    public async Task Secrets_and_their_directory_are_for_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps rights elsewhere.");
        await using var bench = await SetupBench.Installed();

        Mode(bench.File.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Mode(bench.Data)
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.GetFiles(bench.Data).ShouldBe([bench.File.Path]);
    }

    [Fact]
    public async Task Rights_that_were_loosened_are_taken_back()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps rights elsewhere.");
        await using var bench = await SetupBench.Installed();
        Loosen(bench.File.Path);

        await bench.InstallAgain();

        bench.Output.ShouldContain("others could get at it");
        Mode(bench.File.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await bench.IsSettled();
    }

    [Fact]
    public async Task A_second_team_keeps_the_first()
    {
        await using var bench = await SetupBench.Installed();
        var first = bench.File.Read().Teams[0];

        (await bench.InstallAgain("--team", "sales")).ShouldBe(ExitCode.Done);

        var teams = bench.File.Read().Teams;
        teams.Select(t => t.Name).ShouldBe(["ops", "sales"]);
        teams[0].Commands.ShouldBe(first.Commands);
        bench.Mattermost.CommandsOf("sales").ShouldHaveSingleItem();
        bench.Mattermost.OutgoingHooks.Count.ShouldBe(2);
        await bench.IsSettled();
    }

    [Fact]
    public async Task A_new_public_address_reaches_every_team()
    {
        await using var bench = await SetupBench.Installed();
        await bench.InstallAgain("--team", "sales");

        await bench.InstallAgain("--public-url", "http://127.0.0.1:9000/base/");

        foreach (var team in (string[])["ops", "sales"])
        {
            bench
                .Mattermost.CommandsOf(team)
                .Single()
                .Url.ShouldBe("http://127.0.0.1:9000/base/mattermost/command");
        }

        bench
            .Mattermost.OutgoingHooks.SelectMany(h => h.CallbackUrls)
            .ShouldAllBe(url => url == "http://127.0.0.1:9000/base/mattermost/trigger");
        await bench.IsSettled();
    }

    [Fact]
    public async Task A_team_that_is_gone_is_forgotten()
    {
        await using var bench = await SetupBench.Installed();
        await bench.InstallAgain("--team", "sales");
        var secrets = bench.File.Read();
        bench.File.Write(
            secrets.With(new TeamSecrets("abcdefghijklmnopqrstuvwxyz", "gone", [], []))
        );

        await bench.InstallAgain();

        bench.Output.ShouldContain("removed    team gone");
        bench.File.Read().Teams.Select(t => t.Name).ShouldBe(["ops", "sales"]);
    }

    [Fact]
    public async Task The_token_may_come_on_standard_input()
    {
        await using var bench = await SetupBench.Open();

        var code = await bench.RunAs(
            null,
            bench.Mattermost.AdminToken + "\n",
            TimeProvider.System,
            [
                "install",
                "--data",
                bench.Data,
                "--url",
                bench.Mattermost.Url.ToString(),
                "--public-url",
                SetupBench.PublicUrl,
                "--team",
                "ops",
                "--admin-token",
                "-",
            ]
        );

        code.ShouldBe(ExitCode.Done, bench.Error);
    }

    [Fact]
    public async Task An_administrators_token_is_not_kept()
    {
        await using var bench = await SetupBench.Installed();

        foreach (var file in Directory.GetFiles(bench.Data, "*", SearchOption.AllDirectories))
        {
            (
                await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)
            ).ShouldNotContain(bench.Mattermost.AdminToken);
        }
    }

    [Theory]
    [InlineData("5.37.0", "the product is made for 10.11.0")]
    [InlineData("9.5.0", "the product is made for 10.11.0")]
    [InlineData("10.11.0", null)]
    public async Task An_old_server_is_warned_about(string version, string? warning)
    {
        await using var bench = await SetupBench.Installed(
            new SimulatorOptions { ServerVersion = version }
        );

        if (warning is null)
        {
            bench.Output.ShouldNotContain("warning");
        }
        else
        {
            bench.Output.ShouldContain(warning);
        }
    }

    [Fact]
    public async Task An_address_that_Mattermost_will_not_call_is_warned_about()
    {
        await using var bench = await SetupBench.Open();
        bench.Mattermost.Configure("ServiceSettings.AllowedUntrustedInternalConnections", "");

        (await bench.Install()).ShouldBe(ExitCode.Done);

        bench.Output.ShouldContain("127.0.0.1 is this machine itself");
        bench.Output.ShouldContain(
            "mmctl config set ServiceSettings.AllowedUntrustedInternalConnections 127.0.0.1"
        );
    }

    private static void Loosen(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Mode(path) | UnixFileMode.OtherRead);
        }
    }

    private static UnixFileMode Mode(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
}
