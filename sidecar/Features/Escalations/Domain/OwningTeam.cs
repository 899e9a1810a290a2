using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.People;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>A team that escalations can belong to (ESC-3).</summary>
internal enum OwningTeam
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
    OwningTeam Team,
    string Code,
    string Label,
    params ImmutableArray<Role> Members
)
{
    /// <summary>All that can be typed for it: its code, and what menus show.</summary>
    public IEnumerable<string> Names =>
        Label.StartsWith(Article, StringComparison.Ordinal)
            ? [Code, Label, Label[Article.Length..]]
            : [Code, Label];

    private const string Article = "the ";
}

/// <summary>The teams, in one place.</summary>
internal static class OwningTeams
{
    public static ImmutableArray<TeamName> All { get; } =
    [
        new(
            OwningTeam.DeploymentEngineering,
            "de",
            "Deployment Engineering",
            Role.DeploymentEngineer,
            Role.DeploymentEngineeringLead
        ),
        new(
            OwningTeam.CustomerSupport,
            "support",
            "Customer Support and CRE",
            Role.SupportEngineer,
            Role.CustomerReliabilityEngineer
        ),
        new(
            OwningTeam.CustomerSuccess,
            "success",
            "the CSM and TAM",
            Role.CustomerSuccessManager,
            Role.TechnicalAccountManager
        ),
        new(OwningTeam.TechnicalAccountManagement, "tam", "the TAM", Role.TechnicalAccountManager),
        new(
            OwningTeam.ProductEngineering,
            "product",
            "Product Engineering",
            Role.ProductEngineering
        ),
        new(OwningTeam.ResearchAndDevelopment, "rnd", "R&D", Role.ResearchAndDevelopment),
    ];

    /// <summary>All but Deployment Engineering: to whom something can be handed over.</summary>
    public static ImmutableArray<TeamName> Others { get; } =
    [.. All.Where(t => t.Team != OwningTeam.DeploymentEngineering)];

    public static TeamName Named(this OwningTeam team) => All.First(t => t.Team == team);

    public static string Label(this OwningTeam team) => team.Named().Label;
}
