using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Time;

namespace Sidecar.Features.Reports.Domain;

/// <summary>By what escalations are told apart in a report.</summary>
internal enum ReportGroup
{
    Severity,
    Customer,
    Engineer,
}

/// <summary>
/// The figures of escalations in a span of days (MET-5). It is told of one after the other, and keeps nothing of them but
/// numbers.
/// </summary>
/// <param name="span">Which days.</param>
/// <param name="team">What working time is.</param>
/// <param name="waits">Which severities count working time: those whose acknowledgement is waited for in it (ESC-8).</param>
/// <param name="grace">
/// How long after it was due an update still counts as on time: until its channel is reminded (UPD-3), by working time
/// where that is waited for in working time; null: no time at all.
/// </param>
internal sealed class EscalationTally(
    ReportSpan span,
    WorkingTime team,
    Waits waits,
    WaitLength? grace
)
{
    private static readonly string[] Parts = ["acknowledged", "resolved"];
    private static readonly Severity[] Severities = Enum.GetValues<Severity>();

    private readonly ImmutableArray<DateOnly> _points = span.Points;
    private readonly Dictionary<(Severity, DateOnly), int> _open = [];

    public ReportTallies<Severity> BySeverity { get; } = new();

    public ReportTallies<string> ByCustomer { get; } = new();

    public ReportTallies<UserId> ByEngineer { get; } = new();

    /// <summary>Open at the end of a day.</summary>
    public int Open(Severity severity, DateOnly day) => _open.GetValueOrDefault((severity, day));

    public void Take(EscalationCourse course)
    {
        foreach (var day in _points)
        {
            if (Last(course, span.EndOf(day)) is { IsOpen: true, Severity: var severity })
            {
                _open[(severity, day)] = Open(severity, day) + 1;
            }
        }

        if (Last(course, span.Ends) is { IsOpen: true } left)
        {
            Each(course, left, t => t.Open++);
        }

        if (span.Holds(course.RaisedAt))
        {
            BySeverity[course.Turns[0].Severity].Raised++;
            ByCustomer[course.Customer].Raised++;
        }

        if (
            course is { AcceptedAt: { } accepted, AcknowledgedAt: { } acknowledged }
            && span.Holds(acknowledged)
        )
        {
            var turn = course.At(acknowledged)!;
            var took = Length(turn.Severity, accepted, acknowledged);
            Each(course, turn, t => t.Acknowledged.Add(took));
        }

        if (course.ResolvedAt is { } resolved && span.Holds(resolved))
        {
            var turn = course.At(resolved)!;
            var took = Length(turn.Severity, course.RaisedAt, resolved);
            Each(course, turn, t => t.Resolved.Add(took));
        }

        foreach (var update in course.Updates.Where(u => span.Holds(u.At)))
        {
            var isLate = update.DueAt is { } due && update.At > (grace?.After(due, team) ?? due);
            Each(
                course,
                course.At(update.At)! with
                {
                    Owner = update.By,
                },
                t =>
                {
                    t.Updates++;
                    t.Late += isLate ? 1 : 0;
                }
            );
        }
    }

    /// <summary>This severity's lengths are working time.</summary>
    public bool CountsWorkingTime(Severity severity) =>
        waits.For(severity)?.CountsWorkingTime == true;

    public ReportFigure OpenOverTime() =>
        new(
            "open-by-severity",
            "Open escalations by severity",
            "End of",
            [.. _points.Select(CalendarDay.Write)],
            [
                .. Severities.Select(s => new ReportColumn(
                    Vocabulary.Severities.Label(s),
                    ReportUnit.Count,
                    [.. _points.Select(day => (decimal?)Open(s, day))]
                )),
                new ReportColumn(
                    "All",
                    ReportUnit.Count,
                    [.. _points.Select(day => (decimal?)Severities.Sum(s => Open(s, day)))]
                ),
            ]
        )
        {
            Shape = ReportShape.Lines,
            Words = OpenInWords(),
        };

    public ReportFigure Lengths()
    {
        var acknowledged = Spreads(t => t.Acknowledged);
        var resolved = Spreads(t => t.Resolved);
        SpreadOf[] rows =
        [
            .. Severities.SelectMany((_, i) => new[] { acknowledged[i], resolved[i] }),
        ];
        return new ReportFigure(
            "times-by-severity",
            "Time to acknowledge and to resolve",
            "",
            [
                .. Severities.SelectMany(s =>
                    Parts.Select(what =>
                        $"{Vocabulary.Severities.Label(s)} {what}{(CountsWorkingTime(s) ? " (working time)" : "")}"
                    )
                ),
            ],
            [
                Counts("Of", rows.Select(s => s.Count)),
                Minutes("Mean", rows.Select(s => s.Mean)),
                Minutes("Median", rows.Select(s => s.Median)),
                Minutes("9 in 10 within", rows.Select(s => s.Ninth)),
            ]
        )
        {
            Shape = ReportShape.Lengths,
            WorkingRows =
            [
                .. Severities
                    .Index()
                    .Where(s => CountsWorkingTime(s.Item))
                    .SelectMany(s => new[] { s.Index * 2, (s.Index * 2) + 1 }),
            ],
            Words = $"{InWords("acknowledged", acknowledged)} {InWords("resolved", resolved)}",
            Note =
                "Acknowledged counts from when it was accepted, resolved from when it was raised.",
        };
    }

    public ReportFigure Updates()
    {
        var all = Severities.Select(s => BySeverity[s]).ToList();
        var (sent, late) = (all.Sum(t => t.Updates), all.Sum(t => t.Late));
        return new ReportFigure(
            "updates-on-time",
            "Status updates on time",
            "",
            [.. Severities.Select(s => Vocabulary.Severities.Label(s)), "All"],
            [
                Counts("Sent", [.. all.Select(t => t.Updates), sent]),
                Counts("On time", [.. all.Select(t => t.Updates - t.Late), sent - late]),
                new ReportColumn(
                    "Share",
                    ReportUnit.Percent,
                    [.. all.Select(t => t.OnTime), sent == 0 ? null : (sent - late) * 100m / sent]
                ),
            ]
        )
        {
            Words =
                sent == 0
                    ? "No status update was sent."
                    : Invariant($"{sent - late} of {sent} status updates were sent on time."),
            Note = grace switch
            {
                null => "On time: no later than it was due.",
                { CountsWorkingTime: true } => $"On time: no later than {grace} after it was due.",
                _ =>
                    $"On time: no later than {ReportWords.Length(OnTheClock(grace))} after it was due.",
            },
        };
    }

    /// <summary>Raised, resolved and so on by who it is about.</summary>
    public ReportFigure Grouped(ReportGroup group, Func<UserId, string> nameOf)
    {
        (string Name, TallyOf Tally)[] rows = group switch
        {
            ReportGroup.Customer => [.. ByCustomer.All.Select(t => (t.Key, t.Value))],
            ReportGroup.Engineer => [.. ByEngineer.All.Select(t => (nameOf(t.Key), t.Value))],
            _ => [.. Severities.Select(s => (Vocabulary.Severities.Label(s), BySeverity[s]))],
        };
        if (group != ReportGroup.Severity)
        {
            rows =
            [
                .. rows.Where(r => !r.Tally.IsNothing)
                    .OrderBy(r => r.Name, StringComparer.OrdinalIgnoreCase),
            ];
        }

        var what = group.ToString().ToLowerInvariant();
        return new ReportFigure(
            $"escalations-by-{what}",
            $"Escalations by {what}",
            group == ReportGroup.Severity ? "" : group.ToString(),
            [.. rows.Select(r => r.Name)],
            [
                .. group == ReportGroup.Engineer
                    ? []
                    : new[] { Counts("Raised", rows.Select(r => r.Tally.Raised)) },
                Counts("Open", rows.Select(r => r.Tally.Open)),
                Counts("Acknowledged", rows.Select(r => r.Tally.Acknowledged.Count)),
                Counts("Resolved", rows.Select(r => r.Tally.Resolved.Count)),
                new ReportColumn(
                    "Updates on time",
                    ReportUnit.Percent,
                    [.. rows.Select(r => r.Tally.OnTime)]
                ),
            ]
        )
        {
            For = group == ReportGroup.Severity ? ReportAudience.All : ReportAudience.Members,
            Note = group == ReportGroup.Engineer ? "By who owned it then." : "",
        };
    }

    private TimeSpan OnTheClock(WaitLength wait) => wait.After(span.Begins, team) - span.Begins;

    private static CourseTurn? Last(EscalationCourse course, DateTimeOffset before) =>
        course.Turns.LastOrDefault(turn => turn.From < before);

    private TimeSpan Length(Severity severity, DateTimeOffset from, DateTimeOffset until) =>
        until <= from ? TimeSpan.Zero
        : CountsWorkingTime(severity) ? team.Between(from, until)
        : until - from;

    private void Each(EscalationCourse course, CourseTurn turn, Action<TallyOf> count)
    {
        count(BySeverity[turn.Severity]);
        count(ByCustomer[course.Customer]);
        if (turn.Owner is { } owner)
        {
            count(ByEngineer[owner]);
        }
    }

    private SpreadOf[] Spreads(Func<TallyOf, List<TimeSpan>> of) =>
        [.. Severities.Select(s => SpreadOf.These(of(BySeverity[s])))];

    private static ReportColumn Counts(string name, IEnumerable<int> values) =>
        new(name, ReportUnit.Count, [.. values.Select(v => (decimal?)v)]);

    private static ReportColumn Minutes(string name, IEnumerable<TimeSpan?> values) =>
        new(
            name,
            ReportUnit.Minutes,
            [
                .. values.Select(v =>
                    v is { } length
                        ? decimal.Round((decimal)length.Ticks / TimeSpan.TicksPerMinute, 2)
                        : (decimal?)null
                ),
            ]
        );

    private string OpenInWords()
    {
        var first = Severities.Sum(s => Open(s, _points[0]));
        var last = Severities.Sum(s => Open(s, _points[^1]));
        var most = _points.MaxBy(day => Severities.Sum(s => Open(s, day)));
        var now = string.Join(
            ", ",
            Severities
                .Where(s => Open(s, _points[^1]) > 0)
                .Select(s => Invariant($"{Open(s, _points[^1])} {Vocabulary.Severities.Label(s)}"))
        );
        return Invariant(
            $"{last} open at the end{(now.Length == 0 ? "" : $" ({now})")}, {first} at the end of {CalendarDay.Write(_points[0])}, {Severities.Sum(s => Open(s, most))} at the most ({CalendarDay.Write(most)})."
        );
    }

    private string InWords(string what, SpreadOf[] spreads)
    {
        var parts = Severities
            .Index()
            .Where(s => spreads[s.Index].Count > 0)
            .Select(s =>
                $"{Vocabulary.Severities.Label(s.Item)} {ReportWords.Show((decimal)spreads[s.Index].Median!.Value.TotalMinutes, ReportUnit.Minutes, CountsWorkingTime(s.Item))}"
            )
            .ToList();
        return parts.Count == 0
            ? $"None was {what}."
            : $"Half of them were {what} within: {string.Join(", ", parts)}.";
    }

    private static string Invariant(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Numbers by who or what they are about.</summary>
internal sealed class ReportTallies<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TallyOf> _all = [];

    public IReadOnlyDictionary<TKey, TallyOf> All => _all;

    public TallyOf this[TKey key] =>
        _all.TryGetValue(key, out var known) ? known : _all[key] = new TallyOf();
}

/// <summary>What was counted about one.</summary>
internal sealed class TallyOf
{
    public int Raised { get; set; }

    /// <summary>Open at the end.</summary>
    public int Open { get; set; }

    public List<TimeSpan> Acknowledged { get; } = [];

    public List<TimeSpan> Resolved { get; } = [];

    public int Updates { get; set; }

    public int Late { get; set; }

    /// <summary>Updates on time, in percent; null when none was sent.</summary>
    public decimal? OnTime => Updates == 0 ? null : (Updates - Late) * 100m / Updates;

    public bool IsNothing =>
        Raised == 0 && Open == 0 && Acknowledged.Count == 0 && Resolved.Count == 0 && Updates == 0;
}
