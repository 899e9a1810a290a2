using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Customers.Measures;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Editing;

/// <summary>What an open form remembers.</summary>
/// <param name="Customer">Of which customer.</param>
/// <param name="Form">Which form.</param>
/// <param name="Opened">What each field was filled with, as the field keeps it.</param>
internal sealed record EditState(
    CustomerKey Customer,
    string Form,
    IReadOnlyDictionary<string, string> Opened
);

/// <summary>Takes the answers of the forms.</summary>
internal sealed class EditForm(
    CustomerChanges desk,
    CustomerStore book,
    CustomerTyping typing,
    PeopleDirectory people,
    SeenClashes clashes
) : IDialog<EditState>
{
    public static Permission Permission => CustomerRights.Write;

    public static DialogKey<EditState> Key { get; } =
        new("customer.edit", CustomerFormJson.Default.EditState);

    public static Reply Open(Customer customer, CustomerForm form)
    {
        var others = MeasureWords.Join(
            CustomerForms.Words.Where(word => word != form.Word).Select(word => Markdown.Code(word))
        );
        var dialog = new DialogForm(
            MarkdownEscaper.Shorten($"{form.Title} · {customer.Name}", 24),
            [.. form.Fields.Select(field => field.Ask(field.Value(customer)))]
        )
        {
            Introduction = Markdown.Of(
                $"**{customer.Name}** {Markdown.Code(customer.Key.Value)}. Its other forms: {Markdown.Code($"/{SlashCommand.Trigger} customer edit {customer.Key}")} with {others} after it."
            ),
            SubmitLabel = "Save",
        };
        var opened = form.Fields.ToDictionary(
            f => f.Code,
            f => f.Value(customer),
            StringComparer.Ordinal
        );
        return Key.Open(
            dialog,
            new EditState(customer.Key, form.Word, opened),
            Markdown.Lines([
                Markdown.Of($"Change one thing at a time by command instead:"),
                .. form.Fields.Select(field =>
                    Markdown.Of($"- {Markdown.Code(SetCustomer.Line(customer.Key, field))}")
                ),
            ])
        );
    }

    public async Task<SubmissionReply> Submit(
        Submission<EditState> submission,
        CancellationToken cancel
    )
    {
        var state = submission.State;
        var (wanted, problems) = await Read(submission, cancel);
        if (problems.Count > 0)
        {
            return SubmissionReply.Mark(problems);
        }

        var by = submission.Envelope.User;
        var settled = await clashes.Seen(submission.Envelope.Act, cancel);
        FormMerge? merge = null;
        UserId? last = null;
        var decision = await desk.Decide(
            state.Customer,
            by,
            (customer, _) =>
            {
                last = customer.ChangedBy;
                merge = FormMerge.Of(state.Opened, wanted, customer, settled);
                return merge.Contested.Length > 0 || merge.Mine.Length == 0
                    ? new Decision<Customer, CustomerFact>.Accepted(customer)
                    : new Decision<Customer, CustomerFact>.Accepted(
                        merge.Apply(customer),
                        new CustomerFact.Edited(by, merge.Mine)
                    );
            },
            also: null,
            cancel
        );
        if (decision is Decision<Customer, CustomerFact>.Refused)
        {
            return SubmissionReply.Keep(
                $"There is no customer {state.Customer} any more, so nothing was saved."
            );
        }

        if (merge!.Contested.IsEmpty)
        {
            var customer = ((Decision<Customer, CustomerFact>.Accepted)decision).Next;
            return merge.Mine.IsEmpty
                ? SubmissionReply.Unchanged
                : SubmissionReply.Done(
                    Markdown.Lines([
                        .. merge.Mine.Select(made => FieldWords.Changed(customer.Name, made)),
                        FieldWords.Archived(customer),
                        last == by ? Markdown.None : Meanwhile(merge.Theirs, last),
                    ])
                );
        }

        await clashes.Show(
            submission.Envelope,
            merge.Contested.Select(c => (c.Field, c.From)),
            cancel
        );
        return SubmissionReply.Mark(await Contest(merge.Contested, last, cancel));
    }

    private async ValueTask<(
        Dictionary<string, string> Wanted,
        Dictionary<string, string> Problems
    )> Read(Submission<EditState> submission, CancellationToken cancel)
    {
        var state = submission.State;
        var today = CalendarDay.At(
            submission.Envelope.At,
            await people.ZoneOf(submission.Envelope.User, cancel)
        );
        var wanted = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in CustomerForms.Called(state.Form)!.Fields)
        {
            var opened = state.Opened.GetValueOrDefault(field.Code, "");
            var typed = submission[field.Code];
            // What was not touched is not judged: it may have become wrong since, like the account of an owner.
            var reading =
                opened.Length > 0 && typed == field.Filled(opened)
                    ? FieldReading.Of(opened)
                    : await typing.OfForm(field, typed, today, cancel);
            wanted[field.Code] = reading.Value;
            if (reading.Problem is { } problem)
            {
                problems[field.Code] = problem;
            }
            else if (
                field == CustomerFields.Name
                && reading.Value != opened
                && await book.Named(reading.Value, cancel) is { } other
                && other.Key != state.Customer
            )
            {
                problems[field.Code] = $"There is a customer of that name already: {other.Key}.";
            }
        }

        return (wanted, problems);
    }

    private async ValueTask<Dictionary<string, string>> Contest(
        IReadOnlyList<FieldChange> changes,
        UserId? last,
        CancellationToken cancel
    )
    {
        var marks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var field = CustomerFields.Coded(change.Field)!;
            var words =
                change.From.Length == 0
                    ? Markdown.Of($"taken away")
                    : Markdown.Of($"changed to {field.Show(change.From)}");
            var who = last is { } person ? Markdown.Of($" ({person} was the last)") : Markdown.None;
            var text = Markdown.Of(
                $"While this form was open it was {words}{who}. Save again to put yours in its place."
            );
            await people.Know(text.Mentioned(), cancel);
            marks[field.Code] = MarkdownEscaper.Plain(text.Show(people.NameOf));
        }

        return marks;
    }

    /// <summary>What others changed while the form was open, which stays; nothing when they changed nothing.</summary>
    private static Markdown Meanwhile(ImmutableArray<FieldChange> theirs, UserId? last)
    {
        var who = last is { } person ? Markdown.Of($" ({person} was the last)") : Markdown.None;
        return theirs.IsEmpty
            ? Markdown.None
            : Markdown.Of(
                $"While your form was open, others changed {CustomerFact.Of(theirs)}{who}; that stays."
            );
    }
}
