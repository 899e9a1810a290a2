using System.Net;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Mattermost;
using Sidecar.Text;
using Xunit;
using static Sidecar.Tests.Mattermost.ChatBench;

namespace Sidecar.Tests.Mattermost;

/// <summary>Refusals that newer servers have (M7): each is known once, and nothing is tried for ever.</summary>
public sealed class M7_NewRefusalsTests
{
    [Theory]
    [InlineData(413, "api.context.request_body_too_large.app_error", ChatObstacle.TooLong)]
    [InlineData(400, "model.post.is_valid.msg.app_error", ChatObstacle.TooLong)]
    [InlineData(400, "model.post.is_valid.message_length.app_error", ChatObstacle.TooLong)]
    [InlineData(501, "license_error.feature_unavailable", ChatObstacle.NotOnThisServer)]
    [InlineData(403, "license_error.feature_unavailable.specific", ChatObstacle.NotOnThisServer)]
    [InlineData(
        501,
        "api.channel.bookmark.channel_bookmark.license.error",
        ChatObstacle.NotOnThisServer
    )]
    [InlineData(400, "api.scheduled_posts.license_error", ChatObstacle.NotOnThisServer)]
    [InlineData(501, "api.license_error", ChatObstacle.NotOnThisServer)]
    [InlineData(400, "api.command.execute_command.deleted.error", ChatObstacle.Archived)]
    [InlineData(403, "app.channel.add_member.deleted_user.app_error", ChatObstacle.NoAccount)]
    [InlineData(
        413,
        "api.file.upload_file.too_large_detailed.app_error",
        ChatObstacle.FileTooLarge
    )]
    [InlineData(501, "api.file.attachments.disabled.app_error", ChatObstacle.NoFiles)]
    [InlineData(403, "api.context.permissions.app_error", ChatObstacle.NotAdmitted)]
    public void M7_Each_is_a_verdict_and_known(int status, string id, ChatObstacle obstacle)
    {
        var problem = ChatProblems.From(new MattermostException((HttpStatusCode)status, id, "no"));

        (problem.Problem, problem.Obstacle).ShouldBe((ChatProblem.Refused, obstacle));
    }

    [Theory]
    [InlineData(404, "app.post.get.app_error")]
    [InlineData(404, "api.file.get_file_info.app_error")]
    [InlineData(404, "app.file_info.get.app_error")]
    public void M7_What_is_gone_is_missing_by_each_of_its_names(int status, string id) =>
        ChatProblems
            .From(new MattermostException((HttpStatusCode)status, id, "no"))
            .Problem.ShouldBe(ChatProblem.Missing);

    [Theory]
    [InlineData("中", 3)]
    [InlineData("<", 6)]
    [InlineData("😀", 4)]
    [InlineData("\"", 2)]
    public async Task M7_A_card_fits_a_request_whatever_its_letters_weigh(string letter, int weight)
    {
        await using var bench = await Start();
        var most = 0;
        bench.Server.Faults.Next(
            1,
            r =>
            {
                most = Math.Max(most, System.Text.Encoding.UTF8.GetByteCount(r.Body));
                return false;
            },
            global::Mattermost.Simulator.Fault.Status(500)
        );

        await bench.Chat.Post(bench.Post("big", card: Large(letter)), new EffectId("e"), Cancel);

        most.ShouldBeInRange(50_000, 300_000);
        weight.ShouldBeGreaterThan(0);
        bench.Messages.ShouldBe(["big"]);
    }

    [Theory]
    [InlineData("""{"id":"api.context.request_body_too_large.app_error","message":"no"}""")]
    [InlineData("<html>413 Request Entity Too Large</html>")]
    public async Task M7_A_smaller_card_is_tried_when_a_request_is_too_large(string body)
    {
        Gateway? gateway = null;
        await using var bench = await Start(through: behind => (gateway = new Gateway(behind)).Url);
        using var closed = gateway!;
        closed.Next(
            2,
            (method, _) => method == "POST",
            Between.Of("too large", 413, "application/json", body)
        );

        await bench.Chat.Post(bench.Post("big", card: Large("a")), new EffectId("e"), Cancel);

        closed.Struck.ShouldBe(2);
        bench.Messages.ShouldBe(["big"]);
    }

    [Fact]
    public async Task M7_What_is_too_large_however_small_is_said_and_not_tried_for_ever()
    {
        Gateway? gateway = null;
        await using var bench = await Start(through: behind => (gateway = new Gateway(behind)).Url);
        using var closed = gateway!;
        closed.Next(
            1000,
            (method, _) => method == "POST",
            Between.Of(
                "too large",
                413,
                "application/json",
                """{"id":"api.context.request_body_too_large.app_error","message":"no"}"""
            )
        );

        var problem = await Should.ThrowAsync<ChatException>(() =>
            bench.Chat.Post(bench.Post("big", card: Large("a")), new EffectId("e"), Cancel)
        );

        (problem.Problem, problem.Obstacle).ShouldBe((ChatProblem.Refused, ChatObstacle.TooLong));
        closed.Struck.ShouldBeLessThan(20);
    }

    private static Card Large(string letter) =>
        new(Markdown.Typed("ESC-1"), Tone.Danger)
        {
            Text = Markdown.Typed(string.Concat(Enumerable.Repeat(letter, 11_000))),
            Fields =
            [
                .. Enumerable
                    .Range(0, 200)
                    .Select(i => new CardField(
                        $"f{i}",
                        Markdown.Typed(string.Concat(Enumerable.Repeat(letter, 1_900))),
                        Wide: true
                    )),
            ],
        };
}
