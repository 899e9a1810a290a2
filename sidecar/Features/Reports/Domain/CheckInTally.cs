using System.Globalization;
using Sidecar.Features.Assignments;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;

namespace Sidecar.Features.Reports.Domain;

/// <summary>Check-ins held, skipped and missed, by whose they were (MET-5, ASG-9). A week counts by its Monday.</summary>
internal sealed class CheckInTally(ReportSpan span)
{
    private readonly Dictionary<UserId, (int Held, int Skipped, int Missed)> _all = [];

    public IReadOnlyDictionary<UserId, (int Held, int Skipped, int Missed)> All => _all;

    public void Take(Assignment assignment, IEnumerable<HistoryEntry<AssignmentFact>> history)
    {
        foreach (var (_, _, fact) in history)
        {
            var (who, week, held, skipped, missed) = fact switch
            {
                AssignmentFact.CheckInAnswered a => (a.By, a.Answers.Week, 1, 0, 0),
                AssignmentFact.CheckInSkipped s => (s.By, s.Week, 0, 1, 0),
                AssignmentFact.CheckInMissed m => ((UserId?)m.Asked, m.Week, 0, 0, 1),
                _ => (null, default(DateOnly), 0, 0, 0),
            };
            if (
                held + skipped + missed > 0
                && span.Holds(week)
                && (who ?? assignment.Engineer) is { } by
            )
            {
                var before = _all.GetValueOrDefault(by);
                _all[by] = (before.Held + held, before.Skipped + skipped, before.Missed + missed);
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

    private static ReportColumn Counts(string name, IEnumerable<int> values) =>
        new(name, ReportUnit.Count, [.. values.Select(v => (decimal?)v)]);
}
