using System.Text.Json.Nodes;
using Mattermost.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Playground;
using Shouldly;
using Sidecar.Hosting;
using Sidecar.Ids;
using Sidecar.Settings;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Setup;

/// <summary>With a real sidecar on a real port, serving what set-up recorded.</summary>
public sealed class DoctorTests : IAsyncLifetime
{
    private readonly int _port = FreePort.Next();
    private SetupBench _bench = null!;
    private WebApplication? _sidecar;

    public async ValueTask InitializeAsync()
    {
        _bench = await SetupBench.Open();
        await _bench.Install("--public-url", $"http://127.0.0.1:{_port}");
        await Serve();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task A_good_installation_is_well_in_both_directions()
    {
        (await Doctor()).ShouldBe(ExitCode.Done, _bench.Output);

        Line("ops: round trip").ShouldContain($"reached sidecar {ProductVersion.Current}");
        Line("ops: /escalate").ShouldContain("with our address and token");
        Line("/readyz").ShouldContain("well");
        Line("websocket").ShouldContain("lets the bot listen");
        Line("store").ShouldContain("is sound");
        Line("settings.json").ShouldContain("the defaults hold");
        _bench.Output.ShouldNotContain("FAIL");
        _bench.Output.ShouldNotContain("\e");
    }

    [Fact]
    public async Task It_changes_nothing_and_posts_nothing()
    {
        var before = _bench.Mattermost.Posts("town-square", withSystemMessages: true).Count;
        _bench.Mattermost.ForgetRequests();

        await Doctor();

        _bench
            .Mattermost.Requests.Where(r => r.Method != "GET")
            .Select(r => r.Path)
            .ShouldBe(["/api/v4/commands/execute"]);
        _bench.Mattermost.Posts("town-square", withSystemMessages: true).Count.ShouldBe(before);
        _bench.Mattermost.EphemeralsOf("escalate").ShouldBeEmpty();
    }

    [Fact]
    public async Task Settings_with_which_it_would_not_start_are_told()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_bench.Data, "settings.json"),
            """{ "team": { "timeZone": "Atlantis" } }""",
            TestContext.Current.CancellationToken
        );

        (await Doctor()).ShouldBe(ExitCode.Failed);

        Line("settings.json").ShouldContain("team.timeZone: found \"Atlantis\"");
        Line("ops: round trip").ShouldContain("ok");
    }

    [Fact]
    public async Task Without_an_administrator_it_says_what_it_did_not_check()
    {
        var code = await _bench.RunAs(
            null,
            "",
            TimeProvider.System,
            ["doctor", "--data", _bench.Data]
        );

        code.ShouldBe(ExitCode.Done, _bench.Output);
        _bench.Output.ShouldContain("?     settings and integrations");
        Line("ops: round trip").ShouldContain("ok");
    }

    [Fact]
    public async Task Machines_get_JSON()
    {
        await _bench.Run("doctor", "--data", _bench.Data, "--json");

        var chart = JsonNode.Parse(_bench.Output)!;
        chart["version"]!.GetValue<string>().ShouldBe(ProductVersion.Current);
        chart["worst"]!.GetValue<string>().ShouldBe("warn");
        var panel = chart["findings"]!
            .AsArray()
            .Single(f => f!["check"]!.GetValue<string>() == "panel")!;
        panel["verdict"]!.GetValue<string>().ShouldBe("warn");
        panel["remedy"]!.GetValue<string>().ShouldContain("--plugin");
    }

    [Theory]
    [InlineData("ServiceSettings.EnableCommands", false, "EnableCommands")]
    [InlineData("ServiceSettings.EnableOutgoingWebhooks", false, "EnableOutgoingWebhooks")]
    [InlineData("ServiceSettings.EnableBotAccountCreation", false, "EnableBotAccountCreation")]
    [InlineData("ServiceSettings.SiteURL", "", "SiteURL")]
    [InlineData(
        "ServiceSettings.AllowedUntrustedInternalConnections",
        "",
        "AllowedUntrustedInternalConnections"
    )]
    public async Task A_setting_that_breaks_it_fails_and_says_how_to_change_it(
        string key,
        object value,
        string check
    )
    {
        _bench.Mattermost.Configure(key, value);

        (await Doctor()).ShouldBe(ExitCode.Failed);

        Line(check).ShouldContain("FAIL");
        _bench.Output.ShouldContain($"mmctl config set {key}");
    }

    [Theory]
    [InlineData("ServiceSettings.EnableUserAccessTokens", false, "EnableUserAccessTokens")]
    [InlineData("PluginSettings.EnableUploads", false, "PluginSettings.EnableUploads")]
    [InlineData(
        "ServiceSettings.OutgoingIntegrationRequestsTimeout",
        1,
        "OutgoingIntegrationRequestsTimeout"
    )]
    [InlineData(
        "ServiceSettings.OutgoingIntegrationRequestsTimeout",
        600,
        "OutgoingIntegrationRequestsTimeout"
    )]
    public async Task A_setting_that_only_hampers_it_is_a_warning(
        string key,
        object value,
        string check
    )
    {
        _bench.Mattermost.Configure(key, value);

        (await Doctor()).ShouldBe(ExitCode.Done, _bench.Output);

        Line(check).ShouldContain("warn");
    }

    [Fact]
    public async Task A_sidecar_that_is_down_fails()
    {
        await Stop();

        (await Doctor()).ShouldBe(ExitCode.Failed);

        Line("ops: round trip").ShouldContain("FAIL");
        Line("/healthz").ShouldContain("does not answer");
        _bench.Output.ShouldContain("run --data");
    }

    [Fact]
    public async Task A_sidecar_that_does_not_know_the_token_fails()
    {
        await _bench.Api(
            "PUT",
            $"commands/{_bench.Mattermost.CommandsOf("ops").Single().Id}/regen_token"
        );

        (await Doctor()).ShouldBe(ExitCode.Failed);

        Line("ops: /escalate").ShouldContain("its token was regenerated");
        Line("ops: round trip").ShouldContain("turned Mattermost's call away");
    }

    [Fact]
    public async Task A_changed_command_fails()
    {
        await _bench.ChangeCommand(c => c with { Url = "http://127.0.0.1:1/x" });

        (await Doctor()).ShouldBe(ExitCode.Failed);

        Line("ops: /escalate").ShouldContain("its URL was");
    }

    [Fact]
    public async Task A_deleted_webhook_fails()
    {
        await _bench.Api("DELETE", $"hooks/outgoing/{_bench.Mattermost.OutgoingHooks.Single().Id}");

        (await Doctor()).ShouldBe(ExitCode.Failed);

        Line("ops: sev1!").ShouldContain("deleted");
    }

    [Fact]
    public async Task A_bot_that_is_locked_out_fails_and_hides_nothing_else()
    {
        await _bench.Api("POST", $"bots/{_bench.File.Read().Bot.UserId}/disable");

        (await Doctor()).ShouldBe(ExitCode.Failed);

        Line("  bot ").ShouldContain("does not accept the token");
        Line("ops: round trip").ShouldContain("ok");
    }

    [Fact]
    public async Task ESC_10_A_proxy_that_passes_no_WebSocket_on_is_a_warning()
    {
        await _bench.Mattermost.WaitForAsync(
            () => _bench.Mattermost.ConnectedClients == 1,
            TestContext.Current.CancellationToken
        );
        _bench.Mattermost.Faults.Next(1, "GET", "/api/v4/websocket", Fault.Status(502));

        (await Doctor()).ShouldBe(ExitCode.Done, _bench.Output);

        Line("websocket").ShouldContain("warn");
        Line("websocket").ShouldContain("502 BadGateway");
        Line("websocket").ShouldContain("Reactions to cards are not heard");
        _bench.Output.ShouldContain("proxy_set_header Upgrade");
    }

    [Fact]
    public async Task A_bot_that_left_the_team_fails()
    {
        await _bench.Api(
            "DELETE",
            $"teams/{_bench.Mattermost.Teams[0].Id}/members/{_bench.File.Read().Bot.UserId}"
        );

        (await Doctor()).ShouldBe(ExitCode.Failed);

        Line("ops: bot").ShouldContain("is not in the team");
    }

    [Fact]
    public async Task Mattermost_that_is_down_fails()
    {
        await _bench.Mattermost.DisposeAsync();

        (await Doctor()).ShouldBe(ExitCode.Failed);

        Line("address").ShouldContain("does not answer");
    }

    [Theory]
    [InlineData(10, "ok")]
    [InlineData(60, "warn")]
    [InlineData(600, "FAIL")]
    public async Task Clocks_that_are_apart_show(int seconds, string verdict)
    {
        var clock = new ManualClock(
            TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(seconds)
        );

        await _bench.RunAs(
            _bench.Mattermost.AdminToken,
            "",
            clock,
            ["doctor", "--data", _bench.Data]
        );

        Line("clock").ShouldContain(verdict);
    }

    [Fact]
    public async Task Secrets_that_others_can_read_fail()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps rights elsewhere.");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                _bench.File.Path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead
            );
        }

        (await Doctor()).ShouldBe(ExitCode.Failed);

        Line("rights").ShouldContain("FAIL");
        _bench.Output.ShouldContain($"chmod 600 {_bench.File.Path}");
    }

    [Fact]
    public async Task A_damaged_store_fails()
    {
        await Stop();
        var store = Path.Combine(_bench.Data, "escalate.litedb");
        var bytes = await File.ReadAllBytesAsync(store, TestContext.Current.CancellationToken);
        bytes.AsSpan(8192 + 4096, 512).Fill(0xA5);
        await File.WriteAllBytesAsync(store, bytes, TestContext.Current.CancellationToken);

        (await Doctor()).ShouldBe(ExitCode.Failed);

        Line("  store ").ShouldContain("FAIL");
        _bench.Output.ShouldContain("restore --data");
    }

    [Fact]
    public async Task A_directory_that_was_never_set_up_fails()
    {
        (await _bench.Run("doctor", "--data", Path.Combine(_bench.Folder, "empty"))).ShouldBe(
            ExitCode.Failed
        );

        Line("secrets").ShouldContain("was never set up");
    }

    [Fact]
    public async Task M10_A_sidecar_that_was_started_before_the_last_install_is_told()
    {
        Line("  installation", await Doctor()).ShouldContain("ok");
        _bench.Mattermost.Configure(
            "ServiceSettings.AllowedUntrustedInternalConnections",
            "127.0.0.1 localhost"
        );
        await _bench.InstallAgain("--public-url", $"http://localhost:{_port}");

        (await Doctor()).ShouldBe(ExitCode.Failed);

        Line("  installation").ShouldContain("install ran after it was started");
        _bench.Output.ShouldContain("Start it again:");

        await Stop();
        await Serve();
        Line("  installation", await Doctor()).ShouldContain("ok");
    }

    [Fact]
    public async Task M10_It_is_told_through_Mattermost_too_where_the_sidecar_is_not_reached_from_here()
    {
        var recorded = _bench.File.Read();
        _bench.File.Write(recorded with { PublicUrl = new Uri("http://sidecar.invalid:8085") });

        await Doctor();

        Line("/readyz").ShouldContain("not reached from here, though Mattermost reaches it");
        Line("  installation").ShouldContain("FAIL");
    }

    [Fact]
    public async Task U21_A_sidecar_at_the_default_address_is_found()
    {
        await _bench.InstallAgain("--public-url", "http://127.0.0.1:1");

        await _bench.RunWith(
            seams => seams with { DefaultAddress = new Uri($"http://127.0.0.1:{_port}") },
            "doctor",
            "--data",
            _bench.Data
        );

        _bench.Output.ShouldContain(
            $"a sidecar listens at http://127.0.0.1:{_port}/, but Mattermost was told to look at http://127.0.0.1:1/"
        );
    }

    [Fact]
    public async Task X6_Plain_HTTP_to_another_host_is_warned_of()
    {
        await _bench.InstallAgain("--public-url", "http://sidecar.invalid:8085");
        _bench.Output.ShouldContain("travel in the clear");

        await Doctor();

        Line("encryption").ShouldContain("warn");
        _bench.Output.ShouldContain("--certificate");
    }

    [Fact]
    public async Task M7_Settings_that_limit_or_change_what_is_seen_are_known()
    {
        _bench.Mattermost.Configure("ServiceSettings.MaximumPayloadSizeBytes", 100_000);
        _bench.Mattermost.Configure("ServiceSettings.CollapsedThreads", "always_on");
        _bench.Mattermost.Configure("ServiceSettings.EnablePostUsernameOverride", false);

        (await Doctor()).ShouldBe(ExitCode.Done, _bench.Output);

        Line("MaximumPayloadSizeBytes").ShouldContain("100000 bytes: long cards");
        Line("CollapsedThreads").ShouldContain("replies are seen in their thread only");
        Line("EnablePostUsernameOverride").ShouldContain("off: answers to commands carry the name");
        Line("InteractiveDialogAppsForm").ShouldContain("ok");
        Line("accounts").ShouldContain("ok");
    }

    [Fact]
    public async Task F3_That_delivery_waits_is_told()
    {
        _bench.Mattermost.Faults.Next(
            1,
            "POST",
            "/api/v4/channels/direct",
            Fault.RateLimited(TimeSpan.FromDays(1))
        );
        var store = _sidecar!.Services.GetRequiredService<Sidecar.Storage.Store>();
        var change = new Sidecar.Storage.Change(DateTimeOffset.UnixEpoch, "test");
        change.Do(
            new Sidecar.Chat.Effect.TellPerson(
                new UserId(_bench.Mattermost.GetUser("tam").Id),
                Sidecar.Text.Markdown.Typed("hello")
            )
            {
                About = "a greeting",
            }
        );
        await store.Commit(change, TestContext.Current.CancellationToken);
        var pump = _sidecar.Services.GetRequiredService<Sidecar.Outbox.OutboxPump>();
        await pump.WhenIdle(TestContext.Current.CancellationToken);

        await Doctor();

        Line("delivery").ShouldContain("1 message(s) wait");
        Line("delivery").ShouldContain("asked for a pause");
    }

    private string Line(string check, int code)
    {
        code.ShouldBe(ExitCode.Done, _bench.Output);
        return Line(check);
    }

    private Task<int> Doctor() => _bench.Run("doctor", "--data", _bench.Data);

    private string Line(string check) =>
        _bench
            .Output.Split('\n')
            .FirstOrDefault(line => line.Contains(check, StringComparison.Ordinal))
            .ShouldNotBeNull(_bench.Output);

    private async Task Serve()
    {
        var secrets = _bench.File.Read();
        _sidecar = await SidecarHost.Build(
            // Nobody is greeted here: these tests count what is sent.
            RunCommand.Settings(_bench.Data, secrets with { InstalledBy = null }),
            TimeProvider.System,
            builder =>
            {
                builder.WebHost.UseUrls($"http://127.0.0.1:{_port}");
                builder.Logging.ClearProviders();
            },
            TestContext.Current.CancellationToken
        );
        await _sidecar.StartAsync(TestContext.Current.CancellationToken);
    }

    private async Task Stop()
    {
        if (_sidecar is { } sidecar)
        {
            _sidecar = null;
            await sidecar.StopAsync(CancellationToken.None);
            await sidecar.DisposeAsync();
        }
    }
}
