using Sidecar.Chat;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Finding;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Editing;

/// <summary>What the form for a new customer remembers: nothing yet beyond who opened it and where.</summary>
internal sealed record AddState;

/// <summary>Takes the answers of the form for a new customer.</summary>
internal sealed class AddForm(
    CustomerChanges desk,
    CustomerStore book,
    CustomerTyping typing,
    PeopleDirectory people,
    TimeProvider clock
) : IDialog<AddState>
{
    private const string KeyField = "key";

    private static readonly CustomerField[] Asked =
    [
        CustomerFields.Phase,
        CustomerFields.Strategic,
        CustomerFields.Arr,
        CustomerFields.Contract,
        CustomerFields.CustomerEngineer,
        CustomerFields.TechnicalAccountManager,
        CustomerFields.CustomerSuccessManager,
        CustomerFields.AccountExecutive,
    ];

    public static Permission Permission => CustomerRights.Write;

    public static DialogKey<AddState> Key { get; } =
        new("customer.add", CustomerFormJson.Default.AddState);

    /// <param name="key">Filled in.</param>
    /// <param name="name">Filled in.</param>
    /// <param name="draft">What else is filled in.</param>
    /// <param name="note">What was made of a typed line, in one line.</param>
    public static Reply Open(
        CustomerKey? key,
        string name,
        Customer draft,
        Markdown? note = null
    ) => Key.Open(Form(key, name, draft, note), new AddState(), WithoutForm(key, name));

    /// <summary>What is asked; for others who ask it for a reason of their own.</summary>
    public static DialogForm Form(CustomerKey? key, string name, Customer draft, Markdown? note) =>
        new(
            "New customer",
            [
                CustomerFields.Name.Ask(MarkdownEscaper.Shorten(name, Customer.MaxNameLength)),
                new DialogField(KeyField, "Key", FieldKind.Text)
                {
                    Default = key?.Value,
                    Optional = true,
                    MaxLength = CustomerKey.MaxLength,
                    Help =
                        "The short word by which commands name it; none: it is made from the name.",
                },
                .. Asked.Select(field => field.Ask(field.Value(draft))),
            ]
        )
        {
            Introduction = Markdown.Lines([
                note ?? Markdown.None,
                Markdown.Of(
                    $"Only the name is needed; the rest can be added later with {Markdown.Code($"/{SlashCommand.Trigger} customer edit")}."
                ),
            ]),
            SubmitLabel = "Add",
        };

    /// <summary>What is said where no form opens.</summary>
    public static Markdown WithoutForm(CustomerKey? key, string name) =>
        Markdown.Of(
            $"Add it by command instead, with the name in quotes: {Markdown.Code($"/{SlashCommand.Trigger} customer add {key?.Value ?? "acme"} \"{(name.Length > 0 ? name : "Acme Labs")}\"")}"
        );

    public async Task<SubmissionReply> Submit(
        Submission<AddState> submission,
        CancellationToken cancel
    )
    {
        var by = submission.Envelope.User;
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var customer = await Read(submission, problems, cancel);
        if (problems.Count > 0)
        {
            return SubmissionReply.Mark(problems);
        }

        var taken = await desk.Add(customer, submission.Envelope.Act, by, cancel);
        return taken is null
            ? SubmissionReply.Done(
                Markdown.Of(
                    $"{customer.Name} is added as {Markdown.Code(customer.Key.Value)}.{Became(submission[KeyField], customer.Key)}"
                )
            )
            : SubmissionReply.Mark(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [KeyField] =
                        CustomerIndexes.Plain(submission[KeyField]) is { Length: > 0 } typed
                        && typed != customer.Key.Value
                            ? $"“{typed}” would be the key {customer.Key}, which belongs to {taken.Name} already: write another one."
                            : $"This key belongs to {taken.Name} already: write another one.",
                }
            );
    }

    /// <summary>What was typed as the key is not what it became: nobody would find it by that (CUS-1).</summary>
    private static Markdown Became(string typed, CustomerKey key) =>
        typed.Length == 0 || CustomerIndexes.Plain(typed) == key.Value
            ? Markdown.None
            : Markdown.Of(
                $" “{typed}” became {Markdown.Code(key.Value)}: a key has letters and digits, and hyphens in place of everything else."
            );

    private async ValueTask<Customer> Read(
        Submission<AddState> submission,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        var by = submission.Envelope.User;
        var today = CalendarDay.At(submission.Envelope.At, await people.ZoneOf(by, cancel));
        var name = CustomerFields.Name.Read(submission[CustomerFields.Name.Code], today);
        var typedKey = submission[KeyField];
        var key = CustomerKey.Of(typedKey.Length > 0 ? typedKey : name.Value);
        if (name.Problem is { } wrong)
        {
            problems[CustomerFields.Name.Code] = wrong;
        }
        else if (key is null)
        {
            problems[KeyField] = "Write the key with letters or digits.";
        }
        else if (
            await book.Named(name.Value, cancel) is { } other
            && !await desk.HasMade(submission.Envelope.Act, other.Key, cancel)
        )
        {
            problems[CustomerFields.Name.Code] =
                $"There is a customer of that name already: {other.Key}.";
        }

        var customer = new Customer(key ?? new CustomerKey("-"), name.Value, clock.GetUtcNow(), by);
        foreach (var field in Asked)
        {
            var reading = await typing.OfForm(field, submission[field.Code], today, cancel);
            if (reading.Problem is { } problem)
            {
                problems[field.Code] = problem;
            }
            else
            {
                customer = field.With(customer, reading.Value);
            }
        }

        return customer;
    }
}
