using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>The stand-in answers as Mattermost 11.6.0 did when it was recorded.</summary>
public sealed class Recorded116Tests
{
    [Fact]
    [Replays("11.6/reactions")]
    public async Task Reactions_are_null_where_there_are_none()
    {
        await using var played = await Recorded116.StartAsync();
        played.Is("<post>", (await played.Mm.As("tam").Post("escalations", "x")).Id);

        await ReplayAll(played, "reactions", "tam");
    }

    [Fact]
    [Replays("11.6/posts")]
    public async Task A_reply_is_counted_by_the_root_itself_and_not_in_lists()
    {
        await using var played = await Recorded116.StartAsync();
        played.Is("<card>", (await played.Mm.As("tam").Post("escalations", "card")).Id);
        played.Is("<root post 2>", (await played.Mm.As("tam").Post("escalations", "root")).Id);
        var exchanges = Exchanges("posts");
        var channel = played["<channel>"];

        await played.Replay(exchanges[0], played.Mm.As("engineer").Token);
        await played.Replay(exchanges[1], played.Mm.As("tam").Token);
        await played.Replay(exchanges[2], played.Mm.As("tam").Token);
        await played.Replay(
            exchanges[3],
            played.Mm.As("tam").Token,
            JsonSerializer.Serialize(
                new { channel_id = channel, message = new string('x', 16_384) }
            )
        );
        await played.Replay(
            exchanges[4],
            played.Mm.As("tam").Token,
            JsonSerializer.Serialize(
                new
                {
                    channel_id = channel,
                    message = "x",
                    props = new { p = new string('x', 310_000) },
                }
            )
        );
    }

    [Fact]
    [Replays("11.6/posts-since-after-edit")]
    public async Task An_edit_leaves_the_old_version_behind()
    {
        await using var played = await Recorded116.StartAsync();
        var made = await Sent(
            played,
            HttpMethod.Post,
            "/api/v4/posts",
            new
            {
                channel_id = played["<channel>"],
                message = "v0",
                props = new { escalate_effect = "E0" },
            }
        );
        var id = made.GetProperty("id").GetString()!;
        var since = made.GetProperty("create_at").GetInt64() - 1;
        played.Is("<edited post>", id);
        // The times must differ, as they did.
        await Task.Delay(
            TimeSpan.FromMilliseconds(3),
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );
        await Sent(
            played,
            HttpMethod.Put,
            $"/api/v4/posts/{id}/patch",
            new { message = "v1", props = new { escalate_effect = "E1", from_bot = "true" } }
        );
        var listed = await Sent(
            played,
            HttpMethod.Get,
            $"/api/v4/channels/{played["<channel>"]}/posts?since={since}",
            null
        );

        played.ShouldBeLike(
            listed,
            Recorded116
                .Load("posts-since-after-edit")
                .GetProperty("response_to_client")
                .GetProperty("body")
        );
    }

    [Fact]
    [Replays("11.6/post-priority")]
    public async Task A_bot_may_set_a_priority_and_ask_for_nothing_more()
    {
        await using var played = await Recorded116.StartAsync();
        await ReplayAll(played, "post-priority", "");
        played.Mm.Posts("escalations").Single().Priority.ShouldBe("urgent");
    }

    [Fact]
    [Replays("11.6/without-licence")]
    public async Task What_needs_a_licence_is_refused()
    {
        await using var played = await Recorded116.StartAsync();
        played.Is("<root post 2>", (await played.Mm.As("tam").Post("escalations", "root")).Id);
        var exchanges = Exchanges("without-licence");
        foreach (var exchange in exchanges.Where((_, i) => i != 4))
        {
            await played.Replay(exchange, played.Mm.As("tam").Token);
        }

        // The text for an acknowledgement was not translated when it was recorded: only the status is known.
        var ask = exchanges[4].GetProperty("response_to_client");
        var (status, _) = await played.Server.SendAsync(
            played.Mm.As("tam").Token,
            HttpMethod.Post,
            played.Ours(exchanges[4].GetProperty("client_request").GetProperty("path").GetString()!)
        );
        status.ShouldBe(ask.GetProperty("status").GetInt32());
        Replayed.Held(ask);
    }

