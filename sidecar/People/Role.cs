using System.Collections.Immutable;

namespace Sidecar.People;

/// <summary>What somebody is to the customers; one person may be several. In the words of the field.</summary>
public enum Role
{
    /// <summary>DE.</summary>
    DeploymentEngineer,

    /// <summary>SE.</summary>
    SupportEngineer,

    /// <summary>CRE.</summary>
    CustomerReliabilityEngineer,

    /// <summary>CE.</summary>
    CustomerEngineer,

    /// <summary>TAM.</summary>
    TechnicalAccountManager,

    /// <summary>TA.</summary>
    TechnicalAdvisor,

    /// <summary>CSM.</summary>
    CustomerSuccessManager,

    /// <summary>AE.</summary>
    AccountExecutive,

    /// <summary>IE.</summary>
    ImplementationEngineer,

    /// <summary>Approves in-product features as exceptions (ESC-4).</summary>
    ProductEngineering,

    /// <summary>R&amp;D.</summary>
    ResearchAndDevelopment,

    /// <summary>Looped in to what is bad and lasts.</summary>
    Executive,

    /// <summary>Leads the deployment engineers.</summary>
    DeploymentEngineeringLead,

    /// <summary>Leads customer success.</summary>
    CustomerSuccessLead,

    /// <summary>Leads the customer engineers.</summary>
    CustomerEngineeringLead,

    /// <summary>Leads sales.</summary>
    SalesLead,

    /// <summary>Leads the implementation engineers.</summary>
    ImplementationLead,

    /// <summary>
    /// Grants roles and sets the product up. Mattermost's system administrators are, without a grant (ALL-3).
    /// </summary>
    Administrator,
}

/// <summary>How a role is written in commands, and how people read it.</summary>
/// <param name="Role">Which.</param>
/// <param name="Code">One word: <c>de</c>, <c>de-lead</c>.</param>
/// <param name="Label">Within a sentence, without an article: <c>deployment engineer</c>, <c>DE lead</c>.</param>
public sealed record RoleName(Role Role, string Code, string Label);

/// <summary>The roles' names, in one place.</summary>
public static class Roles
{
    /// <summary>All, in the order in which they are listed.</summary>
    public static ImmutableArray<RoleName> All { get; } =
    [
        new(Role.DeploymentEngineer, "de", "deployment engineer"),
        new(Role.SupportEngineer, "se", "support engineer"),
        new(Role.CustomerReliabilityEngineer, "cre", "customer reliability engineer"),
        new(Role.CustomerEngineer, "ce", "customer engineer"),
        new(Role.TechnicalAccountManager, "tam", "technical account manager"),
        new(Role.TechnicalAdvisor, "ta", "technical advisor"),
        new(Role.CustomerSuccessManager, "csm", "customer success manager"),
        new(Role.AccountExecutive, "ae", "account executive"),
        new(Role.ImplementationEngineer, "ie", "implementation engineer"),
        new(Role.ProductEngineering, "product", "product engineering"),
        new(Role.ResearchAndDevelopment, "rnd", "R&D"),
        new(Role.Executive, "executive", "executive"),
        new(Role.DeploymentEngineeringLead, "de-lead", "DE lead"),
        new(Role.CustomerSuccessLead, "cs-lead", "CS lead"),
        new(Role.CustomerEngineeringLead, "ce-lead", "CE lead"),
        new(Role.SalesLead, "sales-lead", "sales lead"),
        new(Role.ImplementationLead, "ie-lead", "IE lead"),
        new(Role.Administrator, "admin", "administrator"),
    ];

    /// <summary>Whoever leads: may override, decline, reassign.</summary>
    public static ImmutableArray<Role> Leads { get; } =
    [
        Role.DeploymentEngineeringLead,
        Role.CustomerSuccessLead,
        Role.CustomerEngineeringLead,
        Role.SalesLead,
        Role.ImplementationLead,
    ];

    /// <summary>Whoever works on customers' systems.</summary>
    public static ImmutableArray<Role> Engineers { get; } =
    [
        Role.DeploymentEngineer,
        Role.SupportEngineer,
        Role.CustomerReliabilityEngineer,
        Role.CustomerEngineer,
        Role.ImplementationEngineer,
    ];

    /// <summary>How a role is read within a sentence.</summary>
    public static string Label(this Role role) => All.First(r => r.Role == role).Label;

    /// <summary>How a role is written in commands.</summary>
    public static string Code(this Role role) => All.First(r => r.Role == role).Code;
}
