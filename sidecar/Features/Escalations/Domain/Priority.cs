using Sidecar.Storage;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>
/// Which escalation comes first (ESC-5, S0): impact counts twice, effort is taken off. Ties: higher impact, then higher
/// ARR, then older.
/// </summary>
/// <param name="Impact">How much it matters.</param>
/// <param name="Effort">How much work it is likely to be.</param>
/// <param name="Arr">The customer's ARR in USD; an unknown one comes behind every known one.</param>
/// <param name="RaisedAt">When it was raised, UTC.</param>
/// <param name="Number">Its number, for those raised in the same millisecond.</param>
internal readonly record struct Priority(
    ImpactLevel Impact,
    EffortEstimate Effort,
    decimal? Arr,
    DateTimeOffset RaisedAt,
    long Number
)
{
    /// <summary>2 × impact − effort: from −2 to 7.</summary>
    public int Score => (2 * (int)Impact) - (int)Effort;

    /// <summary>Behind the parts of a key: first come, first listed.</summary>
    public IndexKey Under(IndexKey group) =>
        group
            .ThenDescending(Score)
            .ThenDescending((int)Impact)
            .ThenDescending(ArrInCents)
            .Then(RaisedAt)
            .Then(Number);

    /// <summary>
    /// The order of those who may not know what customers pay: it does not depend on it, so that nothing of it shows.
    /// </summary>
    public IndexKey WithoutArrUnder(IndexKey group) =>
        group.ThenDescending(Score).ThenDescending((int)Impact).Then(RaisedAt).Then(Number);

    /// <summary>What decides between this one and another, as people would say it.</summary>
    /// <param name="other">The other.</param>
    /// <param name="withoutArr">In the order of <see cref="WithoutArrUnder"/>.</param>
    public PriorityDifference DifferenceTo(Priority other, bool withoutArr) =>
        Score != other.Score ? PriorityDifference.Score
        : Impact != other.Impact ? PriorityDifference.Impact
        : !withoutArr && ArrInCents != other.ArrInCents ? PriorityDifference.Arr
        : PriorityDifference.Age;

    private long ArrInCents => Arr is { } arr ? (long)decimal.Round(arr * 100) : -1;
}

/// <summary>What put one escalation before another.</summary>
internal enum PriorityDifference
{
    Score,
    Impact,
    Arr,
    Age,
}
