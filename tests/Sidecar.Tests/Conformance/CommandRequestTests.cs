using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>What an integration receives when somebody types a slash command.</summary>
public sealed class CommandRequestTests
{
    [Theory, EveryMattermost]
    public async Task It_is_a_form_with_the_token_in_header_and_field(Under server)
    {
        await using var stage = await Stage.Open(server);
        var command = await stage.NewCommand();
        await stage.Types(stage.Tam, $"/{command.Text("trigger")} list mine");
        var call = await stage.Recorder.Next();

        call.Method.ShouldBe("POST");
        call.Path.ShouldBe("/command");
        call.Headers["Content-Type"].ShouldBe("application/x-www-form-urlencoded");
        call.Headers["Accept"].ShouldBe("application/json");
        call.Headers["Authorization"].ShouldBe("Token " + command.Text("token"));
        call.Field("token").ShouldBe(command.Text("token"));
        call.Field("command").ShouldBe("/" + command.Text("trigger"));
        call.Field("text").ShouldBe("list mine");
        call.Field("user_id").ShouldBe(stage.Tam.Id);
        call.Field("user_name").ShouldBe(stage.Tam.Name);
        call.Field("channel_id").ShouldBe(stage.ChannelId);
        call.Field("channel_name").ShouldBe(stage.ChannelName);
        call.Field("team_id").ShouldBe(stage.TeamId);
        call.Field("team_domain").ShouldBe(stage.Cast.TeamName);
        call.Field("response_url").ShouldContain("/hooks/commands/");
        call.Field("trigger_id").ShouldNotBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task It_has_these_fields_and_no_others(Under server)
    {
        await using var stage = await Stage.Open(server);
        var call = await stage.Command(" list");
        List<string> expected =
        [
            "channel_id",
            "channel_name",
            "command",
            "response_url",
            "team_domain",
            "team_id",
            "text",
            "token",
            "trigger_id",
            "user_id",
            "user_name",
        ];
        if (!stage.IsOld)
        {
            expected.Add("root_id");
        }

        call.Form.Keys.ShouldBe(expected, ignoreOrder: true);
    }

    [Theory, EveryMattermost]
    public async Task Fields_are_sent_sorted_and_encoded_as_forms_are(Under server)
    {
        await using var stage = await Stage.Open(server);
        var call = await stage.Command(" a b&c=d+e%20~*'()-_.");
        call.Body.ShouldContain("&text=a+b%26c%3Dd%2Be%2520~%2A%27%28%29-_.&");
        call.Form.Keys.ShouldBe(call.Form.Keys.Order(StringComparer.Ordinal));
    }

    [Theory, EveryMattermost]
    [Trait("why", "What is typed must arrive as it was typed.")]
    public async Task Text_is_neither_trimmed_nor_folded(Under server)
    {
        await using var stage = await Stage.Open(server);
        var call = await stage.Command("  two  spaces\tand\nlines  ");
        call.Field("text").ShouldBe(" two  spaces\tand\nlines  ");
    }

    [Theory, EveryMattermost]
    public async Task Text_may_follow_after_a_line_break(Under server)
    {
        await using var stage = await Stage.Open(server);
        var command = await stage.NewCommand();
        await stage.Types(stage.Tam, $"/{command.Text("trigger")}\nfirst\nsecond");
        (await stage.Recorder.Next()).Field("text").ShouldBe("first\nsecond");
    }

    [Theory, EveryMattermost]
    public async Task Without_arguments_the_text_is_there_and_empty(Under server)
    {
        await using var stage = await Stage.Open(server);
        var call = await stage.Command();
        call.Form.Keys.ShouldContain("text");
        call.Field("text").ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task Any_script_arrives_as_UTF_8(Under server)
    {
        await using var stage = await Stage.Open(server);
        const string Text = "Größe 東京 🚨 e\u0301 ‮x​y “quoted” 𝔘";
        var call = await stage.Command(" " + Text);
        call.Field("text").ShouldBe(Text);
        call.Body.ShouldContain("Gr%C3%B6%C3%9Fe+%E6%9D%B1%E4%BA%AC+%F0%9F%9A%A8");
    }

    [Theory, EveryMattermost]
    public async Task The_trigger_may_be_typed_in_upper_case(Under server)
    {
        await using var stage = await Stage.Open(server);
        var command = await stage.NewCommand();
        var trigger = command.Text("trigger");
        var answer = await stage.Types(stage.Tam, $"/{trigger.ToUpperInvariant()} Now");
        answer.Status.ShouldBe(200);
        var call = await stage.Recorder.Next();
        call.Field("command").ShouldBe("/" + trigger);
        call.Field("text").ShouldBe("Now");
    }

    [Theory, EveryMattermost]
    public async Task People_and_channels_that_are_mentioned_are_named_with_their_ids(Under server)
    {
        await using var stage = await Stage.Open(server);
        var call = await stage.Command(
            $" @{stage.Engineer.Name} @{stage.Tam.Name} @nobody.at.all ~town-square ~nowhere"
        );
        call.Form["user_mentions"]
            .ShouldBe([stage.Engineer.Name, stage.Tam.Name], ignoreOrder: true);
        call.Form["user_mentions_ids"]
            .ShouldBe([stage.Engineer.Id, stage.Tam.Id], ignoreOrder: true);
        call.Form["user_mentions"]
            .ToList()
            .IndexOf(stage.Tam.Name)
            .ShouldBe(call.Form["user_mentions_ids"].ToList().IndexOf(stage.Tam.Id));
        call.Form["channel_mentions"].ShouldBe(["town-square"]);
        call.Form["channel_mentions_ids"].ShouldBe([stage.Cast.TownSquare]);
    }

    [Theory, EveryMattermost]
    public async Task A_mention_is_recognised_in_any_case_and_before_a_full_stop(Under server)
    {
        await using var stage = await Stage.Open(server);
        var call = await stage.Command($" ask @{stage.Engineer.Name.ToUpperInvariant()}.");
        call.Form["user_mentions_ids"].ShouldBe([stage.Engineer.Id]);
    }

    [Theory, EveryMattermost]
    public async Task Somebody_outside_of_the_team_is_not_mentioned(Under server)
    {
        await using var stage = await Stage.Open(server);
        var outsider = await stage.Cast.Person(Stage.Unique("o"), inTeam: false);
        var call = await stage.Command($" @{outsider.Name}");
        call.Form.Keys.ShouldNotContain("user_mentions_ids");
    }

    [Theory, EveryMattermost]
    public async Task A_thread_is_named_where_the_version_names_it(Under server)
    {
        await using var stage = await Stage.Open(server);
        var root = await stage.Posted(stage.Tam, "root");
        var command = await stage.NewCommand();
        await stage.Types(stage.Tam, $"/{command.Text("trigger")} x", root: root.Text("id"));
        var call = await stage.Recorder.Next();
        call.Form.ContainsKey("root_id").ShouldBe(!stage.IsOld);
        call.Field("root_id").ShouldBe(stage.IsOld ? "" : root.Text("id"));
        call.Form.Keys.ShouldNotContain("parent_id");
    }

    [Theory, EveryMattermost]
    public async Task A_command_of_the_GET_method_gets_its_fields_in_the_address(Under server)
    {
        await using var stage = await Stage.Open(server);
        var command = await stage.NewCommand(more: new { method = "G" });
        await stage.Types(stage.Tam, $"/{command.Text("trigger")} x");
        var call = await stage.Recorder.Next();
        call.Method.ShouldBe("GET");
        call.Body.ShouldBeEmpty();
        call.Headers["Authorization"].ShouldBe("Token " + command.Text("token"));
    }

    [Theory, EveryMattermost]
    public async Task A_direct_channel_carries_its_name_and_the_team_that_was_open(Under server)
    {
        await using var stage = await Stage.Open(server);
        var direct = await stage.Tam.Api.Done(
            HttpMethod.Post,
            "/channels/direct",
            new[] { stage.Tam.Id, stage.Engineer.Id }
        );
        var command = await stage.NewCommand();
        await stage.Types(stage.Tam, $"/{command.Text("trigger")} x", direct.Text("id"));
        var call = await stage.Recorder.Next();
        call.Field("channel_id").ShouldBe(direct.Text("id"));
        call.Field("channel_name").ShouldBe(direct.Text("name"));
        call.Field("team_id").ShouldBe(stage.TeamId);
    }

    [Theory, EveryMattermost]
    public async Task Somebody_outside_of_the_channel_cannot_use_a_command_there(Under server)
    {
        await using var stage = await Stage.Open(server, "P");
        var command = await stage.NewCommand();
        var answer = await stage.Types(stage.Lead, $"/{command.Text("trigger")} x");
        answer.Status.ShouldBe(403);
        stage.Recorder.Calls.ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task A_trigger_that_nobody_has_is_a_404(Under server)
    {
        await using var stage = await Stage.Open(server);
        var answer = await stage.Types(stage.Tam, "/no-such-thing here");
        answer.Verdict.ShouldBe("404 api.command.execute_command.not_found.app_error");
        answer["message"].ShouldContain("Command with a trigger of 'no-such-thing' not found");
    }

    [Theory, EveryMattermost]
    public async Task What_is_no_command_is_a_400(Under server)
    {
        await using var stage = await Stage.Open(server);
        (await stage.Types(stage.Tam, "no slash")).Status.ShouldBe(400);
        (await stage.Types(stage.Tam, "/")).Status.ShouldBe(400);
        (await stage.Types(stage.Tam, "")).Status.ShouldBe(400);
        (await stage.Types(stage.Tam, "/x", channel: "nonsense")).Status.ShouldBe(400);
    }

    [Theory, EveryMattermost]
    public async Task A_command_in_an_archived_channel_is_refused_since_the_newer_versions(
        Under server
    )
    {
        await using var stage = await Stage.Open(server);
        var command = await stage.NewCommand();
        await stage.Tam.Api.Done(HttpMethod.Delete, $"/channels/{stage.ChannelId}");
        var answer = await stage.Types(stage.Tam, $"/{command.Text("trigger")} x");
        answer.Verdict.ShouldBe(
            stage.IsOld ? "200" : "400 api.command.execute_command.deleted.error"
        );
        stage.Recorder.Calls.Count.ShouldBe(stage.IsOld ? 1 : 0);
    }
}
