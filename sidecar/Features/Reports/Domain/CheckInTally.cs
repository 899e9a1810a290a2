using System.Globalization;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;

namespace Sidecar.Features.Reports.Domain;

/// <summary>Check-ins held, skipped and missed, by whose they were (MET-5, ASG-9). A week counts by its Monday.</summary>
internal sealed class CheckInTally(ReportSpan span)
{
    private readonly Dictionary<UserId, (int Held, int Skipped, int Missed)> _all = [];

    public IReadOnlyDictionary<UserId, (int Held, int Skipped, int Missed)> All => _all;

    public void Take(Assignment assignment, IEnumerable<HistoryEntry<AssignmentFact>> history)
    {
        // One that was missed may be answered after all: what came last is how the week went.
        var weeks = new Dictionary<DateOnly, (UserId? Whose, WeekOutcome Outcome)>();
        foreach (var (_, _, fact) in history)
        {
            (DateOnly Week, UserId? Whose, WeekOutcome Outcome)? settled = fact switch
            {
                AssignmentFact.CheckInAnswered a => (a.Answers.Week, a.By, WeekOutcome.Held),
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
                var (held, skipped, missed) = _all.GetValueOrDefault(by);
                _all[by] = outcome switch
                {
                    WeekOutcome.Held => (held + 1, skipped, missed),
                    WeekOutcome.Skipped => (held, skipped + 1, missed),
                    _ => (held, skipped, missed + 1),
                };
            }
        }
    }

    public ReportFigure Figure(Func<UserId, string> nameOf)
    {
        var rows = _all.Select(t => (Name: nameOf(t.Key), t.Value))
            .OrderBy(r => r.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        var (held, skipped, missed) = (
            rows.Sum(r => r.Value.Held),
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
                Counts("Skipped", [.. rows.Select(r => r.Value.Skipped), skipped]),
                Counts("Missed", [.. rows.Select(r => r.Value.Missed), missed]),
            ]
        )
        {
            For = ReportAudience.Ours,
            Words = string.Create(
                CultureInfo.InvariantCulture,
                $"{held} check-ins were held, {skipped} skipped, {missed} missed."
            ),
        };
    }

    private enum WeekOutcome
    {
        Held,
        Skipped,
        Missed,
    }

    private static ReportColumn Counts(string name, IEnumerable<int> values) =>
        new(name, ReportUnit.Count, [.. values.Select(v => (decimal?)v)]);
}
