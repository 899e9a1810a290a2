using System.Net.Http.Json;
using System.Text.Json;
using Mattermost.Simulator;

namespace Sidecar.Tests.Mattermost;

/// <summary>The stand-in set up as the recorded server was: version, people, a bot, a command, an integration.</summary>
internal sealed class RecordedServer : IAsyncDisposable
{
    private readonly HttpClient http;

    private RecordedServer(MattermostSimulator mm, Recorder recorder)
    {
        Mm = mm;
        Recorder = recorder;
        http = new HttpClient { BaseAddress = mm.Url };
        Team = mm.AddTeam("ops");
        Alice = mm.AddUser("alice");
        Bob = mm.AddUser("bob");
        (Bot, BotToken) = mm.AddBot("escalate");
        Square = mm.GetChannel("town-square");
        // Both had been there for a while when the recording began.
        mm.SetStatus("alice", "online");
        mm.SetStatus("escalate", "online");
        AliceToken = mm.As("alice").Token;
    }

    public MattermostSimulator Mm { get; }
    public Recorder Recorder { get; }
    public Team Team { get; }
    public User Alice { get; }
    public User Bob { get; }
    public User Bot { get; }
    public string BotToken { get; }
    public string AliceToken { get; }
    public Channel Square { get; }

    /// <summary>The recordings at the top are of the old end; those in <c>11.6</c> of today.</summary>
    public static async Task<RecordedServer> StartAsync(string version = SimulatorOptions.OldEnd)
    {
        var mm = await MattermostSimulator.StartAsync(
            new SimulatorOptions { ServerVersion = version }
        );
        var server = new RecordedServer(mm, await Recorder.StartAsync());
        var created = await server.SendAsync(
            mm.AdminToken,
            HttpMethod.Post,
            "/api/v4/commands",
            new
            {
                team_id = server.Team.Id,
                trigger = "escalate",
                method = "P",
                username = "escalate",
                url = server.Recorder.Url("/command"),
                auto_complete = true,
                auto_complete_desc = "escalations",
                auto_complete_hint = "[new|list]",
            }
        );
        return created.Status == 201
            ? server
            : throw new InvalidOperationException(created.Body.GetRawText());
    }

    public static JsonElement Load(string name)
    {
        Replayed.Read(name);
        var path = Path.Combine(AppContext.BaseDirectory, "Mattermost", "recorded", name + ".json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    public async Task<(int Status, JsonElement Body)> SendAsync(
        string token,
        HttpMethod method,
        string path,
        object? body = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (token.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        request.Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body));
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        using var json = JsonDocument.Parse(isJson ? text : JsonSerializer.Serialize(text));
        return ((int)response.StatusCode, json.RootElement.Clone());
    }

    public async Task<Post> PostAsBotAsync(JsonElement recordedBody)
    {
        var (_, body) = await SendAsync(
            BotToken,
            HttpMethod.Post,
            "/api/v4/posts",
            WithOurIds(recordedBody)
        );
        return Mm.FindPost(body.GetProperty("id").GetString()!)!;
    }

    /// <summary>A recorded request with this server's channel, team and integration in place of the recorded ones.</summary>
    public JsonElement WithOurIds(JsonElement recorded)
    {
        var text = recorded
            .GetRawText()
            .Replace("e7nrrpfsjbbhxkin6h4yof4p8o", Square.Id, StringComparison.Ordinal)
            .Replace("gcu5ssf85fyqijn3o5mjuh1p1c", Team.Id, StringComparison.Ordinal)
            .Replace("fmn8ar6kybniipsy73qyreyyqw", Bob.Id, StringComparison.Ordinal)
            .Replace(
                "http://127.0.0.1:9099",
                Recorder.Url("").AbsoluteUri.TrimEnd('/'),
                StringComparison.Ordinal
            );
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Mm.DisposeAsync();
        await Recorder.DisposeAsync();
    }
}
