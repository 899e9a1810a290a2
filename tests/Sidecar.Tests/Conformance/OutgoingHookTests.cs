using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>Outgoing webhooks: words at the start of a message.</summary>
public sealed class OutgoingHookTests
{
    private static async Task<(string Word, JsonElement Hook)> Hook(
        Stage stage,
        string contentType = "application/json",
        int when = 0,
        string channel = ""
    )
    {
        var word = Stage.Unique("sev") + "!";
        var hook = await stage.Admin.Api.Done(
            HttpMethod.Post,
            "/hooks/outgoing",
            new
            {
                team_id = stage.TeamId,
                channel_id = channel,
                display_name = word,
                trigger_words = new[] { word },
                trigger_when = when,
                callback_urls = new[] { stage.Recorder.Url("/hook") },
                content_type = contentType,
            }
        );
        return (word, hook);
    }

    [Theory, EveryMattermost]
    public async Task Json_has_these_members(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (word, hook) = await Hook(stage);
        var post = await stage.Posted(stage.Tam, $"{word}  acme: Ünï &c.");
        var call = await stage.Recorder.Next();
        call.Method.ShouldBe("POST");
        call.Headers["Content-Type"].ShouldBe("application/json");
        call.Headers["Accept"].ShouldBe("application/json");
        call.Json.Names()
            .ShouldBe([
                "channel_id",
                "channel_name",
                "file_ids",
                "post_id",
                "team_domain",
                "team_id",
                "text",
                "timestamp",
                "token",
                "trigger_word",
                "user_id",
                "user_name",
            ]);
        call.Json.Text("token").ShouldBe(hook.Text("token"));
        call.Json.Text("text").ShouldBe($"{word}  acme: Ünï &c.");
        call.Json.Text("trigger_word").ShouldBe(word);
        call.Json.Text("user_id").ShouldBe(stage.Tam.Id);
        call.Json.Text("user_name").ShouldBe(stage.Tam.Name);
        call.Json.Text("post_id").ShouldBe(post.Text("id"));
        call.Json.Text("channel_id").ShouldBe(stage.ChannelId);
        call.Json.Text("channel_name").ShouldBe(stage.ChannelName);
        call.Json.Text("team_id").ShouldBe(stage.TeamId);
        call.Json.Text("team_domain").ShouldBe(stage.Cast.TeamName);
        call.Json.Text("file_ids").ShouldBeEmpty();
        call.Json.Number("timestamp").ShouldBe(post.Number("create_at"));
    }

    [Theory, EveryMattermost]
    public async Task A_form_has_these_fields(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (word, hook) = await Hook(stage, "application/x-www-form-urlencoded");
        var post = await stage.Posted(stage.Tam, $"{word} a+b & c");
        var call = await stage.Recorder.Next();
        call.Headers["Content-Type"].ShouldBe("application/x-www-form-urlencoded");
        call.Form.Keys.Order(StringComparer.Ordinal)
            .ShouldBe([
                "channel_id",
                "channel_name",
                "file_ids",
                "post_id",
                "team_domain",
                "team_id",
                "text",
                "timestamp",
                "token",
                "trigger_word",
                "user_id",
                "user_name",
            ]);
        call.Field("text").ShouldBe($"{word} a+b & c");
        call.Field("token").ShouldBe(hook.Text("token"));
        call.Field("timestamp")
            .ShouldBe(
                (post.Number("create_at") / 1000).ToString(
                    System.Globalization.CultureInfo.InvariantCulture
                )
            );
    }

    [Theory, EveryMattermost]
    public async Task The_first_word_must_be_the_word_or_only_start_with_it(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (whole, _) = await Hook(stage);
        var (start, _) = await Hook(stage, when: 1);
        await stage.Posted(stage.Tam, $"{whole}now is another word");
        await stage.Posted(stage.Tam, $"not first: {whole}");
        await stage.Posted(stage.Tam, $"not first: {start}");
        await stage.Posted(stage.Tam, $"{whole} yes");
        (await stage.Recorder.Next()).Json.Text("text").ShouldBe($"{whole} yes");
        await stage.Posted(stage.Tam, $"{start}now too");
        (await stage.Recorder.Next()).Json.Text("text").ShouldBe($"{start}now too");
        stage.Recorder.Calls.Count.ShouldBe(2);
    }

    [Theory, EveryMattermost]
    public async Task Case_matters(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (word, _) = await Hook(stage);
        await stage.Posted(stage.Tam, $"{word.ToUpperInvariant()} upper");
        await stage.Posted(stage.Tam, $"{word} lower");
        (await stage.Recorder.Next()).Json.Text("text").ShouldBe($"{word} lower");
        stage.Recorder.Calls.Count.ShouldBe(1);
    }

