using System.Net;
using System.Text.Json;
using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Interactions;

/// <summary>Who may not is refused at every door, and told which role it takes, who has it and who can grant it (ALL-3).</summary>
public sealed class RouterTests
{
    private const string Refusal =
        "To open the vault you need the role **DE lead**. @lead has it. Administrators (@admin) can grant it: `/escalate role grant @tam de-lead`";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ALL_3_A_command_that_takes_a_role_is_refused_with_what_it_takes()
    {
        await using var desk = await Desk.Open(more: Vault.Register);
        (await desk.Types("tam", "/escalate vault")).Text.ShouldBe(
            Refusal + " `/escalate ask vault` asks for it."
        );
        Opened(desk).ShouldBeEmpty();
        (await desk.Types("lead", "/escalate vault")).Text.ShouldBe("Open.");
        Opened(desk).ShouldBe(["command"]);
    }

    [Fact]
    public async Task ALL_3_A_button_is_refused_to_who_pressed_it_only()
    {
        await using var desk = await Desk.Open(more: Vault.Register);
        await desk.Types("tam", "/escalate show vault");
        (await desk.Presses("tam", desk.Card(), "Open")).Text.ShouldBe(Refusal);
        desk.Mattermost.OpenDialogOf("tam")!.Elements.ShouldBeEmpty();
        await desk.Presses("lead", desk.Card(), "Open");
        desk.Mattermost.OpenDialogOf("lead").ShouldNotBeNull();
    }

    [Fact]
    public async Task ALL_3_Who_loses_the_role_while_a_form_is_open_keeps_what_they_typed_and_is_told_why()
    {
        await using var desk = await Desk.Open(more: Vault.Register);
        await desk.Types("lead", "/escalate show vault");
        await desk.Presses("lead", desk.Card(), "Open");
        (await desk.Types(Desk.Admin, "/escalate role revoke @lead de-lead")).Text.ShouldContain(
            "no longer"
        );

        var refused = await desk.Submits("lead", ("code", "1234"));
        refused.Closed.ShouldBeFalse();
        refused.Error.ShouldBe(
            "To open the vault you need the role DE lead. Nobody I know has it yet. Administrators (@admin) can grant it: /escalate role grant @lead de-lead"
        );
        Opened(desk).ShouldBe(["button"]);

        await desk.Types(Desk.Admin, "/escalate role grant @lead de-lead");
        (await desk.Submits("lead", ("code", "1234"))).Closed.ShouldBeTrue();
        Opened(desk).ShouldBe(["button", "dialog 1234"]);
    }

    [Fact]
    public async Task ALL_3_A_trigger_word_is_refused_in_its_thread_without_calling_anybody()
    {
        await using var desk = await Desk.Open(more: Vault.Register);
        (await Says(desk, "tam")).ShouldBeEmpty();
        await desk.Settled();
        desk.Mattermost.Posts(Desk.Square)[^1]
            .Message.ShouldStartWith(
                "To open the vault you need the role **DE lead**. @\u200Blead has it."
            );
        Opened(desk).ShouldBeEmpty();
        await Says(desk, "lead");
        Opened(desk).ShouldBe(["trigger"]);
    }

    [Fact]
    public async Task ALL_3_A_refused_reaction_is_told_once_by_direct_message()
    {
        await using var desk = await Desk.Open(more: Vault.Register);
        for (var times = 0; times < 3; times++)
        {
            await Reacts(desk, "tam", "old_key");
        }

        desk.ToldTo("tam").ShouldBe(["Your :old_key: on VAULT-1 did nothing. " + Refusal]);
        await desk.RestartSidecar();
        await Reacts(desk, "tam", "old_key");
        desk.ToldTo("tam").Count.ShouldBe(1);
        Opened(desk).ShouldBeEmpty();

        await Reacts(desk, "tam", "thumbsup");
        await Reacts(desk, "lead", "unlock");
        Opened(desk).ShouldBe(["unlock"]);
        desk.ToldTo("tam").Count.ShouldBe(1);
        desk.ToldTo("lead").ShouldBeEmpty();
    }

    [Fact]
    public async Task ALL_3_A_reaction_of_somebody_new_waits_until_Mattermost_says_who_they_are()
    {
        await using var desk = await Desk.Open(more: Vault.Register);
        desk.Mattermost.AddUser("newcomer");
        desk.Mattermost.Faults.Next(
            1,
            r => r.Path.StartsWith("/api/v4/users/", StringComparison.Ordinal),
            Fault.ResetBefore
        );
        await Should.ThrowAsync<ChatException>(() => Reacts(desk, "newcomer", "old_key"));
        desk.ToldTo("newcomer").ShouldBeEmpty();
        await Reacts(desk, "newcomer", "old_key");
        desk.ToldTo("newcomer").Count.ShouldBe(1);
    }

    [Fact]
    public async Task ALL_3_Where_a_relation_counts_too_the_rule_behind_it_decides()
    {
        await using var desk = await Desk.Open(more: Vault.Register);
        (await desk.Types("tam", "/escalate own vault")).Text.ShouldBe("Open.");
        (await desk.Types("guest", "/escalate own vault")).Text.ShouldStartWith("Guests");
    }

