using System.Collections.Immutable;
using Sidecar.Cards;
using Sidecar.Features.Customers.Editing;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Measures;
using Sidecar.Interactions;

namespace Sidecar.Features.Customers;

/// <summary>
/// All about one customer, with revenue: for answers to people who may read customers, never for a channel.
/// </summary>
internal sealed class CustomerPage(CustomerDesk desk, CustomerSettings settings, TimeProvider clock)
{
    private const int HistoryShown = 400;

    public async ValueTask<Words> Of(Customer customer, CancellationToken cancel)
    {
        var history = await desk.History(customer.Key, HistoryShown, cancel);
        var measured = Measured.Of(customer, history, clock.GetUtcNow(), settings);
        return Words.Lines([
            Heading(customer),
            Words.Of($"| | |"),
            Words.Of($"|:--|:--|"),
            .. CustomerForms
                .OfFields.SelectMany(form => form.Fields)
                .Where(field => field.Value(customer).Length > 0 && !IsInHeading(field))
                .Select(field =>
                    Words.Of($"| {field.Label} | {field.Show(field.Value(customer))} |")
                ),
            Words.Of($"\n| Measure | Target | Actual | | Trend |"),
            Words.Of($"|:--|:--|:--|:--|:--|"),
            AdoptionRow(customer, measured),
            UsageRow(customer, measured),
            SeatsRow(customer),
            Lacking(customer, measured),
            Words.Of(
                $"\nChange it: {Words.Code($"/{SlashCommand.Trigger} customer edit {customer.Key}")} · History: {Words.Code($"/{SlashCommand.Trigger} customer timeline {customer.Key}")} · Escalations: {Words.Code($"/{SlashCommand.Trigger} list {customer.Key}")}"
            ),
        ]);
    }

    private static Words Heading(Customer customer)
    {
        var marks = new[]
        {
            CustomerFields.Phase.Value(customer) is { Length: > 0 } phase
                ? CustomerFields.Phase.Show(phase)
                : Words.None,
            customer.IsStrategic ? Words.Of($":star: strategic") : Words.None,
            customer.IsArchived ? Words.Of($"**archived**") : Words.None,
        };
        return Words.Of(
            $"#### {customer.Name} {Words.Code(customer.Key.Value)}{MeasureWords.Join(marks.Where(m => !m.IsEmpty).Select(m => Words.Of($" · {m}")), "")}"
        );
    }

    private static bool IsInHeading(CustomerField field) =>
        field == CustomerFields.Name
        || field == CustomerFields.Phase
        || field == CustomerFields.Strategic;

    private static Words AdoptionRow(Customer customer, Measured measured)
    {
        var adoption = measured.Adoption;
        var figures = customer.Figures;
        var target = adoption switch
        {
            { Target: { } percent, Day: { } day } => Words.Of($"{Share.Show(percent)} (day {day})"),
            { Day: < 0 and var day } => Words.Of($"starts in {-day} days"),
            _ => Words.Of($"–"),
        };
        var actual = adoption.Percent is { } share
            ? Words.Of(
                $"{Share.Show(share)}: MAU {FigureKinds.Show(figures.Mau)} of {FigureKinds.Show(figures.SeatsPurchased)} seats"
            )
            : Words.Of($"MAU {FigureKinds.Show(figures.Mau)}");
        return Words.Of(
            $"| Adoption | {target} | {actual} | {MeasureWords.Of(adoption.Verdict)} | {MeasureWords.Of(measured.AdoptionTrend)} |"
        );
    }

    private Words UsageRow(Customer customer, Measured measured)
    {
        var figures = customer.Figures;
        var actual = measured.Usage.Percent is { } share
            ? Words.Of(
                $"{Share.Show(share)}: DAU {FigureKinds.Show(figures.Dau)} of MAU {FigureKinds.Show(figures.Mau)}"
            )
            : Words.Of($"DAU {FigureKinds.Show(figures.Dau)}");
        return Words.Of(
            $"| Usage | more than {Share.Show(settings.UsageAbove)} | {actual} | {MeasureWords.Of(measured.Usage.Verdict, "healthy", "not healthy")} | {MeasureWords.Of(measured.UsageTrend)} |"
        );
    }

    private Words SeatsRow(Customer customer)
    {
        var seats = SeatsDeployed.Of(customer, settings);
        var figures = customer.Figures;
        var actual = seats.Percent is { } share
            ? Words.Of(
                $"{Share.Show(share)}: {FigureKinds.Show(figures.SeatsDeployed)} of {FigureKinds.Show(figures.SeatsPurchased)} seats"
            )
            : Words.Of(
                $"{FigureKinds.Show(figures.SeatsDeployed)} of {FigureKinds.Show(figures.SeatsPurchased)} seats"
            );
        var counts = SeatsDeployed.Counts(customer, settings)
            ? Words.Of($"counts for the team")
            : Words.Of(
                $"does not count: {(customer.IsArchived ? "archived" : $"ARR is not known to be above {Usd.Show(settings.CountsFromArrAbove)}")}"
            );
        return Words.Of(
            $"| Seats deployed | {Share.Show(settings.SeatsDeployedTarget)} | {actual} | {MeasureWords.Of(seats.Verdict)} | {counts} |"
        );
    }

    private static Words Lacking(Customer customer, Measured measured)
    {
        var lines = new List<Words>();
        if (measured.Adoption.Lacks is { Length: > 0 } lacks)
        {
            lines.Add(Words.Of($"\nAdoption is not known without {string.Join(" and ", lacks)}."));
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
                    Words.Of(
                        $"- Not told yet: {string.Join(", ", missing)}. {Words.Code(form.Command(customer.Key))}"
                    )
                );
            }
        }

        return lines.Count == 0 ? Words.None : Words.Of($"\n{Words.Lines(lines)}");
    }
}
