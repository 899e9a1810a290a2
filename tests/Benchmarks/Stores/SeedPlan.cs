using System.Globalization;
using Sidecar.Features.Customers;
using Sidecar.Features.Escalations;
using Sidecar.Interactions;

namespace Benchmarks.Stores;

/// <summary>
/// What a seeded store holds: the same for the same numbers, so that runs can be compared. Seven of eleven escalations are
/// new, which is far more than a team could live with, and the worst case for lists and counts.
/// </summary>
/// <param name="Escalations">How many escalations.</param>
/// <param name="Audit">How many entries the audit trail has, spread evenly.</param>
internal sealed record SeedPlan(int Escalations, int Audit)
{
    public const int People = 12_000;
    public const int Customers = 500;
    public const int Channels = 50;
    private const int NewOfEleven = 7;
    private const int Spread = 7919;

    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The numbers of those that nobody has acknowledged.</summary>
    public IEnumerable<long> New =>
        Enumerable.Range(1, Escalations).Where(IsNew).Select(n => (long)n);

    public static UserId Person(long number) => new(Id('u', number % People));

    public static string Username(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"engineer{number % People}");

    public static ChannelId Channel(long number) => new(Id('c', number % Channels));

    public static string Customer(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"customer-{number % Customers}");

    /// <summary>An id as Mattermost makes them: 26 lower-case letters and digits.</summary>
    public static string Id(char first, long number) =>
        first + number.ToString("D25", CultureInfo.InvariantCulture);

    /// <summary>The numbers 1 to <paramref name="count"/> in an order without a pattern, again and again.</summary>
    public static long Scattered(long turn, long count) => (turn * Spread % count) + 1;

    public static Escalation Escalation(int number)
    {
        var reporter = Person(number);
        var raised = new Escalation
        {
            Id = new EscalationId(number),
            Customer = new CustomerKey(Customer(number)),
            CustomerName = Customer(number),
            Severity = (Severity)((number % 4) + 1),
            Category = (Category)(number % 11),
            Summary =
                $"Nobody can log in since the upgrade of node {number % 97}, all logins time out",
            CustomerImpact =
                "Support can't reach customers. A workaround for *some* users is to log in by mobile app; see http://status.example.com/incidents for the latest.",
            Impact = (ImpactLevel)((number % 4) + 1),
            Reporter = reporter,
            RaisedAt = Start.AddSeconds(number * 60L),
            Channel = Channel(number),
        };
        if (IsNew(number))
        {
            return raised;
        }

        var later = raised.RaisedAt.AddMinutes(5);
        var owner = Person(number + 1);
        return raised with
        {
            State = EscalationState.Resolved,
            Owner = owner,
            AcknowledgedBy = owner,
            AcknowledgedAt = later,
            ResolvedBy = owner,
            ResolvedAt = later.AddHours(2),
            Resolution = "The session store was full; it has been emptied and gets a limit.",
        };
    }

    /// <summary>What happened to an escalation, in order: as many entries as are its share of the trail.</summary>
    public IEnumerable<EscalationFact> Facts(Escalation escalation)
    {
        var number = escalation.Id.Number;
        yield return new EscalationFact.Raised(
            escalation.Reporter,
            escalation.CustomerName,
            escalation.Severity,
            escalation.Summary
        );
        for (var i = 1; i < Audit / Escalations; i++)
        {
            yield return new EscalationFact.Assigned(
                Person(number + i),
                Person(number + i),
                Person(number + i + 1)
            );
        }
    }

    private static bool IsNew(int number) => number % 11 < NewOfEleven;
}
