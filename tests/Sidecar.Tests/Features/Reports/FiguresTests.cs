using System.Security.Cryptography;
using Shouldly;
using Sidecar.Features;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Features.Reports;
using Sidecar.Features.Reports.Domain;
using Sidecar.Ids;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Features.Reports;

using CustomerChange = Sidecar.Features.Customers.Fields.FieldChange;

/// <summary>What figures come to (MET-1 to MET-5), also against a second way to count them.</summary>
public sealed class FiguresTests
{
    private static readonly WorkingTime Team = new(new TeamTimeSettings());
    private static readonly WaitLength Grace = WaitLength.Of(TimeSpan.FromMinutes(15));
    private static readonly UserId Ann = new("ann");
    private static readonly UserId Bob = new("bob");

    [Theory]
    [InlineData("1", 1, 1, 1)]
    [InlineData("1 3", 2, 2, 3)]
    [InlineData("5 1 3", 3, 3, 5)]
    [InlineData("1 2 3 4 5 6 7 8 9 10", 5.5, 5.5, 9)]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11", 6, 6, 10)]
    public void MET_5_Mean_median_and_nine_in_ten(
        string minutes,
        double mean,
        double median,
        double ninth
    )
    {
        var spread = SpreadOf.These(
            minutes.Split(' ').Select(m => TimeSpan.FromMinutes(int.Parse(m, null)))
        );
        spread.Mean.ShouldBe(TimeSpan.FromMinutes(mean));
        spread.Median.ShouldBe(TimeSpan.FromMinutes(median));
        spread.Ninth.ShouldBe(TimeSpan.FromMinutes(ninth));
    }

    [Fact]
    public void MET_5_Of_none_there_is_no_length() =>
        SpreadOf.These([]).ShouldBe(new SpreadOf(0, null, null, null));

