using Sidecar.Chat;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Implementations;

/// <summary>Links what the hand-off needs (IMP-4).</summary>
internal sealed class DocumentsStep(ImplementationStore book, CustomerStore customers)
    : StepOf<DocumentsStep>(book),
        IStep
{
    public const string Design = "design";
    public const string Questionnaire = "questionnaire";
    public const string IsComplete = "is_complete";

    public static ImplementationStep Step => ImplementationSteps.Documents;

    protected override async ValueTask<DialogForm> Ask(
        Implementation it,
        Envelope from,
        CancellationToken cancel
    )
    {
        var known = (await customers.Read(it.Customer, cancel))?.Value.DesignDocuments ?? [];
        return new DialogForm(
            $"Documents of {it.Id}",
            [
                new DialogField(Design, "Technical design", FieldKind.LongText)
                {
                    Optional = true,
                    Default = it.DesignDocument,
                    Help = known.IsEmpty
                        ? "Address of the fully documented technical design document; none removes it."
                        : $"Known of this customer: {MarkdownEscaper.Shorten(known[0], 100)}",
                    MaxLength = WebLink.MaxLength,
                },
                new DialogField(Questionnaire, "Discovery questionnaire", FieldKind.LongText)
                {
                    Optional = true,
                    Default =
                        it.Questionnaire.Length > 0 ? it.Questionnaire : it.QuestionnaireBegun,
                    Help = "Its address, in the implementation playbook; none removes it.",
                    MaxLength = WebLink.MaxLength,
                },
                new DialogField(IsComplete, "Questionnaire complete", FieldKind.YesNo)
                {
                    Optional = true,
                    Default = it.Questionnaire.Length > 0 ? "true" : null,
                    Help =
                        "Every question in it is answered. Before that it is kept, and the hand-off waits.",
                },
            ]
        )
        {
            Introduction = Markdown.Lines([
                Markdown.Of(
                    $"Together they hold all that the team needs to know about technology, infrastructure, project and timeline."
                ),
                it.DesignDocument.Length == 0 && it.Design.Length > 0
                    ? Markdown.Of($"In the request: {Markdown.Typed(it.Design).OnOneLine()}")
                    : Markdown.None,
            ]),
            SubmitLabel = "Link",
        };
    }

    /// <summary>Complete is the questionnaire that the form shows, not one that others linked meanwhile.</summary>
    protected override DialogForm Upon(
        DialogForm now,
        Submission<ImplementationRef> form,
        Implementation it
    ) => now.Together(form, Questionnaire, IsComplete);

    protected override ValueTask<StepAnswer?> Read(
        Submission<ImplementationRef> form,
        Implementation it,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        var design = form.Link(Design, problems);
        var questionnaire = form.Link(Questionnaire, problems);
        var isComplete = form[IsComplete] == "true";
        if (
            isComplete
            && questionnaire.Length == 0
            && form.Changed(IsComplete)
            && !problems.ContainsKey(Questionnaire)
        )
        {
            problems[IsComplete] =
                "Which questionnaire? Write its address above, or take this tick away.";
        }

        return ValueTask.FromResult<StepAnswer?>(
            new(
                (now, by, _) =>
                    now.LinkDocuments(
                        by,
                        design,
                        isComplete ? questionnaire : "",
                        isComplete ? "" : questionnaire
                    )
            )
        );
    }
}

/// <summary>Starts the hand-off in: a question without fields, since others are told at once (IMP-4).</summary>
internal sealed class StartStep(ImplementationStore book) : StepOf<StartStep>(book), IStep
{
    public static ImplementationStep Step => ImplementationSteps.Start;

    protected override Refusal? WhyNot(Implementation it) =>
        !it.HasDocuments ? new DocumentsMissing(it)
        : it.Engineer is null ? new NobodyToStart(it)
        : null;

    protected override ValueTask<DialogForm> Ask(
        Implementation it,
        Envelope from,
        CancellationToken cancel
    ) =>
        ValueTask.FromResult(
            new DialogForm($"Start {it.Id}?", [])
            {
                Introduction = Markdown.Of(
                    $"It is handed off to {ImplementationCards.Person(it.Engineer)}. CE and AE are told, it gets a private channel of its own, and internal meeting, introduction and kick-off are planned next."
                ),
                SubmitLabel = "Start",
            }
        );

    protected override ValueTask<StepAnswer?> Read(
        Submission<ImplementationRef> form,
        Implementation it,
        Dictionary<string, string> problems,
        CancellationToken cancel
    ) => ValueTask.FromResult<StepAnswer?>(new((now, by, at) => now.Start(by, at)));
}

