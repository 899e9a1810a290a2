using System.Text.Json;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.RoleGrants;

/// <summary><c>/escalate role …</c> as people use it.</summary>
public sealed class RoleGrantsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ALL_3_The_first_administrator_is_Mattermosts_and_needs_no_grant()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddUser("boss", roles: "system_user system_admin");
        (await desk.Types("boss", "/escalate role grant @tam admin")).Text.ShouldBe(
            "@tam has the role **administrator** now, and is told by direct message."
        );
        (await desk.Types("tam", "/escalate role grant @engineer ie")).Text.ShouldContain(
            "@engineer has the role **implementation engineer** now"
        );
        (await desk.Types("tam", "/escalate role list admin")).Text.ShouldContain(
            "| administrator | `admin` | @admin, @boss and @tam |"
        );
    }

    [Fact]
    public async Task ALL_3_Only_administrators_grant_and_revoke_and_leads_are_none()
    {
        await using var desk = await Desk.Open();
        foreach (
            var (line, what) in ((string, string)[])
                [("grant @lead admin", "grant roles"), ("revoke @engineer de", "take roles away")]
        )
        {
            (await desk.Types("lead", $"/escalate role {line}")).Text.ShouldStartWith(
                $"To {what} you need the role **administrator**. @admin has it."
            );
        }

        (await desk.Types("tam", "/escalate role list")).Text.ShouldContain(
            "| deployment engineer | `de` | @engineer |"
        );
    }

    [Fact]
    public async Task ALL_3_Everybody_may_see_who_has_which_role()
    {
        await using var desk = await Desk.Open();
        var table = (await desk.Types("tam", "/escalate role list")).Text.Split('\n');
        table.ShouldContain("| deployment engineer | `de` | @engineer |");
        table.ShouldContain("| DE lead | `de-lead` | @lead |");
        table.ShouldContain("| R&D | `rnd` | – |");
        table.ShouldContain("| administrator | `admin` | @admin |");
        table
            .Count(l => l.StartsWith("| ", StringComparison.Ordinal))
            .ShouldBe(Roles.All.Length + 1);

        (await desk.Types("tam", "/escalate role list DE lead"))
            .Text.Split('\n')[2..3]
            .ShouldBe(["| DE lead | `de-lead` | @lead |"]);
        (await desk.Types("tam", "/escalate role list @engineer")).Text.ShouldBe(
            "@engineer has the roles **deployment engineer** and **support engineer**."
        );
        (await desk.Types("tam", "/escalate role list @admin")).Text.ShouldBe(
            "@admin is a system administrator of Mattermost, and by that administrator here."
        );
        (await desk.Types("tam", "/escalate role list @guest")).Text.ShouldStartWith(
            "@guest is a guest on this server"
        );
    }

    [Fact]
    public async Task ALL_3_Several_roles_in_one_line_are_told_once_and_are_in_the_audit_trail()
    {
        await using var desk = await Desk.Open();
        (
            await desk.Types(
                Desk.Admin,
                "/escalate role grant @tam DE lead, Support Engineer and TAM"
            )
        ).Text.ShouldBe(
            "@tam has the roles **support engineer** and **DE lead** now, and is told by direct message. They had the role **technical account manager** before."
        );
        await desk.Types(Desk.Admin, "/escalate role revoke @tam se");
        desk.ToldTo("tam")
            .ShouldBe([
                "@admin gave you the roles **support engineer** and **DE lead**. `/escalate help` shows what there is to do.",
                "@admin took the role **support engineer** from you.",
            ]);

        var entries = await desk.Store.Engine.ReadAudit(
            RoleFact.SubjectOf(desk.IdOf("tam")),
            0,
            100,
            Cancel
        );
        var facts = entries
            .Select(e => JsonSerializer.Deserialize(e.Entry.Body.Span, RolesJson.Default.RoleFact)!)
            .TakeLast(2)
            .ToList();
        facts.Select(f => f.By).ShouldAllBe(by => by == desk.IdOf(Desk.Admin));
        facts[0]
            .ShouldBeOfType<RoleFact.Granted>()
            .Roles.ShouldBe([Role.SupportEngineer, Role.DeploymentEngineeringLead]);
        facts[1].ShouldBeOfType<RoleFact.RolesRevoked>().Roles.ShouldBe([Role.SupportEngineer]);
    }

    [Fact]
    public async Task ALL_3_What_somebody_has_already_or_never_had_changes_nothing()
    {
        await using var desk = await Desk.Open();
        (await desk.Types(Desk.Admin, "/escalate role grant @engineer de se")).Text.ShouldBe(
            "@engineer has the roles **deployment engineer** and **support engineer** already; nothing was changed."
        );
        (await desk.Types(Desk.Admin, "/escalate role revoke @tam de")).Text.ShouldBe(
            "@tam was not granted the role **deployment engineer**, only the role **technical account manager**; nothing was changed."
        );
        desk.Mattermost.AddUser("newcomer");
        (await desk.Types(Desk.Admin, "/escalate role revoke @newcomer de")).Text.ShouldBe(
            "@newcomer was granted no role, so nothing was changed."
        );
        desk.ToldTo("engineer").Concat(desk.ToldTo("tam")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ALL_3_An_administrator_can_give_it_up_and_is_told_who_can_give_it_back()
    {
        await using var desk = await Desk.Open();
        await desk.Types(Desk.Admin, "/escalate role grant @lead admin");
        (await desk.Types("lead", "/escalate role revoke @lead admin")).Text.ShouldBe(
            "You gave up the role **administrator**. @admin can give it back to you."
        );
        (await desk.Types("lead", "/escalate role grant @lead admin")).Text.ShouldStartWith(
            "To grant roles you need"
        );

        (await desk.Types(Desk.Admin, "/escalate role revoke @admin admin")).Text.ShouldStartWith(
            "You are administrator as a system administrator of Mattermost, not by a grant"
        );
        await desk.Types(Desk.Admin, "/escalate role grant @admin admin");
        (await desk.Types(Desk.Admin, "/escalate role revoke @admin admin")).Text.ShouldBe(
            "You gave up the role **administrator**. You stay administrator as a system administrator of Mattermost."
        );
        (await desk.Types(Desk.Admin, "/escalate role list admin")).Text.ShouldContain(
            "| @admin |"
        );
    }

    [Fact]
    public async Task ALL_3_Who_loses_it_in_Mattermost_is_none_any_more_as_soon_as_somebody_looks()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.ChangeUser(Desk.Admin, u => u with { Roles = "system_user" });
        (await desk.Types("tam", "/escalate role list @admin")).Text.ShouldContain("has no role");
        (await desk.Types(Desk.Admin, "/escalate role grant @tam de")).Text.ShouldBe(
            "To grant roles you need the role **administrator**. Nobody I know has it yet. Mattermost’s system administrators can grant it: `/escalate role grant @admin admin`"
        );
    }

    [Fact]
    public async Task ALL_3_Bots_guests_and_deactivated_people_are_given_nothing()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.SetActive("product", false);
        foreach (
            var (who, why) in ((string, string)[])
                [("escalate", "is a bot"), ("guest", "is a guest"), ("product", "is deactivated")]
        )
        {
            (await desk.Types(Desk.Admin, $"/escalate role grant @{who} de")).Text.ShouldContain(
                why
            );
        }

        (await desk.Types("tam", "/escalate role list")).Text.ShouldContain(
            "| product engineering | `product` | – |"
        );
        desk.Mattermost.SetActive("product", true);
        desk.Mattermost.Promote("guest");
        (await desk.Types(Desk.Admin, "/escalate role grant @guest de")).Text.ShouldContain(
            "@guest has the role"
        );
    }

    [Theory]
    [InlineData("grant @tam de-laed and se", "`/escalate role grant @tam de-lead se`")]
    [InlineData("revoke @tam executiv", "`/escalate role revoke @tam executive`")]
    [InlineData("list suport engineer", "`/escalate role list se`")]
    [InlineData("grnat @tam de", "`/escalate role grant @tam de`")]
    [InlineData("grant @tam frobnicator", "You typed: `/escalate role grant @tam frobnicator`")]
    [InlineData("grant @tam", "You typed: `/escalate role grant @tam`")]
    [InlineData("grant", "You typed: `/escalate role grant`")]
    [InlineData("grant @nobody de", "You typed: `/escalate role grant @nobody de`")]
    [InlineData("", "`/escalate role list [@person | role]`")]
    [InlineData("what", "`/escalate role grant @person <role…>`")]
    public async Task ALL_2_A_wrong_word_is_answered_with_the_line_to_send_instead(
        string typed,
        string instead
    )
    {
        await using var desk = await Desk.Open();
        var answer = (await desk.Types(Desk.Admin, $"/escalate role {typed}")).Text;
        answer.ShouldContain(instead);
        (await desk.Types("tam", "/escalate role list @tam")).Text.ShouldBe(
            "@tam has the role **technical account manager**."
        );
    }

    [Fact]
    public async Task ALL_2_A_word_that_is_near_to_several_roles_offers_a_line_for_each()
    {
        await using var desk = await Desk.Open();
        var answer = (await desk.Types(Desk.Admin, "/escalate role grant @tam xs-lead")).Text;
        answer.ShouldStartWith("I know no role “xs-lead”, so nothing was changed.");
        answer.ShouldContain("`/escalate role grant @tam cs-lead`");
        answer.ShouldContain("`de` deployment engineer, `se` support engineer");
    }

    [Fact]
    public async Task ALL_6_An_unknown_role_is_given_back_without_a_ping()
    {
        await using var desk = await Desk.Open();
        (await desk.Types(Desk.Admin, "/escalate role grant @tam @all")).Text.ShouldContain(
            "“@\u200Ball”"
        );
    }
}
