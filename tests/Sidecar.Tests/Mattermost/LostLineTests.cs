using Mattermost.Simulator;
using Shouldly;
using Sidecar.Mattermost;
using Sidecar.Tests.Harness;
using Xunit;
using static Sidecar.Tests.Mattermost.ReactionTests;

namespace Sidecar.Tests.Mattermost;

/// <summary>What lines do to what they carry, and what becomes of it.</summary>
public sealed class LostLineTests
{
    private static readonly EventListenerOptions Usual = new(new Uri("http://localhost"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ESC_10_Lost_events_are_noticed_by_their_numbers()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        desk.Mattermost.Lines.Lose(desk.Bot.Id, 1);
        await desk.Mattermost.As("engineer").React(card.Id, "eyes");

        await desk.Mattermost.As("tam").Post(Desk.Square, "the next event");
        await desk.Listening.WhenIn(ListeningState.Waiting, Cancel);
        await desk.TriesAgain();

        (await IsAcknowledged(desk)).ShouldBeTrue();
    }

    [Fact]
    public async Task ESC_10_A_line_that_is_dead_without_a_sign_is_noticed()
    {
        await using var desk = await Desk.Open();
        desk.Listens = options => options;
        await desk.RestartSidecar();
        var card = await desk.Raised();
        desk.Mattermost.Lines.FallSilent(desk.Bot.Id);
        await desk.Mattermost.As("engineer").React(card.Id, "eyes");

        await IsAsked(desk);
        var waiting = desk.Listening.WhenIn(ListeningState.Waiting, Cancel);
        desk.Clock.Advance(Usual.PongWithin);
        await waiting;
        await desk.TriesAgain();

        (await IsAcknowledged(desk)).ShouldBeTrue();
    }

    [Fact]
    public async Task ESC_10_A_server_that_never_answers_the_log_in_is_left_and_tried_again()
    {
        await using var desk = await Desk.Open();
        // Less than the time after which the server itself puts out who did not log in.
        var timeout = TimeSpan.FromSeconds(3);
        desk.Listens = options => options with { ConnectTimeout = timeout };
        await desk.RestartSidecar();
        var card = await desk.Raised();
        desk.Mattermost.Lines.IgnoreChallenges(1);
        await desk.LosesLine();
        await desk.Mattermost.As("engineer").React(card.Id, "eyes");

        desk.Clock.AdvanceTo(desk.Listening.Health.RetryAt!.Value);
        await desk.Mattermost.WaitForAsync(
            () => desk.Mattermost.Lines.ChallengesIgnored == 1,
            Cancel
        );
        var waiting = desk.Listening.WhenIn(ListeningState.Waiting, Cancel);
        desk.Clock.Advance(timeout);
        await waiting;
        await desk.TriesAgain();

        (await IsAcknowledged(desk)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(502)]
    [InlineData(403)]
    [InlineData(200)]
    public async Task ESC_10_A_proxy_that_lets_no_WebSocket_through_is_tried_again(int status)
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        desk.Mattermost.Faults.Next(3, "GET", "/api/v4/websocket", Fault.Status(status));
        await desk.LosesLine();
        await desk.Mattermost.As("engineer").React(card.Id, "eyes");

        for (var i = 0; i < 4; i++)
        {
            await desk.TriesAgain();
        }

        (await IsAcknowledged(desk)).ShouldBeTrue();
    }

    [Fact]
    public async Task ESC_10_A_token_that_is_refused_is_said_once_and_tried_again_and_commands_go_on()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await TokenIs(desk, "disable");
        await desk.LosesLine();
        for (var i = 0; i < 3; i++)
        {
            await desk.TriesAgain();
            desk.Listening.Health.State.ShouldBe(ListeningState.Waiting);
        }

        desk.Log.Errors.ShouldHaveSingleItem().ShouldContain("does not let the bot's token in");
        desk.Log.Lines.ShouldAllBe(l => desk.Secrets.All(s => !l.Contains(s)));
        (await desk.Types("tam", "/escalate list")).Text.ShouldContain("ESC-1");

        await TokenIs(desk, "enable");
        await desk.Mattermost.As("engineer").React(desk.Card().Id, "eyes");
        await desk.TriesAgain();
        (await IsAcknowledged(desk)).ShouldBeTrue();
    }

    [Fact]
    public async Task ESC_10_A_token_that_is_revoked_on_an_open_line_is_noticed_when_the_server_is_asked()
    {
        await using var desk = await Desk.Open();
        desk.Listens = options => options;
        await desk.RestartSidecar();
        await TokenIs(desk, "disable");

        await IsAsked(desk);

        await desk.Listening.WhenIn(ListeningState.Waiting, Cancel);
    }

    [Fact]
    public async Task ESC_10_Garbage_on_the_line_hides_nothing()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        foreach (
            var garbage in (string[])
                [
                    "",
                    "{",
                    "null",
                    "[1,2]",
                    "\"hello\"",
                    "{}{}",
                    "{\"event\":5}",
                    "{\"event\":\"reaction_added\",\"data\":{\"reaction\":\"{\"}}",
                    "{\"event\":\"reaction_added\",\"data\":{\"reaction\":null}}",
                    "{\"event\":\"reaction_added\",\"data\":[]}",
                    "{\"event\":\"reaction_added\"}",
                    "{\"seq\":\"x\"}",
                    new string('x', 300_000),
                ]
        )
        {
            desk.Mattermost.Lines.Say(desk.Bot.Id, garbage);
        }

        await desk.Reacts("engineer", card);

        (await IsAcknowledged(desk)).ShouldBeTrue();
        desk.Listening.Health.State.ShouldBe(ListeningState.Listening);
        desk.Mattermost.Lines.OpenedSoFar.ShouldBe(1);
    }

    private static async Task IsAsked(Desk desk)
    {
        var before = desk.Mattermost.Lines.PingsHeard;
        desk.Clock.Advance(Usual.PingEvery);
        await desk.Mattermost.WaitForAsync(() => desk.Mattermost.Lines.PingsHeard > before, Cancel);
    }

    private static async Task TokenIs(Desk desk, string what)
    {
        var admin = desk.Mattermost.As(desk.Mattermost.Admin.Username);
        var tokens = await admin.Request(HttpMethod.Get, $"/api/v4/users/{desk.Bot.Id}/tokens");
        await admin.Request(
            HttpMethod.Post,
            $"/api/v4/users/tokens/{what}",
            new { token_id = tokens.Body[0].GetProperty("id").GetString() }
        );
    }
}
