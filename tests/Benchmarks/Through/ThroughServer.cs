using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Benchmarks.Through;

/// <summary>A real Mattermost with a team, people, a bot and commands for one run.</summary>
internal sealed class ThroughServer : IAsyncDisposable
{
    /// <summary>So many that nobody goes beyond what one person may do.</summary>
    private const int People = 160;

    private readonly HttpClient _http;
    private readonly string _admin;
    private readonly string _mark = RandomNumberGenerator.GetHexString(6, lowercase: true);
    private readonly List<string> _tokens = [];
    private readonly List<string> _made = [];
    private readonly List<string> _commands = [];
    private string _team = "";
    private string _channel = "";

    private ThroughServer(Uri url, string admin)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
        {
            BaseAddress = url,
        };
        _admin = admin;
    }

    public static async Task<ThroughServer> Open(Uri url, string admin)
    {
        var place = new ThroughServer(url, admin);
        var name = $"through{place._mark}";
        var team = await place.Done(
            HttpMethod.Post,
            "teams",
            new
            {
                name,
                display_name = name,
                type = "O",
            }
        );
        place._team = Text(team, "id");
        place._channel = Text(
            await place.Done(HttpMethod.Get, $"teams/{place._team}/channels/name/town-square"),
            "id"
        );
        for (var i = 0; i < People; i++)
        {
            await place.Person($"p{i}.{place._mark}");
        }

        return place;
    }

    /// <summary>A slash command; gives its token.</summary>
    public async Task<string> Command(string trigger, string url)
    {
        var made = await Done(
            HttpMethod.Post,
            "commands",
            new
            {
                team_id = _team,
                trigger,
                url,
                method = "P",
            }
        );
        _commands.Add(Text(made, "id"));
        return Text(made, "token");
    }

    public async Task<(string Id, string Token)> Bot()
    {
        var bot = Text(
            await Done(HttpMethod.Post, "bots", new { username = $"bot.{_mark}" }),
            "user_id"
        );
        _made.Add(bot);
        await Done(
            HttpMethod.Post,
            $"teams/{_team}/members",
            new { team_id = _team, user_id = bot }
        );
        var token = await Done(
            HttpMethod.Post,
            $"users/{bot}/tokens",
            new { description = "through" }
        );
        return (bot, Text(token, "token"));
    }

    /// <summary>Somebody types a command; gives the milliseconds until it was answered.</summary>
    public async Task<double> Types(Way way, int who)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v4/commands/execute");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            _tokens[who % _tokens.Count]
        );
        request.Content = JsonContent.Create(
            new
            {
                channel_id = _channel,
                team_id = _team,
                command = way.Command,
            }
        );
        var begun = Stopwatch.GetTimestamp();
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        var isPing = way.Command.EndsWith("ping", StringComparison.Ordinal);
        if (
            (int)answer.StatusCode != way.Status
            || (isPing && !text.Contains("pong", StringComparison.Ordinal))
        )
        {
            Interlocked.Increment(ref way.Wrong);
            way.LastWrong = $"{(int)answer.StatusCode} {text}";
        }

        return took;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands)
        {
            await Ask(HttpMethod.Delete, $"commands/{command}");
        }

        foreach (var account in _made)
        {
            await Ask(HttpMethod.Delete, $"users/{account}");
        }

        await Ask(HttpMethod.Delete, $"teams/{_team}");
        _http.Dispose();
    }

    private async Task Person(string name)
    {
        const string password = "Passw0rd-1";
        var user = Text(
            await Done(
                HttpMethod.Post,
                "users",
                new
                {
                    username = name,
                    email = $"{name}@example.test",
                    password,
                }
            ),
            "id"
        );
        _made.Add(user);
        await Done(
            HttpMethod.Post,
            $"teams/{_team}/members",
            new { team_id = _team, user_id = user }
        );
        using var login = await _http.PostAsJsonAsync(
            "/api/v4/users/login",
            new { login_id = name, password }
        );
        _tokens.Add(login.EnsureSuccessStatusCode().Headers.GetValues("Token").Single());
    }

    private async Task<JsonElement> Done(HttpMethod method, string path, object? body = null)
    {
        using var answer = await Ask(method, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(text).RootElement.Clone()
            : throw new InvalidOperationException($"{method} {path}: {text}");
    }

    private async Task<HttpResponseMessage> Ask(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v4/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _admin);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType());
        return await _http.SendAsync(request);
    }

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString()!;
}
