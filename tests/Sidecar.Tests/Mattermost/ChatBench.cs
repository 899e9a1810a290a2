using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Mattermost;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>The client of ours and a stand-in server with a team, people, a bot and a channel it is in.</summary>
internal sealed class ChatBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ChatBench(MattermostSimulator server, ManualClock clock, Func<Uri, Uri>? through)
    {
        (Server, Clock) = (server, clock);
        Address = through?.Invoke(server.Url) ?? server.Url;
        server.AddTeam("ops");
        server.AddUser("engineer", timezone: "Europe/Berlin");
        var (bot, token) = server.AddBot("escalate");
        (Bot, Token) = (bot, token);
        Room = new ChannelId(server.AddChannel("war-room", members: ["engineer", "escalate"]).Id);
        var services = new ServiceCollection();
        services
            .AddHttpClient(
                ChatOptions.HttpClientName,
                client =>
                {
                    client.BaseAddress = Address;
                    client.Timeout = Timeout.InfiniteTimeSpan;
                }
            )
            .ConfigurePrimaryHttpMessageHandler(MattermostNetwork.Handler);
        _services = services.BuildServiceProvider();
        Chat = Client(token);
    }

    public MattermostSimulator Server { get; }

    /// <summary>Where our client thinks that the server is.</summary>
    public Uri Address { get; }

    public ManualClock Clock { get; }

    public User Bot { get; }

    public string Token { get; }

    public ChannelId Room { get; }

    public MattermostChat Chat { get; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="version">The server's version.</param>
    /// <param name="serverTime">The server's clock; ours when it is left out.</param>
    /// <param name="through">What stands before the server, told its address; null for nothing.</param>
    public static async Task<ChatBench> Start(
        string version = "11.6.0",
        TimeProvider? serverTime = null,
        Func<Uri, Uri>? through = null
    )
    {
        var clock = new ManualClock();
        var options = new SimulatorOptions { Time = serverTime ?? clock, ServerVersion = version };
        return new ChatBench(await MattermostSimulator.StartAsync(options), clock, through);
    }

    public MattermostChat Client(string token) =>
        new(
            _services.GetRequiredService<IHttpClientFactory>(),
            new ChatOptions(
                token,
                new UserId(Bot.Id),
                "https://sidecar.example/mattermost/action",
                "https://sidecar.example/mattermost/dialog"
            ),
            new CardRenderer(
                id => Server.Users.FirstOrDefault(u => u.Id == id.Value)?.Username,
                control => "sealed:" + control.Payload,
                "https://sidecar.example/mattermost/action"
            ),
            Clock
        );

    public OutgoingPost Post(string text, PostId? thread = null, Card? card = null) =>
        new(Room, thread, Markdown.Typed(text), card);

    public Task<PostedAt> Says(string text, EffectId effect) =>
        Chat.Post(Post(text), effect, Cancel);

    public IReadOnlyList<string> Messages => [.. Server.Posts("war-room").Select(p => p.Message)];

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _services.DisposeAsync();
    }
}
