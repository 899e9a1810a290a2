using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.Workload;

/// <summary>How much somebody has to do (MET-5).</summary>
/// <param name="Person">Who.</param>
/// <param name="Assigned">The assignments of which they are the engineer.</param>
/// <param name="BackedUp">Those of which they are the back-up.</param>
/// <param name="Open">How many open escalations they own of each severity, Sev 1 first.</param>
/// <param name="CheckInsThisWeek">How many check-ins they hold until the week ends.</param>
internal sealed record PersonLoad(
    UserId Person,
    ImmutableArray<Assignment> Assigned,
    ImmutableArray<Assignment> BackedUp,
    ImmutableArray<int> Open,
    int CheckInsThisWeek
)
{
    /// <summary>What they work on besides, of each kind of which they have any.</summary>
    public ImmutableArray<OtherLoad> Others { get; init; } = [];

    /// <summary><c>2 service requests</c>; empty when there is nothing.</summary>
    public string OtherCounts => string.Join(", ", Others.Select(o => Of(o.Count, o.What)));

    private static readonly ImmutableArray<Severity> Severities =
    [
        Severity.Sev1,
        Severity.Sev2,
        Severity.Sev3,
        Severity.Sev4,
    ];

    /// <summary>In points.</summary>
    public int Points(LoadWeights weights) =>
        (Assigned.Length * weights.Assignment)
        + (BackedUp.Length * weights.BackUp)
        + Severities.Select((s, i) => Open[i] * weights.Of(s)).Sum()
        + (CheckInsThisWeek * weights.CheckIn)
        + Others.Sum(o => o.Points);

    /// <summary><c>2 assignments, back-up of 1, 1 open Sev 2, 1 check-in this week</c>: no customer is named.</summary>
    public Markdown Counts
    {
        get
        {
            List<string> parts =
            [
                Of(Assigned.Length, "assignment"),
                BackedUp.IsEmpty ? "" : Number($"back-up of {BackedUp.Length}"),
                .. Severities.Select(
                    (s, i) =>
                        Open[i] == 0
                            ? ""
                            : Number($"{Open[i]} open {Vocabulary.Severities.Label(s)}")
                ),
                CheckInsThisWeek == 0 ? "" : $"{Of(CheckInsThisWeek, "check-in")} this week",
                OtherCounts,
            ];
            return Markdown.Typed(string.Join(", ", parts.Where(p => p.Length > 0)));
        }
    }

    /// <summary>Whom they are assigned to: for people of ours only (ASG-4).</summary>
    public Markdown Customers =>
        Assigned.IsEmpty && BackedUp.IsEmpty
            ? Markdown.None
            : Markdown.Of(
                $"Assigned to {Names(Assigned)}{(BackedUp.IsEmpty ? Markdown.None : Markdown.Of($"; back-up for {Names(BackedUp)}"))}."
            );

    private static Markdown Names(ImmutableArray<Assignment> assignments) =>
        assignments.IsEmpty
            ? Markdown.Of($"nobody")
            : Markdown.Listed([.. assignments.Select(a => Markdown.Typed(a.CustomerName))], "and");

    private static string Of(int count, string what) =>
        Number($"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Number(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
