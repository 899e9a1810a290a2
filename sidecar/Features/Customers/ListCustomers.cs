using Sidecar.Cards;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Measures;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Customers;

/// <summary><c>/escalate customer list</c>: who there is, by name, a page at a time.</summary>
internal sealed class ListCustomers(
    CustomerBook book,
    CustomerSettings settings,
    TimeProvider clock
) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Which = new(
        "which",
        "[mine | archived | <word>]",
        source =>
            source.Next is { IsQuoted: false } word
            && word.Value.Equals("after", StringComparison.OrdinalIgnoreCase)
                ? Argument.Absent<CommandWord>()
                : CustomerArguments.ReadWhole(source)
    )
    {
        IsOptional = true,
        Hint = "Write `mine`, `archived`, or words that the name begins with.",
    };

    public static Permission Permission => CustomerRights.Read;

    public static CommandSpec Spec { get; } =
        new(
            "customer list",
            "List customers, or those with a word in their name",
            Which,
            CustomerArguments.AfterCustomer
        )
        {
            Examples = ["customer list", "customer list mine", "customer list acme"],
            Details =
                "`mine`: those whose CE, TAM, CSM or AE you are. Other words are looked for at the beginnings of the words of names and keys. A customer called like one of these words goes in quotes.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var which = call.Get(Which);
        if (await Choose(which, call.Envelope.User, cancel) is not { } list)
        {
            return Reply.Say(
                Words.Of($"“{which!.Value}” has no letters or digits, so no name begins with it.")
            );
        }

        IndexPosition? after = null;
        if (call.Get(CustomerArguments.AfterCustomer) is { } last)
        {
            if (await book.Known(last.Value, cancel) is not { } customer)
            {
                return await CustomerArguments.Unknown(book, call, last, cancel);
            }

            after = list.PositionOf(customer);
        }

        var page = await book.List(list, after, cancel);
        if (page.Items.Count == 0 && after is null && which is not null && !list.Words.IsEmpty)
        {
            return await CustomerArguments.Unknown(book, call, which, cancel);
        }

        return Reply.Say(Show(list, page, await book.Count(list, cancel), after is not null));
    }

    private async ValueTask<CustomerList?> Choose(
        CommandWord? which,
        UserId reader,
        CancellationToken cancel
    ) =>
        which is { IsQuoted: false }
            ? which.Value.ToLowerInvariant() switch
            {
                "mine" or "my" or "me" => CustomerList.Of(reader),
                "archived" => CustomerList.Archived,
                "all" => CustomerList.Active,
                _ => await book.Like(which.Value, cancel),
            }
        : which is null ? CustomerList.Active
        : await book.Like(which.Value, cancel);

    private Words Show(CustomerList list, Page<Customer> page, int? count, bool isLaterPage)
    {
        if (page.Items.Count == 0)
        {
            return isLaterPage
                ? Words.Of($"{list.Title}: that was all.")
                : Words.Of(
                    $"{list.Title}: none. {Words.Code($"/{SlashCommand.Trigger} customer add")} adds one."
                );
        }

        var total = count switch
        {
            null => Words.None,
            > CustomerBook.CountedUpTo => Words.Of($" (more than {CustomerBook.CountedUpTo})"),
            { } number => Words.Of($" ({number})"),
        };
        var more = page.Next is null
            ? Words.None
            : Words.Of(
                $"\nMore: {Words.Code($"/{SlashCommand.Trigger} customer list {$"{list.Filter} after".TrimStart()} {page.Items[^1].Value.Key}")}"
            );
        var now = clock.GetUtcNow();
        return Words.Lines([
            Words.Of(
                $"#### {list.Title}{total}{(isLaterPage ? Words.Of($", continued") : Words.None)}"
            ),
            Words.Of($"| Customer | Key | Phase | ARR | CE | TAM | Adoption |"),
            Words.Of($"|:--|:--|:--|--:|:--|:--|:--|"),
            .. page.Items.Select(item => Row(item.Value, now)),
            more,
        ]);
    }

    private Words Row(Customer customer, DateTimeOffset now)
    {
        var adoption = Adoption.Of(customer, customer.Today(now), settings);
        var share = adoption.Percent is { } percent
            ? Words.Of($" {Share.Show(percent)}")
            : Words.None;
        return Words.Of(
            $"| **{customer.Name}**{(customer.IsStrategic ? Words.Of($" :star:") : Words.None)} | {Words.Code(customer.Key.Value)} | {Shown(CustomerFields.Phase, customer)} | {Shown(CustomerFields.Arr, customer)} | {Shown(CustomerFields.CustomerEngineer, customer)} | {Shown(CustomerFields.TechnicalAccountManager, customer)} | {MeasureWords.Of(adoption.Verdict)}{share} |"
        );
    }

    private static Words Shown(CustomerField field, Customer customer) =>
        field.Show(field.Value(customer));
}
