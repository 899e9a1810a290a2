using System.Text.RegularExpressions;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.People;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.People;

/// <summary>People and places that change in the middle of what is under way (P1 to P6): through the door.</summary>
public sealed class P_ChangedPeopleTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task P1_Two_who_exchange_their_names_are_each_meant_as_themselves(bool isLineLost)
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("lead", "/escalate duty @product @executive");
        await desk.Types("tam", "/escalate new acme sev2 Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        var (owner, other) = (desk.IdOf("engineer"), desk.IdOf("product"));
        var before = desk.Mattermost.Posts(Desk.Square).Count;
        if (isLineLost)
        {
            await desk.LosesLine();
        }

        desk.Mattermost.ChangeUser("engineer", u => u with { Username = "between" });
        desk.Mattermost.ChangeUser("product", u => u with { Username = "engineer" });
        desk.Mattermost.ChangeUser("between", u => u with { Username = "product" });
        await desk.Passes(TimeSpan.FromHours(9));

        desk.IdOf("product").ShouldBe(owner);
        var said = desk.Mattermost.Posts(Desk.Square).Skip(before).Select(p => p.Message).ToList();
        said.ShouldContain(m => m.Contains("@product"));
        said.ShouldNotContain(m => Regex.IsMatch(m, @"@engineer\b"));
        desk.ToldTo("product").ShouldContain(m => m.Contains("status update is due"));
        desk.ToldTo("engineer").ShouldNotContain(m => m.Contains("status update is due"));
        // Whoever types the name now means who has it now.
        await desk.Types("lead", "/escalate assign ESC-1 @engineer");
        (await desk.Types("lead", "/escalate show ESC-1")).Text.ShouldContain("@engineer");
        desk.ToldTo("engineer")[^1].ShouldContain("is yours now");
        desk.IdOf("engineer").ShouldBe(other);
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("guest")]
    [InlineData("left")]
    public async Task P2_Who_is_none_of_ours_any_more_is_not_called_and_the_next_is(string how)
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("lead", "/escalate duty @engineer @product");
        await desk.Types("tam", "/escalate new acme sev2 Slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        var told = desk.ToldTo("engineer").Count;
        Goes(desk, how, "engineer");
        await desk.Settled();
        await desk.Types("tam", "/escalate new acme-labs sev1 Down");
        await desk.Passes(TimeSpan.FromHours(6));
        desk.ToldTo("engineer").Skip(told).ShouldBeEmpty();
        desk.ToldTo("product").ShouldContain(m => m.Contains("ESC-2"));
        desk.ToldTo("lead")
            .ShouldContain(m => m.Contains("ESC-1") && m.Contains("Nobody takes their place"));
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task P2_Who_comes_back_is_asked_again()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("lead", "/escalate duty @engineer @product");
        desk.Mattermost.SetActive("engineer", false);
        await desk.Settled();
        desk.Mattermost.SetActive("engineer", true);
        await desk.Settled();
        await desk.Types("tam", "/escalate new acme sev1 Down");
        desk.ToldTo("engineer").ShouldContain(m => m.Contains("You are on duty"));
        desk.ToldTo("product").ShouldNotContain(m => m.Contains("ESC-1"));
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("guest")]
    [InlineData("left")]
    public async Task P2_Approvers_followers_and_account_owners_who_went_are_passed_over(string how)
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("lead", "/escalate customer set acme tam @executive");
        await desk.Types("lead", "/escalate customer set acme ce @executive");
        await desk.Types("lead", "/escalate team channel de ~town-square");
        await desk.Types("tam", "/escalate new acme sev3 Wish");
        await desk.Types("product", "/escalate follow ESC-1");
        var (asked, owns) = (desk.ToldTo("product").Count, desk.ToldTo("executive").Count);
        Goes(desk, how, "product");
        Goes(desk, how, "executive");
        await desk.Settled();
        await desk.Types("tam", "/escalate edit ESC-1 category in-product");
        await desk.Types(
            "lead",
            "/escalate customer measure acme 2026-03-01 seats 100 deployed 10 mau 1 dau 1"
        );
        await desk.Passes(TimeSpan.FromDays(10));
        desk.ToldTo("product").Skip(asked).ShouldBeEmpty();
        desk.ToldTo("executive").Skip(owns).ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task P3_ALL_7_An_incident_channel_that_is_made_private_keeps_its_secrets_at_once()
    {
        await using var desk = await Desk.Open(
            settings: """{ "incidents": { "channel": "public" } }"""
        );
        desk.Mattermost.AddUser("colleague");
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        var channel = desk.Mattermost.Channels.Single(c =>
            c.Name.StartsWith("sev1-", StringComparison.Ordinal)
        );
        channel.Type.ShouldBe("O");
        (await desk.Types("colleague", "/escalate timeline ESC-1")).Text.ShouldContain(
            "acknowledged"
        );
        await desk.LosesLine();
        desk.Mattermost.Convert(channel.Id, "P");
        (await desk.Types("colleague", "/escalate timeline ESC-1")).Text.ShouldContain(
            "worked on in a private channel"
        );
        await desk.TriesAgain();
        desk.Mattermost.Convert(channel.Id, "O");
        await desk.Settled();
        (await desk.Types("colleague", "/escalate timeline ESC-1")).Text.ShouldContain(
            "acknowledged"
        );
        desk.Mattermost.Convert(channel.Id, "P");
        await desk.Settled();
        (await desk.Types("colleague", "/escalate follow ESC-1")).Text.ShouldContain(
            "worked on in a private channel"
        );
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task P2_An_approval_that_nobody_is_left_to_give_is_shown_to_the_lead()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev3 Wish");
        await desk.Types("tam", "/escalate edit ESC-1 category feature");
        desk.Mattermost.SetActive("product", false);
        // Whoever looks at them learns it at once; so does whoever is asked about them by an event.
        await desk.Types("lead", "/escalate role list @product");
        var told = desk.ToldTo("lead").ShouldHaveSingleItem();
        told.ShouldContain("waits for Product Engineering, of which nobody is left");
        told.ShouldContain("accept ESC-1");
        await desk.Types("tam", "/escalate new acme-labs sev3 Another");
        await desk.Types("tam", "/escalate edit ESC-2 category feature");
        desk.Thread(desk.Cards()[^1])
            .ShouldContain(t => t.Contains("Nobody is of it at the moment"));
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task P4_A_card_does_not_go_where_it_can_not_be_posted()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        desk.Mattermost.AddChannel("de", members: ["escalate", "lead", "engineer"]);
        await desk.Types("lead", "/escalate team channel de ~de");
        await desk.Types("lead", "/escalate duty @engineer");
        desk.Mattermost.Archive("de");
        await desk.Settled();
        var direct = desk.Mattermost.DirectChannel("tam", "escalate").Id;
        (await desk.Types("tam", "/escalate new acme sev1 Down", direct)).Text.ShouldContain(
            "~de, the channel of Deployment Engineering, is archived"
        );
        desk.ToldTo("tam").ShouldNotContain(m => m.Contains("could not be posted"));
        desk.Mattermost.Posts(direct).ShouldContain(p => p.Message.Contains("**ESC-1**"));
        desk.ToldTo("engineer").ShouldContain(m => m.Contains("You are on duty"));
        desk.Log.Errors.ShouldBeEmpty();
    }

    private static void Goes(Desk desk, string how, string who)
    {
        switch (how)
        {
            case "deactivated":
                desk.Mattermost.SetActive(who, false);
                break;
            case "guest":
                // As a server with a licence does it: the account and everything that is told of it.
                desk.Mattermost.ChangeUser(
                    who,
                    u => u with { Roles = "system_guest", Nickname = "guest" }
                );
                break;
            default:
                desk.Mattermost.LeaveTeam(who);
                break;
        }
    }
}
