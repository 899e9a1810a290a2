using System.Collections.Immutable;
using Sidecar.People;

namespace Sidecar.Features.Help;

/// <summary>The commands that each role uses most, by their paths (SET-3, SET-4).</summary>
internal static class MostUsed
{
    /// <summary>So many are shown to somebody new, and of each role in help.</summary>
    public const int PerRole = 3;

    /// <summary>Of who has no role: they raise, find and follow.</summary>
    public static ImmutableArray<string> WithoutRole { get; } = ["new", "list", "follow"];

    /// <summary>Of each role, the one they need first in front.</summary>
    public static ImmutableDictionary<Role, ImmutableArray<string>> ByRole { get; } =
        new Dictionary<Role, ImmutableArray<string>>
        {
            [Role.DeploymentEngineer] = ["me", "ack", "update"],
            [Role.SupportEngineer] = ["checkin", "me", "ack"],
            [Role.CustomerReliabilityEngineer] = ["me", "ack", "update"],
            [Role.CustomerEngineer] = ["engineer request", "implementation", "me"],
            [Role.TechnicalAccountManager] = ["new", "list", "engineer request"],
            [Role.TechnicalAdvisor] = ["new", "list", "customer show"],
            [Role.CustomerSuccessManager] = ["new", "service", "customer show"],
            [Role.AccountExecutive] = ["engineer request", "customer show", "find"],
            [Role.ImplementationEngineer] = ["implementation list", "me", "customer show"],
            [Role.ProductEngineering] = ["approve", "decline", "list"],
            [Role.ResearchAndDevelopment] = ["list", "link", "ack"],
            [Role.Executive] = ["list", "timeline", "customer seats"],
            [Role.DeploymentEngineeringLead] = ["list", "assign", "load"],
            [Role.CustomerSuccessLead] = ["engineer list", "engineer approve", "load"],
            [Role.CustomerEngineeringLead] = ["engineer list", "engineer request", "load"],
            [Role.SalesLead] = ["engineer list", "engineer request", "find"],
            [Role.ImplementationLead] = ["implementation list", "load", "me"],
            [Role.Administrator] = ["setup", "role grant", "duty"],
        }.ToImmutableDictionary();

    /// <summary>Of somebody with several roles: the first of each, then the second of each, and so on.</summary>
    /// <param name="roles">Which they have; none for what everybody does.</param>
    /// <param name="most">No more than so many.</param>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<Role> roles, int most)
    {
        ImmutableArray<string>[] lists =
            roles.Count == 0 ? [WithoutRole] : [.. roles.Order().Select(r => ByRole[r])];
        return
        [
            .. Enumerable
                .Range(0, lists.Max(l => l.Length))
                .SelectMany(at => lists.Where(l => at < l.Length).Select(l => l[at]))
                .Distinct()
                .Take(most),
        ];
    }
}
