using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>What is told of reactions: to those who listen, and to those who ask later.</summary>
public sealed class ReactionTests
{
    [Theory, EveryMattermost]
    public async Task ESC_10_Those_who_listen_and_those_who_ask_are_told_the_same(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (client, post) = await Scene(stage);

        await Stage.Reacts(stage.Tam, post);

        var heard = await Heard(client, post);
        heard.At("data.reaction")!.Value.ValueKind.ShouldBe(JsonValueKind.String);
        heard.Text("data.reaction.user_id").ShouldBe(stage.Tam.Id);
        heard.Text("data.reaction.emoji_name").ShouldBe("eyes");
        heard.Number("data.reaction.delete_at").ShouldBe(0);
        heard.Number("data.reaction.update_at").ShouldBeGreaterThan(0);
        heard.Text("broadcast.channel_id").ShouldBe(stage.ChannelId);
        var asked = (await Asked(stage, post)).ShouldHaveSingleItem();
        asked.Number("create_at").ShouldBe(heard.Number("data.reaction.create_at"));
        asked.Number("update_at").ShouldBe(heard.Number("data.reaction.update_at"));
    }

    [Theory, EveryMattermost]
    public async Task ESC_10_Given_again_it_is_newer_and_only_the_time_of_the_change_is_told_alike(
        Under server
    )
    {
        await using var stage = await Stage.Open(server);
        var (client, post) = await Scene(stage);
        var first = await Stage.Reacts(stage.Tam, post);
        await Heard(client, post);
        await Later();
        await TakesBack(stage, post);
        (await Asked(stage, post)).ShouldBeEmpty();
        await Later();

        var second = await Stage.Reacts(stage.Tam, post);

        second.Number("create_at").ShouldBeGreaterThan(first.Number("create_at"));
        var heard = await client.Event(
            "reaction_added",
            m => m.Number("data.reaction.update_at") == second.Number("update_at")
        );
        heard.Number("data.reaction.create_at").ShouldBe(second.Number("create_at"));
        var asked = (await Asked(stage, post)).ShouldHaveSingleItem();
        asked.Number("create_at").ShouldBe(first.Number("create_at"));
        asked.Number("update_at").ShouldBe(second.Number("update_at"));
    }

    [Theory, EveryMattermost]
    public async Task ESC_10_Reacting_twice_makes_it_newer(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (_, post) = await Scene(stage);
        var first = await Stage.Reacts(stage.Tam, post);
        await Later();
        var second = await Stage.Reacts(stage.Tam, post);
        var asked = (await Asked(stage, post)).ShouldHaveSingleItem();
        asked.Number("create_at").ShouldBe(first.Number("create_at"));
        asked.Number("update_at").ShouldBe(second.Number("update_at"));
    }

    [Theory, EveryMattermost]
    public async Task ESC_10_A_client_chooses_the_time_of_creation_and_not_that_of_the_change(
        Under server
    )
    {
        await using var stage = await Stage.Open(server);
        var (_, post) = await Scene(stage);
        var made = await stage.Tam.Api.Done(
            HttpMethod.Post,
            "/reactions",
            new
            {
                user_id = stage.Tam.Id,
                post_id = post,
                emoji_name = "eyes",
                create_at = 5,
            }
        );
        made.Number("create_at").ShouldBe(5);
        made.Number("update_at").ShouldBeGreaterThan(1_000_000);
    }

    [Theory, EveryMattermost]
    public async Task ESC_10_A_reaction_makes_its_post_a_changed_one_that_tells_who_reacted(
        Under server
    )
    {
        await using var stage = await Stage.Open(server);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var card = await stage.Posted(stage.Bot, "card");
        await Later();
        var fence = await stage.Posted(stage.Tam, "talk");
        await Later();
        var since = fence.Number("update_at");

        var made = await Stage.Reacts(stage.Engineer, card.Text("id"));

        var changed = (
            await stage.Bot.Api.Get($"/channels/{stage.ChannelId}/posts?since={since}")
        ).Body;
        changed.Texts("order").ShouldBe([card.Text("id")]);
        var post = changed.At($"posts.{card.Text("id")}")!.Value;
        post.Number("update_at").ShouldBeGreaterThan(since);
        post.Number("edit_at").ShouldBe(0);
        post.Text("has_reactions").ShouldBe("true");
        post.Text("metadata.reactions.0.user_id").ShouldBe(stage.Engineer.Id);
        post.Number("metadata.reactions.0.update_at").ShouldBe(made.Number("update_at"));
    }

    [Theory, EveryMattermost]
    public async Task ESC_10_What_was_taken_back_is_told_to_nobody_who_asks(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (client, post) = await Scene(stage);
        await Stage.Reacts(stage.Tam, post);
        await Later();
        await TakesBack(stage, post);

        var removed = await client.Event(
            "reaction_removed",
            m => m.Text("data.reaction.post_id") == post
        );
        removed.Number("data.reaction.create_at").ShouldBe(0);
        removed.Number("data.reaction.update_at").ShouldBeGreaterThan(0);
        (await Asked(stage, post)).ShouldBeEmpty();
        (await stage.Post(post)).Has("metadata.reactions").ShouldBeFalse();
    }

