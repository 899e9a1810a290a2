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
    /// <summary>Other names that people have for it.</summary>
    public ImmutableArray<string> Others { get; init; } = [];

    /// <summary>All that can be typed for it: its code, what cards and menus show, and what else it is called.</summary>
    public IEnumerable<string> Names =>
        Label.StartsWith(Article, StringComparison.Ordinal)
            ? [Code, Label, Label[Article.Length..], .. Others]
            : [Code, Label, .. Others];

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
        )
        {
            Others = ["Deployment", "Deployment Engineers"],
        },
        new(
            OwningTeam.CustomerSupport,
            "support",
            "Customer Support and CRE",
            Role.SupportEngineer,
            Role.CustomerReliabilityEngineer
        )
        {
            Others =
            [
                "Customer Support",
                "CRE",
                "Support and CRE",
                "Support Engineering",
                "Customer Reliability Engineering",
            ],
        },
        new(
            OwningTeam.CustomerSuccess,
            "success",
            "the CSM and TAM",
            Role.CustomerSuccessManager,
            Role.TechnicalAccountManager
        )
        {
            Others = ["CSM", "the CSM", "Customer Success", "CS"],
        },
        new(OwningTeam.TechnicalAccountManagement, "tam", "the TAM", Role.TechnicalAccountManager)
        {
            Others = ["TAMs", "Technical Account Management", "Technical Account Manager"],
        },
        new(
            OwningTeam.ProductEngineering,
            "product",
            "Product Engineering",
            Role.ProductEngineering
        )
        {
            Others = ["Product Engineers"],
        },
        new(OwningTeam.ResearchAndDevelopment, "rnd", "R&D", Role.ResearchAndDevelopment)
        {
            Others = ["R and D", "Research", "Research & Development", "Research and Development"],
        },
    ];

    /// <summary>All but Deployment Engineering: to whom something can be handed over.</summary>
    public static ImmutableArray<TeamName> Others { get; } =
    [.. All.Where(t => t.Team != OwningTeam.DeploymentEngineering)];

    public static TeamName Named(this OwningTeam team) => All.First(t => t.Team == team);

    public static string Label(this OwningTeam team) => team.Named().Label;
}
