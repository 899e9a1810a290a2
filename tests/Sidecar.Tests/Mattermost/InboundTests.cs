using System.Net;
using Shouldly;
using Sidecar.Mattermost;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>What the doors let in, and what they don't.</summary>
public sealed class InboundTests
{
    private static readonly object Answers = new
    {
        customer = "acme",
        severity = "sev1",
        category = "deployment",
        summary = "Down",
        impact = "high",
        effort = "low",
    };

    [Theory]
    [InlineData("wrong-token-wrong-token-wrong")]
    [InlineData("")]
    public async Task A_command_without_our_token_gets_401_and_no_hint(string token)
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        using var response = await door.Command("list", "tam", token);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        ).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_header_that_is_there_must_be_right_too()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        (
            await door.Command("help", "tam", header: $"Token {desk.CommandToken}")
        ).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (
            var header in (string[])
                ["Token wrong-token-wrong-token-wrong", "Bearer x", "Token", "x"]
        )
        {
            (await door.Command("help", "tam", header: header)).StatusCode.ShouldBe(
                HttpStatusCode.Unauthorized,
                header
            );
        }
    }

    [Theory]
    [InlineData("/mattermost/action", "{}")]
    [InlineData("/mattermost/action", "{bad")]
    [InlineData("/mattermost/action", "[]")]
    [InlineData("/mattermost/action", "null")]
    [InlineData(
        "/mattermost/action",
        """{"user_id":"u","channel_id":"c","context":{"sealed":"AAAA"}}"""
    )]
    [InlineData(
        "/mattermost/action",
        """{"user_id":"u","channel_id":"c","context":{"sealed":5}}"""
    )]
    [InlineData("/mattermost/dialog", """{"user_id":"u","state":"AAAA","submission":{}}""")]
    [InlineData("/mattermost/dialog", """{"user_id":"u","state":"%%%","submission":{}}""")]
    [InlineData("/mattermost/dialog", "")]
    [InlineData("/mattermost/trigger", """{"token":"x","text":"sev1! acme Down"}""")]
    [InlineData("/mattermost/trigger", "not json")]
    public async Task What_can_not_be_verified_gets_401_and_no_hint(string path, string body)
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        using var response = await door.Send(path, body);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        ).ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Trait("Door", "Port")]
    [Theory]
    [InlineData("/mattermost/command", "application/x-www-form-urlencoded")]
    [InlineData("/mattermost/action", "application/json")]
    [InlineData("/mattermost/dialog", "application/json")]
    [InlineData("/mattermost/trigger", "application/json")]
    public async Task A_body_that_is_too_large_gets_413(string path, string type)
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        using var response = await door.Send(path, new string('x', Inbound.LargestBody + 1), type);
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Trait("Door", "Port")]
    [Fact]
    public async Task A_form_of_endless_fields_is_refused_without_a_fault()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        var body = string.Join('&', Enumerable.Range(0, 5000).Select(i => $"f{i}=1"));
        using var response = await door.Send(
            "/mattermost/command",
            body,
            "application/x-www-form-urlencoded"
        );
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_buttons_context_works_for_everybody_and_not_when_it_was_changed()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        var context = await ContextOfAcknowledge(desk);

        foreach (var forged in Tampered(context))
        {
            (await door.Click("engineer", forged)).StatusCode.ShouldBe(
                HttpStatusCode.Unauthorized,
                forged
            );
        }

        (await door.Click("engineer", null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await door.Click("engineer", context)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_forms_state_is_not_taken_from_anybody_else()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        var state = await StateOfForm(desk, "tam");
        (await door.Submit("engineer", state, Answers)).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        (await door.Submit("engineer", state, Answers, cancelled: true)).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        await desk.Settled();
        desk.Cards().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_forms_state_that_was_changed_is_not_taken()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        var state = await StateOfForm(desk, "tam");
        foreach (var forged in Tampered(state))
        {
            (await door.Submit("tam", forged, Answers)).StatusCode.ShouldBe(
                HttpStatusCode.Unauthorized,
                forged
            );
        }

        await desk.Settled();
        desk.Cards().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_buttons_context_is_no_forms_state_and_the_other_way_round()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        var state = await StateOfForm(desk, "tam");
        var context = await ContextOfAcknowledge(desk);
        (await door.Submit("tam", context, Answers)).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        (await door.Click("tam", state)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_form_is_taken_for_a_day_and_what_was_typed_is_kept_after_that()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        var state = await StateOfForm(desk, "tam");
        desk.Clock.Advance(TimeSpan.FromHours(24));
        using var late = await door.Submit("tam", state, Answers);
        late.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Door.Json(late))
            .GetProperty("error")
            .GetString()!
            .ShouldContain("more than a day ago");

        state = await StateOfForm(desk, "tam");
        desk.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        using var inTime = await door.Submit("tam", state, Answers);
        (
            await inTime.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        ).ShouldContain("Raised as ESC-1 for Acme.");
    }

    [Fact]
    public async Task Where_a_form_leads_is_what_we_sealed_and_not_what_the_browser_says()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        var state = await StateOfForm(desk, "tam");
        (await door.Submit("tam", state, Answers)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await desk.Settled();
        desk.Card().ChannelId.ShouldBe(desk.Mattermost.GetChannel(Desk.Square).Id);
    }

    [Fact]
    public async Task Too_many_acts_at_once_get_a_sentence_and_nothing_is_done()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        string? text = null;
        for (var i = 0; i <= PersonalRateLimit.Burst; i++)
        {
            using var response = await door.Command("list", "tam");
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            text = (await Door.Json(response)).GetProperty("text").GetString();
        }

        text.ShouldBe("That was a lot at once. Wait a second and send it again; nothing was done.");
    }

    [Fact]
    public async Task No_answer_to_a_command_holds_anything_sealed_and_no_client_ever_sees_a_context()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        var context = await ContextOfAcknowledge(desk);
        foreach (
            var text in (string[])
                [
                    "list",
                    "list all",
                    "show ESC-1",
                    "timeline ESC-1",
                    "ack ESC-1",
                    "help",
                    "",
                    "nonsense",
                    "internal ping",
                ]
        )
        {
            using var response = await door.Command(text, "engineer");
            var body = await response.Content.ReadAsStringAsync(
                TestContext.Current.CancellationToken
            );
            body.ShouldNotContain("attachments");
            body.ShouldNotContain("sealed");
            body.ShouldNotContain(context[..20]);
        }

        var (_, post) = await desk
            .Mattermost.As("lead")
            .Request(HttpMethod.Get, $"/api/v4/posts/{desk.Card().Id}");
        post.ToString().ShouldNotContain(context[..20]);
        post.ToString().ShouldNotContain("sealed");
    }

    [Fact]
    public async Task No_secret_reaches_a_log_or_an_error()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        var state = await StateOfForm(desk, "tam");
        var context = await ContextOfAcknowledge(desk);
        await door.Command("list", "tam", "wrong-token-wrong-token-wrong");
        await door.Submit("engineer", state, Answers);
        await door.Click("tam", context + "x");
        desk.Mattermost.Faults.Next(3, _ => true, global::Mattermost.Simulator.Fault.Status(500));
        await desk.Mattermost.As("tam").Execute(Desk.Square, "/escalate");
        await desk.Mattermost.As("tam").Execute(Desk.Square, "/escalate new acme sev1 Down");
        await desk.StopSidecar();

        desk.Log.Lines.ShouldNotBeEmpty();
        foreach (var secret in desk.Secrets.Concat([state, context, "Down", "acme"]))
        {
            desk.Log.Lines.Where(l => l.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
        }
    }

    [Trait("Door", "Port")]
    [Fact]
    public async Task Health_and_readiness_say_little()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        (
            await (await door.Get("/healthz")).Content.ReadAsStringAsync(
                TestContext.Current.CancellationToken
            )
        ).ShouldBe("ok");
        var ready = await door.Get("/readyz");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Door.Json(ready)).GetProperty("status").GetString().ShouldBe("ready");
    }

    private static async Task<string> StateOfForm(Desk desk, string who)
    {
        await desk.Types(who, "/escalate");
        return desk.Mattermost.OpenDialogOf(who)!.State;
    }

    private static async Task<string> ContextOfAcknowledge(Desk desk)
    {
        var card = await desk.Raised();
        var action = card.Actions.First(a => a.Name == "Acknowledge").Id!;
        return desk.Mattermost.HiddenIntegrationsOf(card.Id)[action]!
            .Context!.Value.GetProperty("sealed")
            .GetString()!;
    }

    private static IEnumerable<string> Tampered(string text)
    {
        foreach (var at in (int[])[0, 5, 30, text.Length / 2, text.Length - 1])
        {
            yield return text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];
        }

        yield return text[..^4];
        yield return text + "AAAA";
        yield return "";
    }
}
