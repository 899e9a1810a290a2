using Mattermost.Simulator;
using Playground;
using Shouldly;
using Sidecar.Settings;
using Sidecar.Setup;
using Xunit;

namespace Sidecar.Tests.Setup;

/// <summary>What can be wrong: each is told with what to do, and nothing has been changed by then.</summary>
public sealed class InstallRefusalTests
{
    [Theory]
    [InlineData("ServiceSettings.EnableBotAccountCreation", "Bot Accounts")]
    [InlineData("ServiceSettings.EnableCommands", "Custom Slash Commands")]
    [InlineData("ServiceSettings.EnableOutgoingWebhooks", "Outgoing Webhooks")]
    public async Task A_setting_that_is_off(string key, string console)
    {
        await using var bench = await SetupBench.Open();
        bench.Mattermost.Configure(key, false);

        await Refuses(bench, bench.Install(), key, console, $"mmctl config set {key} true");
    }

    [Fact]
    public async Task Several_settings_are_named_at_once()
    {
        await using var bench = await SetupBench.Open();
        bench.Mattermost.Configure("ServiceSettings.EnableCommands", false);
        bench.Mattermost.Configure("ServiceSettings.EnableOutgoingWebhooks", false);

        await Refuses(
            bench,
            bench.Install(),
            "mmctl config set ServiceSettings.EnableCommands true",
            "mmctl config set ServiceSettings.EnableOutgoingWebhooks true"
        );
    }

    [Fact]
    public async Task A_token_that_is_not_accepted()
    {
        await using var bench = await SetupBench.Open();
        var run = Install(bench, "abcdefghijklmnopqrstuvwxyz");

        await Refuses(bench, run, "does not accept the administrator's token", "Personal Access");
        bench.Error.ShouldNotContain("abcdefghijklmnopqrstuvwxyz");
    }

