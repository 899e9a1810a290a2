using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>Webhooks are created, fired and used as on the recorded server.</summary>
public sealed class RecordedWebhooksTests
{
    [Theory]
    [InlineData("outgoing-webhook-json")]
    [InlineData("outgoing-webhook-form")]
    [Replays]
    public async Task A_trigger_word_fires_an_outgoing_webhook(string name)
    {
        var recorded = RecordedServer.Load(name);
        await using var server = await RecordedServer.StartAsync();
        server.Recorder.Answers(recorded.GetProperty("reply_of_sidecar"));
        var (status, hook) = await server.SendAsync(
            server.Mm.AdminToken,
            HttpMethod.Post,
            "/api/v4/hooks/outgoing",
            server.WithOurIds(recorded.GetProperty("creation").GetProperty("body"))
        );
        status.ShouldBe(201);
        hook.ShouldBeLike(recorded.GetProperty("creation").GetProperty("body"));
        var word = hook.GetProperty("trigger_words")[0].GetString();

        var post = await server.Mm.As("alice").Post("town-square", $"{word} ABC down");
        await server.Mm.IdleAsync();

        RecordedAssertions.ShouldBeAsRecorded(server.Recorder.Last, recorded);
        var reply = server.Mm.RepliesTo(post.Id).Single();
        reply.Message.ShouldBe("noted");
        server.Recorder.Received.Count.ShouldBe(1);
    }

    [Fact]
    [Replays("incoming-webhook")]
    public async Task An_incoming_webhook_is_created_and_used()
    {
        var recorded = RecordedServer.Load("incoming-webhook");
        await using var server = await RecordedServer.StartAsync();
        var (status, hook) = await server.SendAsync(
            server.Mm.AdminToken,
            HttpMethod.Post,
            "/api/v4/hooks/incoming",
            new { channel_id = server.Square.Id, display_name = "in" }
        );
        status.ShouldBe(201);
        hook.ShouldBeLike(recorded.GetProperty("creation").GetProperty("body"));

        var use = recorded.GetProperty("use");
        var used = await server.SendAsync(
            "",
            HttpMethod.Post,
            "/hooks/" + hook.GetProperty("id").GetString(),
            use.GetProperty("body")
        );

        used.Status.ShouldBe(use.GetProperty("result")[0].GetInt32());
        used.Body.GetString().ShouldBe(use.GetProperty("result")[1].GetString());
        var post = server.Mm.LastPost("town-square");
        post.Message.ShouldBe("hi");
        post.Props.GetProperty("override_username").GetString().ShouldBe("esc");
        post.Props.GetProperty("card").GetString().ShouldBe("### x");
    }
}
