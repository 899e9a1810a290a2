using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Sidecar.Mattermost;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>
/// A lost line is taken up again where the server can do that, as the recordings of 11.6 show it: what was missed comes
/// first and there is no hello.
/// </summary>
public sealed class ResumedLineTests
{
    private const string Hello = """{"event":"hello","data":{"connection_id":"second"},"seq":0}""";
    private const string Fourth = """{"event":"posted","data":{},"seq":4}""";
    private const string Fifth = """{"event":"posted","data":{},"seq":5}""";

    private static readonly LineEnd End = new("first", 4);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ESC_10_What_was_missed_comes_first_and_nothing_has_to_be_looked_up()
    {
        await using var server = await Server.Start([Fourth], [Fifth]);

        await using var line = await server.Open(End);

        server.Query.ShouldBe("?connection_id=first&sequence_number=4");
        server.Authorization.ShouldBe("Bearer token");
        line.IsResumed.ShouldBeTrue();
        line.Connection.ShouldBe("first");
        (await line.Read(Cancel)).Number.ShouldBe(4);
        line.Number.ShouldBe(4);
        (await line.Read(Cancel)).Number.ShouldBe(5);
        line.End.ShouldBe(new LineEnd("first", 6));
    }

    [Fact]
    public async Task ESC_10_That_nothing_was_missed_is_known_from_the_answer()
    {
        await using var server = await Server.Start([], [Fourth]);

        await using var line = await server.Open(End);

        line.IsResumed.ShouldBeTrue();
        line.Number.ShouldBe(3);
        (await line.Read(Cancel)).Number.ShouldBe(4);
    }

    [Fact]
    public async Task ESC_10_A_server_that_has_forgotten_begins_anew()
    {
        await using var server = await Server.Start([Hello], []);

        await using var line = await server.Open(End);

        line.IsResumed.ShouldBeFalse();
        line.Connection.ShouldBe("second");
        line.Number.ShouldBe(0);
    }

    [Fact]
    public async Task ESC_10_What_is_missing_between_is_noticed()
    {
        await using var server = await Server.Start([Fifth], []);

        var problem = await Should.ThrowAsync<WebSocketConnectionException>(() => server.Open(End));

        problem.Message.ShouldContain("event 4 is missing");
    }

    [Fact]
    public async Task ESC_10_A_line_without_a_name_is_not_taken_up_again()
    {
        await using var server = await Server.Start(
            ["""{"event":"hello","data":{"connection_id":""},"seq":0}"""],
            []
        );

        await using var line = await server.Open(null);

        server.Query.ShouldBe("");
        line.End.ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ESC_10_What_was_reacted_while_a_line_was_cut_is_heard_when_it_goes_on(
        bool isForgotten
    )
    {
        await using var desk = await Desk.Open();
        await using var lines = await KeptLines.Start(desk.Mattermost.Url, Cancel);
        desk.Listens = options =>
            options with
            {
                Server = lines.Url,
                PingEvery = Timeout.InfiniteTimeSpan,
            };
        await desk.RestartSidecar();
        var card = await desk.Raised();
        lines.Cut();
        await desk.Listening.WhenIn(ListeningState.Waiting, Cancel);
        await desk.Mattermost.As("engineer").React(card.Id, "eyes");
        desk.Mattermost.ForgetRequests();
        if (isForgotten)
        {
            lines.Forget();
        }

        var again = desk.Listening.WhenIn(ListeningState.Listening, Cancel);
        desk.Clock.AdvanceTo(desk.Listening.Health.RetryAt!.Value);
        await again;
        await desk.Settled();

        ReactionTests.Acknowledgements(desk, card).ShouldBe(1);
        (lines.Resumed, lines.Begun).ShouldBe(isForgotten ? (0, 2) : (1, 1));
        desk.Mattermost.Requests.Any(r =>
                r.Path.EndsWith("/posts", StringComparison.Ordinal) && r.Method == "GET"
            )
            .ShouldBe(isForgotten);
        desk.Listening.Health.LookUpAt.ShouldBeNull();
    }

    [Fact]
    public void ESC_10_A_line_taken_up_again_leaves_older_gaps_open()
    {
        var nine = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var coverage = new ReactionWatermark(nine);
        coverage.LineUp(nine.AddSeconds(10));
        coverage.LineLost(null);
        coverage.LineResumed().ShouldBeFalse();
        coverage.Until(null).ShouldBe(nine);

        coverage.CaughtUp(coverage.Gaps, nine.AddSeconds(10));
        coverage.Heard(nine.AddSeconds(20));
        coverage.LineLost(null);
        coverage.HasGap.ShouldBeTrue();
        coverage.LineResumed().ShouldBeTrue();
        coverage.HasGap.ShouldBeFalse();
        coverage.Heard(nine.AddSeconds(40));
        coverage.Until(null).ShouldBe(nine.AddSeconds(40));
    }

    /// <summary>Says what it was told to: at once after the connection, and after it was asked for a sign of life.</summary>
    private sealed class Server(WebApplication app) : IAsyncDisposable
    {
        public string Query { get; private set; } = "";

        public string Authorization { get; private set; } = "";

        public static async Task<Server> Start(string[] first, string[] then)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var app = builder.Build();
            var server = new Server(app);
            app.UseWebSockets();
            app.Map(
                "/api/v4/websocket",
                async http =>
                {
                    server.Query = http.Request.QueryString.Value ?? "";
                    server.Authorization = http.Request.Headers.Authorization.ToString();
                    using var socket = await http.WebSockets.AcceptWebSocketAsync();
                    await Say(socket, first);
                    await Answer(socket, then);
                }
            );
            await app.StartAsync(Cancel);
            return server;
        }

        public async Task<WebSocketConnection> Open(LineEnd? end)
        {
            using var network = new HttpMessageInvoker(MattermostNetwork.Handler());
            var address = app
                .Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.Single();
            return await WebSocketConnection.Open(
                network,
                new Uri(address),
                "token",
                CancellationToken.None,
                Cancel,
                end
            );
        }

        public async ValueTask DisposeAsync()
        {
            using var atOnce = new CancellationTokenSource();
            await atOnce.CancelAsync();
            await app.StopAsync(atOnce.Token);
            await app.DisposeAsync();
        }

        private static async Task Say(WebSocket socket, IEnumerable<string> messages)
        {
            foreach (var message in messages)
            {
                await socket.SendAsync(
                    Encoding.UTF8.GetBytes(message),
                    WebSocketMessageType.Text,
                    endOfMessage: true,
                    CancellationToken.None
                );
            }
        }

        private static async Task Answer(WebSocket socket, string[] then)
        {
            var buffer = new byte[4096];
            try
            {
                while (socket.State == WebSocketState.Open)
                {
                    var heard = await socket.ReceiveAsync(buffer, CancellationToken.None);
                    if (Encoding.UTF8.GetString(buffer, 0, heard.Count).Contains("\"ping\""))
                    {
                        await Say(
                            socket,
                            ["""{"status":"OK","data":{"text":"pong"},"seq_reply":2}""", .. then]
                        );
                    }
                }
            }
            catch (WebSocketException)
            {
                // The client is gone.
            }
        }
    }
}
