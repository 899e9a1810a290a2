using System.Text.Json;
using Mattermost.Simulator;
using Playground;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>What becomes of an integration's answer to a slash command.</summary>
public sealed class CommandAnswerTests
{
    private static async Task<(Answered Answer, WebClient Client)> Answer(
        Stage stage,
        int status,
        string type,
        string body,
        object? command = null
    )
    {
        var client = await stage.Client(stage.Tam);
        stage.Recorder.Answers("/command", status, type, body);
        var made = await stage.NewCommand(more: command);
        return (await stage.Types(stage.Tam, $"/{made.Text("trigger")} x"), client);
    }

    private static Task<(Answered Answer, WebClient Client)> Answer(
        Stage stage,
        object body,
        object? command = null
    ) => Answer(stage, 200, "application/json", JsonSerializer.Serialize(body), command);

    private static async Task<JsonElement> Ephemeral(WebClient client, Stage stage) =>
        (
            await client.Event(
                "ephemeral_message",
                m => m.Text("data.post.channel_id") == stage.ChannelId
            )
        )
            .At("data.post")!
            .Value.ToString()
            is var post
            ? JsonPaths.Parse(post)
            : default;

    [Theory, EveryMattermost]
    public async Task An_ephemeral_text_is_seen_by_the_caller_alone(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (answer, client) = await Answer(
            stage,
            new { response_type = "ephemeral", text = "for you" }
        );
        answer.Status.ShouldBe(200);
        answer["text"].ShouldBe("for you");
        answer["response_type"].ShouldBe("ephemeral");
        answer["trigger_id"].ShouldNotBeEmpty();
        var post = await Ephemeral(client, stage);
        post.Text("message").ShouldBe("for you");
        post.Text("type").ShouldBe("system_ephemeral");
        post.Text("user_id").ShouldBe(stage.Tam.Id);
        post.Text("props.from_webhook").ShouldBe("true");
        (await stage.Said()).ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task The_caller_gets_the_whole_answer_with_these_members(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (answer, _) = await Answer(
            stage,
            new
            {
                response_type = "ephemeral",
                text = "x",
                username = "someone",
                icon_url = "http://127.0.0.1/i.png",
                goto_location = "http://127.0.0.1/there",
                type = "custom_x",
                skip_slack_parsing = true,
                props = new { a = 1 },
            }
        );
        answer
            .Body.Names()
            .ShouldBe([
                "attachments",
                "channel_id",
                "extra_responses",
                "goto_location",
                "icon_url",
                "props",
                "response_type",
                "skip_slack_parsing",
                "text",
                "trigger_id",
                "type",
                "username",
            ]);
        answer["goto_location"].ShouldBe("http://127.0.0.1/there");
        answer["props.a"].ShouldBe("1");
        answer["extra_responses"].ShouldBeEmpty();
        answer["attachments"].ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task An_in_channel_text_is_posted_as_the_caller(Under server)
    {
        await using var stage = await Stage.Open(server);
        await Answer(stage, new { response_type = "in_channel", text = "for all" });
        var post = (await stage.Said()).ShouldHaveSingleItem();
        post.Text("message").ShouldBe("for all");
        post.Text("user_id").ShouldBe(stage.Tam.Id);
        post.Text("props.from_webhook").ShouldBe("true");
        post.Text("root_id").ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task In_a_thread_an_in_channel_text_is_a_reply(Under server)
    {
        await using var stage = await Stage.Open(server);
        stage.Recorder.Answers("/command", new { response_type = "in_channel", text = "for all" });
        var root = await stage.Posted(stage.Tam, "root");
        var command = await stage.NewCommand();
        await stage.Types(stage.Tam, $"/{command.Text("trigger")}", root: root.Text("id"));
        (await stage.Said())[1].Text("root_id").ShouldBe(root.Text("id"));
    }

    [Theory, EveryMattermost]
    public async Task Plain_text_is_shown_to_the_caller(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (answer, client) = await Answer(stage, 200, "text/plain; charset=utf-8", "just *text*");
        answer["text"].ShouldBe("just *text*");
        answer["response_type"].ShouldBeEmpty();
        (await Ephemeral(client, stage)).Text("message").ShouldBe("just *text*");
    }

    [Theory, EveryMattermost]
    public async Task Another_media_type_with_json_in_it_is_plain_text(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (answer, _) = await Answer(stage, 200, "application/problem+json", """{"text":"x"}""");
        answer["text"].ShouldBe("""{"text":"x"}""");
    }

    [Theory, EveryMattermost]
    public async Task Media_type_parameters_are_allowed(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (answer, _) = await Answer(
            stage,
            200,
            "application/json; charset=utf-8",
            """{"text":"x"}"""
        );
        answer["text"].ShouldBe("x");
    }

    [Theory, EveryMattermost]
    public async Task Broken_json_is_a_failure_without_our_text(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (answer, _) = await Answer(stage, 200, "application/json", """{"text":"never shown""");
        answer.Verdict.ShouldBe("500 api.command.execute_command.failed.app_error");
        answer["message"].ShouldStartWith("Command with a trigger of '");
        answer.Body.GetRawText().ShouldNotContain("never shown");
    }

    [Theory, EveryMattermost]
    public async Task A_text_that_is_a_number_is_broken_json(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (answer, _) = await Answer(stage, 200, "application/json", """{"text":5}""");
        answer.Status.ShouldBe(500);
    }

    [Theory, EveryMattermost]
    [Trait("why", "201 and 204 are not 200.")]
    public async Task Any_other_status_is_a_failure_without_our_text(Under server)
    {
        await using var stage = await Stage.Open(server);
        foreach (var status in (int[])[500, 404, 201, 401])
        {
            var (answer, _) = await Answer(
                stage,
                status,
                "application/json",
                """{"text":"secret"}"""
            );
            answer.Verdict.ShouldBe("500 api.command.execute_command.failed_resp.app_error");
            answer["message"].ShouldContain($"returned response {status}");
        }

        (await stage.Said()).ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task Nobody_at_the_address_is_a_failure(Under server)
    {
        await using var stage = await Stage.Open(server);
        var command = await stage.NewCommand(
            more: new { url = new Uri(FreePort.NextAddress(), "/gone").ToString() }
        );
        var answer = await stage.Types(stage.Tam, $"/{command.Text("trigger")} x");
        answer.Verdict.ShouldBe("500 api.command.execute_command.failed.app_error");
    }

    [Theory, EveryMattermost]
    [Trait("why", "The browser plugin reads its data this way.")]
    public async Task Props_alone_post_nothing_and_reach_the_caller(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (answer, client) = await Answer(
            stage,
            new { props = new { list = new[] { 1, 2 }, deep = new { x = "ü" } } }
        );
        answer.Status.ShouldBe(200);
        answer["props.list.1"].ShouldBe("2");
        answer["props.deep.x"].ShouldBe("ü");
        // A sign that comes after anything which that answer could have caused.
        await stage.Posted(stage.Engineer, "fence");
        await client.Event("posted", m => m.Text("data.post.message") == "fence");
        client.Seen.ShouldNotContain(m =>
            m.Text("event") == "ephemeral_message"
            && m.Text("data.post.channel_id") == stage.ChannelId
        );
        (await stage.Said()).Count.ShouldBe(1);
    }

    [Theory, EveryMattermost]
    public async Task An_empty_object_posts_nothing(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (answer, _) = await Answer(stage, new { });
        answer.Status.ShouldBe(200);
        (await stage.Said()).ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task An_empty_body_is_answered_as_the_server_does(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (json, _) = await Answer(stage, 200, "application/json", "");
        json.Verdict.ShouldBe("500 api.command.execute_command.failed.app_error");
        var (plain, _) = await Answer(stage, 200, "text/plain", "");
        plain.Status.ShouldBe(200);
        (await stage.Said()).ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task Extra_responses_follow_in_order(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (answer, client) = await Answer(
            stage,
            new
            {
                response_type = "in_channel",
                text = "first",
                extra_responses = new object[]
                {
                    new { response_type = "ephemeral", text = "second" },
                    new { response_type = "in_channel", text = "third" },
                },
            }
        );
        answer["extra_responses.0.text"].ShouldBe("second");
        (await Ephemeral(client, stage)).Text("message").ShouldBe("second");
        (await stage.Said()).Select(p => p.Text("message")).ShouldBe(["first", "third"]);
    }

    [Theory, EveryMattermost]
    public async Task Extra_responses_may_go_to_another_channel_of_the_callers(Under server)
    {
        await using var stage = await Stage.Open(server);
        var other = await stage.NewChannel(Stage.Unique("c"));
        await Answer(
            stage,
            new
            {
                response_type = "in_channel",
                text = "there",
                channel_id = other,
            }
        );
        (await stage.Said()).ShouldBeEmpty();
        (await stage.Said(other)).ShouldHaveSingleItem().Text("message").ShouldBe("there");
    }

    [Theory, EveryMattermost]
    public async Task A_channel_that_the_caller_is_not_in_is_refused(Under server)
    {
        await using var stage = await Stage.Open(server);
        var channel = await stage.Lead.Api.Done(
            HttpMethod.Post,
            "/channels",
            new
            {
                team_id = stage.TeamId,
                name = Stage.Unique("c"),
                display_name = "x",
                type = "P",
            }
        );
        var (answer, _) = await Answer(
            stage,
            new
            {
                response_type = "in_channel",
                text = "there",
                channel_id = channel.Text("id"),
            }
        );
        answer.Verdict.ShouldBe("500 api.command.execute_command.create_post_failed.app_error");
    }

    [Theory, EveryMattermost]
    [Trait("why", "So buttons never go into a command's answer.")]
    public async Task Contexts_of_buttons_in_an_answer_may_come_back_to_the_caller(Under server)
    {
        await using var stage = await Stage.Open(server);
        var visible = new List<string>();
        foreach (var type in (string[])["ephemeral", "in_channel"])
        {
            foreach (var skip in (bool[])[false, true])
            {
                var (answer, _) = await Answer(
                    stage,
                    new
                    {
                        response_type = type,
                        text = "card",
                        skip_slack_parsing = skip,
                        attachments = new[] { WithButton(stage) },
                    }
                );
                if (answer.Body.GetRawText().Contains("visible", StringComparison.Ordinal))
                {
                    visible.Add($"{type} {skip}");
                }
                else
                {
                    answer["attachments.0.actions.0.cookie"].ShouldNotBeEmpty();
                }
            }
        }

        visible.ShouldBe(["in_channel False", "in_channel True"]);
    }

    private static object WithButton(Stage stage) =>
        new
        {
            text = "a",
            actions = new[]
            {
                new
                {
                    id = "go",
                    name = "Go",
                    type = "button",
                    integration = new
                    {
                        url = stage.Recorder.Url("/action"),
                        context = new { token = "visible" },
                    },
                },
            },
        };

    [Theory, EveryMattermost]
    public async Task Attachments_alone_are_a_post(Under server)
    {
        await using var stage = await Stage.Open(server);
        await Answer(
            stage,
            new { response_type = "in_channel", attachments = new[] { new { text = "only this" } } }
        );
        var post = (await stage.Said()).ShouldHaveSingleItem();
        post.Text("type").ShouldBe("slack_attachment");
        post.Text("props.attachments.0.text").ShouldBe("only this");
    }

    [Theory, EveryMattermost]
    public async Task Slack_markup_is_translated_unless_it_is_switched_off(Under server)
    {
        await using var stage = await Stage.Open(server);
        const string Text = "<!here> <https://a.test|label> <@U1|bob> a < b";
        await Answer(stage, new { response_type = "in_channel", text = Text });
        await Answer(
            stage,
            new
            {
                response_type = "in_channel",
                text = Text,
                skip_slack_parsing = true,
            }
        );
        var said = await stage.Said();
        said[0].Text("message").ShouldBe("@here [label](https://a.test) [bob](@U1) a < b");
        said[1].Text("message").ShouldBe(Text);
    }

    [Theory, EveryMattermost]
    public async Task Props_of_an_in_channel_answer_are_the_posts_props(Under server)
    {
        await using var stage = await Stage.Open(server);
        await Answer(
            stage,
            new
            {
                response_type = "in_channel",
                text = "x",
                props = new { mine = "kept" },
                type = "custom_mine",
            }
        );
        var post = (await stage.Said()).ShouldHaveSingleItem();
        post.Text("props.mine").ShouldBe("kept");
        post.Text("type").ShouldBe("custom_mine");
    }

    [Theory, EveryMattermost]
    public async Task A_system_type_is_refused(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (answer, _) = await Answer(
            stage,
            new
            {
                response_type = "in_channel",
                text = "x",
                type = "system_join_channel",
            }
        );
        (await stage.Said()).ShouldBeEmpty();
        answer.Status.ShouldBeGreaterThanOrEqualTo(400);
    }

    [Theory, EveryMattermost]
    public async Task Later_answers_are_taken_five_times_without_a_login(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Tam);
        var url = (await stage.Command(" x")).Field("response_url");
        for (var i = 1; i <= 5; i++)
        {
            var type = i == 1 ? "in_channel" : "ephemeral";
            var later = await stage.Anyone.Post(
                url,
                new { response_type = type, text = $"later {i}" }
            );
            later.Status.ShouldBe(200);
            later.Body.GetString().ShouldBe("ok");
        }

        var sixth = await stage.Anyone.Post(url, new { text = "later 6" });
        sixth.Verdict.ShouldBe(
            stage.IsOld
                ? "400 app.command_webhook.try_use.invalid"
                : "400 web.command_webhook.general.app_error"
        );
        (await stage.Said()).ShouldHaveSingleItem().Text("message").ShouldBe("later 1");
        await client.Event("ephemeral_message", m => m.Text("data.post.message") == "later 5");
    }

    [Theory, EveryMattermost]
    public async Task Later_answers_must_be_json_and_the_address_must_exist(Under server)
    {
        await using var stage = await Stage.Open(server);
        var url = (await stage.Command(" x")).Field("response_url");
        using var broken = new StringContent(
            "{oops",
            System.Text.Encoding.UTF8,
            "application/json"
        );
        (await stage.Anyone.Send(HttpMethod.Post, url, broken)).Status.ShouldBe(400);
        (
            await stage.Anyone.Post(
                "/hooks/commands/ybndrfg8ejkmcpqxot1uwisza3",
                new { text = "x" }
            )
        ).Status.ShouldBe(404);
    }
}