    [Fact]
    [Replays("11.6/channels")]
    public async Task Channels_are_opened_and_people_added()
    {
        await using var played = await Recorded116.StartAsync();
        var gone = played.Mm.AddUser("gone");
        played.Mm.SetActive("gone", active: false);
        played.Is("<deactivated user>", gone.Id);
        var exchanges = Exchanges("channels");
        foreach (var exchange in exchanges)
        {
            await played.Replay(exchange, played.Server.BotToken);
        }
    }

    [Fact]
    [Replays("11.6/command-in-archived-channel")]
    public async Task An_archived_channel_runs_no_command()
    {
        await using var played = await Recorded116.StartAsync();
        var channel = played.Mm.AddChannel("old", members: ["tam"]);
        played.Mm.Archive("old");
        played.Is("<archived channel>", channel.Id);

        await played.Replay(
            Recorded116.Load("command-in-archived-channel"),
            played.Mm.As("tam").Token
        );

        played.Server.Recorder.Received.ShouldBeEmpty();
    }

    [Fact]
    [Replays("11.6/action-odd-answers")]
    public async Task An_empty_answer_to_a_click_is_fine_and_broken_json_is_not()
    {
        await using var played = await Recorded116.StartAsync();
        await Card(played);
        foreach (var exchange in Exchanges("action-odd-answers"))
        {
            played.Server.Recorder.Answers(exchange.GetProperty("reply_of_sidecar"));
            await played.Replay(exchange, played.Mm.As("engineer").Token);
        }
    }

    [Fact]
    [Replays("11.6/action-button")]
    public async Task The_answer_to_a_click_has_the_card_as_its_root()
    {
        await using var played = await Recorded116.StartAsync();
        var recorded = Recorded116.Load("action-button");
        await CardWithMenus(played);
        var (_, read) = await played.Server.SendAsync(
            played.Mm.As("engineer").Token,
            HttpMethod.Get,
            $"/api/v4/posts/{played["<card>"]}"
        );
        played.ShouldBeLike(read, recorded.GetProperty("post_as_read"));
        await using var listener = await WebSocketListener.ConnectAsync(
            played.Mm.Url,
            played.Mm.As("engineer").Token,
            TestContext.Current.CancellationToken
        );
        played.Server.Recorder.Answers(recorded.GetProperty("reply_of_sidecar"));

        await played.Replay(recorded, played.Mm.As("engineer").Token);

        using var sent = JsonDocument.Parse(played.Server.Recorder.Last.Body);
        played.ShouldBeLike(
            sent.RootElement,
            recorded.GetProperty("request_to_sidecar").GetProperty("body")
        );
        var heard = await listener.EventAsync(
            "ephemeral_message",
            TestContext.Current.CancellationToken
        );
        var expected = recorded.GetProperty("websocket_event");
        played.ShouldBeLike(heard.GetProperty("broadcast"), expected.GetProperty("broadcast"));
        played.ShouldBeLike(heard.GetProperty("data"), expected.GetProperty("data"));
    }

    [Fact]
    [Replays("11.6/dialog-submit")]
    public async Task Submissions_and_look_ups_are_answered()
    {
        await using var played = await Recorded116.StartAsync();
        var recorded = Recorded116.Load("dialog-submit");
        var url = played.Server.Recorder.Url("/dialog").ToString();
        foreach (var exchange in recorded.GetProperty("answers").EnumerateArray())
        {
            played.Server.Recorder.Answers(exchange.GetProperty("reply_of_sidecar"));
            await Relayed(recorded, exchange.GetProperty("response_to_client"));
        }

        var lookUp = recorded.GetProperty("look_up");
        played.Server.Recorder.Answers(lookUp.GetProperty("reply_of_sidecar"));
        await Relayed(lookUp, lookUp.GetProperty("response_to_client"));

        async Task Relayed(JsonElement request, JsonElement answer)
        {
            var sent = request
                .GetProperty("client_request")
                .GetRawText()
                .Replace("http://sidecar.example/dialog", url, StringComparison.Ordinal)
                .Replace("http://sidecar.example/lookup", url, StringComparison.Ordinal);
            using var exchange = JsonDocument.Parse(
                $$"""{"client_request":{{sent}},"response_to_client":{{answer.GetRawText()}}}"""
            );
            await played.Replay(exchange.RootElement, played.Mm.As("tam").Token);
            using var received = JsonDocument.Parse(played.Server.Recorder.Last.Body);
            played.ShouldBeLike(
                received.RootElement,
                request.GetProperty("request_to_sidecar").GetProperty("body")
            );
        }
    }

