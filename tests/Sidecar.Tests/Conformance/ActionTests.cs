using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>Buttons and menus on the bot's posts.</summary>
public sealed class ActionTests
{
    [Theory, EveryMattermost]
    [Trait("why", "A sealed context proves that a click passed through Mattermost.")]
    public async Task What_is_behind_them_is_shown_to_nobody(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Tam);
        var card = await stage.Card();
        var id = card.Text("id");
        var posted = await client.Event("posted", m => m.Text("data.post.id") == id);
        var patched = await stage.Bot.Api.Put(
            $"/posts/{id}/patch",
            new { message = "changed", props = stage.CardProps() }
        );
        var edited = await client.Event("post_edited", m => m.Text("data.post.id") == id);
        var shown = new Dictionary<string, string>
        {
            ["to the bot that posts"] = card.GetRawText(),
            ["to the bot that patches"] = patched.Body.GetRawText(),
            ["to a reader"] = (await stage.Post(id)).GetRawText(),
            ["to the bot that reads"] = (await stage.Post(id, stage.Bot)).GetRawText(),
            ["to an administrator"] = (await stage.Post(id, stage.Admin)).GetRawText(),
            ["in a list"] = JsonSerializer.Serialize(await stage.Read()),
            ["in a thread"] = (await stage.Tam.Api.Get($"/posts/{id}/thread")).Body.GetRawText(),
            ["when posted"] = posted.GetRawText(),
            ["when edited"] = edited.GetRawText(),
        };
        foreach (var (where, text) in shown)
        {
            text.ShouldContain("Acknowledge", customMessage: where);
            text.ShouldNotContain("integration", customMessage: where);
            text.ShouldNotContain("secret", customMessage: where);
            text.ShouldNotContain("/action\"", customMessage: where);
        }
    }

    [Theory, EveryMattermost]
    public async Task A_click_is_relayed_with_these_members(Under server)
    {
        await using var stage = await Stage.Open(server);
        var card = await stage.Card(
            new { token = "secret", deep = new { n = 7, list = new[] { 1 } } }
        );
        stage.Recorder.Answers("/action", new { });
        var answer = await Stage.Clicks(stage.Engineer, card.Text("id"), "ack");
        answer.Status.ShouldBe(200);
        answer["status"].ShouldBe("OK");
        answer["trigger_id"].ShouldNotBeEmpty();

        var call = await stage.Recorder.Next();
        call.Method.ShouldBe("POST");
        call.Headers["Content-Type"].ShouldBe("application/json");
        call.Headers["Accept"].ShouldBe("application/json");
        call.Headers.Keys.ShouldNotContain("Authorization");
        call.Json.Names()
            .ShouldBe([
                "channel_id",
                "channel_name",
                "context",
                "data_source",
                "post_id",
                "team_domain",
                "team_id",
                "trigger_id",
                "type",
                "user_id",
                "user_name",
            ]);
        call.Json.Text("user_id").ShouldBe(stage.Engineer.Id);
        call.Json.Text("user_name").ShouldBe(stage.Engineer.Name);
        call.Json.Text("channel_id").ShouldBe(stage.ChannelId);
        call.Json.Text("channel_name").ShouldBe(stage.ChannelName);
        call.Json.Text("team_id").ShouldBe(stage.TeamId);
        call.Json.Text("team_domain").ShouldBe(stage.Cast.TeamName);
        call.Json.Text("post_id").ShouldBe(card.Text("id"));
        call.Json.Text("data_source").ShouldBeEmpty();
        System
            .Text.Encoding.UTF8.GetString(Convert.FromBase64String(call.Json.Text("trigger_id")))
            .ShouldStartWith($"{answer["trigger_id"]}:{stage.Engineer.Id}:");
        call.Json.Text("type").ShouldBe("button");
        call.Json.Names("context").ShouldBe(["deep", "token"]);
        call.Json.Text("context.deep.n").ShouldBe("7");
    }

    [Theory, EveryMattermost]
    public async Task A_menu_adds_what_was_chosen(Under server)
    {
        await using var stage = await Stage.Open(server);
        var card = await stage.Card(new { token = "secret" });
        await Stage.Clicks(stage.Engineer, card.Text("id"), "sev", "sev2");
        var option = (await stage.Recorder.Next()).Json;
        option.Text("type").ShouldBe("select");
        option.Names("context").ShouldBe(["selected_option", "token"]);
        option.Text("context.selected_option").ShouldBe("sev2");

        await Stage.Clicks(stage.Engineer, card.Text("id"), "assign", stage.Tam.Id);
        var person = (await stage.Recorder.Next()).Json;
        person.Text("data_source").ShouldBe("users");
        person.Text("context.selected_option").ShouldBe(stage.Tam.Id);
    }

    [Theory, EveryMattermost]
    [Trait("why", "The choice comes from the browser: it must be checked.")]
    public async Task A_choice_that_is_not_in_the_menu_is_relayed(Under server)
    {
        await using var stage = await Stage.Open(server);
        var card = await stage.Card();
        await Stage.Clicks(stage.Engineer, card.Text("id"), "sev", "made-up");
        (await stage.Recorder.Next()).Json.Text("context.selected_option").ShouldBe("made-up");
    }

    [Theory, EveryMattermost]
    public async Task A_menu_without_a_context_still_brings_the_choice(Under server)
    {
        await using var stage = await Stage.Open(server);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var card = await stage.Posted(
            stage.Bot,
            "x",
            props: new
            {
                attachments = new[]
                {
                    new
                    {
                        actions = new[]
                        {
                            new
                            {
                                id = "m",
                                name = "M",
                                type = "select",
                                data_source = "channels",
                                integration = new { url = stage.Recorder.Url("/action") },
                            },
                        },
                    },
                },
            }
        );
        await Stage.Clicks(stage.Tam, card.Text("id"), "m", stage.ChannelId);
        (await stage.Recorder.Next())
            .Json.Text("context.selected_option")
            .ShouldBe(stage.ChannelId);
    }

    [Theory, EveryMattermost]
    public async Task An_update_replaces_the_post_and_an_ephemeral_text_is_told(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Engineer);
        var card = await stage.Card();
        stage.Recorder.Answers(
            "/action",
            new
            {
                update = new
                {
                    message = "done",
                    props = new
                    {
                        attachments = new[] { new { text = "no buttons" } },
                        mark = "new",
                    },
                },
                ephemeral_text = "You did it",
            }
        );
        await Stage.Clicks(stage.Engineer, card.Text("id"), "ack");
        var told = await client.Event(
            "ephemeral_message",
            m => m.Text("data.post.message") == "You did it"
        );
        told.Text("data.post.channel_id").ShouldBe(stage.ChannelId);
        told.Text("data.post.user_id").ShouldBe(stage.Engineer.Id);
        var now = await stage.Post(card.Text("id"));
        now.Text("message").ShouldBe("done");
        now.Text("props.attachments.0.text").ShouldBe("no buttons");
        now.Has("props.attachments.0.actions").ShouldBeFalse();
        now.Text("props.mark").ShouldBe("new");
        now.Has("props.from_bot").ShouldBeFalse();
        now.Text("user_id").ShouldBe(stage.Bot.Id);
        now.Number("edit_at").ShouldBeGreaterThan(0);
    }

    [Theory, EveryMattermost]
    public async Task An_update_without_props_keeps_them_and_empty_props_remove_them(Under server)
    {
        await using var stage = await Stage.Open(server);
        var card = await stage.Card();
        var id = card.Text("id");
        stage.Recorder.Answers("/action", new { update = new { message = "text only" } });
        await Stage.Clicks(stage.Engineer, id, "ack");
        var kept = await stage.Post(id);
        kept.Text("message").ShouldBe("text only");
        kept.Text("props.attachments.0.actions.0.name").ShouldBe("Acknowledge");
        kept.Text("props.mark").ShouldBe("kept");
        await Stage.Clicks(stage.Engineer, id, "ack");
        stage.Recorder.Calls.Count.ShouldBe(2);

        stage.Recorder.Answers(
            "/action",
            new { update = new { message = "bare", props = new { } } }
        );
        await Stage.Clicks(stage.Engineer, id, "ack");
        var bare = await stage.Post(id);
        bare.Has("props.attachments").ShouldBeFalse();
        bare.Has("props.mark").ShouldBeFalse();
        bare.Has("props.from_bot").ShouldBeFalse();
    }

    [Theory, EveryMattermost]
    public async Task A_click_in_a_thread_is_answered_in_that_thread(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Engineer);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var root = await stage.Posted(stage.Tam, "root");
        var card = await stage.Posted(
            stage.Bot,
            "card",
            root: root.Text("id"),
            props: stage.CardProps()
        );
        stage.Recorder.Answers("/action", new { ephemeral_text = "in thread" });
        await Stage.Clicks(stage.Engineer, card.Text("id"), "ack");
        var told = await client.Event(
            "ephemeral_message",
            m => m.Text("data.post.message") == "in thread"
        );
        told.Text("data.post.root_id").ShouldBe(root.Text("id"));
    }

    [Theory, EveryMattermost]
    public async Task An_integration_that_fails_is_an_error_without_its_text(Under server)
    {
        await using var stage = await Stage.Open(server);
        var card = await stage.Card();
        stage.Recorder.Answers("/action", 500, "application/json", """{"ephemeral_text":"mine"}""");
        var failed = await Stage.Clicks(stage.Engineer, card.Text("id"), "ack");
        failed.Verdict.ShouldBe("400 api.post.do_action.action_integration.app_error");
        failed["message"].ShouldBe("Action integration error.");
        failed.Body.GetRawText().ShouldNotContain("mine");

        stage.Recorder.Answers("/action", 200, "application/json", "{oops");
        (await Stage.Clicks(stage.Engineer, card.Text("id"), "ack")).Status.ShouldBe(400);
        // Since 6.0 an answer that ends before it begins means that there is nothing to do.
        stage.Recorder.Answers("/action", 200, "text/plain", "");
        (await Stage.Clicks(stage.Engineer, card.Text("id"), "ack")).Status.ShouldBe(
            stage.IsOld ? 400 : 200
        );
    }

    [Theory, EveryMattermost]
    public async Task Ids_that_are_unknown_or_not_of_letters_and_digits_are_a_404(Under server)
    {
        await using var stage = await Stage.Open(server);
        var card = await stage.Card();
        var id = card.Text("id");
        (await Stage.Clicks(stage.Engineer, id, "nothing")).Verdict.ShouldBe(
            "404 api.post.do_action.action_id.app_error"
        );
        (await Stage.Clicks(stage.Engineer, id, "with_underscore")).Status.ShouldBe(404);
        (await Stage.Clicks(stage.Engineer, id, "with-dash")).Status.ShouldBe(404);
        (
            await Stage.Clicks(stage.Engineer, "ybndrfg8ejkmcpqxot1uwisza3", "ack")
        ).Status.ShouldBeOneOf(403, 404);
        stage.Recorder.Calls.ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task A_button_without_an_id_is_given_one(Under server)
    {
        await using var stage = await Stage.Open(server);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var integration = new { url = stage.Recorder.Url("/action") };
        var card = await stage.Posted(
            stage.Bot,
            "x",
            props: new
            {
                attachments = new[]
                {
                    new
                    {
                        actions = new[]
                        {
                            new
                            {
                                name = "B",
                                type = "button",
                                integration,
                            },
                        },
                    },
                },
            }
        );
        card.Text("props.attachments.0.actions.0.id").Length.ShouldBe(26);
    }

    [Theory, EveryMattermost]
    public async Task Only_who_can_read_the_channel_can_click(Under server)
    {
        await using var stage = await Stage.Open(server, "P");
        var card = await stage.Card();
        (await Stage.Clicks(stage.Lead, card.Text("id"), "ack")).Verdict.ShouldBe(
            "403 api.context.permissions.app_error"
        );
        stage.Recorder.Calls.ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task In_a_direct_message_there_is_no_team(Under server)
    {
        await using var stage = await Stage.Open(server);
        var direct = await stage.Bot.Api.Done(
            HttpMethod.Post,
            "/channels/direct",
            new[] { stage.Bot.Id, stage.Tam.Id }
        );
        var card = await stage.Posted(
            stage.Bot,
            "card",
            direct.Text("id"),
            props: stage.CardProps()
        );
        (await Stage.Clicks(stage.Tam, card.Text("id"), "ack")).Status.ShouldBe(200);
        var call = (await stage.Recorder.Next()).Json;
        call.Text("team_id").ShouldBeEmpty();
        call.Text("team_domain").ShouldBeEmpty();
        call.Text("channel_name").ShouldBe(direct.Text("name"));
    }

    [Theory, EveryMattermost]
    public async Task A_deleted_card_can_not_be_clicked(Under server)
    {
        await using var stage = await Stage.Open(server);
        var card = await stage.Card();
        await stage.Bot.Api.Done(HttpMethod.Delete, $"/posts/{card.Text("id")}");
        (await Stage.Clicks(stage.Tam, card.Text("id"), "ack")).Status.ShouldBe(404);
        stage.Recorder.Calls.ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task An_update_of_a_card_that_is_deleted_meanwhile_is_lost(Under server)
    {
        await using var stage = await Stage.Open(server);
        var card = await stage.Card();
        stage.Recorder.Answers(
            "/action",
            _ =>
            {
                stage
                    .Bot.Api.Delete($"/posts/{card.Text("id")}")
                    .GetAwaiter()
                    .GetResult()
                    .Status.ShouldBe(200);
                return new Spoken(200, "application/json", """{"update":{"message":"late"}}""");
            }
        );
        (await Stage.Clicks(stage.Tam, card.Text("id"), "ack")).Status.ShouldBeGreaterThanOrEqualTo(
            400
        );
        (await stage.Tam.Api.Get($"/posts/{card.Text("id")}")).Status.ShouldBe(404);
    }
}