    [Fact]
    public async Task A_token_of_somebody_who_is_no_administrator()
    {
        await using var bench = await SetupBench.Open();

        await Refuses(
            bench,
            Install(bench, bench.Mattermost.TokenOf("tam")),
            "@tam, who is not a system administrator",
            "System Admin"
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    public async Task A_token_that_can_be_none(string token)
    {
        await using var bench = await SetupBench.Open();

        await Refuses(bench, Install(bench, token), "empty or holds characters", "--admin-token -");
    }

    [Fact]
    public async Task No_token_at_all_is_a_mistake_in_the_command_line()
    {
        await using var bench = await SetupBench.Open();

        (await Install(bench, null)).ShouldBe(ExitCode.Usage);

        bench.Error.ShouldContain(AdminToken.Variable);
    }

    [Fact]
    public async Task A_team_that_does_not_exist()
    {
        await using var bench = await SetupBench.Open();

        await Refuses(
            bench,
            bench.Install("--team", "opps"),
            "no team \"opps\"",
            "The teams are: ops, sales"
        );
    }

    [Fact]
    public async Task No_team_at_all()
    {
        await using var bench = await SetupBench.Open();
        var run = bench.Run(
            "install",
            "--data",
            bench.Data,
            "--url",
            bench.Mattermost.Url.ToString(),
            "--public-url",
            SetupBench.PublicUrl
        );

        await Refuses(bench, run, "No team is named", "--team", "ops, sales");
    }

    [Fact]
    public async Task A_command_that_belongs_to_another()
    {
        await using var bench = await SetupBench.Open();
        bench.Mattermost.AddCommand("escalate", new Uri("http://example.com/theirs"));

        await Refuses(
            bench,
            bench.Install(),
            "/escalate is taken in team ops",
            "by @admin",
            "http://example.com/theirs",
            "--take-over"
        );
    }

    [Fact]
    public async Task A_webhook_of_another_sidecar()
    {
        await using var bench = await SetupBench.Open();
        bench.Mattermost.AddOutgoingHook(
            new OutgoingHook
            {
                TeamId = bench.Mattermost.Teams[0].Id,
                DisplayName = "staging",
                TriggerWords = ["sev1!"],
                CallbackUrls = ["http://example.com/mattermost/trigger"],
            }
        );

        await Refuses(
            bench,
            bench.Install(),
            "goes to another sidecar",
            "two escalations",
            "--take-over"
        );
    }

    [Fact]
    public async Task A_person_who_has_the_bots_name()
    {
        await using var bench = await SetupBench.Open();

        (await bench.Install("--bot", "tam")).ShouldBe(ExitCode.Failed);

        bench.Error.ShouldContain("@tam is a person's account");
        bench.Error.ShouldContain("--bot");
        bench.OnlyAsked();
    }

    [Theory]
    [InlineData("http://127.0.0.1:8085/plugins/escalate", "must not lie below /plugins")]
    [InlineData("http://127.0.0.1:8085/?x=1", "scheme, host, port and path alone")]
    public async Task A_public_address_that_must_not_be(string address, string says)
    {
        await using var bench = await SetupBench.Open();

        await Refuses(bench, bench.Install("--public-url", address), says);
    }

    [Theory]
    [InlineData("--url")]
    [InlineData("--public-url")]
    public async Task An_address_with_a_password_is_not_repeated(string option)
    {
        await using var bench = await SetupBench.Open();

        (await bench.Install(option, "http://user:hunter2@127.0.0.1:8085/")).ShouldBe(
            ExitCode.Usage
        );

        bench.Error.ShouldContain("must not hold a user name or password");
        (bench.Error + bench.Output).ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Another_servers_data_directory()
    {
        await using var bench = await SetupBench.Installed();
        await using var other = await SetupBench.Open();

        var code = await other.Run(
            "install",
            "--data",
            bench.Data,
            "--url",
            other.Mattermost.Url.ToString()
        );

        code.ShouldBe(ExitCode.Failed);
        other.Error.ShouldContain($"belongs to an installation on {bench.Mattermost.Url}");
        other.OnlyAsked();
    }

    [Fact]
    public async Task A_server_that_does_not_answer()
    {
        await using var bench = await SetupBench.Open();
        var port = FreePort.Next();

        await Refuses(
            bench,
            bench.Install("--url", $"http://127.0.0.1:{port}"),
            "Mattermost does not answer at",
            "firewall"
        );
    }

    [Fact]
    public async Task A_server_that_is_something_else()
    {
        await using var bench = await SetupBench.Open();

        await Refuses(
            bench,
            bench.Install("--url", new Uri(bench.Mattermost.Url, "/nowhere/").ToString()),
            "is not Mattermost"
        );
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file()
    {
        await using var bench = await SetupBench.Open();
        await File.WriteAllTextAsync(bench.Data, "", TestContext.Current.CancellationToken);

        await Refuses(bench, bench.Install(), "can't be written to", "--data");
    }

    [Fact]
    public async Task Bots_whose_tokens_are_refused()
    {
        await using var bench = await SetupBench.Open();
        bench.Mattermost.Faults.Next(
            1,
            r => r.Method == "POST" && r.Path.EndsWith("/tokens", StringComparison.Ordinal),
            Fault.Error(403, "api.context.permissions.app_error")
        );

        (await bench.Install()).ShouldBe(ExitCode.Failed);

        bench.Error.ShouldContain("does not let this account do that");
    }

    [Theory]
    [InlineData("install", "--nonsense")]
    [InlineData("install", "--url", "mattermost.example.com")]
    [InlineData("instal")]
    [InlineData("backup")]
    public async Task A_command_line_that_can_not_be_understood(params string[] arguments)
    {
        await using var bench = await SetupBench.Open();

        (await bench.Run(arguments)).ShouldBe(ExitCode.Usage);

        bench.Error.ShouldNotBeEmpty();
        bench.Mattermost.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_time_addresses_are_needed()
    {
        await using var bench = await SetupBench.Open();

        (await bench.InstallAgain("--team", "ops")).ShouldBe(ExitCode.Usage);

        bench.Error.ShouldContain("--url is missing");
    }

    [Fact]
    public async Task With_take_over_an_earlier_installation_is_continued()
    {
        await using var bench = await SetupBench.Installed();
        var before = bench.File.Read();
        Directory.Delete(bench.Data, recursive: true);

        (await bench.Install("--public-url", "http://127.0.0.1:9100")).ShouldBe(ExitCode.Failed);
        (await bench.Install("--public-url", "http://127.0.0.1:9100", "--take-over")).ShouldBe(
            ExitCode.Done
        );

        var now = bench.File.Read();
        now.Bot.UserId.ShouldBe(before.Bot.UserId);
        now.Teams[0].Commands[0].Id.ShouldBe(before.Teams[0].Commands[0].Id);
        (await bench.Api("GET", $"users/{now.Bot.UserId}/tokens"))!
            .AsArray()
            .ShouldHaveSingleItem();
        await bench.IsSettled();
    }

    [Fact]
    public async Task A_sidecar_of_another_team_keeps_its_token()
    {
        await using var bench = await SetupBench.Installed();
        var other = Path.Combine(bench.Folder, "other");

        var code = await bench.Run(
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

        code.ShouldBe(ExitCode.Done, bench.Error);
        bench.Output.ShouldContain("another sidecar uses this bot");
        await bench.IsSettled();
    }

    private static Task<int> Install(SetupBench bench, string? token) =>
        bench.RunAs(
            token,
            "",
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
            ]
        );

    private static async Task Refuses(SetupBench bench, Task<int> run, params string[] says)
    {
        (await run).ShouldBe(ExitCode.Failed);
        foreach (var part in says)
        {
            bench.Error.ShouldContain(part);
        }

        bench.OnlyAsked();
        bench.File.Exists.ShouldBeFalse();
    }
}
