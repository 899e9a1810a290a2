using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>The stand-in answers its clients, and calls integrations, as the recorded server did.</summary>
public sealed class RecordedExchangesTests
{
    [Theory]
    [InlineData("command-ephemeral-text")]
    [InlineData("command-in-channel-text")]
    [InlineData("command-props-only")]
    [InlineData("command-extra-responses")]
    [InlineData("command-plain-text")]
    [InlineData("command-http-500")]
    [InlineData("command-bad-json")]
    [InlineData("command-in-thread-with-mentions")]
    [Replays]
    public async Task A_command_is_sent_and_answered(string name)
    {
        var recorded = RecordedServer.Load(name);
        await using var server = await RecordedServer.StartAsync();
        server.Recorder.Answers(
            recorded.TryGetProperty("reply_of_sidecar", out var reply)
                ? reply
                : JsonSerializer.SerializeToElement(
                    new { response_type = "ephemeral", text = "ok" }
                )
        );
        var body = server.WithOurIds(recorded.GetProperty("client_request").GetProperty("body"));

        var (status, answer) = await server.SendAsync(
            server.AliceToken,
            HttpMethod.Post,
            "/api/v4/commands/execute",
            body
        );

        RecordedAssertions.ShouldBeAsRecorded(status, answer, recorded);
        RecordedAssertions.ShouldBeAsRecorded(server.Recorder.Last, recorded);
        server.Mm.Violations.ShouldBeEmpty();
    }

    [Fact]
    [Replays("command-delayed-responses")]
    public async Task Later_answers_to_a_command_are_taken_five_times()
    {
        var recorded = RecordedServer.Load("command-delayed-responses");
        await using var server = await RecordedServer.StartAsync();
        await server.Mm.As("alice").Execute("town-square", "/escalate list");
        var url = RecordedAssertions.FormField(server.Recorder.Last.Body, "response_url");

        foreach (var result in recorded.GetProperty("results").EnumerateArray())
        {
            var (status, body) = await server.SendAsync(
                "",
                HttpMethod.Post,
                new Uri(url).AbsolutePath,
                recorded.GetProperty("request_from_sidecar")
            );
            status.ShouldBe(result[0].GetInt32());
            body.ShouldBeLike(
                status == 200 ? result[1] : JsonDocument.Parse(result[1].GetString()!).RootElement
            );
        }

        server.Mm.EphemeralsOf("alice").Count.ShouldBe(5);
    }

    [Fact]
    [Replays("pending-post-id-dedupe")]
    public async Task The_same_pending_post_id_gives_one_post()
    {
        var recorded = RecordedServer.Load("pending-post-id-dedupe").GetProperty("post_ids");
        await using var server = await RecordedServer.StartAsync();
        var body = new
        {
            channel_id = server.Square.Id,
            message = "dup",
            pending_post_id = server.Bot.Id + ":123",
        };

        var first = await server.SendAsync(server.BotToken, HttpMethod.Post, "/api/v4/posts", body);
        var second = await server.SendAsync(
            server.BotToken,
            HttpMethod.Post,
            "/api/v4/posts",
            body
        );

        recorded[0].GetString().ShouldBe(recorded[1].GetString());
        second.Status.ShouldBe(201);
        second
            .Body.GetProperty("id")
            .GetString()
            .ShouldBe(first.Body.GetProperty("id").GetString());
        server.Mm.Posts("town-square").Count.ShouldBe(1);
    }

    [Fact]
    [Replays("users-by-usernames")]
    public async Task A_bot_sees_users_as_recorded()
    {
        var recorded = RecordedServer.Load("users-by-usernames");
        await using var server = await RecordedServer.StartAsync();
        server.Mm.ChangeUser("bob", u => u with { Email = "bob@x.test" });

        var (status, users) = await server.SendAsync(
            server.BotToken,
            HttpMethod.Post,
            "/api/v4/users/usernames",
            new[] { server.Bob.Username }
        );

        status.ShouldBe(recorded.GetProperty("status").GetInt32());
        users.ShouldBeLike(recorded.GetProperty("body"));
    }
}
