using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>Where an escalation goes (ESC-2 to ESC-4).</summary>
internal abstract record EscalationRoute
{
    private EscalationRoute() { }

    /// <summary>Deployment Engineering takes it; provisionally, as long as something speaks against it.</summary>
    public sealed record AcceptedRoute : EscalationRoute
    {
        /// <summary>What nobody knows yet; it does not wait for that.</summary>
        public ImmutableArray<MissingFact> Missing { get; init; } = [];

        /// <summary>Whose it would be, were it less urgent.</summary>
        public Redirect? Elsewhere { get; init; }
    }

    /// <summary>Nobody can say yet: facts are missing (ESC-2).</summary>
    public sealed record AwaitFacts(ImmutableArray<MissingFact> Missing) : EscalationRoute;

    /// <summary>It is another team's (ESC-3).</summary>
    /// <param name="To">Whose.</param>
    /// <param name="Reason">Why, as a sentence of ours.</param>
    public sealed record Redirect(OwningTeam To, string Reason) : EscalationRoute;

    /// <summary>Product Engineering must approve first (ESC-4).</summary>
    public sealed record AskApproval : EscalationRoute;

    /// <summary>Decides by category, then by what is known of the customer.</summary>
    /// <param name="category">What kind of work it is.</param>
    /// <param name="customer">The customer, as far as known; null when nobody has added them.</param>
    /// <param name="line">The ARR line: its amount, and the categories that it holds for.</param>
    /// <param name="isUrgent">
    /// Of Sev 1 or Sev 2: neither a missing fact nor the ARR line holds it up, it is taken provisionally.
    /// </param>
    public static EscalationRoute For(
        Category category,
        KnownCustomer? customer,
        Eligibility line,
        bool isUrgent = false
    )
    {
        if (Redirections.TryGetValue(category, out var redirect))
        {
            return redirect;
        }

        if (category == Category.InProductFeature)
        {
            return new AskApproval();
        }

        var route = ByCustomer(category, customer, line);
        return (isUrgent, route) switch
        {
            (true, AwaitFacts wait) => new AcceptedRoute { Missing = wait.Missing },
            (true, Redirect elsewhere) => new AcceptedRoute { Elsewhere = elsewhere },
            _ => route,
        };
    }

    private static EscalationRoute ByCustomer(
        Category category,
        KnownCustomer? customer,
        Eligibility line
    )
    {
        if (customer is null)
        {
            return new AwaitFacts([MissingFact.Customer]);
        }

        if (!line.HoldsFor(category))
        {
            return new AcceptedRoute();
        }

        return customer.Arr switch
        {
            null => new AwaitFacts([MissingFact.Arr]),
            { } arr when arr > line.ArrAbove => new AcceptedRoute(),
            _ => new Redirect(
                OwningTeam.CustomerSupport,
                "deployment escalations of this customer are Customer Support’s"
            ),
        };
    }

    private static ImmutableDictionary<Category, Redirect> Redirections { get; } =
        new Dictionary<Category, Redirect>
        {
            [Category.RegularSupport] = new(
                OwningTeam.CustomerSupport,
                "regular support and first-line troubleshooting are Customer Support’s"
            ),
            [Category.ProductBug] = new(
                OwningTeam.CustomerSupport,
                "product bugs go to Customer Support and CRE first"
            ),
            [Category.AccountManagement] = new(
                OwningTeam.CustomerSuccess,
                "expansion, renewal and licences are the CSM’s and TAM’s"
            ),
            [Category.StandardOnboarding] = new(
                OwningTeam.TechnicalAccountManagement,
                "standard onboarding, deployment, testing, training and roll-out are the TAM’s, unless the TAM specifically escalates it"
            ),
            [Category.IntegrationOpportunity] = new(
                OwningTeam.CustomerSuccess,
                "finding integration opportunities is the CSM’s and TAM’s"
            ),
        }.ToImmutableDictionary();
}

/// <summary>A fact that only somebody else can add (ESC-2).</summary>
internal enum MissingFact
{
    /// <summary>Nobody has added the customer.</summary>
    Customer,

    /// <summary>The customer's ARR is not known.</summary>
    Arr,
}

/// <summary>What routing and order need to know of a customer.</summary>
/// <param name="Name">As people write it.</param>
/// <param name="Arr">In USD; null when not known.</param>
internal sealed record KnownCustomer(string Name, decimal? Arr);

/// <summary>The ARR line of ESC-2.</summary>
/// <param name="ArrAbove">In USD; exactly this much is not enough.</param>
/// <param name="Categories">The categories that it holds for.</param>
internal sealed record Eligibility(decimal ArrAbove, ImmutableArray<Category> Categories)
{
    public bool HoldsFor(Category category) => Categories.Contains(category);
}
