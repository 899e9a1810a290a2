using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Customers.Measures;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Customers;

/// <summary><c>/escalate customer list</c>: who there is, by name, a page at a time.</summary>
internal sealed class ListCustomers(
    CustomerStore book,
    CustomerSettings settings,
    TimeProvider clock
) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Which = new(
        "which",
        "[mine | archived | <word>]",
        source =>
            source.Next is { IsQuoted: false } word && word.Says("after")
                ? ReadArgument.Absent<CommandWord>()
                : CustomerArguments.ReadWhole(source)
    )
    {
        IsOptional = true,
        Hint = "Write `mine`, `archived`, or words that the name begins with.",
        Words = Parameter.Of("mine", "archived"),
        Completes = CustomerArguments.Completed,
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
                Markdown.Of(
                    $"“{which!.Value}” has no letters or digits, so no name begins with it."
                )
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
            ? BareWord.Of(which.Value).ToLowerInvariant() switch
            {
                "mine" or "my" or "me" => CustomerList.Of(reader),
                "archived" => CustomerList.Archived,
                "all" => CustomerList.Active,
                _ => await book.Like(which.Value, cancel),
            }
        : which is null ? CustomerList.Active
        : await book.Like(which.Value, cancel);

    private Markdown Show(CustomerList list, Page<Customer> page, int? count, bool isLaterPage)
    {
        if (page.Items.Count == 0)
        {
            return isLaterPage
                ? Markdown.Of($"{list.Title}: that was all.")
                : Markdown.Of(
                    $"{list.Title}: none. {Markdown.Code($"/{SlashCommand.Trigger} customer add")} adds one."
                );
        }

        var total = count switch
        {
            null => Markdown.None,
            > CustomerStore.CountedUpTo => Markdown.Of($" (more than {CustomerStore.CountedUpTo})"),
            { } number => Markdown.Of($" ({number})"),
        };
        var more = page.Next is null
            ? Markdown.None
            : Markdown.Of(
                $"\nMore: {Markdown.Code($"/{SlashCommand.Trigger} customer list {$"{list.Filter} after".TrimStart()} {page.Items[^1].Value.Key}")}"
            );
        var now = clock.GetUtcNow();
        return Markdown.Lines([
            Markdown.Of(
                $"#### {list.Title}{total}{(isLaterPage ? Markdown.Of($", continued") : Markdown.None)}"
            ),
            Markdown.Of($"| Customer | Phase and ARR | People | Adoption |"),
            Markdown.Of($"|:--|:--|:--|:--|"),
            .. page.Items.Select(item => Row(item.Value, now)),
            more,
        ]);
    }

    private Markdown Row(Customer customer, DateTimeOffset now)
    {
        var adoption = Adoption.Of(customer, customer.Today(now), settings);
        var share = adoption.Percent is { } percent
            ? Markdown.Of($" {PercentageOf.Show(percent)}")
            : Markdown.None;
        return Markdown.Of(
            $"| **{customer.Name}**{(customer.IsStrategic ? Markdown.Of($" :star:") : Markdown.None)} {Markdown.Code(customer.Key.Value)} | {Known(customer, Shown, CustomerFields.Phase, CustomerFields.Arr)} | {Known(customer, Named, CustomerFields.CustomerEngineer, CustomerFields.TechnicalAccountManager)} | {MeasureWords.Of(adoption.Verdict)}{share} |"
        );
    }

    /// <summary>What is known of these, in one cell: a phone shows three or four columns (U17).</summary>
    private static Markdown Known(
        Customer customer,
        Func<CustomerField, Customer, Markdown> show,
        params CustomerField[] fields
    )
    {
        var known = fields.Where(f => f.Value(customer).Length > 0).ToList();
        return known.Count == 0
            ? Markdown.Of($"–")
            : MeasureWords.Join(known.Select(f => show(f, customer)));
    }

    private static Markdown Named(CustomerField field, Customer customer) =>
        Markdown.Of($"{field.Label} {Shown(field, customer)}");

    private static Markdown Shown(CustomerField field, Customer customer) =>
        field.Show(field.Value(customer));
}