    [Theory]
    [InlineData("/escalate", "raise an escalation")]
    [InlineData("/escalate list", "read escalations")]
    [InlineData("/escalate help", "ask for help")]
    [InlineData("/escalate vault", "open the vault")]
    [InlineData("/escalate role list", "see who has which role")]
    [InlineData("/escalate frobnicate", "use the product")]
    public async Task ALL_3_Guests_may_nothing(string command, string what)
    {
        await using var desk = await Desk.Open(more: Vault.Register);
        (await desk.Types("guest", command)).Text.ShouldBe(
            $"Guests on this server may not {what}. Ask somebody on the team to do it."
        );
        desk.Mattermost.OpenDialogOf("guest").ShouldBeNull();
    }

    [Fact]
    public async Task ALL_3_Guests_press_and_write_trigger_words_in_vain()
    {
        await using var desk = await Desk.Open(more: Vault.Register);
        var card = await desk.Raised();
        (await desk.Presses("guest", card, "Acknowledge")).Text.ShouldStartWith("Guests");
        desk.Card().Message.ShouldStartWith(":rotating_light:");
        await desk.Mattermost.As("guest").Post(Desk.Square, "sev1! acme Down");
        await desk.Settled();
        desk.Cards().Count.ShouldBe(1);
        await Reacts(desk, "guest", "old_key");
        desk.ToldTo("guest").Single().ShouldContain("Guests on this server may not");
    }

    [Fact]
    public async Task ALL_3_Who_becomes_a_guest_while_a_form_is_open_is_refused()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new acme Slow");
        desk.Mattermost.ChangeUser("tam", u => u with { Roles = "system_guest" });
        await desk.Types("lead", "/escalate role list @tam");

        (await desk.Submits("tam", ("severity", "sev2"))).Error.ShouldBe(
            "Guests on this server may not raise an escalation. Ask somebody on the team to do it."
        );
        desk.Cards().ShouldBeEmpty();
    }

    [Fact]
    public async Task ALL_3_Who_is_new_is_asked_for_once_before_anything_is_allowed()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddUser("newcomer");
        await Task.WhenAll(
            Enumerable
                .Range(0, 5)
                .Select(_ => desk.Mattermost.As("newcomer").Execute(Desk.Square, "/escalate list"))
        );
        var path = $"/api/v4/users/{desk.IdOf("newcomer").Value}";
        desk.Mattermost.Requests.Count(r => r.Path == path).ShouldBe(1);
        await desk.RestartSidecar();
        (await desk.Types("newcomer", "/escalate list")).Text.ShouldContain("Open escalations");
        // What was known in another life of the process may not be so any more (X1).
        desk.Mattermost.Requests.Count(r => r.Path == path).ShouldBe(2);
    }

    [Fact]
    public async Task ALL_3_While_Mattermost_is_down_who_is_new_is_allowed_nothing_and_who_is_known_everything()
    {
        await using var desk = await Desk.Open(more: Vault.Register);
        desk.Mattermost.AddUser("newcomer");
        desk.Mattermost.Faults.Next(
            4,
            r => r.Path.StartsWith("/api/v4/users/", StringComparison.Ordinal),
            Fault.Status(503)
        );
        foreach (var command in (string[])["list", "new acme sev1 Down", "vault", "nonsense"])
        {
            (await desk.Types("newcomer", "/escalate " + command)).Text.ShouldStartWith(
                "We have not met before, and Mattermost did not answer when I asked who you are. Nothing was done; try again in a moment."
            );
        }

        desk.Cards().ShouldBeEmpty();
        (await desk.Types("lead", "/escalate vault")).Text.ShouldBe("Open.");
        desk.Mattermost.Faults.Pending.ShouldBe(0);
        (await desk.Types("newcomer", "/escalate list")).Text.ShouldContain("Open escalations");
    }

    [Fact]
    public async Task The_doctors_question_is_answered_to_anybody_also_when_Mattermost_is_not_reached()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddUser("newcomer");
        desk.Mattermost.Faults.Next(
            1,
            r => r.Path.StartsWith("/api/v4/users/", StringComparison.Ordinal),
            Fault.Status(503)
        );
        foreach (var who in (string[])["newcomer", "guest", Desk.Admin])
        {
            var answer = await desk.Types(who, "/escalate internal ping");
            answer.Props.ShouldNotBeNull().GetRawText().ShouldContain("pong");
        }

        desk.Mattermost.Faults.Pending.ShouldBe(1);
    }

    private static string[] Opened(Desk desk) => [.. desk.Parts.GetRequiredService<Vault>().Opened];

    private static async Task<string> Says(Desk desk, string who)
    {
        using var door = new Door(desk);
        var message = new
        {
            token = desk.TriggerToken,
            team_id = desk.Mattermost.Teams[0].Id,
            channel_id = desk.Mattermost.GetChannel(Desk.Square).Id,
            user_id = desk.IdOf(who).Value,
            user_name = who,
            post_id = "post" + who,
            text = "vault! please",
            trigger_word = "vault!",
        };
        using var answer = await door.Send(
            "/mattermost/trigger",
            JsonSerializer.Serialize(message)
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return text.Length == 0
            ? ""
            : JsonSerializer.Deserialize<JsonElement>(text).GetProperty("text").GetString()!;
    }

    private static async Task Reacts(Desk desk, string who, string emoji)
    {
        var envelope = new Envelope(
            $"reaction:{who}:{emoji}",
            desk.IdOf(who),
            null,
            new ChannelId(desk.Mattermost.GetChannel(Desk.Square).Id),
            null,
            null,
            desk.Clock.GetUtcNow()
        );
        await desk
            .Parts.GetRequiredService<Router>()
            .Reaction(new ReactionCall(envelope, new PostName("VAULT-1/card"), emoji), Cancel);
        await desk.Settled();
    }
}
