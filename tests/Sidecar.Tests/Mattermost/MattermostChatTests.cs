using System.Text.Json;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;
using Xunit;
using static Sidecar.Tests.Mattermost.ChatBench;

namespace Sidecar.Tests.Mattermost;

public sealed class MattermostChatTests
{
    private static readonly EffectId First = new("effectone");
    private static readonly EffectId Second = new("effecttwo");

    private static Card Card(string title, string payload = "12") =>
        new(Markdown.Typed(title), Tone.Danger)
        {
            Controls = [new CardControl("escalation.acknowledge", "Acknowledge", payload)],
        };

    [Fact]
    public async Task A_post_shows_text_and_card_and_keeps_back_what_is_behind_the_buttons()
    {
        await using var bench = await Start();

        var at = await bench.Chat.Post(bench.Post("hello", card: Card("ESC-12")), First, Cancel);

        var post = bench.Server.LastPost("war-room");
        at.ShouldBe(new PostedAt(bench.Room, new PostId(post.Id), new PostId(post.Id)));
        post.Message.ShouldBe("hello");
        post.UserId.ShouldBe(bench.Bot.Id);
        post.Attachments[0].Title.ShouldBe("ESC-12");
        post.Props.GetProperty("escalate_effect").GetString().ShouldBe("effectone");
        var hidden = bench.Server.HiddenIntegrationsOf(post.Id).ShouldHaveSingleItem().Value;
        JsonSerializer.Serialize(hidden).ShouldContain("sealed:12");
        bench.Server.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reply_tells_its_thread()
    {
        await using var bench = await Start();
        var root = await bench.Says("root", First);

        var reply = await bench.Chat.Post(bench.Post("reply", root.Post), Second, Cancel);

        reply.Thread.ShouldBe(root.Post);
        bench.Server.RepliesTo(root.Post.Value).ShouldHaveSingleItem().Message.ShouldBe("reply");
    }

    [Fact]
    public async Task The_same_effect_twice_in_a_row_is_one_post()
    {
        await using var bench = await Start();

        var one = await bench.Says("hello", First);
        var other = await bench.Says("hello", First);

        other.ShouldBe(one);
        bench.Messages.ShouldBe(["hello"]);
    }

    [Fact]
    public async Task An_update_replaces_text_and_card_and_the_post_stays_findable()
    {
        await using var bench = await Start();
        var at = await bench.Chat.Post(bench.Post("new", card: Card("one")), First, Cancel);

        await bench.Chat.Update(at, Markdown.Typed("done"), Card("two", "13"), Second, Cancel);

        var post = bench.Server.LastPost("war-room");
        (post.Message, post.Attachments[0].Title).ShouldBe(("done", "two"));
        post.Props.GetProperty("from_bot").GetString().ShouldBe("true");
        JsonSerializer
            .Serialize(bench.Server.HiddenIntegrationsOf(post.Id))
            .ShouldContain("sealed:13");
        (await Find(bench, Second)).ShouldBe(at);

        await bench.Chat.Update(at, Markdown.Typed("gone"), null, Second, Cancel);
        bench.Server.LastPost("war-room").Attachments.ShouldBeEmpty();
        bench
            .Server.LastPost("war-room")
            .Props.TryGetProperty("attachments", out _)
            .ShouldBeFalse();
        bench.Server.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_text_too_long_for_an_old_database_is_sent_again_shorter()
    {
        await using var bench = await Start("5.37.0");
        var card = Card("ESC-1") with { Text = Markdown.Typed(new string('x', 11_000)) };

        await bench.Chat.Post(bench.Post("hello", card: card), First, Cancel);
        await bench.Chat.Post(bench.Post("again", card: card), Second, Cancel);

        foreach (var post in bench.Server.Posts("war-room"))
        {
            post.Attachments[0].Text!.Length.ShouldBeInRange(1000, 8000);
            post.Actions.ShouldHaveSingleItem();
        }

        // The second time the limit is known.
        bench.Server.RequestsWith(bench.Token).Count(r => r.Method == "POST").ShouldBe(3);
    }

    [Fact]
    public async Task People_come_with_the_zone_that_counts()
    {
        await using var bench = await Start();
        var id = new UserId(bench.Server.GetUser("engineer").Id);

        (await bench.Chat.FindPerson(id, Cancel)).ShouldBe(
            new ChatPerson(id, "engineer", "Europe/Berlin", false, false)
        );
        bench.Server.ChangeUser(
            "engineer",
            u => u with { Timezone = new UserTimezone("true", "Asia/Tokyo", "Europe/Berlin") }
        );
        (await bench.Chat.FindPerson(id, Cancel))!.TimeZone.ShouldBe("Asia/Tokyo");
        bench.Server.ChangeUser("engineer", u => u with { Timezone = new UserTimezone() });
        bench.Server.SetActive("engineer", false);
        var later = (await bench.Chat.FindPerson(id, Cancel))!;
        (later.TimeZone, later.IsDeactivated).ShouldBe((null, true));
        var bot = await bench.Chat.FindPerson(new UserId(bench.Bot.Id), Cancel);
        bot!.IsBot.ShouldBeTrue();
        var nobody = new UserId("abcdefghijklmnopqrstuvwxyz");
        (await bench.Chat.FindPerson(nobody, Cancel)).ShouldBeNull();
    }

    [Theory]
    [InlineData("system_user", false, false)]
    [InlineData("system_user system_admin", true, false)]
    [InlineData("system_guest", false, true)]
    [InlineData("", false, false)]
    public async Task ALL_3_People_come_with_what_they_are_on_the_server(
        string roles,
        bool isSystemAdmin,
        bool isGuest
    )
    {
        await using var bench = await Start();
        var id = new UserId(bench.Server.ChangeUser("engineer", u => u with { Roles = roles }).Id);
        var person = (await bench.Chat.FindPerson(id, Cancel)).ShouldNotBeNull();
        (person.IsSystemAdmin, person.IsGuest).ShouldBe((isSystemAdmin, isGuest));
    }

    [Fact]
    public async Task The_direct_channel_of_a_person_is_asked_for_once()
    {
        await using var bench = await Start();
        var id = new UserId(bench.Server.GetUser("engineer").Id);

        var one = await bench.Chat.DirectChannel(id, Cancel);
        var other = await bench.Chat.DirectChannel(id, Cancel);

        one.Value.ShouldBe(bench.Server.DirectChannel("engineer", "escalate").Id);
        other.ShouldBe(one);
        bench.Server.RequestsWith(bench.Token).Count.ShouldBe(1);
    }

    private static Task<PostedAt?> Find(ChatBench bench, EffectId effect) =>
        bench.Chat.FindPost(bench.Room, effect, bench.Clock.GetUtcNow().AddHours(-1), Cancel);
}
