using System.Collections.Immutable;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Editing;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Measures;
using Sidecar.Text;

namespace Sidecar.Features.Customers;

/// <summary>
/// All about one customer, with revenue: for answers to people who may read customers, never for a channel.
/// </summary>
internal sealed class CustomerPage(
    CustomerChanges desk,
    CustomerSettings settings,
    TimeProvider clock
)
{
    private const int HistoryShown = 400;

    public async ValueTask<Markdown> Of(Customer customer, CancellationToken cancel)
    {
        var history = await desk.History(customer.Key, HistoryShown, cancel);
        var measured = Measured.Of(customer, history, clock.GetUtcNow(), settings);
        return Markdown.Lines([
            Heading(customer),
            .. CustomerForms
                .OfFields.SelectMany(form => form.Fields)
                .Where(field => field.Value(customer).Length > 0 && !IsInHeading(field))
                .Select(field =>
                    Markdown.Of($"- **{field.Label}:** {field.Show(field.Value(customer))}")
                ),
            Markdown.Of($"\n| Measure and target | Actual | Verdict and trend |"),
            Markdown.Of($"|:--|:--|:--|"),
            AdoptionRow(customer, measured),
            UsageRow(customer, measured),
            SeatsRow(customer),
            Lacking(customer, measured),
            Markdown.Of(
                $"\nChange it: {Markdown.Code($"/{SlashCommand.Trigger} customer edit {customer.Key}")} · History: {Markdown.Code($"/{SlashCommand.Trigger} customer timeline {customer.Key}")} · Escalations: {Markdown.Code($"/{SlashCommand.Trigger} list {customer.Key}")}"
            ),
        ]);
    }

    private static Markdown Heading(Customer customer)
    {
        var marks = new[]
        {
            CustomerFields.Phase.Value(customer) is { Length: > 0 } phase
                ? CustomerFields.Phase.Show(phase)
                : Markdown.None,
            customer.IsStrategic ? Markdown.Of($":star: strategic") : Markdown.None,
            customer.IsArchived ? Markdown.Of($"**archived**") : Markdown.None,
        };
        return Markdown.Of(
            $"#### {customer.Name} {Markdown.Code(customer.Key.Value)}{MeasureWords.Join(marks.Where(m => !m.IsEmpty).Select(m => Markdown.Of($" · {m}")), "")}"
        );
    }

    private static bool IsInHeading(CustomerField field) =>
        field == CustomerFields.Name
        || field == CustomerFields.Phase
        || field == CustomerFields.Strategic;

    private static Markdown AdoptionRow(Customer customer, Measured measured)
    {
        var adoption = measured.Adoption;
        var figures = customer.Figures;
        var target = adoption switch
        {
            { Target: { } percent, Day: { } day } => Markdown.Of(
                $"{PercentageOf.Show(percent)} (day {day})"
            ),
            { Day: -1 } => Markdown.Of($"starts tomorrow"),
            { Day: < 0 and var day } => Markdown.Of($"starts in {-day} days"),
            _ => Markdown.Of($"–"),
        };
        var actual = adoption.Percent is { } share
            ? Markdown.Of(
                $"{PercentageOf.Show(share)}: MAU {FigureKinds.Show(figures.Mau)} of {FigureKinds.Show(figures.SeatsPurchased)} seats"
            )
            : Markdown.Of($"MAU {FigureKinds.Show(figures.Mau)}");
        return Markdown.Of(
            $"| Adoption: {target} | {actual} | {Judged(MeasureWords.Of(adoption.Verdict), measured.AdoptionTrend)} |"
        );
    }

    /// <summary>A trend that nobody knows yet is left out.</summary>
    private static Markdown Judged(Markdown verdict, MeasureTrend? trend) =>
        trend is { Direction: Direction.Falling or Direction.Rising or Direction.Steady }
            ? Markdown.Of($"{verdict}, {MeasureWords.Of(trend)}")
            : verdict;

    private Markdown UsageRow(Customer customer, Measured measured)
    {
        var figures = customer.Figures;
        var actual = measured.Usage.Percent is { } share
            ? Markdown.Of(
                $"{PercentageOf.Show(share)}: DAU {FigureKinds.Show(figures.Dau)} of MAU {FigureKinds.Show(figures.Mau)}"
            )
            : Markdown.Of($"DAU {FigureKinds.Show(figures.Dau)}");
        return Markdown.Of(
            $"| Usage: more than {PercentageOf.Show(settings.UsageAbove)} | {actual} | {Judged(MeasureWords.Of(measured.Usage.Verdict, "healthy", "not healthy"), measured.UsageTrend)} |"
        );
    }

    private Markdown SeatsRow(Customer customer)
    {
        var seats = SeatsMeasure.Of(customer, settings);
        var figures = customer.Figures;
        var actual = seats.Percent is { } share
            ? Markdown.Of(
                $"{PercentageOf.Show(share)}: {FigureKinds.Show(figures.SeatsDeployed)} of {FigureKinds.Show(figures.SeatsPurchased)} seats"
            )
            : Markdown.Of(
                $"{FigureKinds.Show(figures.SeatsDeployed)} of {FigureKinds.Show(figures.SeatsPurchased)} seats"
            );
        var counts = SeatsMeasure.Counts(customer, settings)
            ? Markdown.Of($"counts for the team")
            : Markdown.Of(
                $"does not count: {(customer.IsArchived ? "archived" : $"ARR is not known to be above {Usd.Show(settings.CountsFromArrAbove)}")}"
            );
        return Markdown.Of(
            $"| Seats deployed: {PercentageOf.Show(settings.SeatsDeployedTarget)} | {actual} | {MeasureWords.Of(seats.Verdict)}, {counts} |"
        );
    }

    private static Markdown Lacking(Customer customer, Measured measured)
    {
        var lines = new List<Markdown>();
        if (measured.Adoption.Lacks is { Length: > 0 } lacks)
        {
            lines.Add(
                Markdown.Of($"\nAdoption is not known without {string.Join(" and ", lacks)}.")
            );
        }

        foreach (var form in CustomerForms.OfFields)
        {
            ImmutableArray<string> missing =
            [
                .. form
                    .Fields.Where(f =>
                        f.Value(customer).Length == 0 && f != CustomerFields.Strategic
                    )
                    .Select(f => f.Label),
            ];
            if (missing.Length > 0)
            {
                lines.Add(
                    Markdown.Of(
                        $"- Not known yet: {string.Join(", ", missing)}. {Markdown.Code(form.Command(customer.Key))}"
                    )
                );
            }
        }

        return lines.Count == 0 ? Markdown.None : Markdown.Of($"\n{Markdown.Lines(lines)}");
    }
}
