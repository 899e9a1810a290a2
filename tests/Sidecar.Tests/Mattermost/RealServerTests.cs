using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>What the client relies on, asked of a Mattermost that is there.</summary>
public sealed class RealServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Posts_are_recognised_changed_and_found_again()
    {
        await using var server = await RealServer.Find();
        var room = await server.Channel("a");
        var (first, second) = (EffectId.New(), EffectId.New());

        var at = await server.Chat.Post(Post(room, "hello", Card("one")), first, Cancel);
        (await server.Chat.Post(Post(room, "hello", Card("one")), first, Cancel)).ShouldBe(at);
        var reply = await server.Chat.Post(
            Post(room, "reply") with
            {
                Thread = at.Post,
            },
            second,
            Cancel
        );
        reply.Thread.ShouldBe(at.Post);
        (await Find(server, room, first)).ShouldBe(at);
        (await Find(server, room, second)).ShouldBe(reply);
        (await Find(server, room, EffectId.New())).ShouldBeNull();

        var third = EffectId.New();
        await server.Chat.Update(at, Markdown.Typed("changed"), Card("two"), third, Cancel);
        (await Find(server, room, third)).ShouldBe(at);
        var post = await server.Ask(HttpMethod.Get, $"posts/{at.Post.Value}");
        post["message"]!.GetValue<string>().ShouldBe("changed");
        post["props"]!["from_bot"]!.GetValue<string>().ShouldBe("true");
        post["props"]!["attachments"]![0]!["title"]!.GetValue<string>().ShouldBe("two");
        await server.Chat.Update(at, Markdown.Typed("bare"), null, third, Cancel);
        post = await server.Ask(HttpMethod.Get, $"posts/{at.Post.Value}");
        post["props"]!["attachments"].ShouldBeNull();
    }

    [Fact]
    public async Task A_deleted_post_is_found_but_can_not_be_changed_or_replied_to()
    {
        await using var server = await RealServer.Find();
        var room = await server.Channel("a");
        var effect = EffectId.New();
        var at = await server.Chat.Post(Post(room, "hello"), effect, Cancel);
        await server.Ask(HttpMethod.Delete, $"posts/{at.Post.Value}");

        (await Find(server, room, effect)).ShouldBe(at);
        var update = await Fails(server.Chat.Update(at, Markdown.Typed("x"), null, effect, Cancel));
        update.Problem.ShouldBe(ChatProblem.Missing);
        var reply = await Fails(
            server.Chat.Post(Post(room, "reply") with { Thread = at.Post }, EffectId.New(), Cancel)
        );
        (reply.Problem, reply.Obstacle).ShouldBe((ChatProblem.Missing, ChatObstacle.NoPost));
    }

    [Fact]
    public async Task Channels_that_do_not_take_it_say_why()
    {
        await using var server = await RealServer.Find();
        var secret = await server.Channel("a", withBot: false);
        var archived = await server.Channel("b");
        var at = await server.Chat.Post(Post(archived, "hello"), EffectId.New(), Cancel);
        await server.Ask(HttpMethod.Delete, $"channels/{archived.Value}");

        var outside = await Fails(server.Chat.Post(Post(secret, "x"), EffectId.New(), Cancel));
        var closed = await Fails(server.Chat.Post(Post(archived, "x"), EffectId.New(), Cancel));
        var change = await Fails(
            server.Chat.Update(at, Markdown.Typed("x"), null, EffectId.New(), Cancel)
        );
        var nowhere = await Fails(
            server.Chat.Post(Post(new("abcdefghijklmnopqrstuvwxyz"), "x"), EffectId.New(), Cancel)
        );

        outside.Obstacle.ShouldBe(ChatObstacle.NotAdmitted);
        closed.Obstacle.ShouldBe(ChatObstacle.Archived);
        change.Obstacle.ShouldBe(ChatObstacle.Archived);
        nowhere.Obstacle.ShouldBe(ChatObstacle.NoChannel);
    }

    [Fact]
    public async Task The_longest_card_and_text_that_we_draw_are_taken()
    {
        await using var server = await RealServer.Find();
        var room = await server.Channel("a");
        var card = Card("long") with
        {
            Text = Markdown.Typed(string.Concat(Enumerable.Repeat("<&\"ü🚒\n", 3000))),
            Fields =
            [
                .. Enumerable
                    .Range(0, 10)
                    .Select(i => new CardField($"{i}", Markdown.Typed(new string('<', 1500)))),
            ],
            Controls =
            [
                .. Enumerable
                    .Range(0, 8)
                    .Select(i => new CardControl("a.b", $"{i}", new string('p', 400))),
            ],
        };

        await server.Chat.Post(
            Post(room, string.Concat(Enumerable.Repeat("word ü🚒 ", 5000)), card),
            EffectId.New(),
            Cancel
        );
    }

    [Fact]
    public async Task More_posts_than_the_server_tells_at_once_do_not_hide_one()
    {
        await using var server = await RealServer.Find();
        var room = await server.Channel("a");
        var effect = EffectId.New();
        var at = await server.Chat.Post(Post(room, "sought"), effect, Cancel);
        await Parallel.ForAsync(
            0,
            1_250,
            Cancel,
            async (i, cancel) => await server.Chat.Post(Post(room, $"{i}"), EffectId.New(), cancel)
        );

        (await Find(server, room, effect)).ShouldBe(at);
        (await Find(server, room, EffectId.New())).ShouldBeNull();
    }

    [Fact]
    public async Task People_and_direct_channels_are_found()
    {
        await using var server = await RealServer.Find();
        var me = await server.Ask(HttpMethod.Get, "users/me");
        var admin = new UserId(me["id"]!.GetValue<string>());

        var person = await server.Chat.FindPerson(admin, Cancel);
        person.ShouldNotBeNull().Username.ShouldBe(me["username"]!.GetValue<string>());
        var direct = await server.Chat.DirectChannel(admin, Cancel);
        await server.Chat.Post(Post(direct, "hello"), EffectId.New(), Cancel);
        (await server.Chat.FindPerson(new("abcdefghijklmnopqrstuvwxyz"), Cancel)).ShouldBeNull();
    }

    private static Card Card(string title) =>
        new(Markdown.Typed(title), Tone.Notice)
        {
            Controls = [new CardControl("escalation.acknowledge", "Acknowledge", "12")],
        };

    private static OutgoingPost Post(ChannelId channel, string text, Card? card = null) =>
        new(channel, null, Markdown.Typed(text), card);

    private static Task<PostedAt?> Find(RealServer server, ChannelId room, EffectId effect) =>
        server.Chat.FindPost(room, effect, TimeProvider.System.GetUtcNow(), Cancel);

    private static Task<ChatException> Fails(Task ask) => Should.ThrowAsync<ChatException>(ask);
}
