using System.Text.Json;
using Mattermost.Simulator;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>The stand-in tells over the WebSocket what Mattermost 11.6.0 told when it was recorded.</summary>
public sealed class Recorded116EventsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
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
    public async Task Followers_are_told_that_a_thread_went_on()
    {
        await using var played = await Recorded116.StartAsync();
        var post = await Mentioning(played);
        await using var bot = await WebSocketListener.ConnectAsync(
            played.Mm.Url,
            played.Server.BotToken,
            Cancel
        );

        await played.Mm.As("tam").Post("escalations", "reply", post);

        await Heard(played, bot, "posted", "posted, a reply, seen by a follower");
        var heard = await bot.EventAsync("thread_updated", Cancel);
        var recorded = Recorded("thread_updated (to each follower)");
        played.ShouldBeLike(heard.GetProperty("broadcast"), recorded.GetProperty("broadcast"));
        using var thread = Thread(heard);
        using var expected = Thread(recorded);
        foreach (var member in expected.RootElement.EnumerateObject())
        {
            // People have more or less in their profiles.
            if (member.Name != "participants")
            {
                played.ShouldBeLike(thread.RootElement.GetProperty(member.Name), member.Value);
            }
        }

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

    private static JsonDocument Thread(JsonElement told) =>
        JsonDocument.Parse(told.GetProperty("data").GetProperty("thread").GetString()!);

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
