using Mattermost.Simulator;
using Shouldly;
using Sidecar.Mattermost;
using Sidecar.Tests.Harness;
using Xunit;
using static Sidecar.Tests.Mattermost.ReactionTests;

namespace Sidecar.Tests.Mattermost;

/// <summary>A line that is cut while it is opened is no refused token (F5).</summary>
public sealed class F5_CutLinesTests
{
    [Fact]
    public async Task F5_However_often_a_line_is_cut_while_it_is_opened_nobody_is_accused()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        desk.Mattermost.Lines.CutLogIns(5);
        await desk.LosesLine();
        await desk.Mattermost.As("engineer").React(card.Id, "eyes");

        for (var i = 0; i < 6; i++)
        {
            await desk.TriesAgain();
        }

        (await IsAcknowledged(desk)).ShouldBeTrue();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task F5_Nor_when_nobody_can_be_asked_whether_the_token_is_right()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.Lines.CutLogIns(3);
        desk.Mattermost.Faults.Next(1, "GET", "/api/v4/users/me", Fault.Status(401));
        desk.Mattermost.Faults.Next(1, "GET", "/api/v4/users/me", Fault.ResetBefore);
        desk.Mattermost.Faults.Next(1, "GET", "/api/v4/users/me", Fault.Status(502));
        await desk.LosesLine();

        for (var i = 0; i < 4; i++)
        {
            await desk.TriesAgain();
        }

        desk.Mattermost.Faults.Pending.ShouldBe(0);
        desk.Log.Errors.ShouldBeEmpty();
        desk.Listening.Health.State.ShouldBe(ListeningState.Listening);
    }

    [Fact]
    public async Task F5_A_token_that_is_refused_is_an_error_at_once()
    {
        await using var desk = await Desk.Open();
        var admin = desk.Mattermost.As(Desk.Admin);
        var tokens = await admin.Request(HttpMethod.Get, $"/api/v4/users/{desk.Bot.Id}/tokens");
        await admin.Request(
            HttpMethod.Post,
            "/api/v4/users/tokens/revoke",
            new { token_id = tokens.Body[0].GetProperty("id").GetString() }
        );

        await desk.LosesLine();
        await desk.TriesAgain();

        desk.Log.Errors.ShouldHaveSingleItem().ShouldContain("does not let the bot's token in");
    }
}