    [Theory, EveryMattermost]
    public async Task ESC_10_Reactions_of_a_deleted_post_are_still_told_of_no_post_nothing(
        Under server
    )
    {
        await using var stage = await Stage.Open(server);
        var (_, post) = await Scene(stage);
        await Stage.Reacts(stage.Tam, post);
        await stage.Tam.Api.Done(HttpMethod.Delete, $"/posts/{post}");

        (await Asked(stage, post)).Count.ShouldBe(1);
        var nowhere = $"/posts/{new string('a', 26)}/reactions";
        (await stage.Bot.Api.Get(nowhere)).Verdict.ShouldBe(
            "403 api.context.permissions.app_error"
        );
        IsNone(stage, (await stage.Admin.Api.Get(nowhere)).Body);
    }

    [Theory, EveryMattermost]
    public async Task A_reactions_name_has_letters_digits_and_three_signs(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (_, post) = await Scene(stage);
        (
            await stage.Tam.Api.Post(
                "/reactions",
                new
                {
                    user_id = stage.Tam.Id,
                    post_id = post,
                    emoji_name = "two words",
                }
            )
        ).Verdict.ShouldBe(
            stage.IsOld
                ? "400 model.reaction.is_valid.emoji_name.app_error"
                : "404 app.emoji.get_by_name.no_result"
        );
    }

    [Theory, EveryMattermost]
    public async Task An_emoji_that_is_none_is_taken_by_old_servers_only(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (_, post) = await Scene(stage);
        (
            await stage.Tam.Api.Post(
                "/reactions",
                new
                {
                    user_id = stage.Tam.Id,
                    post_id = post,
                    emoji_name = "no_such_emoji",
                }
            )
        ).Verdict.ShouldBe(stage.IsOld ? "200" : "404 app.emoji.get_by_name.no_result");
    }

    [Theory, EveryMattermost]
    public async Task Whoever_asks_whether_the_server_is_there_is_answered(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Tam);
        await client.Say("ping", null);
        var pong = await client.Until(m => m.Has("seq_reply") && m.Number("seq_reply") == 2);
        pong.Text("status").ShouldBe("OK");
        pong.Text("data.text").ShouldBe("pong");
    }

    [Theory, EveryMattermost]
    public async Task A_line_whose_token_was_revoked_stays_open_and_only_asking_tells(Under server)
    {
        await using var stage = await Stage.Open(server);
        var bot = await stage.Cast.NewBot(Stage.Unique("e"));
        var client = await stage.Client(bot);
        var tokens = await stage.Admin.Api.Done(HttpMethod.Get, $"/users/{bot.Id}/tokens");
        await stage.Admin.Api.Done(
            HttpMethod.Post,
            "/users/tokens/revoke",
            new { token_id = tokens.Text("0.id") }
        );

        await client.Say("ping", null);

        var refusal = await client.Until(m => m.Text("status") == "FAIL");
        refusal
            .Text("error.id")
            .ShouldBe(
                stage.IsOld
                    ? "api.context.invalid_token.error"
                    : "api.web_socket_router.not_authenticated.app_error"
            );
    }

    /// <summary>Since 6.0 a list without reactions is <c>null</c>.</summary>
    private static void IsNone(Stage stage, JsonElement reactions) =>
        reactions.GetRawText().Trim().ShouldBe(stage.IsOld ? "[]" : "null");

    private static async Task<(WebClient Client, string Post)> Scene(Stage stage)
    {
        var client = await stage.Client(stage.Engineer);
        var post = await stage.Posted(stage.Tam, "x");
        return (client, post.Text("id"));
    }

    private static Task<JsonElement> Heard(WebClient client, string post) =>
        client.Event("reaction_added", m => m.Text("data.reaction.post_id") == post);

    private static async Task<IReadOnlyList<JsonElement>> Asked(Stage stage, string post)
    {
        var told = (await stage.Tam.Api.Get($"/posts/{post}/reactions")).Body;
        if (told.ValueKind is JsonValueKind.Array && told.GetArrayLength() > 0)
        {
            return [.. told.EnumerateArray()];
        }

        IsNone(stage, told);
        return [];
    }

    private static Task<JsonElement> TakesBack(Stage stage, string post) =>
        stage.Tam.Api.Done(HttpMethod.Delete, $"/users/{stage.Tam.Id}/posts/{post}/reactions/eyes");

    // So that two times differ: a real server makes us wait for it.
    private static Task Later() => Task.Delay(TimeSpan.FromMilliseconds(3), TimeProvider.System);
}
