using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>Posting, changing and deleting as a bot does it.</summary>
public sealed class PostTests
{
    [Theory, EveryMattermost]
    public async Task A_post_has_these_members(Under server)
    {
        await using var stage = await Stage.Open(server);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var answer = await stage.Posts(stage.Bot, "hello @all #tag");
        answer.Status.ShouldBe(201);
        var post = answer.Body;
        foreach (
            var member in (string[])
                [
                    "id",
                    "create_at",
                    "update_at",
                    "edit_at",
                    "delete_at",
                    "is_pinned",
                    "user_id",
                    "channel_id",
                    "root_id",
                    "original_id",
                    "message",
                    "type",
                    "props",
                    "hashtags",
                    "pending_post_id",
                    "reply_count",
                    "last_reply_at",
                    "participants",
                    "metadata",
                ]
        )
        {
            post.Has(member).ShouldBeTrue(member);
        }

        post.Has("parent_id").ShouldBe(stage.IsOld);
        post.Text("user_id").ShouldBe(stage.Bot.Id);
        post.Text("props.from_bot").ShouldBe("true");
        post.Text("hashtags").ShouldBe("#tag");
        post.Number("edit_at").ShouldBe(0);
        post.Number("create_at").ShouldBe(post.Number("update_at"));
    }

    [Theory, EveryMattermost]
    public async Task Nobody_else_can_pretend_to_be_a_bot_or_to_post_as_another(Under server)
    {
        await using var stage = await Stage.Open(server);
        var post = (
            await stage.Tam.Api.Post(
                "/posts",
                new
                {
                    channel_id = stage.ChannelId,
                    message = "x",
                    user_id = stage.Engineer.Id,
                    create_at = 12345,
                }
            )
        ).Body;
        post.Text("user_id").ShouldBe(stage.Tam.Id);
        post.Number("create_at").ShouldBeGreaterThan(12345);
        post.Has("props.from_bot").ShouldBeFalse();
    }

