using Sidecar.Chat;
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

/// <summary><c>/escalate customer set acme arr 120,000</c>: one field in one line, where there are no forms.</summary>
internal sealed class SetCustomer(
    CustomerChanges desk,
    CustomerStore book,
    CustomerTyping typing,
    PeopleDirectory people
) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Field = Arguments.Word(
        "field",
        $"Which field? Fields are: {Names}."
    ) with
    {
        Reader = ReadField,
        Words = [.. CustomerFields.All.Select(f => new OfferedWord(f.Code, f.Label, ""))],
    };

    public static Permission Permission => CustomerRights.Write;

    public static CommandSpec Spec { get; } =
        new(
            "customer set",
            "Change one field of a customer",
            CustomerArguments.One,
            Field,
            TypedFieldValue.Parameter
        )
        {
            Examples =
            [
                "customer set acme arr 120,000",
                "customer set acme production 2026-01-31",
                "customer set acme tam @engineer",
                "customer set acme hosting -",
            ],
            Details = $"Fields are: {Names}. `-` clears a value; `me` is you.",
        };

    /// <summary>A field by one word, or by all words of its label: <c>hosting provider</c>.</summary>
    private static ReadArgument<CommandWord> ReadField(ArgumentSource source)
    {
        var left = source.Line.Words.Length - source.At;
        for (var count = Math.Min(MostWords, left - 1); count > 1; count--)
        {
            var words = source.Line.Words.Skip(source.At).Take(count).ToList();
            if (
                words.TrueForAll(w => !w.IsQuoted)
                && CustomerFields.Called(string.Join(' ', words.Select(w => w.Value))) is not null
            )
            {
                return ReadArgument.Of(
                    source.Line.Joined(source.At, count).Words[source.At],
                    taken: count
                );
            }
        }

        return source.Next is { Value.Length: > 0 } word
            ? ReadArgument.Of<CommandWord>(word)
            : ReadArgument.Absent<CommandWord>();
    }

    private const int MostWords = 4;

    private static string Names => string.Join(", ", CustomerFields.All.Select(f => $"`{f.Code}`"));

    /// <summary>The line that sets a field to something that would be right.</summary>
    public static string Line(CustomerKey key, CustomerField field) =>
        $"/{SlashCommand.Trigger} customer set {key} {field.Code} {field.Example}";

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var typed = call.Get(CustomerArguments.One)!;
        if (await book.Known(typed.Value, cancel) is not { } customer)
        {
            return await CustomerArguments.Unknown(book, call, typed, cancel);
        }

        var word = call.Get(Field)!;
        if (CustomerFields.Called(word.Value) is not { } field)
        {
            return Reply.Say(UnknownField(call.Line, word));
        }

        var envelope = call.Envelope;
        var today = CalendarDay.At(envelope.At, await people.ZoneOf(envelope.User, cancel));
        var value = call.Get(TypedFieldValue.Parameter)!;
        var reading = await typing.OfCommand(field, value, envelope, today, cancel);
        var problem = reading.Problem ?? await Taken(field, reading.Value, customer, cancel);
        if (problem is not null)
        {
            return Reply.Say(
                Markdown.Of(
                    $"{Markdown.Sentence(problem)}\nFor example: {Markdown.Code(Line(customer.Key, field))}\n{CommandParser.YouTyped(call.Line)}"
                )
            );
        }

        return await Set(customer.Key, field, reading.Value, envelope.User, cancel);
    }

    private async Task<Reply> Set(
        CustomerKey key,
        CustomerField field,
        string value,
        UserId by,
        CancellationToken cancel
    )
    {
        FieldChange? made = null;
        var decision = await desk.Decide(
            key,
            by,
            (customer, _) =>
            {
                made = new FieldChange(field.Code, field.Value(customer), value);
                return made.From == made.To
                    ? new Decision<Customer, CustomerFact>.Accepted(customer)
                    : new Decision<Customer, CustomerFact>.Accepted(
                        field.With(customer, value),
                        new CustomerFact.Edited(by, [made])
                    );
            },
            null,
            cancel
        );
        return decision switch
        {
            Decision<Customer, CustomerFact>.Accepted { Facts.Count: 0 } same => Reply.Say(
                Markdown.Of(
                    $"{same.Next.Name} has that already: {field.Label} is {FieldWords.Value(field, value)}."
                )
            ),
            Decision<Customer, CustomerFact>.Accepted changed => Reply.Say(
                Markdown.Lines([
                    FieldWords.Changed(changed.Next.Name, made!),
                    FieldWords.Archived(changed.Next),
                ])
            ),
            Decision<Customer, CustomerFact>.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }

    private async ValueTask<string?> Taken(
        CustomerField field,
        string name,
        Customer customer,
        CancellationToken cancel
    ) =>
        field == CustomerFields.Name
        && await book.Named(name, cancel) is { } other
        && other.Key != customer.Key
            ? $"There is a customer of that name already: `{other.Key}`."
            : null;

    private static Markdown UnknownField(CommandLine line, CommandWord word) =>
        CustomerFields.Nearest(word.Value) is { } meant
            ? Markdown.Of(
                $"A customer has no field “{word.Value}”. Did you mean {meant.Label}? {Markdown.Code(CustomerArguments.Instead(line, word, meant.Code))}"
            )
            : Markdown.Of(
                $"A customer has no field “{word.Value}”. {Markdown.Sentence($"Fields are: {Names}.")}\n{CommandParser.YouTyped(line)}"
            );
}