    [Fact]
    [Replays("11.6/websocket-revoked-token")]
    public async Task A_line_whose_token_was_revoked_tells_nothing_more()
    {
        await using var played = await Recorded116.StartAsync();
        var recorded = Recorded116.Load("websocket-revoked-token");
        var token = played.Mm.TokenOf("tam");
        await using var listener = await WebSocketListener.ConnectAsync(
            played.Mm.Url,
            token,
            TestContext.Current.CancellationToken
        );
        await played.Server.SendAsync(token, HttpMethod.Post, "/api/v4/users/logout");
        await played.Mm.As("engineer").Post("escalations", "not heard");

        await listener.SendAsync(
            recorded.GetProperty("said").GetRawText(),
            TestContext.Current.CancellationToken
        );
        do
        {
            await listener.ReceiveAsync(
                listener.Messages.Count + 1,
                TestContext.Current.CancellationToken
            );
        } while (!listener.Messages[^1].TryGetProperty("status", out _));

        played.ShouldBeLike(listener.Messages[^1], recorded.GetProperty("answer"));
        listener.Messages.ShouldNotContain(m =>
            m.ToString().Contains("not heard", StringComparison.Ordinal)
        );
    }

    private static List<JsonElement> Exchanges(string name) =>
        [.. Recorded116.Load(name).GetProperty("exchanges").EnumerateArray()];

    private static async Task ReplayAll(Recorded116 played, string name, string who)
    {
        foreach (var exchange in Exchanges(name))
        {
            await played.Replay(
                exchange,
                who.Length > 0 ? played.Mm.As(who).Token : played.Server.BotToken
            );
        }
    }

    private static Task Card(Recorded116 played) =>
        Card(played, new { attachments = new[] { new { actions = new[] { Button(played) } } } });

    private static Task CardWithMenus(Recorded116 played) =>
        Card(
            played,
            new
            {
                mark = "kept",
                attachments = new[]
                {
                    new
                    {
                        color = "#ff0000",
                        title = "ESC-1",
                        text = "body",
                        actions = new[]
                        {
                            Button(played, style: "primary"),
                            new
                            {
                                id = "sev",
                                name = "Severity",
                                type = "select",
                                options = new[] { new { text = "Sev 1", value = "sev1" } },
                                integration = Integration(played),
                            },
                            new
                            {
                                id = "assign",
                                name = "Assign",
                                type = "select",
                                data_source = "users",
                                integration = Integration(played),
                            },
                        },
                    },
                },
            }
        );

    private static object Button(Recorded116 played, string? style = null) =>
        new
        {
            id = "ack",
            name = "Acknowledge",
            type = "button",
            style,
            integration = Integration(played),
        };

    private static object Integration(Recorded116 played) =>
        new
        {
            url = played.Server.Recorder.Url("/action"),
            context = new { n = 7, token = "secret" },
        };

    private static async Task Card(Recorded116 played, object props)
    {
        var card = await Sent(
            played,
            HttpMethod.Post,
            "/api/v4/posts",
            new
            {
                channel_id = played["<channel>"],
                message = "card",
                props,
            }
        );
        played.Is("<card>", card.GetProperty("id").GetString()!);
    }

    private static async Task<JsonElement> Sent(
        Recorded116 played,
        HttpMethod method,
        string path,
        object? body
    )
    {
        var (status, answer) = await played.Server.SendAsync(
            played.Server.BotToken,
            method,
            path,
            body
        );
        status.ShouldBeLessThan(300, answer.GetRawText());
        return answer;
    }
}