    [Theory]
    // Monday to Monday: a Sev 1 counts the clock, a Sev 3 the 8 hours of each working day.
    [InlineData(1, 7 * 24 * 60)]
    [InlineData(2, 7 * 24 * 60)]
    [InlineData(3, 5 * 8 * 60)]
    [InlineData(4, 5 * 8 * 60)]
    public void MET_5_ESC_8_Lengths_are_working_time_where_the_severity_counts_so(
        int sev,
        int minutes
    )
    {
        var severity = (Severity)sev;
        var tally = Tally(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31));
        tally.Take(
            Course(
                (At(2, 9), new EscalationFact.Raised(Ann, "Acme", severity, "It")),
                (At(2, 9), new EscalationFact.Accepted(EscalationState.New)),
                (At(9, 9), new EscalationFact.Acknowledged(Bob, Bob)),
                (At(9, 9), new EscalationFact.Resolved(Bob, "Done"))
            )
        );
        tally.BySeverity[severity].Acknowledged.ShouldBe([TimeSpan.FromMinutes(minutes)]);
        tally.BySeverity[severity].Resolved.ShouldBe([TimeSpan.FromMinutes(minutes)]);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void MET_5_UPD_3_An_update_is_on_time_until_its_channel_would_be_reminded(
        int late,
        bool isOnTime
    )
    {
        var tally = Tally(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31));
        tally.Take(
            Course(
                (At(2, 9), new EscalationFact.Raised(Ann, "Acme", Severity.Sev1, "It")),
                (At(2, 10, late), Update(At(2, 10, late), At(2, 10)))
            )
        );
        tally.BySeverity[Severity.Sev1].Updates.ShouldBe(1);
        tally.BySeverity[Severity.Sev1].Late.ShouldBe(isOnTime ? 0 : 1);
    }

    [Fact]
    public void MET_5_What_is_reopened_is_open_and_not_resolved()
    {
        var tally = Tally(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 7));
        tally.Take(
            Course(
                (At(2, 9), new EscalationFact.Raised(Ann, "Acme", Severity.Sev2, "It")),
                (At(3, 9), new EscalationFact.Resolved(Bob, "Done")),
                (At(5, 9), new EscalationFact.Reopened(Ann, "Again"))
            )
        );
        Enumerable
            .Range(1, 7)
            .Select(day => tally.Open(Severity.Sev2, new DateOnly(2026, 3, day)))
            .ShouldBe([0, 1, 0, 0, 1, 1, 1]);
        tally.BySeverity[Severity.Sev2].Resolved.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("week", "2026-03-09", "2026-03-15", 7)]
    [InlineData("month", "2026-02-16", "2026-03-15", 4)]
    [InlineData("quarter", "2025-12-16", "2026-03-15", 13)]
    [InlineData("year", "2025-03-16", "2026-03-15", 13)]
    [InlineData("2026-02", "2026-02-01", "2026-02-28", 4)]
    [InlineData("2026-q1 engineer", "2026-01-01", "2026-03-15", 11)]
    [InlineData("2025-q4", "2025-10-01", "2025-12-31", 14)]
    [InlineData("2026-01-05 to 2026-01-18", "2026-01-05", "2026-01-18", 14)]
    [InlineData("2026-03-01", "2026-03-01", "2026-03-15", 3)]
    [InlineData("customer", "2026-02-16", "2026-03-15", 4)]
    public void MET_6_Days_are_read_as_people_name_them(
        string typed,
        string first,
        string last,
        int points
    )
    {
        var wish = ReportReading.Read(typed, At(15, 12), TimeZoneInfo.Utc, out _).ShouldNotBeNull();
        CalendarDay.Write(wish.Span.First).ShouldBe(first);
        CalendarDay.Write(wish.Span.Last).ShouldBe(last);
        wish.Span.Points.Length.ShouldBe(points);
        wish.Span.Points[^1].ShouldBe(wish.Span.Last);
    }

    [Theory]
    [InlineData("fortnight", "I don’t know “fortnight”")]
    [InlineData("2026-03-09 2026-03-01", "the first day comes first")]
    [InlineData("2020-01-01 2026-03-01", "more than two years")]
    [InlineData("week 2026-03-01", "more days than")]
    [InlineData("2026-q5", "I don’t know “2026-q5”")]
    public void MET_6_What_can_t_be_read_is_said(string typed, string said)
    {
        ReportReading.Read(typed, At(15, 12), TimeZoneInfo.Utc, out var problem).ShouldBeNull();
        problem.ShouldContain(said);
    }

    [Fact]
    public void MET_1_ARR_of_exactly_the_line_does_not_count_and_exactly_80_percent_does()
    {
        var tally = new CustomerTally(
            new ReportSpan(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 1), TimeZoneInfo.Utc),
            new CustomerSettings()
        );
        foreach (
            var (key, arr, deployed) in new (string, decimal?, long?)[]
            {
                ("on-the-line", 50_000, 100),
                ("exactly", 50_001, 80),
                ("below", 60_000, 79),
                ("unknown", 70_000, null),
                ("nobody-told", null, 100),
            }
        )
        {
            var customer = new Customer(new CustomerKey(key), key, At(1, 0).AddDays(-9), Ann)
            {
                Arr = arr,
            };
            tally.Take(
                customer,
                [],
                [
                    new Measurement(customer.Key, new DateOnly(2026, 2, 20))
                    {
                        SeatsPurchased = 100,
                        SeatsDeployed = deployed,
                    },
                ]
            );
        }

        var seats = tally.Seats();
        seats.Columns.Select(c => c.Values[0]).ShouldBe([100m / 3, 1, 1, 1]);
    }

    [Fact]
    public void MET_1_A_customer_counts_as_they_were_on_each_day()
    {
        var customer = new Customer(new CustomerKey("acme"), "Acme", At(2, 9), Ann)
        {
            Arr = 60_000,
        };
        CustomerEntry[] history =
        [
            new(
                1,
                At(4, 9),
                new CustomerFact.Edited(Ann, [new CustomerChange("arr", "40000", "60000")])
            ),
            new(2, At(6, 9), new CustomerFact.CustomerArchived(Ann)),
            new(3, At(7, 9), new CustomerFact.Unarchived(Ann)),
        ];
        Measurement[] measured =
        [
            new(customer.Key, new DateOnly(2026, 3, 5)) { SeatsPurchased = 10, SeatsDeployed = 9 },
        ];
        Customer? On(int day) =>
            CustomerTally.AsOf(
                customer,
                history,
                measured,
                new DateOnly(2026, 3, day),
                At(day + 1, 0)
            );
        On(1).ShouldBeNull();
        On(3)!.Arr.ShouldBe(40_000);
        On(4)!.Arr.ShouldBe(60_000);
        On(4)!.Figures.SeatsPurchased.ShouldBeNull();
        On(5)!.Figures.SeatsDeployed!.Count.ShouldBe(9);
        On(6)!.IsArchived.ShouldBeTrue();
        On(7)!.IsArchived.ShouldBeFalse();
    }

    [Fact]
    public void MET_2_MET_3_Nothing_measured_is_unknown_and_never_nought()
    {
        var tally = new CustomerTally(
            new ReportSpan(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 1), TimeZoneInfo.Utc),
            new CustomerSettings()
        );
        tally.Take(new Customer(new CustomerKey("a"), "A", At(1, 0).AddDays(-9), Ann), [], []);
        tally
            .Standing()
            .Columns.Select(c => string.Join(' ', c.Values))
            .ShouldBe(["0 0", "0 0", "1 1"]);
        tally.Adoptions().Rows.ShouldBeEmpty();
    }

    [Fact]
    public void MET_5_The_backlog_and_its_lead_times()
    {
        var tally = new ImplementationTally(
            new ReportSpan(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 7), TimeZoneInfo.Utc)
        );
        tally.Take(
            new Implementation
            {
                Id = new ImplementationId(1),
                Customer = new CustomerKey("acme"),
                CustomerName = "Acme",
                Type = ImplementationType.ProductionDeployment,
                RequestedBy = Ann,
                RequestedAt = At(2, 0),
                RequestedIn = new ChannelId("x"),
                StartedAt = At(4, 0),
                CompletedOn = new DateOnly(2026, 3, 5),
                EndedAt = At(5, 12),
            },
            []
        );
        tally.Backlog().Columns[0].Values.ShouldBe([0, 1, 1, 0, 0, 0, 0]);
        tally.Backlog().Columns[1].Values.ShouldBe([0, 0, 0, 1, 0, 0, 0]);
        tally.LeadTimes().Columns[2].Values.ShouldBe([2m, 2m, 4m]);
    }

    /// <summary>Random histories, counted by the product and a second time as plainly as can be.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20260302)]
    [InlineData(0)]
    public void MET_5_Figures_agree_with_a_second_computation(long seed)
    {
        seed = seed == 0 ? BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) : seed;
        var chance = new Seeded(seed);
        for (var round = 0; round < 4; round++)
        {
            var all = Enumerable.Range(0, 25).Select(_ => new RandomCourse(chance)).ToList();
            var first = new DateOnly(2026, 3, 1).AddDays(chance.Below(20));
            var span = new ReportSpan(first, first.AddDays(chance.Below(25)), TimeZoneInfo.Utc);
            var tally = new EscalationTally(
                span,
                Team,
                new EscalationSettings().Acknowledge,
                Grace
            );
            foreach (var one in all)
            {
                tally.Take(Course([.. one.Facts]));
            }

            var why = $"seed {seed}, round {round}, {span}";
            foreach (var severity in Enum.GetValues<Severity>())
            {
                foreach (var day in span.Points)
                {
                    tally
                        .Open(severity, day)
                        .ShouldBe(
                            all.Count(a =>
                                a.IsOpenAs(
                                    severity,
                                    At(1, 0)
                                        .AddDays(
                                            day.DayNumber - new DateOnly(2026, 3, 1).DayNumber + 1
                                        )
                                )
                            ),
                            $"{why}: open {severity} on {day:O}"
                        );
                }

                var counted = tally.BySeverity[severity];
                counted
                    .Acknowledged.Order()
                    .ShouldBe(
                        all.SelectMany(a => a.Lengths(severity, span, isResolved: false)).Order(),
                        $"{why}: acknowledged {severity}"
                    );
                counted
                    .Resolved.Order()
                    .ShouldBe(
                        all.SelectMany(a => a.Lengths(severity, span, isResolved: true)).Order(),
                        $"{why}: resolved {severity}"
                    );
                counted.Late.ShouldBe(all.Sum(a => a.Late(severity, span)), $"{why}: late");
                Agrees(counted.Resolved, why);
            }
        }
    }

    private static void Agrees(List<TimeSpan> lengths, string why)
    {
        var spread = SpreadOf.These(lengths);
        if (lengths.Count == 0)
        {
            return;
        }

        // Nine in ten are not longer, and no shorter one will do.
        double Share(TimeSpan most) => lengths.Count(l => l <= most) / (double)lengths.Count;
        spread.Ninth.ShouldBe(lengths.Where(l => Share(l) >= 0.9 - 1e-9).Min(), why);
        var below = lengths.Count(l => l < spread.Median);
        var above = lengths.Count(l => l > spread.Median);
        below.ShouldBeLessThanOrEqualTo(lengths.Count / 2, why);
        above.ShouldBeLessThanOrEqualTo(lengths.Count / 2, why);
        spread.Mean!.Value.TotalMinutes.ShouldBe(lengths.Average(l => l.TotalMinutes), 0.001, why);
    }

    private static EscalationTally Tally(DateOnly first, DateOnly last) =>
        new(
            new ReportSpan(first, last, TimeZoneInfo.Utc),
            Team,
            new EscalationSettings().Acknowledge,
            Grace
        );

    private static EscalationCourse Course(
        params (DateTimeOffset At, EscalationFact Fact)[] facts
    ) =>
        EscalationCourse
            .Of(
                "Acme",
                facts.Select((f, i) => new HistoryEntry<EscalationFact>(i + 1, f.At, f.Fact))
            )
            .ShouldNotBeNull();

    private static EscalationFact.UpdatePosted Update(DateTimeOffset at, DateTimeOffset? due) =>
        new(
            Bob,
            new StatusUpdate(
                1,
                Bob,
                at,
                EscalationState.Investigating,
                TimeSpan.Zero,
                "It",
                "",
                "",
                null
            )
            {
                DueAt = due,
            },
            null,
            [],
            "UTC"
        );

    private static DateTimeOffset At(int day, int hour, int minute = 0) =>
        new DateTimeOffset(2026, 3, 1, hour, minute, 0, TimeSpan.Zero).AddDays(day - 1);

    /// <summary>A life of an escalation in whole minutes, and what can be said of it without the product's own code.</summary>
    private sealed class RandomCourse
    {
        private readonly List<(DateTimeOffset At, string What, Severity Severity)> _events = [];
        private readonly List<(DateTimeOffset At, DateTimeOffset? Due)> _updates = [];

        public RandomCourse(Seeded chance)
        {
            var at = At(1, 0).AddMinutes(chance.Below(30 * 24 * 60));
            var severity = (Severity)(1 + chance.Below(4));
            Add(at, "raise", severity, new EscalationFact.Raised(Ann, "Acme", severity, "It"));
            Add(at, "accept", severity, new EscalationFact.Accepted(EscalationState.New));
            for (var step = 0; step < 1 + chance.Below(9); step++)
            {
                at = at.AddMinutes(1 + chance.Below(3 * 24 * 60));
                switch (chance.Below(6))
                {
                    case 0:
                        Add(at, "acknowledge", severity, new EscalationFact.Acknowledged(Bob, Bob));
                        break;
                    case 1:
                        var to = (Severity)(1 + chance.Below(4));
                        if (to != severity)
                        {
                            Add(
                                at,
                                "edit",
                                to,
                                new EscalationFact.Edited(
                                    Ann,
                                    [
                                        new Sidecar.Features.Escalations.Domain.FieldChange(
                                            "Severity",
                                            Vocabulary.Severities.Label(severity),
                                            Vocabulary.Severities.Label(to)
                                        ),
                                    ]
                                )
                            );
                            severity = to;
                        }

                        break;
                    case 2:
                        Add(at, "resolve", severity, new EscalationFact.Resolved(Bob, "Done"));
                        break;
                    case 3:
                        Add(at, "reopen", severity, new EscalationFact.Reopened(Ann, "Again"));
                        break;
                    case 4:
                        var due = at.AddMinutes(chance.Below(40) - 30);
                        _updates.Add((at, due));
                        Add(at, "update", severity, Update(at, due));
                        break;
                    default:
                        Add(
                            at,
                            "close",
                            severity,
                            new EscalationFact.EscalationClosed(Bob, EscalationState.Resolved, "")
                        );
                        break;
                }
            }
        }

        public List<(DateTimeOffset At, EscalationFact Fact)> Facts { get; } = [];

        public bool IsOpenAs(Severity severity, DateTimeOffset end)
        {
            var isOpen = false;
            foreach (var (_, what, _) in _events.Where(e => e.At < end))
            {
                isOpen = what switch
                {
                    "raise" or "accept" or "acknowledge" or "reopen" => true,
                    "resolve" or "close" => false,
                    _ => isOpen,
                };
            }

            return isOpen && SeverityBefore(end) == severity;
        }

        public IEnumerable<TimeSpan> Lengths(Severity severity, ReportSpan span, bool isResolved)
        {
            var last = isResolved
                ? _events.FindLast(e => e.What is "resolve" or "reopen")
                : _events.Find(e => e.What == "acknowledge");
            if (
                last.What is null or "reopen"
                || DateOnly.FromDateTime(last.At.UtcDateTime) is var day
                    && (day < span.First || day > span.Last)
                || SeverityBefore(last.At.AddTicks(1)) != severity
            )
            {
                yield break;
            }

            var minutes = 0;
            for (var at = _events[0].At; at < last.At; at = at.AddMinutes(1))
            {
                minutes += severity <= Severity.Sev2 || Team.IsWorkingTime(at) ? 1 : 0;
            }

            yield return TimeSpan.FromMinutes(minutes);
        }

        public int Late(Severity severity, ReportSpan span) =>
            _updates.Count(u =>
                SeverityBefore(u.At.AddTicks(1)) == severity
                && DateOnly.FromDateTime(u.At.UtcDateTime) is var day
                && day >= span.First
                && day <= span.Last
                && (u.At - u.Due!.Value).TotalMinutes > 15
            );

        private Severity? SeverityBefore(DateTimeOffset end) =>
            _events.Where(e => e.At < end).Select(e => (Severity?)e.Severity).LastOrDefault();

        private void Add(DateTimeOffset at, string what, Severity severity, EscalationFact fact)
        {
            _events.Add((at, what, severity));
            Facts.Add((at, fact));
        }
    }
}
