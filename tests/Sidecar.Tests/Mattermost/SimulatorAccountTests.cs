using System.Net;
using System.Text.Json;
using Mattermost.Simulator;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

public sealed class SimulatorAccountTests
{
    [Fact]
    public async Task A_browser_logs_in_by_cookie_and_needs_the_csrf_token_to_change_things()
    {
        await using var town = await Town.StartAsync();
        var cookies = new CookieContainer();
        using var handler = new HttpClientHandler { CookieContainer = cookies };
        using var browser = new HttpClient(handler) { BaseAddress = town.Mm.Url };
        using var login = Json(
            new { login_id = "tam", password = MattermostSimulator.DefaultPassword }
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v4/users/login")
        {
            Content = login,
        };
        request.Headers.Add("X-Requested-With", "XMLHttpRequest");
        using var loggedIn = await browser.SendAsync(
            request,
            TestContext.Current.CancellationToken
        );

        var without = await Post(csrf: null);
        var with = await Post(cookies.GetCookies(town.Mm.Url)["MMCSRF"]!.Value);

        loggedIn.Headers.GetValues("Token").Single().Length.ShouldBe(26);
        cookies.GetCookies(town.Mm.Url)["MMUSERID"]!.Value.ShouldBe(town.Mm.GetUser("tam").Id);
        without.ShouldBe(HttpStatusCode.Unauthorized);
        with.ShouldBe(HttpStatusCode.Created);

        async Task<HttpStatusCode> Post(string? csrf)
        {
            using var body = Json(new { channel_id = town.Square, message = "hi" });
            using var post = new HttpRequestMessage(HttpMethod.Post, "/api/v4/posts")
            {
                Content = body,
            };
            if (csrf is not null)
            {
                post.Headers.Add("X-CSRF-Token", csrf);
            }

            using var response = await browser.SendAsync(
                post,
                TestContext.Current.CancellationToken
            );
            return response.StatusCode;
        }

        static StringContent Json(object value) =>
            new(JsonSerializer.Serialize(value), System.Text.Encoding.UTF8, "application/json");
    }

    [Fact]
    public async Task Set_up_creates_a_bot_with_a_token_that_works_until_it_is_revoked()
    {
        await using var town = await Town.StartAsync();
        town.Mm.Configure("ServiceSettings.EnableUserAccessTokens", value: false);
        var bot = await Admin(
            HttpMethod.Post,
            "/api/v4/bots",
            new { username = "helper", display_name = "Helper" }
        );
        var id = bot.Body.GetProperty("user_id").GetString();
        var token = await Admin(
            HttpMethod.Post,
            $"/api/v4/users/{id}/tokens",
            new { description = "sidecar" }
        );
        var secret = token.Body.GetProperty("token").GetString()!;

        (await town.SendAsync(secret, HttpMethod.Get, "/api/v4/users/me")).Status.ShouldBe(200);
        var listed = await Admin(HttpMethod.Get, $"/api/v4/users/{id}/tokens");
        listed.Body.ToString().ShouldNotContain(secret);
        await Admin(
            HttpMethod.Post,
            "/api/v4/users/tokens/revoke",
            new { token_id = token.Body.GetProperty("id") }
        );
        (await town.SendAsync(secret, HttpMethod.Get, "/api/v4/users/me")).Status.ShouldBe(401);

        var forPerson = await Admin(
            HttpMethod.Post,
            $"/api/v4/users/{town.Mm.GetUser("tam").Id}/tokens",
            new { description = "x" }
        );
        forPerson.ErrorId.ShouldBe("app.user_access_token.disabled");
        town.Mm.Violations.ShouldBeEmpty();

        Task<Reply> Admin(HttpMethod method, string path, object? body = null) =>
            town.SendAsync(town.Mm.AdminToken, method, path, body);
    }

    [Theory]
    [InlineData(
        "ServiceSettings.EnableBotAccountCreation",
        "/api/v4/bots",
        403,
        "api.bot.create_disabled"
    )]
    [InlineData(
        "ServiceSettings.EnableOutgoingWebhooks",
        "/api/v4/hooks/outgoing",
        501,
        "api.outgoing_webhook.disabled.app_error"
    )]
    [InlineData(
        "PluginSettings.EnableUploads",
        "/api/v4/plugins",
        501,
        "app.plugin.upload_disabled.app_error"
    )]
    public async Task What_the_configuration_forbids_is_refused(
        string setting,
        string path,
        int status,
        string error
    )
    {
        await using var town = await Town.StartAsync();
        await town.SendAsync(
            town.Mm.AdminToken,
            HttpMethod.Put,
            "/api/v4/config/patch",
            new Dictionary<string, object>
            {
                [setting.Split('.')[0]] = new Dictionary<string, bool>
                {
                    [setting.Split('.')[1]] = false,
                },
            }
        );
        var body = new
        {
            username = "another",
            team_id = town.Command.TeamId,
            display_name = "x",
            trigger_words = new List<string> { "x" },
            callback_urls = new List<string> { "http://sidecar/x" },
        };

        var reply = await town.SendAsync(town.Mm.AdminToken, HttpMethod.Post, path, body);

        reply.Status.ShouldBe(status);
        reply.ErrorId.ShouldBe(error);
    }

    [Fact]
    public async Task People_are_found_with_their_time_zone_and_status()
    {
        await using var town = await Town.StartAsync();
        town.Mm.AddUser("lead", timezone: "Europe/Berlin");
        var until = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
        town.Mm.SetStatus("lead", "dnd", until);
        var id = town.Mm.GetUser("lead").Id;

        var user = await town.BotAsync(HttpMethod.Get, "/api/v4/users/username/lead");
        var status = await town.BotAsync(HttpMethod.Get, $"/api/v4/users/{id}/status");
        var found = await town.BotAsync(
            HttpMethod.Post,
            "/api/v4/users/search",
            new { term = "le" }
        );

        user.Body.GetProperty("timezone")
            .GetProperty("manualTimezone")
            .GetString()
            .ShouldBe("Europe/Berlin");
        status.Body.GetProperty("status").GetString().ShouldBe("dnd");
        status.Body.GetProperty("dnd_end_time").GetInt64().ShouldBe(until.ToUnixTimeSeconds());
        found.Body[0].GetProperty("username").GetString().ShouldBe("lead");
        town.Mm.Violations.ShouldBeEmpty();
    }
}
