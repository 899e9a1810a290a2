using System.Collections.Immutable;
using Sidecar.Cards;
using Sidecar.Features.Customers.Fields;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Customers.Measures;

/// <summary><c>/escalate customer seats</c>: Customer Seats Deployed over all customers (MET-1).</summary>
internal sealed class ShowSeats(CustomerBook book, CustomerSettings settings) : ISlashCommand
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
        var target = Share.Show(settings.SeatsDeployedTarget);
        if (seats.Percent is not { } percent)
        {
            return Reply.Say(
                Words.Of(
                    $"**Customer Seats Deployed** is unknown: no customer has an ARR above {line}. {Words.Code($"/{SlashCommand.Trigger} customer set acme arr 120,000")} tells one."
                )
            );
        }

        return Reply.Say(
            Words.Lines([
                Words.Of($"#### Customer Seats Deployed: {Share.Show(percent)}"),
                Words.Of(
                    $"{seats.Met.Length} of {seats.Counted} customers with an ARR above {line} have at least {target} of their seats deployed."
                ),
                Words.Of($"| | Customers | |"),
                Words.Of($"|:--|--:|:--|"),
                Row(MeasureWords.Of(Verdict.Met), seats.Met),
                Row(MeasureWords.Of(Verdict.Missed, missed: "not yet"), seats.Missed),
                Row(Words.Of($"unknown"), seats.Unknown),
                seats.Unknown.IsEmpty
                    ? Words.None
                    : Words.Of(
                        $"\nWho is unknown lacks seats purchased or deployed, and counts as not deployed: {Words.Code($"/{SlashCommand.Trigger} customer measure {seats.Unknown[0].Key} seats 450/500")}"
                    ),
            ])
        );
    }

    private Words Row(Words verdict, ImmutableArray<Customer> customers)
    {
        var names = MeasureWords.Join(customers.Take(Named).Select(Name));
        var more =
            customers.Length > Named
                ? Words.Of($" and {customers.Length - Named} more")
                : Words.None;
        return Words.Of($"| {verdict} | {customers.Length} | {names}{more} |");
    }

    private Words Name(Customer customer) =>
        SeatsDeployed.Of(customer, settings).Percent is { } percent
            ? Words.Of($"{customer.Name} {Share.Show(percent)}")
            : Words.Of($"{customer.Name}");
}
