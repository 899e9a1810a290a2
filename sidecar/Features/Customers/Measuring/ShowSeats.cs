using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Customers.Measures;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Measuring;

/// <summary><c>/escalate customer seats</c>: Customer Seats Deployed over all customers (MET-1).</summary>
internal sealed class ShowSeats(CustomerStore book, CustomerSettings settings) : ISlashCommand
{
    private const int Named = 25;

    public static Permission Permission => CustomerRights.Read;

    public static CommandSpec Spec { get; } =
        new("customer seats", "Show Customer Seats Deployed, the measure of the team")
        {
            Examples = ["customer seats"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var seats = CustomerSeatsDeployed.Of(
            await book.AboveTheLine(settings, cancel).ToListAsync(cancel),
            settings
        );
        var line = Usd.Show(settings.CountsFromArrAbove);
        var target = PercentageOf.Show(settings.SeatsDeployedTarget);
        if (seats.Percent is not { } percent)
        {
            return Reply.Say(
                Markdown.Of(
                    $"**Customer Seats Deployed** is unknown: no customer has an ARR above {line}. {Markdown.Code($"/{SlashCommand.Trigger} customer set acme arr 120,000")} tells one."
                )
            );
        }

        return Reply.Say(
            Markdown.Lines([
                Markdown.Of($"#### Customer Seats Deployed: {PercentageOf.Show(percent)}"),
                Markdown.Of(
                    $"{seats.Met.Length} of {seats.Counted} customers with an ARR above {line} have at least {target} of their seats deployed."
                ),
                Markdown.Of($"| | Customers | |"),
                Markdown.Of($"|:--|--:|:--|"),
                Row(MeasureWords.Of(Verdict.Met), seats.Met),
                Row(MeasureWords.Of(Verdict.Missed, missed: "not yet"), seats.Missed),
                Row(Markdown.Of($"unknown"), seats.Unknown),
                seats.Unknown.IsEmpty
                    ? Markdown.None
                    : Markdown.Of(
                        $"\nUnknown means that seats purchased or deployed are missing; it counts as not deployed: {Markdown.Code($"/{SlashCommand.Trigger} customer measure {seats.Unknown[0].Key} seats 450/500")}"
                    ),
            ])
        );
    }

    private Markdown Row(Markdown verdict, ImmutableArray<Customer> customers)
    {
        var names = MeasureWords.Join(customers.Take(Named).Select(Name));
        var more =
            customers.Length > Named
                ? Markdown.Of($" and {customers.Length - Named} more")
                : Markdown.None;
        return Markdown.Of($"| {verdict} | {customers.Length} | {names}{more} |");
    }

    private Markdown Name(Customer customer) =>
        SeatsMeasure.Of(customer, settings).Percent is { } percent
            ? Markdown.Of($"{customer.Name} {PercentageOf.Show(percent)}")
            : Markdown.Of($"{customer.Name}");
}
