using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Mattermost;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>
/// A Mattermost that is there: <c>MATTERMOST_URL</c> and <c>MATTERMOST_ADMIN_TOKEN</c> name it, without them its tests are
/// skipped. Makes a bot and channels of its own and leaves them archived.
/// </summary>
internal sealed class RealServer : IAsyncDisposable
{
    private readonly HttpClient _admin;
    private readonly ServiceProvider _services;
    private readonly string _name = "t" + RandomNumberGenerator.GetHexString(10, lowercase: true);
    private readonly List<string> _channels = [];

    private RealServer(Uri url, string token)
    {
        _admin = new HttpClient { BaseAddress = url };
        _admin.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var services = new ServiceCollection();
        services.AddHttpClient(ChatOptions.HttpClientName, client => client.BaseAddress = url);
        _services = services.BuildServiceProvider();
    }

    public MattermostChat Chat { get; private set; } = null!;

    public UserId Bot { get; private set; }

    public string Team { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RealServer> Find()
    {
        var url = Environment.GetEnvironmentVariable("MATTERMOST_URL");
        var token = Environment.GetEnvironmentVariable("MATTERMOST_ADMIN_TOKEN");
        Assert.SkipWhen(
            string.IsNullOrEmpty(url) || string.IsNullOrEmpty(token),
            "MATTERMOST_URL and MATTERMOST_ADMIN_TOKEN name a server to try it on."
        );
        var server = new RealServer(new Uri(url!), token!);
        await server.Prepare();
        return server;
    }

    public async Task<ChannelId> Channel(string suffix, bool withBot = true)
    {
        var made = await Ask(
            HttpMethod.Post,
            "channels",
            new JsonObject
            {
                ["team_id"] = Team,
                ["name"] = _name + suffix,
                ["display_name"] = _name + suffix,
                ["type"] = "P",
            }
        );
        var id = made["id"]!.GetValue<string>();
        _channels.Add(id);
        if (withBot)
        {
            var member = new JsonObject { ["user_id"] = Bot.Value };
            await Ask(HttpMethod.Post, $"channels/{id}/members", member);
        }

        return new ChannelId(id);
    }

    public async Task<JsonNode> Ask(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v4/" + path);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await _admin.SendAsync(request, Cancel);
        var answer = await response.Content.ReadAsStringAsync(Cancel);
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(answer)!
            : throw new InvalidOperationException($"{method} {path}: {answer}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            using var gone = await _admin.DeleteAsync($"/api/v4/channels/{channel}", Cancel);
        }

        using var disabled = await _admin.PostAsync(
            $"/api/v4/bots/{Bot.Value}/disable",
            null,
            Cancel
        );
        _admin.Dispose();
        await _services.DisposeAsync();
    }

    private async Task Prepare()
    {
        var me = await Ask(HttpMethod.Get, "users/me");
        var teams = await Ask(HttpMethod.Get, $"users/{me["id"]}/teams");
        Team = teams[0]!["id"]!.GetValue<string>();
        var bot = await Ask(HttpMethod.Post, "bots", new JsonObject { ["username"] = _name });
        Bot = new UserId(bot["user_id"]!.GetValue<string>());
        var membership = new JsonObject { ["team_id"] = Team, ["user_id"] = Bot.Value };
        await Ask(HttpMethod.Post, $"teams/{Team}/members", membership);
        var token = await Ask(
            HttpMethod.Post,
            $"users/{Bot.Value}/tokens",
            new JsonObject { ["description"] = "test" }
        );
        Chat = new MattermostChat(
            _services.GetRequiredService<IHttpClientFactory>(),
            new ChatOptions(
                token["token"]!.GetValue<string>(),
                Bot,
                "http://127.0.0.1:1/action",
                "http://127.0.0.1:1/dialog"
            ),
            new CardRenderer(_ => null, c => c.Payload, "http://127.0.0.1:1/action"),
            TimeProvider.System
        );
    }
}
