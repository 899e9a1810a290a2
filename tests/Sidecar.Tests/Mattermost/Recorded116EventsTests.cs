using System.Text.Json;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Customers.Changes;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>The stand-in tells over the WebSocket what Mattermost 11.6.0 told when it was recorded.</summary>
public sealed class Recorded116EventsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Replays(
        "11.6/websocket-events#posted, seen by who is mentioned",
        "11.6/websocket-events#posted, seen by others"
    )]
    public async Task Only_who_is_mentioned_is_told_of_it()
    {
        await using var played = await Recorded116.StartAsync();
        await using var tam = await Listens(played, "tam");
        await using var engineer = await Listens(played, "engineer");

        await Mentioning(played);

        await Heard(played, tam, "posted", "posted, seen by who is mentioned");
        await Heard(played, engineer, "posted", "posted, seen by others");
    }

    [Fact]
    [Replays(
        "11.6/websocket-events#posted, a reply, seen by a follower",
        "11.6/websocket-events#thread_updated (to each follower)"
    )]
    public async Task Followers_are_told_that_a_thread_went_on()
    {
        await using var played = await Recorded116.StartAsync();
        await IsBusy(played);
        var post = await Mentioning(played);
        await using var bot = await WebSocketListener.ConnectAsync(
            played.Mm.Url,
            played.Server.BotToken,
            Cancel
        );

        await played.Mm.As("tam").Post("escalations", "reply", post);

        await Heard(played, bot, "posted", "posted, a reply, seen by a follower");
        await Heard(played, bot, "thread_updated", "thread_updated (to each follower)");
        played.Mm.FollowersOf(post).ShouldBe(["escalate", "tam"], ignoreOrder: true);
    }

    [Fact]
    public async Task Those_who_followed_before_are_named_to_themselves()
    {
        await using var played = await Recorded116.StartAsync();
        var post = await Mentioning(played);
        await played.Mm.As("tam").Post("escalations", "first", post);
        await using var tam = await Listens(played, "tam");
        await using var engineer = await Listens(played, "engineer");

        await played.Mm.As("engineer").Post("escalations", "second", post);

        var followed = (await tam.EventAsync("posted", Cancel)).GetProperty("data");
        followed.GetProperty("followers").GetString()!.ShouldContain(played["<user tam>"]);
        var other = (await engineer.EventAsync("posted", Cancel)).GetProperty("data");
        other.TryGetProperty("followers", out _).ShouldBeFalse();
    }

    [Fact]
    [Replays(
        "11.6/websocket-events#post_edited",
        "11.6/websocket-events#reaction_added",
        "11.6/websocket-events#reaction_removed",
        "11.6/websocket-events#post_deleted"
    )]
    public async Task Edits_reactions_and_deletions_are_told()
    {
        await using var played = await Recorded116.StartAsync();
        var post = await Mentioning(played);
        await played.Mm.As("tam").Post("escalations", "reply", post);
        await using var tam = await Listens(played, "tam");
        await Send(HttpMethod.Put, $"/api/v4/posts/{post}/patch", new { message = "changed" });
        await played.Mm.As("tam").React(post, "eyes");
        await played
            .Mm.As("tam")
            .Request(
                HttpMethod.Delete,
                $"/api/v4/users/{played["<user tam>"]}/posts/{post}/reactions/eyes"
            );
        await Send(HttpMethod.Delete, $"/api/v4/posts/{post}", null);

        await Heard(played, tam, "post_edited", "post_edited");
        await Heard(played, tam, "reaction_added", "reaction_added");
        await Heard(played, tam, "reaction_removed", "reaction_removed");
        await Heard(played, tam, "post_deleted", "post_deleted");

        Task Send(HttpMethod method, string path, object? body) =>
            played.Server.SendAsync(played.Server.BotToken, method, path, body);
    }

    [Fact]
    [Replays(
        "11.6/websocket-events#user_added, seen in the channel",
        "11.6/websocket-events#user_added, seen by who was added"
    )]
    public async Task Who_is_added_and_those_who_are_there_are_told_apart()
    {
        await using var played = await Recorded116.StartAsync();
        var own = played.Mm.AddChannel("own", type: "P", members: ["escalate", "tam"]);
        played.Is("<own channel>", own.Id);
        await using var tam = await Listens(played, "tam");
        await using var engineer = await Listens(played, "engineer");

        await played.Server.SendAsync(
            played.Mm.AdminToken,
            HttpMethod.Post,
            $"/api/v4/channels/{own.Id}/members",
            new { user_id = played["<user engineer>"] }
        );

        await Heard(played, tam, "user_added", "user_added, seen in the channel");
        await Heard(played, engineer, "user_added", "user_added, seen by who was added");
    }

    [Fact]
    [Replays("11.6/websocket-events#hello")]
    public async Task A_line_begins_with_a_greeting()
    {
        await using var played = await Recorded116.StartAsync();
        await using var engineer = await Listens(played, "engineer");

        played.ShouldBeLike(
            engineer.Messages[0],
            Recorded116.Load("websocket-events").GetProperty("hello")
        );
    }

    [Fact]
    [Replays(
        "11.6/websocket-events#channel_updated",
        "11.6/websocket-events#channel_deleted of a private channel, to its members only"
    )]
    public async Task Members_of_a_private_channel_are_told_what_becomes_of_it()
    {
        await using var played = await Recorded116.StartAsync();
        var (_, made) = await AsBot(
            HttpMethod.Post,
            "/api/v4/channels",
            new
            {
                team_id = played["<team>"],
                name = "incident",
                display_name = "Incident",
                type = "P",
                purpose = "ESC-1",
            }
        );
        var own = made.GetProperty("id").GetString()!;
        played.Is("<own channel>", own);
        await AsBot(
            HttpMethod.Post,
            $"/api/v4/channels/{own}/members",
            new { user_id = played["<user tam>"] }
        );
        await using var tam = await Listens(played, "tam");
        await using var engineer = await Listens(played, "engineer");

        await AsBot(HttpMethod.Put, $"/api/v4/channels/{own}/patch", new { header = "new" });
        await AsBot(HttpMethod.Delete, $"/api/v4/channels/{own}", null);
        await played.Mm.As("tam").Post("escalations", "after that");

        await Heard(played, tam, "channel_updated", "channel_updated");
        await Heard(
            played,
            tam,
            "channel_deleted",
            "channel_deleted of a private channel, to its members only"
        );
        await engineer.EventAsync("posted", Cancel);
        engineer
            .Messages.Where(m => m.TryGetProperty("event", out _))
            .Select(m => m.GetProperty("event").GetString())
            .ShouldNotContain("channel_deleted");

        Task<(int, JsonElement Body)> AsBot(HttpMethod method, string path, object? body) =>
            played.Server.SendAsync(played.Server.BotToken, method, path, body);
    }

    [Fact]
    [Replays("11.6/websocket-events#user_updated", "11.6/websocket-events#preferences_changed")]
    public async Task What_somebody_changes_of_themselves_is_told()
    {
        await using var played = await Recorded116.StartAsync();
        await IsBusy(played);
        await using var tam = await Listens(played, "tam");
        await using var engineer = await Listens(played, "engineer");
        var id = played["<user tam>"];

        await played
            .Mm.As("tam")
            .Request(HttpMethod.Put, $"/api/v4/users/{id}/patch", new { nickname = "Nick" });
        await played
            .Mm.As("tam")
            .Request(
                HttpMethod.Put,
                $"/api/v4/users/{id}/preferences",
                new[]
                {
                    new
                    {
                        user_id = id,
                        category = "display_settings",
                        name = "collapsed_reply_threads",
                        value = "off",
                    },
                }
            );

        await Heard(played, engineer, "user_updated", "user_updated");
        await Heard(played, tam, "preferences_changed", "preferences_changed");
        var own = await tam.EventAsync("user_updated", Cancel);
        own.GetProperty("data")
            .GetProperty("user")
            .TryGetProperty("notify_props", out _)
            .ShouldBeTrue();
    }

    [Fact]
    [Replays("11.6/websocket-resume")]
    public async Task A_lost_line_is_taken_up_again_with_what_was_missed()
    {
        await using var played = await Recorded116.StartAsync();
        var recorded = Recorded116.Load("websocket-resume");
        var line = await Upgraded(played, "");
        var hello = line.Messages[0];
        hello.GetProperty("event").GetString().ShouldBe("hello");
        var name = hello.GetProperty("data").GetProperty("connection_id").GetString();
        await line.DisposeAsync();
        await played.Mm.WaitForAsync(() => played.Mm.ConnectedClients == 0, Cancel);
        await played.Mm.As("tam").Post("escalations", "missed");

        await using var again = await Upgraded(played, $"connection_id={name}&sequence_number=1");

        played.ShouldBeLike(hello, recorded.GetProperty("first").GetProperty("events")[0]);
        var expected = recorded.GetProperty("again").GetProperty("events")[0];
        played.ShouldBeLike(again.Messages[0], expected);
        await played.Mm.As("tam").Post("escalations", "and on");
        await again.ReceiveAsync(2, Cancel);
        again.Messages[1].GetProperty("seq").GetInt64().ShouldBe(2);
    }

    [Theory]
    [InlineData(SimulatorOptions.Today)]
    [InlineData(SimulatorOptions.OldEnd)]
    public async Task What_the_server_forgot_begins_anew(string version)
    {
        await using var server = await RecordedServer.StartAsync(version);
        var line = await WebSocketListener.UpgradeAsync(server.Mm.Url, server.BotToken, "", Cancel);
        var name = line.Messages[0].GetProperty("data").GetProperty("connection_id").GetString();
        await line.DisposeAsync();
        await server.Mm.WaitForAsync(() => server.Mm.ConnectedClients == 0, Cancel);
        server.Mm.Lines.ForgetLost();

        await using var again = await WebSocketListener.UpgradeAsync(
            server.Mm.Url,
            server.BotToken,
            $"connection_id={name}&sequence_number=1",
            Cancel
        );

        again.Messages[0].GetProperty("event").GetString().ShouldBe("hello");
    }

    private static Task<WebSocketListener> Upgraded(Recorded116 played, string query) =>
        WebSocketListener.UpgradeAsync(played.Mm.Url, played.Server.BotToken, query, Cancel);

    private static async Task IsBusy(Recorded116 played) =>
        await played
            .Mm.As("tam")
            .Request(
                HttpMethod.Put,
                $"/api/v4/users/{played["<user tam>"]}/status/custom",
                new { emoji = "", text = "busy" }
            );

    private static Task<WebSocketListener> Listens(Recorded116 played, string who) =>
        WebSocketListener.ConnectAsync(played.Mm.Url, played.Mm.As(who).Token, Cancel);

    private static async Task<string> Mentioning(Recorded116 played)
    {
        var (_, made) = await played.Server.SendAsync(
            played.Server.BotToken,
            HttpMethod.Post,
            "/api/v4/posts",
            new { channel_id = played["<channel>"], message = "for @tam" }
        );
        var id = made.GetProperty("id").GetString()!;
        played.Is("<mentioning post>", id);
        return id;
    }

    private static JsonElement Recorded(string name) =>
        Recorded116.Load("websocket-events").GetProperty("events").GetProperty(name);

    private static async Task Heard(
        Recorded116 played,
        WebSocketListener listener,
        string kind,
        string name
    )
    {
        var heard = await listener.EventAsync(kind, Cancel);
        var recorded = Recorded(name);
        played.ShouldBeLike(heard.GetProperty("broadcast"), recorded.GetProperty("broadcast"));
        played.ShouldBeLike(heard.GetProperty("data"), recorded.GetProperty("data"));
    }
}
