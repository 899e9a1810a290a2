using System.Globalization;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;

namespace Sidecar.Features.Reports.Domain;

/// <summary>
/// Check-ins held, in time or late, skipped and missed, by whose they were (MET-5, ASG-9). A week counts by its Monday.
/// </summary>
internal sealed class CheckInTally(ReportSpan span)
{
    private readonly Dictionary<UserId, (int Held, int Late, int Skipped, int Missed)> _all = [];

    /// <summary>Of each; those held late are none of those held.</summary>
    public IReadOnlyDictionary<UserId, (int Held, int Late, int Skipped, int Missed)> All => _all;

    /// <summary>How many somebody held, in time or late.</summary>
    public int HeldBy(UserId person) =>
        _all.GetValueOrDefault(person) is var (held, late, _, _) ? held + late : 0;

    public void Take(Assignment assignment, IEnumerable<HistoryEntry<AssignmentFact>> history)
    {
        // One that was missed may be answered after all: what came last is how the week went.
        var weeks = new Dictionary<DateOnly, (UserId? Whose, WeekOutcome Outcome)>();
        foreach (var (_, _, fact) in history)
        {
            (DateOnly Week, UserId? Whose, WeekOutcome Outcome)? settled = fact switch
            {
                AssignmentFact.CheckInAnswered a => (
                    a.Answers.Week,
                    a.By,
                    a.Answers.IsLate == true ? WeekOutcome.Late : WeekOutcome.Held
                ),
                AssignmentFact.CheckInSkipped s => (s.Week, s.By, WeekOutcome.Skipped),
                AssignmentFact.CheckInMissed m => (m.Week, m.Asked, WeekOutcome.Missed),
                _ => null,
            };
            if (settled is { } now && span.Holds(now.Week))
            {
                weeks[now.Week] = (now.Whose, now.Outcome);
            }
        }

        foreach (var (whose, outcome) in weeks.Values)
        {
            if ((whose ?? assignment.Engineer) is { } by)
            {
                var (held, late, skipped, missed) = _all.GetValueOrDefault(by);
                _all[by] = outcome switch
                {
                    WeekOutcome.Held => (held + 1, late, skipped, missed),
                    WeekOutcome.Late => (held, late + 1, skipped, missed),
                    WeekOutcome.Skipped => (held, late, skipped + 1, missed),
                    _ => (held, late, skipped, missed + 1),
                };
            }
        }
    }

    public ReportFigure Figure(Func<UserId, string> nameOf)
    {
        var rows = _all.Select(t => (Name: nameOf(t.Key), t.Value))
            .OrderBy(r => r.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        var (held, late, skipped, missed) = (
            rows.Sum(r => r.Value.Held),
            rows.Sum(r => r.Value.Late),
            rows.Sum(r => r.Value.Skipped),
            rows.Sum(r => r.Value.Missed)
        );
        return new ReportFigure(
            "check-ins",
            "Check-ins",
            "Whose",
            [.. rows.Select(r => r.Name), "All"],
            [
                Counts("Held", [.. rows.Select(r => r.Value.Held), held]),
                .. late == 0
                    ? []
                    : (ReportColumn[])
                        [Counts("Held late", [.. rows.Select(r => r.Value.Late), late])],
                Counts("Skipped", [.. rows.Select(r => r.Value.Skipped), skipped]),
                Counts("Missed", [.. rows.Select(r => r.Value.Missed), missed]),
            ]
        )
        {
            For = ReportAudience.Ours,
            Words = string.Create(
                CultureInfo.InvariantCulture,
                $"{held} check-ins were held{(late == 0 ? "" : $", {late} late")}, {skipped} skipped, {missed} missed."
            ),
        };
    }

    private enum WeekOutcome
    {
        Held,
        Late,
        Skipped,
        Missed,
    }

    private static ReportColumn Counts(string name, IEnumerable<int> values) =>
        new(name, ReportUnit.Count, [.. values.Select(v => (decimal?)v)]);
}
