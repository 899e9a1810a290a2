using System.Collections.Immutable;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Requests;

/// <summary>Makes something of the answers of the form for a new assignment.</summary>
internal sealed class RequestReading(
    CustomerStore customers,
    NameablePeople candidates,
    PeopleDirectory people,
    AssignmentCalendar calendar
)
{
    private const int MostYears = 2;

    /// <summary>One of the kinds was chosen, whatever the customer makes of it.</summary>
    public static bool IsChosen(Submission<NewRequest> form) =>
        form[RequestForm.Kind] is RequestForm.PreSales or RequestForm.PostSales;

    /// <summary>The draft that the answers make, or what is wrong with them, by field.</summary>
    public async ValueTask<(AssignmentDraft? Draft, Dictionary<string, string> Problems)> Read(
        Submission<NewRequest> form,
        CancellationToken cancel
    )
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var customer = await customers.Known(
            CustomerArguments.Meant(form, RequestForm.Customer, form.State.Customer),
            cancel
        );
        if (customer is null or { IsArchived: true })
        {
            problems[RequestForm.Customer] = customer is null
                ? await CustomerArguments.UnknownInForm(
                    customers,
                    form[RequestForm.Customer],
                    form.Envelope,
                    cancel
                )
                : $"{customer.Name} is archived.";
        }

        AssignmentKind? kind = form[RequestForm.Kind] switch
        {
            RequestForm.PreSales => AssignmentKind.PreSales,
            RequestForm.PostSales => AssignmentKind.PostSales,
            _ => null,
        };
        var marks = false;
        if (kind is null)
        {
            problems[RequestForm.Kind] = "Choose one of the two.";
        }
        else if (customer is not null && RequestForm.LacksMark(customer, kind))
        {
            marks = await Marks(form, customer, problems, cancel);
        }
        else if (
            customer is not null
            && RequestForm.Contradiction(customer, kind.Value) is { } contradiction
        )
        {
            problems[RequestForm.Kind] = contradiction;
        }

        var why = form[RequestForm.Why];
        if (why.Length == 0 || !TextLength.Fits(why, Assignment.MaxTextLength))
        {
            problems[RequestForm.Why] =
                why.Length == 0
                    ? "Say in a few words why."
                    : $"This takes {Assignment.MaxTextLength} characters; yours has {TextLength.Told(why, Assignment.MaxTextLength)}.";
        }

        var endsOn = await EndsOn(form, problems, cancel);
        var ce = await Person(
            await CustomerEngineer(form, customer, cancel),
            RequestForm.CustomerEngineer,
            problems,
            candidates.Person,
            cancel
        );
        return problems.Count > 0 || customer is null || kind is null || ce is null
            ? (null, problems)
            : (
                new AssignmentDraft(customer.Key, customer.Name, kind.Value, endsOn, why, ce.Value)
                {
                    MarksStrategic = marks,
                },
                problems
            );
    }

    /// <summary>
    /// Whether the customer is marked as strategic with it, by who may. What was written stays in the form however it is
    /// marked: by the tick, or by somebody else meanwhile.
    /// </summary>
    private async ValueTask<bool> Marks(
        Submission<NewRequest> form,
        Customer customer,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        var by = form.Envelope.User;
        var isReader = await customers.MayRead(by, cancel);
        var mayMark = isReader && await customers.MayWrite(by, cancel);
        if (mayMark && form[RequestForm.Strategic] == FormShape.Yes)
        {
            return true;
        }

        if (form.Answers.Asked is not { } asked || !isReader)
        {
            problems[RequestForm.Kind] = RequestForm.Contradiction(
                customer,
                AssignmentKind.PostSales
            )!;
        }
        else if (
            mayMark && asked.Any(f => f is { Name: RequestForm.Strategic, IsSpared: not true })
        )
        {
            problems[RequestForm.Strategic] =
                "Tick this to go on: the customer is marked with the request.";
        }
        else
        {
            problems[RequestForm.Kind] =
                $"{(mayMark ? "Mark the customer as strategic first" : "Somebody who may change customers has to mark this one as strategic first")}: {RequestForm.MarkCommand(customer)}. Leave this form open meanwhile, and send it again then.";
        }

        return false;
    }

    /// <summary>Whom the CS lead names when they start one, or what is wrong with that, by field.</summary>
    public async ValueTask<NewEngineer?> ReadEngineer(
        Submission<NewRequest> form,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        var engineer = await Person(
            form[RequestForm.Engineer],
            RequestForm.Engineer,
            problems,
            candidates.Engineer,
            cancel
        );
        if (
            engineer is { } asked
            && form[RequestForm.AllTheSame] != "true"
            && await candidates.MayBeAssigned(asked, cancel) is { } speaksAgainst
        )
        {
            problems[RequestForm.AllTheSame] = speaksAgainst.Sentence.Show(people.NameOf);
        }

        UserId? backUp =
            form[RequestForm.BackUp].Length == 0
                ? null
                : await Person(
                    form[RequestForm.BackUp],
                    RequestForm.BackUp,
                    problems,
                    candidates.Engineer,
                    cancel
                );
        if (backUp is not null && form[RequestForm.Kind] == RequestForm.PreSales)
        {
            problems[RequestForm.BackUp] =
                "Only post-sales strategic customers have a back-up engineer. Tick “nobody” below it.";
        }

        var beyond = form[RequestForm.Beyond];
        if (!TextLength.Fits(beyond, Assignment.MaxTextLength))
        {
            problems[RequestForm.Beyond] =
                $"This takes {Assignment.MaxTextLength} characters; yours has {TextLength.Told(beyond, Assignment.MaxTextLength)}.";
        }

        return engineer is { } who ? new NewEngineer(who, backUp, beyond) : null;
    }

    /// <summary>
    /// Who was chosen as CE. Untouched, it is the customer's by now and not the one of when the form was filled (M1); a
    /// customer who has none any more takes away nothing that the form shows.
    /// </summary>
    private async ValueTask<string> CustomerEngineer(
        Submission<NewRequest> form,
        Customer? customer,
        CancellationToken cancel
    )
    {
        var chosen = form[RequestForm.CustomerEngineer];
        var filled = form.Answers.Asked?.FirstOrDefault(f => f.Name == RequestForm.Customer);
        return
            chosen.Length > 0
            && !form.Changed(RequestForm.CustomerEngineer)
            && customer?.CustomerEngineer is { } now
            // It was filled with that of this very customer.
            && filled?.Preset is { Length: > 0 } name
            && (
                name == form[RequestForm.Customer]
                || (await customers.Known(name, cancel))?.Key == customer.Key
            )
            ? now.Value
            : chosen;
    }

    /// <summary>Says who the CE is when that is not who the form showed; else nothing.</summary>
    public static Markdown NewEngineer(Submission<NewRequest> form, AssignmentDraft draft) =>
        draft.CustomerEngineer.Value == form[RequestForm.CustomerEngineer]
            ? Markdown.None
            : Markdown.Of(
                $" The CE is {draft.CustomerEngineer}: the customer’s was changed while your form was open."
            );

    private async ValueTask<UserId?> Person(
        string chosen,
        string field,
        Dictionary<string, string> problems,
        Func<UserId, CancellationToken, ValueTask<NotToBeNamed?>> check,
        CancellationToken cancel
    )
    {
        if (chosen.Length == 0)
        {
            problems[field] = "Choose a person.";
            return null;
        }

        var person = new UserId(chosen);
        if (await check(person, cancel) is not { } why)
        {
            return person;
        }

        problems[field] = why.Sentence.Show(people.NameOf);
        return null;
    }

    /// <summary>The last day, by the team's calendar; what is said of it with words is meant where the person is.</summary>
    private async ValueTask<DateOnly?> EndsOn(
        Submission<NewRequest> form,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        var typed = form[RequestForm.EndsOn];
        if (typed.Length == 0)
        {
            return null;
        }

        var now = form.Envelope.At;
        var zone = await people.ZoneOf(form.Envelope.User, cancel);
        var day = CalendarDay.Read(typed, CalendarDay.At(now, zone), out var problem);
        var today = calendar.Today(now);
        if (day is null)
        {
            problems[RequestForm.EndsOn] = problem;
        }
        else if (day < today)
        {
            problems[RequestForm.EndsOn] =
                $"{CalendarDay.Write(day.Value)} has passed. Which is the last day? Write none for a long-term one.";
        }
        else if (day > today.AddYears(MostYears))
        {
            problems[RequestForm.EndsOn] =
                $"{CalendarDay.Write(day.Value)} is more than {MostYears} years away. Write none for a long-term one.";
        }

        return day;
    }
}
