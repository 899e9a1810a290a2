using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Ids;

namespace Sidecar.Features.Implementations.Domain;

/// <summary>What the triage looks at (IMP-3).</summary>
internal enum Criterion
{
    Revenue,
    Complexity,
    Market,
    Intangibles,
    Bandwidth,
}

/// <summary>A criterion as it is asked for.</summary>
/// <param name="Of">Which.</param>
/// <param name="Code">The field of the form and the key of its weight.</param>
/// <param name="Label">Above the field; at most 24 characters.</param>
/// <param name="Asks">What is scored, from 1 to 5; at most 150 characters.</param>
internal sealed record CriterionName(Criterion Of, string Code, string Label, string Asks);

/// <summary>One person's scores, each from 1 to 5 (IMP-3).</summary>
/// <param name="By">Whose.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Points">One for each criterion, in their order.</param>
/// <param name="Note">What they want to say about it; empty for nothing.</param>
internal sealed record TriageScore(
    UserId By,
    DateTimeOffset At,
    ImmutableArray<int> Points,
    string Note
)
{
    public const int Lowest = 1;
    public const int Highest = 5;

    public int this[Criterion criterion] => Points[(int)criterion];

    /// <summary>The same scores and words, whenever they were given.</summary>
    public bool SaysTheSame(TriageScore? other) =>
        other is not null && Points.SequenceEqual(other.Points) && Note == other.Note;
}

/// <summary>How scores add up: the mean of each criterion, times its weight, summed.</summary>
internal static class Triage
{
    public static ImmutableArray<CriterionName> Criteria { get; } =
    [
        new(
            Criterion.Revenue,
            "revenue",
            "Fiscal year revenue",
            "Impact on the upcoming fiscal year’s revenue: 1 hardly any, 5 decisive."
        ),
        new(
            Criterion.Complexity,
            "complexity",
            "Size and complexity",
            "Overall size and technical complexity of the deployment: 1 a small standard one, 5 very large or unusual."
        ),
        new(
            Criterion.Market,
            "market",
            "ARR and TAM",
            "The opportunity’s ARR and the account’s total addressable market: 1 small, 5 among the largest."
        ),
        new(
            Criterion.Intangibles,
            "intangibles",
            "Account intangibles",
            "Deployment risks, the admins’ aptitude, context: 1 they manage without us, 5 it fails without us."
        ),
        new(
            Criterion.Bandwidth,
            "bandwidth",
            "Team bandwidth",
            "Room in the implementation team now: 1 none, 5 plenty."
        ),
    ];

    public static CriterionName Named(this Criterion criterion) =>
        Criteria.First(c => c.Of == criterion);

    /// <summary>The mean of what everybody gave; null when nobody has scored.</summary>
    public static decimal? Mean(this ImmutableArray<TriageScore> scores, Criterion criterion) =>
        scores.IsEmpty ? null : scores.Average(s => (decimal)s[criterion]);

    /// <summary>How far those who scored are apart: 0 when they agree.</summary>
    public static int Spread(this ImmutableArray<TriageScore> scores, Criterion criterion) =>
        scores.IsEmpty ? 0 : scores.Max(s => s[criterion]) - scores.Min(s => s[criterion]);

    /// <summary>What orders the backlog; null when nobody has scored.</summary>
    public static decimal? Total(
        this ImmutableArray<TriageScore> scores,
        CriterionWeights weights
    ) =>
        scores.IsEmpty
            ? null
            : decimal.Round(
                Criteria.Sum(c => weights.Of(c.Of) * scores.Mean(c.Of)!.Value),
                1,
                MidpointRounding.AwayFromZero
            );

    /// <summary>As people read it: <c>19</c>, <c>19.5</c>.</summary>
    public static string Shown(decimal score) =>
        score.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>How much room the team has, from what it has open (IMP-3).</summary>
/// <param name="UnderWay">Requests that are qualified or started.</param>
/// <param name="Engineers">Implementation engineers.</param>
internal sealed record TeamBandwidth(int UnderWay, int Engineers)
{
    /// <summary>5 with nothing open, one less for each that an engineer has open on average, 1 at the least.</summary>
    public int Points =>
        Engineers == 0
            ? TriageScore.Lowest
            : Math.Clamp(
                TriageScore.Highest - (int)Math.Ceiling((double)UnderWay / Engineers),
                TriageScore.Lowest,
                TriageScore.Highest
            );

    /// <summary>Why it is that much, for the field of the form.</summary>
    public string Reason =>
        Engineers == 0
            ? "nobody has the role of implementation engineer"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{UnderWay} qualified or under way, {Engineers} implementation engineer{(Engineers == 1 ? "" : "s")}: {Points} of {TriageScore.Highest}"
            );
}
