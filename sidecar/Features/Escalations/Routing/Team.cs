using System.Collections.Immutable;
using Sidecar.People;

namespace Sidecar.Features.Escalations;

/// <summary>A team that escalations can belong to (ESC-3).</summary>
internal enum Team
{
    DeploymentEngineering,
    CustomerSupport,
    CustomerSuccess,
    TechnicalAccountManagement,
    ProductEngineering,
    ResearchAndDevelopment,
}

/// <summary>A team as people write and read it, and who is in it.</summary>
/// <param name="Team">Which.</param>
/// <param name="Code">In commands: <c>support</c>.</param>
/// <param name="Label">In sentences.</param>
/// <param name="Members">The roles of its people.</param>
internal sealed record TeamName(
    Team Team,
    string Code,
    string Label,
    params ImmutableArray<Role> Members
);

/// <summary>The teams, in one place.</summary>
internal static class Teams
{
    public static ImmutableArray<TeamName> All { get; } =
    [
        new(
            Team.DeploymentEngineering,
            "de",
            "Deployment Engineering",
            Role.DeploymentEngineer,
            Role.DeploymentEngineeringLead
        ),
        new(
            Team.CustomerSupport,
            "support",
            "Customer Support and CRE",
            Role.SupportEngineer,
            Role.CustomerReliabilityEngineer
        ),
        new(
            Team.CustomerSuccess,
            "success",
            "the CSM and TAM",
            Role.CustomerSuccessManager,
            Role.TechnicalAccountManager
        ),
        new(Team.TechnicalAccountManagement, "tam", "the TAM", Role.TechnicalAccountManager),
        new(Team.ProductEngineering, "product", "Product Engineering", Role.ProductEngineering),
        new(Team.ResearchAndDevelopment, "rnd", "R&D", Role.ResearchAndDevelopment),
    ];

    /// <summary>All but Deployment Engineering: to whom something can be handed over.</summary>
    public static ImmutableArray<TeamName> Others { get; } =
    [.. All.Where(t => t.Team != Team.DeploymentEngineering)];

    public static TeamName Named(this Team team) => All.First(t => t.Team == team);

    public static string Label(this Team team) => team.Named().Label;
}
