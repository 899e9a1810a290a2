using System.Text;
using System.Text.Json;
using Shouldly;
using Sidecar.Ids;
using Sidecar.Mattermost;
using Xunit;

namespace Sidecar.Tests.Mattermost;

public sealed class ServerEventTests
{
    [Theory]
    [InlineData("websocket-events-bot.json")]
    [InlineData("websocket-events-user.json")]
    public void ESC_10_What_a_real_server_sent_is_read(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Mattermost", "recorded", file);
        using var recorded = JsonDocument.Parse(File.ReadAllText(path));
        var read = recorded
            .RootElement.EnumerateArray()
            .Select(e => (Json: e, Event: Read(e.GetRawText())))
            .ToList();

        read.ShouldAllBe(r =>
            r.Event.Kind != EventKind.Garbage && r.Event.Kind != EventKind.Refusal
        );
        read.Where(r => r.Json.TryGetProperty("seq", out _))
            .ShouldAllBe(r => r.Event.Number == r.Json.GetProperty("seq").GetInt64());
        read.Count(r => r.Event.Kind == EventKind.Hello).ShouldBe(1);
        read.Count(r => r.Event.Kind == EventKind.Answer).ShouldBe(1);
        var reaction = read.Select(r => r.Event.Reaction)
            .OfType<HeardReaction>()
            .ShouldHaveSingleItem();
        reaction.Emoji.ShouldBe("eyes");
        reaction.Act.ShouldBe(
            "reaction:sbz7r6iio3g77dn14kbnp4nh1c:u5ucyo7ra3ybffy7o148n35aac:eyes:1795236980109"
        );
    }

    [Fact]
    public void ESC_10_The_name_of_the_act_is_that_of_the_last_change()
    {
        var told = Reaction(
            """{"user_id":"u","post_id":"p","emoji_name":"eyes","create_at":9,"update_at":9}"""
        );
        var asked = Reaction(
            """{"user_id":"u","post_id":"p","emoji_name":"eyes","create_at":5,"update_at":9}"""
        );
        var older = Reaction("""{"user_id":"u","post_id":"p","emoji_name":"eyes","create_at":9}""");
        told!.Act.ShouldBe(asked!.Act);
        told.Act.ShouldBe(older!.Act);
        told.ShouldBe(new HeardReaction(new PostId("p"), new UserId("u"), "eyes", 9));
    }

    [Fact]
    public void The_order_of_members_does_not_matter()
    {
        var read = Read(
            """{"seq":7,"broadcast":{"seq":1},"data":{"x":{"reaction":1},"reaction":"{\"user_id\":\"u\",\"post_id\":\"p\",\"emoji_name\":\"eyes\",\"update_at\":9}"},"event":"reaction_added"}"""
        );
        read.Number.ShouldBe(7);
        read.Reaction.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}{}")]
    [InlineData("""{"event":5}""")]
    [InlineData("""{"seq":"one"}""")]
    [InlineData("""{"seq":99999999999999999999}""")]
    [InlineData("""{"event":"posted","data":{"post":"unfinished""")]
    public void Nonsense_is_garbage(string message) =>
        Read(message).Kind.ShouldBe(EventKind.Garbage);

    [Theory]
    [InlineData("""{"reaction":"no json"}""")]
    [InlineData("""{"reaction":"{}"}""")]
    [InlineData("""{"reaction":"null"}""")]
    [InlineData("""{"reaction":7}""")]
    [InlineData("[1]")]
    [InlineData("null")]
    public void A_reaction_that_can_not_be_read_is_an_event_all_the_same(string data)
    {
        var read = Read($$"""{"event":"reaction_added","data":{{data}},"seq":3}""");
        read.Kind.ShouldBe(EventKind.ReactionAdded);
        read.Number.ShouldBe(3);
        read.Reaction.ShouldBeNull();
    }

    [Fact]
    public void A_refusal_is_told_from_an_answer()
    {
        Read("""{"status":"OK","seq_reply":2,"data":{"text":"pong"}}""")
            .Kind.ShouldBe(EventKind.Answer);
        Read("""{"status":"FAIL","seq_reply":3,"error":{"id":"api.context.invalid_token.error"}}""")
            .Kind.ShouldBe(EventKind.Refusal);
    }

    [Theory]
    [InlineData("http://chat.example.com", "ws://chat.example.com/api/v4/websocket")]
    [InlineData("https://chat.example.com:8443/", "wss://chat.example.com:8443/api/v4/websocket")]
    [InlineData("https://example.com/chat/", "wss://example.com/chat/api/v4/websocket")]
    public void The_WebSocket_is_where_the_server_is(string server, string socket) =>
        WebSocketConnection.Address(new Uri(server)).ShouldBe(new Uri(socket));

    private static HeardReaction? Reaction(string json) =>
        Read(
            JsonSerializer.Serialize(
                new
                {
                    @event = "reaction_added",
                    data = new { reaction = json },
                    seq = 1,
                }
            )
        ).Reaction;

    private static ServerEvent Read(string message) =>
        ServerEvent.Read(Encoding.UTF8.GetBytes(message));
}
