using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>Clients hear over the WebSocket what they heard from the recorded server.</summary>
public sealed class RecordedEventsTests
{
    [Theory]
    [InlineData("websocket-events-user", true)]
    [InlineData("websocket-events-bot", false)]
    [Replays]
    public async Task The_same_doings_are_heard_the_same_way(string name, bool asUser)
    {
        var recorded = RecordedServer.Load(name).EnumerateArray().ToList();
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await RecordedServer.StartAsync();
        await using var listener = await WebSocketListener.ConnectAsync(
            server.Mm.Url,
            asUser ? server.AliceToken : server.BotToken,
            cancellation
        );

        await DoWhatWasDoneAsync(server);
        await listener.ReceiveAsync(recorded.Count, cancellation);

        for (var i = 0; i < recorded.Count; i++)
        {
            listener.Messages[i].ShouldBeLike(recorded[i]);
        }
    }

    private static async Task DoWhatWasDoneAsync(RecordedServer server)
    {
        object[] Card(string url) =>
            [
                new
                {
                    title = "ESC-2",
                    text = "t",
                    actions = new object[]
                    {
                        new
                        {
                            id = "ack",
                            name = "Acknowledge",
                            type = "button",
                            style = "primary",
                            integration = new { url },
                        },
                        new
                        {
                            id = "own",
                            name = "Assign",
                            type = "select",
                            data_source = "users",
                            integration = new { url },
                        },
                    },
                },
            ];
        var card = Card(server.Recorder.Url("/actions").AbsoluteUri);
        var alice = server.Mm.As("alice");
        var (_, posted) = await Bot(
            HttpMethod.Post,
            "/posts",
            new
            {
                channel_id = server.Square.Id,
                message = "card",
                props = new { attachments = card },
            }
        );
        var post = posted.GetProperty("id").GetString()!;
        server.Recorder.Body = """{"ephemeral_text":"ok"}""";
        await alice.Click(post, "ack");
        await alice.React(post, "eyes");
        server.Recorder.Body = """
            {"response_type":"ephemeral","text":"hello","extra_responses":[{"response_type":"ephemeral","text":"second"}]}
            """;
        await alice.Execute("town-square", "/escalate list");
        var form = server
            .Recorder.Last.Body.Split('&')
            .Select(f => f.Split('='))
            .ToDictionary(f => f[0], f => Uri.UnescapeDataString(f[1]), StringComparer.Ordinal);
        await server.SendAsync(
            "",
            HttpMethod.Post,
            "/api/v4/actions/dialogs/open",
            new
            {
                trigger_id = form["trigger_id"],
                url = server.Recorder.Url("/dialog"),
                dialog = new
                {
                    callback_id = "cb",
                    title = "T",
                    elements = new[]
                    {
                        new
                        {
                            display_name = "A",
                            name = "a",
                            type = "text",
                        },
                    },
                    state = "st",
                },
            }
        );
        for (var i = 0; i < 3; i++)
        {
            await server.SendAsync(
                "",
                HttpMethod.Post,
                new Uri(form["response_url"]).AbsolutePath,
                new { text = $"delayed {i}", response_type = "ephemeral" }
            );
        }

        await Bot(
            HttpMethod.Put,
            $"/posts/{post}/patch",
            new { message = "card v2", props = new { attachments = card, from_bot = "true" } }
        );
        var duplicate = new
        {
            channel_id = server.Square.Id,
            message = "dup",
            pending_post_id = server.Bot.Id + ":123",
        };
        await Bot(HttpMethod.Post, "/posts", duplicate);
        await Bot(HttpMethod.Post, "/posts", duplicate);
        await Bot(
            HttpMethod.Post,
            "/channels/members/me/view",
            new { channel_id = server.Square.Id }
        );

        Task<(int Status, JsonElement Body)> Bot(HttpMethod method, string path, object body) =>
            server.SendAsync(server.BotToken, method, "/api/v4" + path, body);
    }
}
