using System.Net.Http.Json;
using System.Text.Json;
using Mattermost.Simulator;

namespace Sidecar.Tests.Mattermost;

/// <summary>A stand-in of the present version with people, a bot and a command whose integration is a recorder.</summary>
internal sealed class Town : IAsyncDisposable
{
    private readonly HttpClient http;

    private Town(MattermostSimulator mm, Recorder recorder, HandMovedClock clock)
    {
        (Mm, Recorder, Clock) = (mm, recorder, clock);
        http = new HttpClient { BaseAddress = mm.Url };
        mm.AddTeam("ops");
        mm.AddUser("tam");
        mm.AddUser("engineer");
        (Bot, BotToken) = mm.AddBot("escalate");
        Command = mm.AddCommand("escalate", recorder.Url("/command"));
    }

    public MattermostSimulator Mm { get; }
    public Recorder Recorder { get; }
    public HandMovedClock Clock { get; }
    public User Bot { get; }
    public string BotToken { get; }
    public Command Command { get; }
    public string Square => Mm.GetChannel("town-square").Id;

    public static async Task<Town> StartAsync(
        Func<SimulatorOptions, SimulatorOptions>? change = null
    )
    {
        var clock = new HandMovedClock();
        var options = new SimulatorOptions { Time = clock };
        var mm = await MattermostSimulator.StartAsync(change?.Invoke(options) ?? options);
        return new Town(mm, await Recorder.StartAsync(), clock);
    }

    public Task<Reply> BotAsync(HttpMethod method, string path, object? body = null) =>
        SendAsync(BotToken, method, path, body);

    public async Task<Reply> SendAsync(
        string token,
        HttpMethod method,
        string path,
        object? body = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        using var json = JsonDocument.Parse(isJson ? text : JsonSerializer.Serialize(text));
        var headers = response.Headers.ToDictionary(
            h => h.Key,
            h => h.Value.First(),
            StringComparer.OrdinalIgnoreCase
        );
        return new Reply((int)response.StatusCode, json.RootElement.Clone(), headers);
    }

    public async Task<Post> PostAsync(
        object props,
        string message = "",
        string? channel = null,
        string rootId = ""
    )
    {
        var reply = await BotAsync(
            HttpMethod.Post,
            "/api/v4/posts",
            new
            {
                channel_id = channel ?? Square,
                message,
                root_id = rootId,
                props,
            }
        );
        return Mm.FindPost(reply.Body.GetProperty("id").GetString()!)!;
    }

    /// <summary>A card with one button behind which the recorder is.</summary>
    public Task<Post> PostButtonAsync(
        string id = "ack",
        string? channel = null,
        string rootId = ""
    ) =>
        PostAsync(
            new
            {
                attachments = new[]
                {
                    new
                    {
                        title = "ESC-1",
                        actions = new[]
                        {
                            new
                            {
                                id,
                                name = "Acknowledge",
                                type = "button",
                                integration = new
                                {
                                    url = Recorder.Url("/action"),
                                    context = new { secret = "behind" },
                                },
                            },
                        },
                    },
                },
            },
            channel: channel,
            rootId: rootId
        );

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Mm.DisposeAsync();
        await Recorder.DisposeAsync();
    }
}

internal sealed record Reply(
    int Status,
    JsonElement Body,
    IReadOnlyDictionary<string, string> Headers
)
{
    public string ErrorId => Body.GetProperty("id").GetString()!;
}
