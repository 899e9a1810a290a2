using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Ids;
using Sidecar.Time;

namespace Sidecar.Features.Reports.Domain;

/// <summary>The backlog of implementation requests over time, and how long their stages take (MET-5).</summary>
internal sealed class ImplementationTally(ReportSpan span)
{
    private const string Lead = "IE";

    private readonly ImmutableArray<DateOnly> _points = span.Points;
    private readonly Dictionary<DateOnly, (int Waiting, int UnderWay)> _at = [];
    private readonly List<TimeSpan> _toStart = [];
    private readonly List<TimeSpan> _toComplete = [];
    private readonly List<TimeSpan> _whole = [];

    /// <param name="it">As it is now.</param>
    /// <param name="history">What happened before the days were over, the oldest first.</param>
    public void Take(Implementation it, IReadOnlyList<HistoryEntry<ImplementationFact>> history)
    {
        foreach (var day in _points)
        {
            var end = span.EndOf(day);
            if (it.RequestedAt >= end || IsOver(it, history, end))
            {
                continue;
            }

            var (waiting, underWay) = _at.GetValueOrDefault(day);
            _at[day] = it.StartedAt < end ? (waiting, underWay + 1) : (waiting + 1, underWay);
        }

        if (it.StartedAt is { } started && span.Holds(started))
        {
            _toStart.Add(started - it.RequestedAt);
        }

        if (it is { CompletedOn: { } on, EndedAt: not null } && span.Holds(on))
        {
            var end = span.EndOf(on);
            _whole.Add(Took(it.RequestedAt, end));
            if (it.StartedAt is { } from)
            {
                _toComplete.Add(Took(from, end));
            }
        }
    }

    /// <summary>
    /// Whether it was over before a moment. What was not taken may be taken later: then it was over for some time.
    /// </summary>
    public static bool IsOver(
        Implementation it,
        IReadOnlyList<HistoryEntry<ImplementationFact>> history,
        DateTimeOffset before
    ) =>
        it.EndedAt < before
        || history
            .Where(h => h.At < before)
            .Aggregate(
                false,
                (isOver, h) =>
                    h.Fact switch
                    {
                        ImplementationFact.RequestDisqualified
                        or ImplementationFact.RequestWithdrawn
                        or ImplementationFact.DeploymentCompleted => true,
                        ImplementationFact.RequestQualified or ImplementationFact.LeadershipAsked =>
                            false,
                        _ => isOver,
                    }
            );

    /// <summary>Who led it before a moment; null for nobody.</summary>
    public static UserId? LedBy(
        Implementation it,
        IReadOnlyList<HistoryEntry<ImplementationFact>> history,
        DateTimeOffset before
    ) =>
        history
            .Where(h => h.At < before)
            .Aggregate(
                it.Engineer,
                (led, h) =>
                    h.Fact switch
                    {
                        ImplementationFact.RequestQualified q => q.Engineer,
                        ImplementationFact.HandOffStarted s => s.Engineer,
                        ImplementationFact.PeopleNamed { Changes: var changes } => changes
                            .Where(c => c.Part == Lead)
                            .Aggregate(led, (_, c) => c.To),
                        _ => led,
                    }
            );

    // The day of a completion is typed, and may be an earlier one than that of the start.
    private static TimeSpan Took(DateTimeOffset from, DateTimeOffset until) =>
        until > from ? until - from : TimeSpan.Zero;

    public ReportFigure Backlog()
    {
        var last = _at.GetValueOrDefault(_points[^1]);
        return new ReportFigure(
            "implementation-backlog",
            "Implementation backlog",
            "End of",
            [.. _points.Select(CalendarDay.Write)],
            [
                Counts("Not started", _points.Select(day => _at.GetValueOrDefault(day).Waiting)),
                Counts("Under way", _points.Select(day => _at.GetValueOrDefault(day).UnderWay)),
            ]
        )
        {
            Shape = ReportShape.Lines,
            For = ReportAudience.Ours,
            Words = string.Create(
                CultureInfo.InvariantCulture,
                $"{last.Waiting} requests are not started and {last.UnderWay} are under way at the end."
            ),
        };
    }

    public ReportFigure LeadTimes()
    {
        SpreadOf[] spreads =
        [
            SpreadOf.These(_toStart),
            SpreadOf.These(_toComplete),
            SpreadOf.These(_whole),
        ];
        return new ReportFigure(
            "implementation-lead-times",
            "Implementation lead times",
            "",
            ["Request to start", "Start to completion", "Request to completion"],
            [
                Counts("Of", spreads.Select(s => s.Count)),
                Days("Mean", spreads.Select(s => s.Mean)),
                Days("Median", spreads.Select(s => s.Median)),
                Days("9 in 10 within", spreads.Select(s => s.Ninth)),
            ]
        )
        {
            For = ReportAudience.Ours,
            Words = spreads[2].Median is { } median
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Half of the {spreads[2].Count} that were completed took {median.TotalDays:0.#} days or less from the request on."
                )
                : "None was completed.",
        };
    }

    private static ReportColumn Counts(string name, IEnumerable<int> values) =>
        new(name, ReportUnit.Count, [.. values.Select(v => (decimal?)v)]);

    private static ReportColumn Days(string name, IEnumerable<TimeSpan?> values) =>
        new(
            name,
            ReportUnit.Days,
            [
                .. values.Select(v =>
                    v is { } length ? decimal.Round((decimal)length.TotalDays, 1) : (decimal?)null
                ),
            ]
        );
}
