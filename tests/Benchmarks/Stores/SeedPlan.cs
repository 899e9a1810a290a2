using System.Globalization;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.People;

namespace Benchmarks.Stores;

/// <summary>
/// What a seeded store holds: the same for the same numbers, so that runs can be compared. More than half of all
/// escalations are open, which is far more than a team could live with, and the worst case for lists and ranks.
/// </summary>
/// <param name="Escalations">How many escalations.</param>
/// <param name="Audit">How many entries the audit trail has at least, spread evenly.</param>
internal sealed record SeedPlan(int Escalations, int Audit)
{
    public const int People = 12_000;
    public const int Customers = 500;
    public const int Channels = 50;
    private const int Spread = 7919;

    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Customers who have no escalation: each can raise one without being asked about another (ESC-11).</summary>
    public int Newcomers => Escalations / 2;

    /// <summary>How many entries of the trail an escalation has, unless more happened to it.</summary>
    public int Share => Audit / Escalations;

    /// <summary>The numbers of those that nobody has acknowledged and somebody should.</summary>
    public IReadOnlyList<long> Waiting => field ??= In(e => e.State == EscalationState.Accepted);

    /// <summary>The numbers of those that are open.</summary>
    public IReadOnlyList<long> Open => field ??= In(e => e.IsOpen);

    public static UserId Person(long number) => new(Id('u', number % People));

    public static string Username(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"engineer{number % People}");

    /// <summary>Everybody is an engineer, since everybody has to acknowledge; a few are more than that.</summary>
    public static Role[] RolesOf(int person) =>
        (person % 240) switch
        {
            0 => [Role.DeploymentEngineer, Role.TechnicalAccountManager],
            1 => [Role.DeploymentEngineer, Role.CustomerSuccessManager],
            2 => [Role.DeploymentEngineer, Role.ProductEngineering],
            3 => [Role.DeploymentEngineer, Role.DeploymentEngineeringLead],
            _ => [Role.DeploymentEngineer],
        };

    /// <summary>The token with which a person's program comes; everybody has one.</summary>
    public static string Token(long number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"escalate_{(number % People) + 1}_{number % People:x64}"
        );

    /// <summary>The same as it is kept.</summary>
    public static ApiToken TokenOf(int person) =>
        new(
            new ApiTokenId(person + 1),
            "load",
            Person(person),
            [.. TokenScope.All.Select(s => s.Code)],
            TokenText.DigestOf(Token(person)),
            Person(person),
            Start,
            Start.AddYears(50)
        );

    public static ChannelId Channel(long number) => new(Id('c', number % Channels));

    /// <summary>Where a team gets its escalations.</summary>
    public static ChannelId ChannelOf(OwningTeam team) => new(Id('k', (int)team));

    public static string Customer(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"customer-{number % Customers}");

    public static string Newcomer(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"newcomer-{number}");

    /// <summary>What a customer pays in USD: many the same, some too little, of some nobody knows.</summary>
    public static decimal? ArrOf(long customer) =>
        (customer % Customers % 10) switch
        {
            0 => null,
            1 => 30_000,
            var tier => 60_000 * ((tier % 4) + 1),
        };

    /// <summary>An id as Mattermost makes them: 26 lower-case letters and digits.</summary>
    public static string Id(char first, long number) =>
        first + number.ToString("D25", CultureInfo.InvariantCulture);

    /// <summary>The numbers 1 to <paramref name="count"/> in an order without a pattern, again and again.</summary>
    public static long Scattered(long turn, long count) => (turn * Spread % count) + 1;

    /// <summary>One of the open ones after the other, without a pattern.</summary>
    public EscalationId AnOpen(long turn) => new(Open[(int)Scattered(turn, Open.Count) - 1]);

    private long[] In(Func<Escalation, bool> isMeant) =>
        [
            .. Enumerable
                .Range(1, Escalations)
                .Where(n => isMeant(new SeededEscalation(n).Current))
                .Select(n => (long)n),
        ];
}
