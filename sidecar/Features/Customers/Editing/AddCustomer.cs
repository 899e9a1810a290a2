using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Finding;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Editing;

/// <summary>
/// <c>/escalate customer add [key] [name]</c>: the form for a new customer, filled with what was typed (CUS-2). With a key
/// and a quoted name nothing is left to ask, and it is added at once, which also helps where there are no forms.
/// </summary>
internal sealed class AddCustomer(
    CustomerChanges desk,
    CustomerStore book,
    RoleStore roles,
    TimeProvider clock
) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Key = Arguments
        .Word("key", "Which key? A short word by which commands name the customer.")
        .OrNothing();

    private static readonly Parameter<string> Name = Arguments
        .Rest("name", "What is the customer called?")
        .OrNothing();

    public static Permission Permission => CustomerRights.Write;

    public static CommandSpec Spec { get; } =
        new("customer add", "Add a customer", Key, Name)
        {
            Examples =
            [
                "customer add",
                "customer add Acme Labs",
                "customer add acme \"Acme Labs\"",
            ],
            Details =
                "Opens a form filled with what you typed, and says what was understood: a first word in small letters before a name in capitals is the key, and an amount after the name is the ARR, as in `customer add acme Acme Labs 250k`. With a key and a name in quotes the customer is added at once; the rest can be added later.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        if (call.Get(Key) is not { } first)
        {
            return AddForm.Open(null, "", await Draft(call.Envelope.User, cancel));
        }

        var words = call.Line.Words;
        var isClear = words.Length == 4 && words[3].IsQuoted && !first.IsQuoted;
        if (!isClear)
        {
            // “add Acme Labs” is a name of two words, “add acme” a key or a name: the form shows what was made of it.
            var reading = AddReading.Read(
                call.Line,
                2,
                CalendarDay.At(clock.GetUtcNow(), TimeZoneInfo.Utc)
            );
            var typed = reading.Name;
            if (!TextLength.Fits(typed, Customer.MaxNameLength))
            {
                return Reply.Say(
                    Markdown.Of(
                        $"A customer’s name takes {Customer.MaxNameLength} characters; this has {TextLength.Told(typed, Customer.MaxNameLength)}, and nothing was added. {CommandParser.YouTyped(call.Line)}"
                    )
                );
            }

            var draft = await Draft(call.Envelope.User, cancel);
            foreach (var (field, value) in reading.Values)
            {
                draft = field.With(draft, value);
            }

            return AddForm.Open(reading.Key ?? CustomerKey.Of(typed), typed, draft, reading.Note);
        }

        return await AddAtOnce(first.Value, call.Get(Name)!, call.Envelope, cancel);
    }

    private async Task<Reply> AddAtOnce(
        string typedKey,
        string typedName,
        Envelope envelope,
        CancellationToken cancel
    )
    {
        var name = FieldReaders.Name(typedName, default);
        if (CustomerKey.Of(typedKey) is not { } key || name.Problem is not null)
        {
            return Reply.Say(
                Markdown.Sentence(
                    name.Problem ?? $"“{typedKey}” has no letters or digits, so it can’t be a key."
                )
            );
        }

        var named = await book.Named(name.Value, cancel);
        var customer = new Customer(key, name.Value, clock.GetUtcNow(), envelope.User);
        var taken =
            named is not null && named.Key != key
                ? named
                : await desk.Add(customer, envelope.Act, envelope.User, cancel);
        return Reply.Say(
            taken is null
                ? Markdown.Of(
                    $"{name.Value} is added as {Markdown.Code(key.Value)}. Add the rest with {Markdown.Code($"/{SlashCommand.Trigger} customer edit {key}")}."
                )
            : taken.Key == key
                ? Markdown.Of(
                    $"{KeyWords(typedKey, key)} belongs to {taken.Name} already. Take another one, or change that customer: {Markdown.Code($"/{SlashCommand.Trigger} customer edit {key}")}"
                )
            : Markdown.Of(
                $"There is {taken.Name} already, with the key {Markdown.Code(taken.Key.Value)}: {Markdown.Code($"/{SlashCommand.Trigger} customer edit {taken.Key}")}"
            )
        );
    }

    /// <summary>The key, and what was typed when that is something else.</summary>
    private static Markdown KeyWords(string typed, CustomerKey key) =>
        CustomerIndexes.Plain(typed) == key.Value
            ? Markdown.Of($"The key {Markdown.Code(key.Value)}")
            : Markdown.Of(
                $"“{MarkdownEscaper.Shorten(typed, 60)}” would be the key {Markdown.Code(key.Value)}, which"
            );

    /// <summary>Whoever adds a customer mostly owns it in the role that they have.</summary>
    private async ValueTask<Customer> Draft(UserId by, CancellationToken cancel)
    {
        var actor = await roles.Of(by, cancel);
        return new Customer(new CustomerKey(""), "", default, by)
        {
            CustomerEngineer = actor.Is(Role.CustomerEngineer) ? by : null,
            TechnicalAccountManager = actor.Is(Role.TechnicalAccountManager) ? by : null,
            CustomerSuccessManager = actor.Is(Role.CustomerSuccessManager) ? by : null,
            AccountExecutive = actor.Is(Role.AccountExecutive) ? by : null,
        };
    }
}
