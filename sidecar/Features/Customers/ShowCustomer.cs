using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Customers;

/// <summary><c>/escalate customer show acme</c>: everything about one, for whoever asks.</summary>
internal sealed class ShowCustomer(CustomerStore book, CustomerPage page) : ISlashCommand
{
    public static Permission Permission => CustomerRights.Read;

    public static CommandSpec Spec { get; } =
        new(
            "customer show",
            "Show a customer, its people and its measures",
            CustomerArguments.Whole
        )
        {
            Examples = ["customer show acme", "customer show Acme Labs"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var typed = call.Get(CustomerArguments.Whole)!;
        return await book.Known(typed.Value, cancel) is { } customer
            ? Reply.Say(await page.Of(customer, cancel))
            : await CustomerArguments.Unknown(book, call, typed, cancel);
    }
}

/// <summary>
/// <c>/escalate customer</c> alone lists, and with a customer behind it shows that one: nobody need remember a word more.
/// </summary>
internal sealed class CustomerAlone(CustomerStore book, CustomerPage page, ListCustomers list)
    : ISlashCommand
{
    private static readonly Parameter<CommandWord> Customer = CustomerArguments.Whole.OrNothing();

    public static Permission Permission => CustomerRights.Read;

    public static CommandSpec Spec { get; } =
        new("customer", "List customers, or show one", Customer)
        {
            Examples = ["customer", "customer acme"],
            IsInternal = true,
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        if (call.Get(Customer) is not { } typed)
        {
            return await list.Run(call, cancel);
        }

        if (await book.Known(typed.Value, cancel) is { } customer)
        {
            return Reply.Say(await page.Of(customer, cancel));
        }

        // A misspelt subcommand looks like a customer that nobody knows.
        var word = call.Line.Words[1];
        return Subcommand(word.Value) is { } meant
            ? Reply.Say(
                Markdown.Of(
                    $"I don’t know “customer {word.Value}”. Did you mean {Markdown.Code(CustomerArguments.Instead(call.Line, word, meant))}? {Markdown.Code($"/{SlashCommand.Trigger} help customer")} lists what there is."
                )
            )
            : await CustomerArguments.Unknown(book, call, typed, cancel);
    }

    private static string? Subcommand(string typed)
    {
        var word = typed.ToLowerInvariant();
        return CustomersFeature
            .Subcommands.Select(s =>
                (Name: s, Away: Spelling.Within(word, s, Math.Max(1, s.Length / 3)))
            )
            .Where(s => s.Away is not null)
            .OrderBy(s => s.Away)
            .Select(s => s.Name)
            .FirstOrDefault();
    }
}
