using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Time;

namespace Sidecar.Features.Reports.Domain;

/// <summary>The backlog of implementation requests over time, and how long their stages take (MET-5).</summary>
internal sealed class ImplementationTally(ReportSpan span)
{
    private readonly ImmutableArray<DateOnly> _points = span.Points;
    private readonly Dictionary<DateOnly, (int Waiting, int UnderWay)> _at = [];
    private readonly List<TimeSpan> _toStart = [];
    private readonly List<TimeSpan> _toComplete = [];
    private readonly List<TimeSpan> _whole = [];

    public void Take(Implementation it)
    {
        foreach (var day in _points)
        {
            var end = span.EndOf(day);
            if (it.RequestedAt >= end || it.EndedAt < end)
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
            _whole.Add(end - it.RequestedAt);
            if (it.StartedAt is { } from)
            {
                _toComplete.Add(end - from);
            }
        }
    }

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
