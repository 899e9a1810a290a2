using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>Buttons, menus and dialogs are answered and relayed as the recorded server did.</summary>
public sealed class RecordedInteractionsTests
{
    [Fact]
    [Replays("post-with-actions")]
    public async Task A_post_with_buttons_comes_back_without_what_is_behind_them()
    {
        var recorded = RecordedServer.Load("post-with-actions");
        await using var server = await RecordedServer.StartAsync();

        var (status, answer) = await server.SendAsync(
            server.BotToken,
            HttpMethod.Post,
            "/api/v4/posts",
            server.WithOurIds(recorded.GetProperty("request_from_sidecar"))
        );

        status.ShouldBe(201);
        answer.ShouldBeLike(recorded.GetProperty("response_to_sidecar").GetProperty("body"));
        server.Mm.Violations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("action-button", "ack")]
    [InlineData("action-select-user", "assign")]
    [InlineData("action-select-option", "sev")]
    [InlineData("action-http-500", "ack")]
    [Replays]
    public async Task A_click_is_sent_and_answered(string name, string action)
    {
        var recorded = RecordedServer.Load(name);
        await using var server = await RecordedServer.StartAsync();
        var card = RecordedServer.Load("post-with-actions").GetProperty("request_from_sidecar");
        var post = await server.PostAsBotAsync(card);
        if (recorded.TryGetProperty("reply_of_sidecar", out var reply))
        {
            server.Recorder.Answers(reply);
        }

        var clicked = recorded.TryGetProperty("client_request", out var request)
            ? server.WithOurIds(request.GetProperty("body"))
            : JsonSerializer.SerializeToElement(new { });
        var (status, answer) = await server.SendAsync(
            server.AliceToken,
            HttpMethod.Post,
            $"/api/v4/posts/{post.Id}/actions/{action}",
            clicked
        );

        RecordedAssertions.ShouldBeAsRecorded(status, answer, recorded);
        RecordedAssertions.ShouldBeAsRecorded(server.Recorder.Last, recorded);
        if (recorded.TryGetProperty("post_after", out var after))
        {
            var (_, now) = await server.SendAsync(
                server.AliceToken,
                HttpMethod.Get,
                $"/api/v4/posts/{post.Id}"
            );
            now.ShouldBeLike(after);
            server.Mm.EphemeralsOf("alice").Single().Message.ShouldBe("You acknowledged ESC-2");
        }
    }

    [Fact]
    [Replays("dialog-open")]
    public async Task A_dialog_opens_with_the_trigger_of_a_command()
    {
        var recorded = RecordedServer.Load("dialog-open");
        await using var server = await RecordedServer.StartAsync();
        await server.Mm.As("alice").Execute("town-square", "/escalate new");
        var trigger = RecordedAssertions.FormField(server.Recorder.Last.Body, "trigger_id");
        var request = recorded.GetProperty("request_from_sidecar").GetProperty("body");

        var (status, answer) = await server.SendAsync(
            "",
            HttpMethod.Post,
            "/api/v4/actions/dialogs/open",
            new
            {
                trigger_id = trigger,
                url = request.GetProperty("url"),
                dialog = request.GetProperty("dialog"),
            }
        );

        status.ShouldBe(200);
        answer.ShouldBeLike(recorded.GetProperty("response_to_sidecar").GetProperty("body"));
        server
            .Mm.OpenDialogOf("alice")!
            .Elements.Select(e => e.Name)
            .ShouldBe(["customer", "summary", "severity", "owner", "cloud", "kind", "seats"]);
        server.Mm.DialogProblems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("dialog-submit")]
    [InlineData("dialog-submit-error")]
    [InlineData("dialog-submit-field-errors")]
    [InlineData("dialog-cancel")]
    [Replays]
    public async Task A_dialog_is_relayed_and_answered(string name)
    {
        var recorded = RecordedServer.Load(name);
        await using var server = await RecordedServer.StartAsync();
        server.Recorder.Answers(recorded.GetProperty("reply_of_sidecar"));

        var (status, answer) = await server.SendAsync(
            server.AliceToken,
            HttpMethod.Post,
            "/api/v4/actions/dialogs/submit",
            server.WithOurIds(recorded.GetProperty("client_request").GetProperty("body"))
        );

        RecordedAssertions.ShouldBeAsRecorded(status, answer, recorded);
        RecordedAssertions.ShouldBeAsRecorded(server.Recorder.Last, recorded);
    }
}