    [Theory, EveryMattermost]
    [Trait("why", "The outbox sends again what may have arrived.")]
    public async Task The_same_pending_id_is_the_same_post(Under server)
    {
        await using var stage = await Stage.Open(server);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var pending = stage.Bot.Id + ":" + Stage.Unique("");
        var first = await Send(stage, pending, "once");
        var again = await Send(stage, pending, "another text");
        first.Status.ShouldBe(201);
        again.Status.ShouldBe(201);
        again.Id.ShouldBe(first.Id);
        again["message"].ShouldBe("once");
        again["pending_post_id"].ShouldBeEmpty();
        (await stage.Said()).Count.ShouldBe(1);
        (await stage.Post(first.Id)).Text("pending_post_id").ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task Of_many_at_once_with_the_same_pending_id_one_is_posted(Under server)
    {
        await using var stage = await Stage.Open(server);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var pending = stage.Bot.Id + ":" + Stage.Unique("");
        var sent = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Send(stage, pending, "once"))
        );
        (await stage.Said()).Count.ShouldBe(1);
        var made = sent.Where(s => s.Status == 201).ToList();
        made.ShouldNotBeEmpty();
        made.Select(s => s.Id).Distinct().Count().ShouldBe(1);
        sent.Except(made)
            .ShouldAllBe(s => s.Verdict == "500 api.post.deduplicate_create_post.pending");
    }

    [Theory, EveryMattermost]
    public async Task Whoever_knows_a_pending_id_gets_that_post(Under server)
    {
        await using var stage = await Stage.Open(server);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var pending = Stage.Unique("");
        var first = await Send(stage, pending, "one");
        var other = await stage.Tam.Api.Post(
            "/posts",
            new
            {
                channel_id = stage.ChannelId,
                message = "two",
                pending_post_id = pending,
            }
        );
        other.Status.ShouldBe(201);
        // The server keeps the ids in one list, so they must not be guessable.
        (await stage.Said())
            .ShouldHaveSingleItem()
            .Text("message")
            .ShouldBe("one");
        other.Id.ShouldBe(first.Id);
    }

    [Theory, EveryMattermost]
    public async Task After_a_refusal_the_pending_id_may_be_used_again(Under server)
    {
        await using var stage = await Stage.Open(server);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var pending = stage.Bot.Id + ":" + Stage.Unique("");
        (await Send(stage, pending, new string('x', 70_000))).Status.ShouldBe(400);
        (await Send(stage, pending, "short")).Status.ShouldBe(201);
    }

    [Theory, EveryMattermost]
    public async Task A_reply_names_its_root_and_the_root_counts_it(Under server)
    {
        await using var stage = await Stage.Open(server);
        var root = await stage.Posted(stage.Tam, "root");
        var id = root.Text("id");
        var reply = await stage.Posted(stage.Engineer, "reply", root: id);
        reply.Text("root_id").ShouldBe(id);
        (await stage.Post(id)).Number("reply_count").ShouldBe(stage.IsOld ? 0 : 1);
        // A list with its threads tells nobody's replies; one without them does.
        (await stage.Said())[0]
            .Number("reply_count")
            .ShouldBe(0);
        (await stage.Read("?skipFetchThreads=true"))[1].Number("reply_count").ShouldBe(1);
        var thread = (await stage.Tam.Api.Get($"/posts/{id}/thread")).Body;
        // Old versions name the root twice.
        thread.Texts("order").Distinct().ShouldBe([id, reply.Text("id")], ignoreOrder: true);
    }

    [Theory, EveryMattermost]
    public async Task A_reply_to_a_reply_is_refused(Under server)
    {
        await using var stage = await Stage.Open(server);
        var root = await stage.Posted(stage.Tam, "root");
        var reply = await stage.Posted(stage.Engineer, "reply", root: root.Text("id"));
        (await stage.Posts(stage.Tam, "deeper", root: reply.Text("id"))).Verdict.ShouldBe(
            "400 api.post.create_post.root_id.app_error"
        );
    }

    [Theory, EveryMattermost]
    public async Task A_reply_to_what_is_nowhere_or_in_another_channel_is_refused(Under server)
    {
        await using var stage = await Stage.Open(server);
        var elsewhere = await stage.NewChannel(Stage.Unique("c"));
        var root = await stage.Posted(stage.Tam, "root", elsewhere);
        (await stage.Posts(stage.Tam, "x", root: root.Text("id"))).Verdict.ShouldBe(
            "400 api.post.create_post.channel_root_id.app_error"
        );
        (await stage.Posts(stage.Tam, "x", root: "ybndrfg8ejkmcpqxot1uwisza3")).Verdict.ShouldBe(
            "400 api.post.create_post.root_id.app_error"
        );
    }

    [Theory, EveryMattermost]
    public async Task A_reply_to_a_deleted_post_is_refused_and_its_replies_are_gone(Under server)
    {
        await using var stage = await Stage.Open(server);
        var root = await stage.Posted(stage.Tam, "root");
        var reply = await stage.Posted(stage.Engineer, "reply", root: root.Text("id"));
        await stage.Tam.Api.Done(HttpMethod.Delete, $"/posts/{root.Text("id")}");
        (await stage.Posts(stage.Tam, "x", root: root.Text("id"))).Verdict.ShouldBe(
            "400 api.post.create_post.root_id.app_error"
        );
        (await stage.Tam.Api.Get($"/posts/{reply.Text("id")}")).Verdict.ShouldBe(
            "404 app.post.get.app_error"
        );
        (await stage.Said()).ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task A_patch_keeps_what_it_does_not_name(Under server)
    {
        await using var stage = await Stage.Open(server);
        var card = await stage.Card();
        var path = $"/posts/{card.Text("id")}/patch";
        var text = await stage.Bot.Api.Put(path, new { message = "changed" });
        text.Status.ShouldBe(200);
        text["message"].ShouldBe("changed");
        text["props.mark"].ShouldBe("kept");
        text["props.attachments.0.title"].ShouldBe("ESC-1");
        text["props.from_bot"].ShouldBe("true");
        text.Body.Number("edit_at").ShouldBeGreaterThan(0);

        var props = await stage.Bot.Api.Put(path, new { props = new { mark = "new" } });
        props["message"].ShouldBe("changed");
        props["props.mark"].ShouldBe("new");
        props.Body.Has("props.attachments").ShouldBeFalse();
        (await stage.Bot.Api.Put(path, new { props = new { } })).Status.ShouldBe(200);
        (await stage.Post(card.Text("id"))).Has("props.mark").ShouldBeFalse();
    }

    [Theory, EveryMattermost]
    public async Task Whether_a_patch_of_props_keeps_the_mark_of_a_bot(Under server)
    {
        await using var stage = await Stage.Open(server);
        var card = await stage.Card();
        var patched = await stage.Bot.Api.Put(
            $"/posts/{card.Text("id")}/patch",
            new { props = new { mark = "new" } }
        );
        patched.Body.Has("props.from_bot").ShouldBeFalse();
    }

    [Theory, EveryMattermost]
    public async Task Buttons_work_after_a_patch(Under server)
    {
        await using var stage = await Stage.Open(server);
        var card = await stage.Card();
        await stage.Bot.Api.Put(
            $"/posts/{card.Text("id")}/patch",
            new { props = stage.CardProps(new { version = 2 }) }
        );
        (await Stage.Clicks(stage.Tam, card.Text("id"), "ack")).Status.ShouldBe(200);
        (await stage.Recorder.Next()).Json.Text("context.version").ShouldBe("2");
    }

    [Theory, EveryMattermost]
    public async Task Anothers_or_a_deleted_or_an_unknown_post_can_not_be_patched(Under server)
    {
        await using var stage = await Stage.Open(server);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var others = await stage.Posted(stage.Tam, "tam's");
        (await Patch(stage, others.Text("id"))).Verdict.ShouldBe(
            "403 api.context.permissions.app_error"
        );
        var deleted = await stage.Posted(stage.Bot, "mine");
        await stage.Bot.Api.Done(HttpMethod.Delete, $"/posts/{deleted.Text("id")}");
        (await Patch(stage, deleted.Text("id"))).Verdict.ShouldBe(
            "403 api.context.permissions.app_error"
        );
        (await Patch(stage, "ybndrfg8ejkmcpqxot1uwisza3")).Verdict.ShouldBe(
            "403 api.context.permissions.app_error"
        );
        (await Patch(stage, "short")).Verdict.ShouldBe(
            "400 api.context.invalid_url_param.app_error"
        );
    }

    [Theory, EveryMattermost]
    public async Task A_deleted_post_is_not_found_by_anybody(Under server)
    {
        await using var stage = await Stage.Open(server);
        var post = await stage.Posted(stage.Tam, "x");
        var path = $"/posts/{post.Text("id")}";
        (await stage.Tam.Api.Delete(path)).Body.Text("status").ShouldBe("OK");
        (await stage.Tam.Api.Get(path)).Verdict.ShouldBe("404 app.post.get.app_error");
        (await stage.Engineer.Api.Get(path)).Verdict.ShouldBe("404 app.post.get.app_error");
        (await stage.Tam.Api.Delete(path)).Verdict.ShouldBe(
            stage.IsOld ? "403 api.context.permissions.app_error" : "404 app.post.get.app_error"
        );
    }

    [Theory, EveryMattermost]
    public async Task A_message_may_have_16383_characters(Under server)
    {
        await using var stage = await Stage.Open(server);
        (await stage.Posts(stage.Tam, new string('ü', 16_383))).Status.ShouldBe(201);
        var tooLong = await stage.Posts(stage.Tam, new string('ü', 16_384));
        tooLong.Verdict.ShouldBe(
            stage.IsOld
                ? "400 model.post.is_valid.msg.app_error"
                : "400 model.post.is_valid.message_length.app_error"
        );
        (
            await stage.Posts(stage.Tam, string.Concat(Enumerable.Repeat("😀", 16_383)))
        ).Status.ShouldBe(201);
    }

    [Theory, EveryMattermost]
    public async Task Props_may_have_8000_characters_in_old_versions_and_many_more_today(
        Under server
    )
    {
        await using var stage = await Stage.Open(server);
        object Props(int length) => new { p = new string('x', length - """{"p":""}""".Length) };
        if (stage.IsOld)
        {
            (await stage.Posts(stage.Tam, "x", props: Props(8_000))).Status.ShouldBe(201);
            (await stage.Posts(stage.Tam, "x", props: Props(8_001))).Verdict.ShouldBe(
                "400 model.post.is_valid.props.app_error"
            );
            return;
        }

        // 800,000 could be stored, but no request may have more than 300,000 bytes (a setting).
        (await stage.Posts(stage.Tam, "x", props: Props(299_000))).Status.ShouldBe(201);
        (await stage.Posts(stage.Tam, "x", props: Props(300_000))).Verdict.ShouldBe(
            "413 api.context.request_body_too_large.app_error"
        );
    }

    [Theory, EveryMattermost]
    [Trait("why", "Every & < > in a card counts six times on old servers.")]
    public async Task Props_are_counted_as_they_are_stored(Under server)
    {
        await using var stage = await Stage.Open(server);
        if (!stage.IsOld)
        {
            return;
        }

        (
            await stage.Posts(stage.Tam, "x", props: new { p = new string('<', 1_332) })
        ).Status.ShouldBe(201);
        (
            await stage.Posts(stage.Tam, "x", props: new { p = new string('<', 1_333) })
        ).Status.ShouldBe(400);
        (
            await stage.Posts(stage.Tam, "x", props: new { p = new string('ü', 7_992) })
        ).Status.ShouldBe(201);
    }

    [Theory, EveryMattermost]
    public async Task An_archived_channel_takes_no_posts_and_no_patches(Under server)
    {
        await using var stage = await Stage.Open(server);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var post = await stage.Posted(stage.Bot, "before");
        await stage.Tam.Api.Done(HttpMethod.Delete, $"/channels/{stage.ChannelId}");
        (await stage.Posts(stage.Bot, "after")).Verdict.ShouldBe(
            "400 api.post.create_post.can_not_post_to_deleted.error"
        );
        (await Patch(stage, post.Text("id"))).Verdict.ShouldBe(
            "400 api.post.patch_post.can_not_update_post_in_deleted.error"
        );
    }

    [Theory, EveryMattermost]
    [Trait("why", "The person is told by a direct message instead.")]
    public async Task A_private_channel_without_membership_is_refused(Under server)
    {
        await using var stage = await Stage.Open(server, "P");
        (await stage.Posts(stage.Bot, "x")).Verdict.ShouldBe(
            "403 api.context.permissions.app_error"
        );
        (await stage.Bot.Api.Get($"/channels/{stage.ChannelId}")).Verdict.ShouldBe(
            "403 api.context.permissions.app_error"
        );
        (await stage.Bot.Api.Get($"/channels/{stage.ChannelId}/posts")).Verdict.ShouldBe(
            "403 api.context.permissions.app_error"
        );
    }

    [Theory, EveryMattermost]
    [Trait("why", "The bot joins where somebody uses the command.")]
    public async Task A_public_channel_takes_a_bots_posts_once_it_has_joined(Under server)
    {
        await using var stage = await Stage.Open(server);
        (await stage.Posts(stage.Bot, "x")).Verdict.ShouldBe(
            "403 api.context.permissions.app_error"
        );
        var join = await stage.Bot.Api.Post(
            $"/channels/{stage.ChannelId}/members",
            new { user_id = stage.Bot.Id }
        );
        join.Status.ShouldBe(201);
        var post = await stage.Posts(stage.Bot, "x");
        post.Status.ShouldBe(201);
        (await stage.Posts(stage.Bot, "reply", root: post.Id)).Status.ShouldBe(201);
        (await Patch(stage, post.Id)).Status.ShouldBe(200);
        (await stage.Bot.Api.Post($"/posts/{post.Id}/pin")).Status.ShouldBe(200);
    }

    [Theory, EveryMattermost]
    public async Task A_private_channel_can_not_be_joined_by_oneself(Under server)
    {
        await using var stage = await Stage.Open(server, "P");
        var join = await stage.Bot.Api.Post(
            $"/channels/{stage.ChannelId}/members",
            new { user_id = stage.Bot.Id }
        );
        join.Verdict.ShouldBe("403 api.context.permissions.app_error");
    }

    [Theory, EveryMattermost]
    public async Task An_unknown_channel_is_refused(Under server)
    {
        await using var stage = await Stage.Open(server);
        (await stage.Posts(stage.Bot, "x", "ybndrfg8ejkmcpqxot1uwisza3")).Verdict.ShouldBe(
            "403 api.context.permissions.app_error"
        );
        (await stage.Posts(stage.Bot, "x", "")).Status.ShouldBeOneOf(400, 403);
    }

    [Theory, EveryMattermost]
    public async Task An_empty_message_is_posted_when_nothing_else_is_there(Under server)
    {
        await using var stage = await Stage.Open(server);
        (await stage.Posts(stage.Tam, "")).Status.ShouldBe(201);
        (await stage.Posts(stage.Tam, "", props: stage.CardProps())).Status.ShouldBe(201);
    }

    [Theory, EveryMattermost]
    public async Task A_post_may_have_a_type_of_ours_but_not_of_the_systems(Under server)
    {
        await using var stage = await Stage.Open(server);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var mine = await stage.Bot.Api.Post(
            "/posts",
            new
            {
                channel_id = stage.ChannelId,
                message = "x",
                type = "custom_mine",
            }
        );
        mine.Status.ShouldBe(201);
        mine["type"].ShouldBe("custom_mine");
        (
            await stage.Bot.Api.Post(
                "/posts",
                new
                {
                    channel_id = stage.ChannelId,
                    message = "x",
                    type = "system_x",
                }
            )
        ).Status.ShouldBe(400);
        (
            await stage.Bot.Api.Post(
                "/posts",
                new
                {
                    channel_id = stage.ChannelId,
                    message = "x",
                    type = "other",
                }
            )
        ).Status.ShouldBe(400);
    }

    [Theory, EveryMattermost]
    public async Task Pins_are_listed_until_they_are_taken_off(Under server)
    {
        await using var stage = await Stage.Open(server);
        var card = await stage.Card();
        var id = card.Text("id");
        (await stage.Bot.Api.Post($"/posts/{id}/pin")).Body.Text("status").ShouldBe("OK");
        (await stage.Post(id)).Text("is_pinned").ShouldBe("true");
        (await stage.Tam.Api.Get($"/channels/{stage.ChannelId}/pinned"))
            .Body.Texts("order")
            .ShouldBe([id]);
        await stage.Bot.Api.Post($"/posts/{id}/unpin");
        (await stage.Post(id)).Text("is_pinned").ShouldBe("false");
    }

    [Theory, EveryMattermost]
    public async Task Reactions_are_ones_own(Under server)
    {
        await using var stage = await Stage.Open(server);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var post = await stage.Posted(stage.Tam, "x");
        object Reaction(Someone who) =>
            new
            {
                user_id = who.Id,
                post_id = post.Text("id"),
                emoji_name = "eyes",
            };
        var made = await stage.Bot.Api.Post("/reactions", Reaction(stage.Bot));
        made.Status.ShouldBeOneOf(200, 201);
        made["emoji_name"].ShouldBe("eyes");
        (await stage.Bot.Api.Post("/reactions", Reaction(stage.Tam))).Status.ShouldBe(403);
        (await stage.Tam.Api.Get($"/posts/{post.Text("id")}/reactions"))
            .Body.GetArrayLength()
            .ShouldBe(1);
        (
            await stage.Bot.Api.Delete(
                $"/users/{stage.Bot.Id}/posts/{post.Text("id")}/reactions/eyes"
            )
        ).Status.ShouldBe(200);
    }

    private static Task<Answered> Send(Stage stage, string pending, string message) =>
        stage.Bot.Api.Post(
            "/posts",
            new
            {
                channel_id = stage.ChannelId,
                message,
                pending_post_id = pending,
            }
        );

    private static Task<Answered> Patch(Stage stage, string post) =>
        stage.Bot.Api.Put($"/posts/{post}/patch", new { message = "patched" });
}