/// <summary>Plans days; meetings once it has started (IMP-4, IMP-6).</summary>
internal sealed class DatesStep(
    ImplementationStore book,
    PeopleDirectory people,
    ImplementationCalendar calendar
) : StepOf<DatesStep>(book), IStep
{
    public static ImplementationStep Step => ImplementationSteps.Dates;

    protected override ValueTask<DialogForm> Ask(
        Implementation it,
        Envelope from,
        CancellationToken cancel
    ) =>
        ValueTask.FromResult(
            new DialogForm(
                $"Dates of {it.Id}",
                [
                    .. Asked(it)
                        .Select(d => new DialogField(d.Code, d.Label, FieldKind.Day)
                        {
                            Optional = true,
                            Default = d.Of(it.Dates) is { } on ? CalendarDay.Write(on) : null,
                            Placeholder = CalendarDay.Write(calendar.Today(from.At).AddDays(28)),
                            Help = Help(d),
                        }),
                ]
            )
            {
                Introduction =
                    it.State == ImplementationState.Started
                        ? Markdown.Of(
                            $"Ideally the kick-off coincides with the TA’s partnership kick-off. None removes a date."
                        )
                        : Markdown.Of($"Meetings are planned once the hand-off has started."),
                SubmitLabel = "Plan",
            }
        );

    protected override async ValueTask<StepAnswer?> Read(
        Submission<ImplementationRef> form,
        Implementation it,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        var zone = await people.ZoneOf(form.Envelope.User, cancel);
        var today = CalendarDay.At(form.Envelope.At, zone);
        var typed = Asked(it)
            .Where(d => form.Changed(d.Code))
            .Select(d => (Date: d, On: form.Day(d.Code, today, problems)))
            .ToList();
        foreach (var (date, on) in typed.Where(t => TypedDate.HasTime(form[t.Date.Code])))
        {
            problems.TryAdd(
                date.Code,
                $"Only the day is kept here, and the time would be lost: write {(on is { } day ? CalendarDay.Write(day) : "the day")} alone."
            );
        }

        // What somebody else planned meanwhile stays, unless it was touched here.
        return new(
            (now, by, _) =>
                now.Plan(
                    by,
                    typed.Aggregate(now.Dates, (dates, t) => t.Date.With(dates, t.On)),
                    today
                )
        );
    }

    private static IEnumerable<ExpectedDate> Asked(Implementation it) =>
        PlannedDates.All.Where(d =>
            it.State == ImplementationState.Started || d.Code is "contract" or "target"
        );

    private string? Help(ExpectedDate date) =>
        date.Code switch
        {
            "internal_meeting" => "We level-set on the customer and plan the introduction.",
            "contract" => "By then all eight requirements should be collected.",
            "partnership" => "The TA’s, with the customer.",
            "target" => $"{calendar.Settings.HandOffDays} days before, the TA is pulled in.",
            _ => null,
        };
}