    [Theory, EveryMattermost]
    public async Task A_line_break_after_the_word_ends_it(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (word, _) = await Hook(stage);
        await stage.Posted(stage.Tam, $"{word}\nsecond line");
        (await stage.Recorder.Next()).Json.Text("trigger_word").ShouldBe(word);
    }

    [Theory, EveryMattermost]
    public async Task Private_and_direct_channels_do_not_fire(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (word, _) = await Hook(stage);
        var closed = await stage.NewChannel(Stage.Unique("p"), "P");
        await stage.Posted(stage.Tam, $"{word} in private", closed);
        var direct = await stage.Tam.Api.Done(
            HttpMethod.Post,
            "/channels/direct",
            new[] { stage.Tam.Id, stage.Engineer.Id }
        );
        await stage.Posted(stage.Tam, $"{word} in direct", direct.Text("id"));
        await stage.Posted(stage.Tam, $"{word} in public");
        (await stage.Recorder.Next()).Json.Text("text").ShouldBe($"{word} in public");
        stage.Recorder.Calls.Count.ShouldBe(1);
    }

    [Theory, EveryMattermost]
    public async Task A_comment_answers_in_the_thread_and_does_not_fire_again(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Tam);
        var (word, _) = await Hook(stage);
        stage.Recorder.Answers("/hook", new { text = $"{word} noted", response_type = "comment" });
        var post = await stage.Posted(stage.Tam, $"{word} down");
        var reply = await client.Event(
            "posted",
            m => m.Text("data.post.message") == $"{word} noted"
        );
        reply.Text("data.post.root_id").ShouldBe(post.Text("id"));
        reply.Text("data.post.props.from_webhook").ShouldBe("true");
        reply.Text("data.post.user_id").ShouldBe(stage.Admin.Id);
        await stage.Posted(stage.Tam, $"{word} again");
        await client.Event(
            "posted",
            m =>
                m.Text("data.post.message") == $"{word} noted"
                && m.Text("data.post.id") != reply.Text("data.post.id")
        );
        stage.Recorder.Calls.Count.ShouldBe(2);
    }

    [Theory, EveryMattermost]
    public async Task Another_answer_is_a_post_of_its_own_and_an_empty_one_is_nothing(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Tam);
        var (word, _) = await Hook(stage);
        var (silent, _) = await Hook(stage);
        await stage.Posted(stage.Tam, $"{silent} nothing");
        await stage.Recorder.Next();
        stage.Recorder.Answers("/hook", new { text = "post" });
        await stage.Posted(stage.Tam, $"{word} down");
        var reply = await client.Event(
            "posted",
            m =>
                m.Text("data.post.message") == "post"
                && m.Text("data.post.channel_id") == stage.ChannelId
        );
        reply.Text("data.post.root_id").ShouldBeEmpty();
        (await stage.Said()).Count.ShouldBe(3);
    }

    [Theory, EveryMattermost]
    public async Task A_comment_on_a_reply_is_lost(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Tam);
        var (word, _) = await Hook(stage);
        stage.Recorder.Answers("/hook", new { text = "noted", response_type = "comment" });
        var root = await stage.Posted(stage.Tam, "root");
        await stage.Posted(stage.Tam, $"{word} reply", root: root.Text("id"));
        (await stage.Recorder.Next()).Json.Text("text").ShouldBe($"{word} reply");
        var top = await stage.Posted(stage.Tam, $"{word} top");
        var reply = await client.Event(
            "posted",
            m =>
                m.Text("data.post.message") == "noted"
                && m.Text("data.post.channel_id") == stage.ChannelId
        );
        reply.Text("data.post.root_id").ShouldBe(top.Text("id"));
        (await stage.Said()).Count(p => p.Text("message") == "noted").ShouldBe(1);
    }

    [Theory, EveryMattermost]
    [Trait("why", "An integration must know its own posts.")]
    public async Task A_bots_post_fires(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (word, _) = await Hook(stage);
        await stage.Invite(stage.ChannelId, stage.Bot);
        await stage.Posted(stage.Bot, $"{word} by a bot");
        (await stage.Recorder.Next()).Json.Text("user_id").ShouldBe(stage.Bot.Id);
    }

    [Theory, EveryMattermost]
    public async Task Edits_do_not_fire(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (word, _) = await Hook(stage);
        var post = await stage.Posted(stage.Tam, "harmless");
        await stage.Tam.Api.Done(
            HttpMethod.Put,
            $"/posts/{post.Text("id")}/patch",
            new { message = $"{word} edited" }
        );
        await stage.Posted(stage.Tam, $"{word} posted");
        (await stage.Recorder.Next()).Json.Text("text").ShouldBe($"{word} posted");
        stage.Recorder.Calls.Count.ShouldBe(1);
    }
}
