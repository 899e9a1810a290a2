using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Ids;

namespace Sidecar.Features.Reports.Domain;

/// <summary>Who has and had how much to do (MET-5): of everybody who had anything, the most first.</summary>
internal static class WorkloadFigure
{
    /// <param name="escalations">What they did about escalations.</param>
    /// <param name="checkIns">Their check-ins.</param>
    /// <param name="assigned">How many customers they are assigned to at the end.</param>
    /// <param name="leads">How many implementations they lead at the end.</param>
    /// <param name="nameOf">By id.</param>
    public static ReportFigure Of(
        ReportTallies<UserId> escalations,
        CheckInTally checkIns,
        IReadOnlyDictionary<UserId, int> assigned,
        IReadOnlyDictionary<UserId, int> leads,
        Func<UserId, string> nameOf
    )
    {
        var rows = escalations
            .All.Where(t => !t.Value.IsNothing)
            .Select(t => t.Key)
            .Concat(checkIns.All.Keys)
            .Concat(assigned.Keys)
            .Concat(leads.Keys)
            .Distinct()
            .Select(who => new
            {
                Name = nameOf(who),
                Open = escalations.All.GetValueOrDefault(who)?.Open ?? 0,
                Resolved = escalations.All.GetValueOrDefault(who)?.Resolved.Count ?? 0,
                CheckIns = checkIns.HeldBy(who),
                Assigned = assigned.GetValueOrDefault(who),
                Leads = leads.GetValueOrDefault(who),
            })
            .OrderByDescending(r => r.Open + r.Resolved + r.CheckIns + r.Assigned + r.Leads)
            .ThenBy(r => r.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        return new ReportFigure(
            "workload-by-engineer",
            "Workload per engineer",
            "Engineer",
            [.. rows.Select(r => r.Name)],
            [
                Counts("Open escalations", rows.Select(r => r.Open)),
                Counts("Resolved", rows.Select(r => r.Resolved)),
                Counts("Check-ins held", rows.Select(r => r.CheckIns)),
                Counts("Assigned customers", rows.Select(r => r.Assigned)),
                Counts("Implementations led", rows.Select(r => r.Leads)),
            ]
        )
        {
            Shape = ReportShape.Bars,
            For = ReportAudience.Ours,
            Words =
                rows.Count == 0
                    ? "Nobody had anything to do."
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{rows[0].Name} has the most: {rows[0].Open} open, {rows[0].Resolved} resolved, {rows[0].CheckIns} check-ins held, {rows[0].Assigned} assigned, {rows[0].Leads} led. {rows.Count} people in all."
                    ),
            Note = "Open, assigned and led: at the end.",
        };
    }

    private static ReportColumn Counts(string name, IEnumerable<int> values) =>
        new(name, ReportUnit.Count, [.. values.Select(v => (decimal?)v)]);
}