/// <summary>Completes a deployment: with documentation for TA and Support, and the customer's adoption counts from then on (IMP-7).</summary>
internal sealed class CompleteStep(
    ImplementationStore book,
    ImplementationQueries queries,
    CustomerStore customers,
    CustomerChanges changes,
    PeopleDirectory people
) : StepOf<CompleteStep>(book), IStep
{
    public const string Documentation = "documentation";
    public const string IsReachable = "is_reachable";
    public const string On = "on";

    public static ImplementationStep Step => ImplementationSteps.Complete;

    protected override async ValueTask<DialogForm> Ask(
        Implementation it,
        Envelope from,
        CancellationToken cancel
    )
    {
        var customer = (await customers.Read(it.Customer, cancel))?.Value;
        var zone = await people.ZoneOf(from.User, cancel);
        var follows = Markdown.Lines([
            Clock(it, customer?.ProductionCompletedOn),
            Learnt(it, customer),
            customer?.Phase == CustomerPhase.PreSales
                ? Markdown.Of(
                    $"{it.CustomerName} is recorded as pre-sales. When they have signed: {Markdown.Code($"/{SlashCommand.Trigger} customer set {it.Customer} phase post-sales")}"
                )
                : Markdown.None,
            it.OpenRequirements.IsEmpty
                ? Markdown.None
                : Markdown.Of(
                    $":warning: Still open: {string.Join(", ", it.OpenRequirements.Select(k => k.Label()))}."
                ),
        ]);
        return new DialogForm(
            $"Complete {it.Id}",
            [
                new DialogField(Documentation, "Documentation", FieldKind.LongText)
                {
                    Default = it.Documentation,
                    MaxLength = Implementation.MaxTextLength,
                    Help = "Addresses of all deployment documentation, one on each line.",
                },
                new DialogField(IsReachable, "TA and Support reach it", FieldKind.YesNo)
                {
                    Optional = true,
                    Help = "Both can open it, for example in the success platform.",
                },
                new DialogField(On, "Complete since", FieldKind.Day)
                {
                    Default = CalendarDay.Write(CalendarDay.At(from.At, zone)),
                    Help = "The day on which production was complete.",
                },
            ]
        )
        {
            Introduction = follows,
            Premise = Markdown.Of($"{ImplementationWords.Kind(it)} {follows}"),
            SubmitLabel = "Complete",
        };
    }

    protected override async ValueTask<StepAnswer?> Read(
        Submission<ImplementationRef> form,
        Implementation it,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        var zone = await people.ZoneOf(form.Envelope.User, cancel);
        var today = CalendarDay.At(form.Envelope.At, zone);
        var documentation = form.Links(Documentation, problems);
        if (documentation.Length == 0 && !problems.ContainsKey(Documentation))
        {
            problems[Documentation] = "Link at least one page for TA and Support.";
        }

        if (form[IsReachable] != "true")
        {
            problems[IsReachable] = "Make it available to TA and Support first, then tick this.";
        }

        var on = CalendarDay.ReadPassed(form[On], today, out var problem);
        if (on is null || on > today)
        {
            problems[On] = on is null ? problem : "That day is still to come.";
        }

        if (on is not { } day)
        {
            return null;
        }

        var already = (await customers.Read(it.Customer, cancel))?.Value.ProductionCompletedOn;
        var countsFrom = it.CountsFrom(day, already);
        var team = await queries.Team(cancel);
        return new(
            (now, by, at) => now.Complete(by, day, documentation, countsFrom, team, at),
            (change, stop) =>
                changes.EditWithin(
                    change,
                    it.Customer,
                    form.Envelope.User,
                    customer => it.Learns(customer) with { ProductionCompletedOn = countsFrom },
                    stop
                )
        );
    }

    /// <summary>What becomes of the clock of the customer's adoption (MET-2).</summary>
    private static Markdown Clock(Implementation it, DateOnly? counts) =>
        counts is not { } already
            ? Markdown.Of($"The adoption of {it.CustomerName} counts from the day below.")
        : it.Type == ImplementationType.ProductionDeployment
            ? Markdown.Of(
                $"The adoption of {it.CustomerName} will count from the day below; until now it counts from {ExpectedDates.Shown(already)}."
            )
        : Markdown.Of(
            $"The adoption of {it.CustomerName} goes on counting from {ExpectedDates.Shown(already)}: a migration does not start it again."
        );

    /// <summary>What else is recorded of the customer with it, as far as nobody has recorded that; nothing when all is.</summary>
    private static Markdown Learnt(Implementation it, Customer? customer) =>
        customer is not null
        && CustomerFields.Differences(customer, it.Learns(customer)) is { IsEmpty: false } learnt
            ? Markdown.Of($"Recorded of the customer with it: {CustomerFact.Of(learnt)}.")
            : Markdown.None;
}

/// <summary>Takes a request back.</summary>
internal sealed class WithdrawStep(ImplementationStore book, ImplementationQueries queries)
    : StepOf<WithdrawStep>(book),
        IStep
{
    public const string Why = "why";

    public static ImplementationStep Step => ImplementationSteps.Withdraw;

    protected override ValueTask<DialogForm> Ask(
        Implementation it,
        Envelope from,
        CancellationToken cancel
    ) =>
        ValueTask.FromResult(
            new DialogForm(
                $"Withdraw {it.Id}",
                [
                    new DialogField(Why, "Why?", FieldKind.LongText)
                    {
                        MaxLength = Implementation.MaxTextLength,
                        Help = "Everybody who has a part in it is told.",
                    },
                ]
            )
            {
                Premise = ImplementationWords.Standing(it),
                SubmitLabel = "Withdraw",
            }
        );

    protected override async ValueTask<StepAnswer?> Read(
        Submission<ImplementationRef> form,
        Implementation it,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        var why = form.Text(Why, problems, unless: "Say in a few words why.");
        var team = await queries.Team(cancel);
        return new((now, by, at) => now.Withdraw(by, why, team, at));
    }
}
