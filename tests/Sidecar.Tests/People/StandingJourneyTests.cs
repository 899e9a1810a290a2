using System.Text.RegularExpressions;
using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.People;

/// <summary>People whose standing changes, who are renamed, who are not there any more: through the door.</summary>
public sealed class StandingJourneyTests
{
    [Fact]
    public async Task X1_An_administrator_who_was_demoted_a_moment_ago_grants_nothing()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.ChangeUser(Desk.Admin, u => u with { Roles = "system_user" });
        (await desk.Types(Desk.Admin, "/escalate role grant @admin executive")).Text.ShouldContain(
            "you need the role **administrator**"
        );
        (await desk.Types("tam", "/escalate role list executive")).Text.ShouldNotContain("@admin");
    }

    [Fact]
    public async Task X1_A_member_who_was_made_a_guest_reads_no_secrets_at_once_and_nothing_after_a_second()
    {
        await using var desk = await Desk.Open();
        await desk.Types("executive", "/escalate list");
        desk.Mattermost.ChangeUser("executive", u => u with { Roles = "system_guest" });
        foreach (
            var secret in (string[])
                ["customer show acme", "engineer list", "export customers", "load", "team list"]
        )
        {
            (await desk.Types("executive", "/escalate " + secret)).Text.ShouldNotContain(
                "120,000",
                Case.Insensitive,
                secret
            );
        }

        (await desk.Types("executive", "/escalate customer show acme")).Text.ShouldContain(
            "Guests"
        );
        desk.Clock.Advance(TimeSpan.FromSeconds(2));
        (await desk.Types("executive", "/escalate list")).Text.ShouldContain("Guests");
        await desk.RestartSidecar();
        (await desk.Types("executive", "/escalate customer show acme")).Text.ShouldContain(
            "Guests"
        );
    }

    [Theory]
    [InlineData("guest", false)]
    [InlineData("guest", true)]
    [InlineData("deactivated", false)]
    [InlineData("deactivated", true)]
    [InlineData("removed", false)]
    [InlineData("removed", true)]
    public async Task X1_Whose_standing_has_gone_does_nothing_two_seconds_later_with_and_without_a_line(
        string what,
        bool isLineLost
    )
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev2 Down");
        var card = desk.Card();
        var seal = card.FullAttachments[0].Actions![0].Integration!.Context;
        await desk.Types("engineer", "/escalate new acme-labs");
        if (isLineLost)
        {
            await desk.LosesLine();
        }

        switch (what)
        {
            case "guest":
                desk.Mattermost.ChangeUser("engineer", u => u with { Roles = "system_guest" });
                break;
            case "deactivated":
                desk.Mattermost.SetActive("engineer", false);
                break;
            default:
                desk.Mattermost.LeaveTeam("engineer");
                break;
        }

        desk.Clock.Advance(TimeSpan.FromSeconds(2));
        // What was on its way when Mattermost said so arrives as it was sent.
        await desk.PressesLate("engineer", card, "Acknowledge");
        seal.ShouldNotBeNull();
        await desk.Settled();
        (await desk.Types("lead", "/escalate show ESC-1")).Text.ShouldNotContain(
            "Owner: @engineer"
        );
        if (what == "guest")
        {
            (await desk.Types("engineer", "/escalate new acme sev1 Nobody")).Text.ShouldContain(
                "Guests"
            );
            (await desk.Types("engineer", "/escalate list")).Text.ShouldContain("Guests");
            (
                await desk.Submits("engineer", ("summary", "x"), ("severity", "sev1"))
            ).Closed.ShouldBeFalse();
            await desk.Reacts("engineer", card);
        }

        desk.Cards().Count.ShouldBe(1);
        (await desk.Types("lead", "/escalate show ESC-1")).Text.ShouldNotContain("acknowledged");
    }

    [Fact]
    public async Task X1_Somebody_of_whom_much_is_asked_at_once_is_asked_about_once()
    {
        await using var desk = await Desk.Open();
        desk.Clock.Advance(TimeSpan.FromMinutes(5));
        await desk.Types("tam", "/escalate list");
        desk.Mattermost.ForgetRequests();
        await desk.Types("tam", "/escalate list");
        await desk.Types("tam", "/escalate help");
        desk.Mattermost.Requests.ShouldNotContain(r =>
            r.Path.Contains($"/users/{desk.IdOf("tam").Value}", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task X1_When_Mattermost_does_not_answer_secrets_wait_and_the_rest_goes_on()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.Faults.Next(100, "GET", "/api/v4/users/", Fault.Status(500));
        (await desk.Types("executive", "/escalate customer show acme")).Text.ShouldContain(
            "did not answer"
        );
        (await desk.Types("executive", "/escalate list")).Text.ShouldContain("Open escalations");
    }

    [Fact]
    public async Task X1_X10_Who_left_the_team_or_is_a_guest_in_it_has_no_rights_any_more()
    {
        await using var desk = await Desk.Open();
        var roles = desk.Parts.GetRequiredService<RoleStore>();
        var cancel = TestContext.Current.CancellationToken;
        (await roles.OfNow(desk.IdOf("product"), cancel))
            .Is(Role.ProductEngineering)
            .ShouldBeTrue();
        desk.Mattermost.LeaveTeam("product");
        await desk.Settled();
        // Of people who leave a team its other members are told.
        (await roles.Of(desk.IdOf("product"), cancel)).IsOutside.ShouldBeTrue();
        (await roles.OfNow(desk.IdOf("product"), cancel)).Roles.ShouldBeEmpty();

        // A guest in the team, with the account of a member.
        desk.Mattermost.ChangeUser("guest", u => u with { Roles = "system_user" });
        (await roles.OfNow(desk.IdOf("guest"), cancel)).IsGuest.ShouldBeTrue();
    }

    [Fact]
    public async Task X10_A_channel_with_the_account_of_a_guest_in_it_is_read_by_a_guest()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddChannel("inner", members: ["escalate", "tam"]);
        var chat = desk.Parts.GetRequiredService<IChat>();
        var inner = new ChannelId(desk.Mattermost.GetChannel("inner").Id);
        var cancel = TestContext.Current.CancellationToken;
        (await chat.Audience(inner, cancel))!.HasGuests.ShouldBeFalse();
        // Only the account is a guest’s; the server’s count of the channel’s guests says none.
        desk.Mattermost.ChangeUser("tam", u => u with { Roles = "system_guest" });
        (await chat.Audience(inner, cancel))!.HasGuests.ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task P1_A_renamed_owner_is_mentioned_by_the_new_name_and_never_who_has_the_old(
        bool isLineLost
    )
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev2 Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        var before = desk.Mattermost.Posts(Desk.Square).Count;
        if (isLineLost)
        {
            await desk.LosesLine();
        }

        desk.Mattermost.ChangeUser("engineer", u => u with { Username = "renamed" });
        desk.Mattermost.AddUser("engineer");
        if (isLineLost)
        {
            await desk.RestartSidecar();
        }

        await desk.Passes(TimeSpan.FromHours(9));
        var said = desk.Mattermost.Posts(Desk.Square).Skip(before).Select(p => p.Message).ToList();
        said.ShouldContain(m => m.Contains("@renamed"));
        said.ShouldNotContain(m => Regex.IsMatch(m, @"@engineer\b"));
        desk.Card().Field("Owner").ShouldNotBe("@engineer");
    }

    [Theory]
    [InlineData(true, "Told: the engineer on duty @product.")]
    [InlineData(false, "Told: the DE lead @lead.")]
    public async Task P2_What_stands_still_while_its_owner_is_gone_says_so_and_who_was_told(
        bool isSomebodyOnDuty,
        string told
    )
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        if (isSomebodyOnDuty)
        {
            await desk.Types("lead", "/escalate duty @product");
        }

        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        desk.Mattermost.SetActive("engineer", false);
        await desk.Settled();
        await desk.Passes(TimeSpan.FromHours(1));
        var thread = desk.Thread(desk.Card());
        thread.ShouldNotContain(l => l.Contains("nobody is named for it"));
        thread
            .Single(l => l.StartsWith(":hourglass:", StringComparison.Ordinal))
            .ShouldBe(
                $":hourglass: Nothing has happened here for 1 h, and its owner, @engineer, is not there any more. {told}"
            );
        desk.ToldTo(isSomebodyOnDuty ? "product" : "lead")
            .ShouldContain(m =>
                m.Contains(
                    "is not there any more. `/escalate assign ESC-1 @name` gives it to somebody"
                )
            );
    }

    [Fact]
    public async Task P2_An_owner_whose_account_is_deactivated_is_passed_over_at_once_and_the_lead_hears_of_it()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("lead", "/escalate duty @product");
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        var told = desk.ToldTo("engineer").Count;
        desk.Mattermost.SetActive("engineer", false);
        await desk.Settled();
        await desk.Passes(TimeSpan.FromHours(1));
        desk.ToldTo("lead").ShouldContain(m => m.Contains("is deactivated") && m.Contains("ESC-1"));
        desk.ToldTo("engineer").Count.ShouldBe(told);
        desk.ToldTo("product").ShouldContain(m => m.Contains("status update is due"));
        (await desk.Types("lead", "/escalate load")).Text.ShouldNotContain("| @engineer");
    }
}
