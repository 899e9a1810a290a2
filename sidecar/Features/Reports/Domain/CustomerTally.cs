using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Customers.Measures;
using Sidecar.Time;

namespace Sidecar.Features.Reports.Domain;

/// <summary>
/// Customer Seats Deployed over time, and how adoption and usage stand against their targets (MET-1 to MET-3): of each
/// customer as they were on each day, by what was measured until then and what was recorded of them.
/// </summary>
internal sealed class CustomerTally(ReportSpan span, CustomerSettings settings)
{
    private readonly ImmutableArray<DateOnly> _points = span.Points;
    private readonly Dictionary<DateOnly, (int Met, int Missed, int Unknown)> _seats = [];
    private readonly List<(string Name, Adoption Adoption, UsageMeasure Usage)> _last = [];

    public void Take(
        Customer customer,
        IReadOnlyList<CustomerEntry> history,
        IReadOnlyList<Measurement> measured
    )
    {
        foreach (var day in _points)
        {
            if (
                AsOf(customer, history, measured, day, span.EndOf(day)) is { } then
                && SeatsMeasure.Counts(then, settings)
            )
            {
                var (met, missed, unknown) = _seats.GetValueOrDefault(day);
                _seats[day] = SeatsMeasure.Of(then, settings).Verdict switch
                {
                    Verdict.Met => (met + 1, missed, unknown),
                    Verdict.Missed => (met, missed + 1, unknown),
                    _ => (met, missed, unknown + 1),
                };
            }
        }

        if (AsOf(customer, history, measured, span.Last, span.Ends) is { IsArchived: false } now)
        {
            _last.Add(
                (now.Name, Adoption.Of(now, span.Last, settings), UsageMeasure.Of(now, settings))
            );
        }
    }

    /// <summary>A customer as they were; null before they were added.</summary>
    public static Customer? AsOf(
        Customer customer,
        IReadOnlyList<CustomerEntry> history,
        IReadOnlyList<Measurement> measured,
        DateOnly day,
        DateTimeOffset until
    )
    {
        if (customer.AddedAt >= until)
        {
            return null;
        }

        var then = customer;
        foreach (var entry in history.Where(e => e.At >= until).Reverse())
        {
            then = entry.Fact switch
            {
                CustomerFact.Edited { Changes: var changes } => Before(then, changes),
                CustomerFact.CustomerArchived => then with { IsArchived = false },
                CustomerFact.Unarchived => then with { IsArchived = true },
                _ => then,
            };
        }

        return then with
        {
            Figures = Sidecar.Features.Customers.Domain.Figures.Of(
                measured.Where(m => m.On <= day)
            ),
        };
    }

    public ReportFigure Seats()
    {
        var counted = _points.Select(day => _seats.GetValueOrDefault(day)).ToList();
        var shares = counted
            .Select(c => PercentageOf.Of(c.Met, c.Met + c.Missed + c.Unknown))
            .ToList();
        return new ReportFigure(
            "customer-seats-deployed",
            "Customer Seats Deployed",
            "End of",
            [.. _points.Select(CalendarDay.Write)],
            [
                new ReportColumn("Share", ReportUnit.Percent, [.. shares]),
                Counts("Deployed", counted.Select(c => c.Met)),
                Counts("Not yet", counted.Select(c => c.Missed)),
                Counts("Unknown", counted.Select(c => c.Unknown)),
            ]
        )
        {
            Shape = ReportShape.Lines,
            For = ReportAudience.Ours,
            Words = shares[^1] is { } last
                ? $"{ReportWords.Show(last, ReportUnit.Percent)} at the end, {(shares[0] is { } first ? ReportWords.Show(first, ReportUnit.Percent) : "unknown")} at the end of {CalendarDay.Write(_points[0])}."
                : "No customer counts towards it.",
            Note =
                $"Of the customers who count, how many have {PercentageOf.Show(settings.SeatsDeployedTarget)} of their seats deployed; the unknown ones count as not deployed.",
        };
    }

    public ReportFigure Standing()
    {
        var (adoption, usage) = (
            _last.ConvertAll(c => c.Adoption.Verdict),
            _last.ConvertAll(c => c.Usage.Verdict)
        );
        return new ReportFigure(
            "adoption-and-usage",
            "Adoption and usage against their targets",
            "",
            ["Adoption", "Usage"],
            [
                .. new[] { Verdict.Met, Verdict.Missed, Verdict.Unknown }.Select(v =>
                    Counts(
                        v switch
                        {
                            Verdict.Met => "Meet it",
                            Verdict.Missed => "Miss it",
                            _ => "Unknown",
                        },
                        [adoption.Count(a => a == v), usage.Count(u => u == v)]
                    )
                ),
            ]
        )
        {
            For = ReportAudience.Ours,
            Words = string.Create(
                CultureInfo.InvariantCulture,
                $"{adoption.Count(a => a == Verdict.Missed)} of {_last.Count} customers miss their adoption target, the usage of {usage.Count(u => u == Verdict.Missed)} is not healthy."
            ),
            Note =
                $"At the end of {CalendarDay.Write(span.Last)}; healthy usage is more than {PercentageOf.Show(settings.UsageAbove)}.",
        };
    }

    /// <summary>Everybody whose adoption is known, the furthest behind first.</summary>
    public ReportFigure Adoptions()
    {
        var known = _last
            .Where(c => c.Adoption is { Percent: not null, Target: not null })
            .OrderBy(c => c.Adoption.Percent - c.Adoption.Target)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .ToList();
        var behind = known.Where(c => c.Adoption.Verdict == Verdict.Missed).ToList();
        return new ReportFigure(
            "adoption-by-customer",
            "Adoption by customer",
            "Customer",
            [.. known.Select(c => c.Name)],
            [
                new ReportColumn(
                    "Adoption",
                    ReportUnit.Percent,
                    [.. known.Select(c => c.Adoption.Percent)]
                ),
                new ReportColumn(
                    "Target",
                    ReportUnit.Percent,
                    [.. known.Select(c => c.Adoption.Target)]
                ),
                Counts("Day", known.Select(c => c.Adoption.Day ?? 0)),
                new ReportColumn(
                    "Usage",
                    ReportUnit.Percent,
                    [.. known.Select(c => c.Usage.Percent)]
                ),
            ]
        )
        {
            Shape = ReportShape.Targets,
            For = ReportAudience.Ours,
            Words =
                known.Count == 0 ? "It is not known for any customer."
                : behind.Count == 0 ? "Every customer for whom it is known meets their target."
                : $"Furthest behind: {string.Join(", ", behind.Take(3).Select(c => $"{c.Name} with {ReportWords.Show(c.Adoption.Percent, ReportUnit.Percent)} of {ReportWords.Show(c.Adoption.Target, ReportUnit.Percent)}"))}.",
        };
    }

    private static Customer Before(Customer customer, ImmutableArray<FieldChange> changes) =>
        changes.Aggregate(
            customer,
            (then, c) => CustomerFields.Coded(c.Field)?.With(then, c.From) ?? then
        );

    private static ReportColumn Counts(string name, IEnumerable<int> values) =>
        new(name, ReportUnit.Count, [.. values.Select(v => (decimal?)v)]);
}
