using Shouldly;
using Sidecar.Features.RoleGrants;
using Sidecar.People;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Features.RoleGrants;

/// <summary>Roles as people write them.</summary>
public sealed class RoleReadingTests
{
    [Theory]
    [InlineData("de", Role.DeploymentEngineer)]
    [InlineData("DE-LEAD", Role.DeploymentEngineeringLead)]
    [InlineData("DE lead", Role.DeploymentEngineeringLead)]
    [InlineData("de_lead", Role.DeploymentEngineeringLead)]
    [InlineData("\"Deployment Engineer\"", Role.DeploymentEngineer)]
    [InlineData("deployment engineers", Role.DeploymentEngineer)]
    [InlineData("deployment engineering lead", Role.DeploymentEngineeringLead)]
    [InlineData("R&D", Role.ResearchAndDevelopment)]
    [InlineData("research and development", Role.ResearchAndDevelopment)]
    [InlineData("de, se", Role.DeploymentEngineer, Role.SupportEngineer)]
    [InlineData("se,de", Role.SupportEngineer, Role.DeploymentEngineer)]
    [InlineData("de and DE lead and de", Role.DeploymentEngineer, Role.DeploymentEngineeringLead)]
    [InlineData(
        "ce cs lead cre",
        Role.CustomerEngineer,
        Role.CustomerSuccessLead,
        Role.CustomerReliabilityEngineer
    )]
    [InlineData("administrator.", Role.Administrator)]
    public void ALL_3_A_role_is_understood_by_code_and_label_in_any_case(
        string typed,
        params Role[] roles
    )
    {
        var read = Read(typed);
        read.Unknown.ShouldBeEmpty();
        read.Known.ShouldBe(roles);
        read.Problem().ShouldBeNull();
    }

    [Fact]
    public void ALL_3_Every_role_is_understood_by_each_of_its_names()
    {
        foreach (var role in Roles.All)
        {
            foreach (var name in (string[])[role.Code, role.Label, role.Label.ToUpperInvariant()])
            {
                Read(name).Known.ShouldBe([role.Role], name);
            }
        }
    }

    [Theory]
    [InlineData("de-laed", "role grant @tam de-lead")]
    [InlineData("se, deployment enginer", "role grant @tam se de")]
    [InlineData("exec and tma", "role grant @tam executive tam")]
    public void ALL_2_The_nearest_role_takes_the_place_of_a_wrong_word(
        string typed,
        string corrected
    ) => Read(typed).Problem()!.Show(_ => null).ShouldContain($"`/escalate {corrected}`");

    private static RoleReading Read(string roles) =>
        RoleReading.Read(CommandLine.Read("role grant @tam " + roles), 3);
}
