using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>What clients hear.</summary>
public sealed class WebSocketTests
{
    [Theory, EveryMattermost]
    public async Task A_challenge_logs_in_and_hello_says_the_version(Under server)
    {
        await using var stage = await Stage.Open(server);
        await using var client = await WebClient.Connect(stage.Cast.Server.Url);
        await client.Say("authentication_challenge", new { token = stage.Tam.Api.Token });
        var ok = await client.Until(m => m.Has("seq_reply"));
        ok.Text("status").ShouldBe("OK");
        ok.Number("seq_reply").ShouldBe(1);
        var hello = await client.Event("hello");
        hello.Text("data.server_version").ShouldStartWith(stage.Cast.Version);
        hello.Has("data.connection_id").ShouldBeTrue();
        hello.Number("seq").ShouldBe(0);
        hello.Text("broadcast.user_id").ShouldBe(stage.Tam.Id);
    }

    [Theory, EveryMattermost]
    public async Task A_wrong_token_is_told_or_the_connection_is_closed(Under server)
    {
        await using var stage = await Stage.Open(server);
        await using var client = await WebClient.Connect(stage.Cast.Server.Url);
        await client.Say("authentication_challenge", new { token = "wrong" });
        (await client.IsClosed()).ShouldBeTrue();
    }

    [Theory, EveryMattermost]
    public async Task Whoever_does_not_log_in_gets_no_answer_and_is_put_out(Under server)
    {
        await using var stage = await Stage.Open(server);
        await using var client = await WebClient.Connect(stage.Cast.Server.Url);
        await client.Say("get_statuses", new { });
        (await client.IsClosed()).ShouldBeTrue();
    }

    [Theory, EveryMattermost]
    public async Task Posted_has_these_members(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Engineer);
        var post = await stage.Posted(stage.Tam, $"hello @{stage.Engineer.Name}");
        var posted = await client.Event("posted", m => m.Text("data.post.id") == post.Text("id"));
        posted.At("data.post")!.Value.ValueKind.ShouldBe(JsonValueKind.String);
        posted.Text("data.channel_type").ShouldBe("O");
        posted.Text("data.channel_name").ShouldBe(stage.ChannelName);
        posted.Text("data.channel_display_name").ShouldBe(stage.ChannelName);
        posted.Text("data.sender_name").ShouldBe("@" + stage.Tam.Name);
        posted.Text("data.team_id").ShouldBe(stage.TeamId);
        posted.Text("data.set_online").ShouldBe("true");
        posted.Text("broadcast.channel_id").ShouldBe(stage.ChannelId);
        posted.Text("broadcast.user_id").ShouldBeEmpty();
        JsonPaths.Parse(posted.Text("data.mentions")).Texts().ShouldBe([stage.Engineer.Id]);
        posted.Number("seq").ShouldBeGreaterThan(0);
    }

    [Theory, EveryMattermost]
    public async Task Edits_deletions_and_reactions_are_heard_in_the_channel(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Engineer);
        var post = await stage.Posted(stage.Tam, "one");
        var id = post.Text("id");
        await stage.Tam.Api.Done(HttpMethod.Put, $"/posts/{id}/patch", new { message = "two" });
        var edited = await client.Event("post_edited", m => m.Text("data.post.id") == id);
        edited.Text("data.post.message").ShouldBe("two");
        edited.Text("broadcast.channel_id").ShouldBe(stage.ChannelId);

        await stage.Tam.Api.Done(
            HttpMethod.Post,
            "/reactions",
            new
            {
                user_id = stage.Tam.Id,
                post_id = id,
                emoji_name = "eyes",
            }
        );
        var reacted = await client.Event(
            "reaction_added",
            m => m.Text("data.reaction.post_id") == id
        );
        reacted.Text("data.reaction.emoji_name").ShouldBe("eyes");
        reacted.Text("data.reaction.user_id").ShouldBe(stage.Tam.Id);
        reacted.Text("broadcast.channel_id").ShouldBe(stage.ChannelId);

        await stage.Tam.Api.Done(HttpMethod.Delete, $"/posts/{id}");
        var deleted = await client.Event("post_deleted", m => m.Text("data.post.id") == id);
        deleted.Text("broadcast.channel_id").ShouldBe(stage.ChannelId);
    }

    [Theory, EveryMattermost]
    public async Task A_direct_message_is_heard_by_those_two(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Tam);
        var other = await stage.Client(stage.Engineer);
        var direct = await stage.Bot.Api.Done(
            HttpMethod.Post,
            "/channels/direct",
            new[] { stage.Bot.Id, stage.Tam.Id }
        );
        var post = await stage.Posted(stage.Bot, "psst", direct.Text("id"));
        var heard = await client.Event("posted", m => m.Text("data.post.id") == post.Text("id"));
        heard.Text("data.channel_type").ShouldBe("D");
        heard.Text("data.post.props.from_bot").ShouldBe("true");
        await stage.Posted(stage.Tam, "fence");
        await other.Event("posted", m => m.Text("data.post.message") == "fence");
        other.Seen.ShouldNotContain(m => m.Text("data.post.id") == post.Text("id"));
    }

    [Theory, EveryMattermost]
    public async Task An_archived_channel_is_heard_of(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Engineer);
        await stage.Tam.Api.Done(HttpMethod.Delete, $"/channels/{stage.ChannelId}");
        var gone = await client.Event(
            "channel_deleted",
            m => m.Text("data.channel_id") == stage.ChannelId
        );
        gone.Number("data.delete_at").ShouldBeGreaterThan(0);
    }

    [Theory, EveryMattermost]
    public async Task Numbers_of_events_go_up_by_one(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Tam);
        await stage.Posted(stage.Tam, "a");
        await stage.Posted(stage.Tam, "z");
        await client.Event("posted", m => m.Text("data.post.message") == "z");
        var numbers = client.Seen.Where(m => m.Has("seq")).Select(m => m.Number("seq")).ToList();
        numbers.ShouldBe([.. Enumerable.Range(0, numbers.Count).Select(i => (long)i)]);
    }
}
