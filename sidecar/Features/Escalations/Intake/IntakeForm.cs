using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Intake;

/// <summary>The dialog that raises an escalation (ESC-1): its fields, and how answers become an <see cref="IntakeRequest"/>.</summary>
internal static class IntakeForm
{
    public const string Customer = "customer";
    public const string Severity = "severity";
    public const string Category = "category";
    public const string Summary = "summary";
    public const string CustomerImpact = "customer_impact";
    public const string Impact = "impact";
    public const string Effort = "effort";
    public const string Links = "links";

    /// <summary>What of a message from a private channel is taken along.</summary>
    public const string Taken = "taken";
    public const string Everything = "everything";
    public const string LinkAlone = "link";

    /// <summary>The summary in place of what was said in private.</summary>
    public const string InsteadOfText = "A message in a private channel: see its link";

    /// <summary>The empty form, filled with what is known already (ALL-1).</summary>
    public static DialogForm With(IntakeDraft draft) =>
        new(
            "New escalation",
            [
                CustomerArguments.Field(
                    Customer,
                    draft.Customer,
                    "Name or key. One that nobody has added yet can be named too: a Sev 1 or 2 does not wait for that."
                ) with
                {
                    Redraws = true,
                },
                .. draft.IsFromPrivate ? (DialogField[])[WhatIsTaken(draft)] : [],
                new DialogField(Severity, "Severity", FieldKind.Choice)
                {
                    Options = Vocabulary.Severities.Explained(),
                    Default = draft.Severity is { } severity
                        ? Vocabulary.Severities.Code(severity)
                        : null,
                    Redraws = true,
                },
                new DialogField(Category, "Category", FieldKind.Choice)
                {
                    Options = Vocabulary.Categories.Explained(),
                    Default = Vocabulary.Categories.Code(
                        draft.Category ?? Vocabulary.DefaultCategory
                    ),
                    Redraws = true,
                    IsSpared = IsBrief(draft) && draft is { Category: null },
                },
                new DialogField(Summary, "Summary", FieldKind.LongText)
                {
                    Default = draft.Summary,
                    MaxLength = Escalation.MaxSummaryLength,
                    Help = "What is wrong, in a sentence.",
                },
                new DialogField(CustomerImpact, "Customer impact", FieldKind.LongText)
                {
                    Default = draft.CustomerImpact,
                    Optional = true,
                    MaxLength = Escalation.MaxLongTextLength,
                    Help = "Who can’t do what, since when.",
                },
                new DialogField(Impact, "Impact level", FieldKind.Choice)
                {
                    Options =
                    [
                        new ControlOption(Vocabulary.ImpactLabel(null), Vocabulary.AsSeverity),
                        .. Vocabulary.Impacts.Explained(),
                    ],
                    Default = ImpactCode(draft.Impact),
                    IsSpared = IsBrief(draft) && draft is { Impact: null },
                },
                new DialogField(Effort, "Effort estimate", FieldKind.Choice)
                {
                    Options = Vocabulary.Efforts.Explained(),
                    Default = Vocabulary.Efforts.Code(draft.Effort ?? EffortEstimate.Medium),
                    IsSpared = IsBrief(draft) && draft is { Effort: null },
                },
                new DialogField(Links, "Links", FieldKind.LongText)
                {
                    Default = draft.Links,
                    Optional = true,
                    MaxLength = Escalation.MaxLongTextLength,
                    Help = "Tickets, dashboards, documents.",
                    IsSpared = IsBrief(draft) && draft is { Links: null or "" },
                },
            ]
        )
        {
            Introduction = draft.Note,
            SubmitLabel = "Raise",
        };

    /// <summary>A Sev 1 asks for what nobody else can know, and takes the rest from what is known (U9).</summary>
    private static bool IsBrief(IntakeDraft draft) => draft.Severity is Domain.Severity.Sev1;

    /// <summary>Whether what was said in private is carried along, or only where it stands (U26).</summary>
    private static DialogField WhatIsTaken(IntakeDraft draft) =>
        new(Taken, "Of the message", FieldKind.Choice)
        {
            Options =
            [
                new ControlOption("Its text and its link", Everything),
                new ControlOption(
                    "Only its link: only people who may read it see the text",
                    LinkAlone
                ),
            ],
            Default = draft.TakesLinkAlone ? LinkAlone : Everything,
            Redraws = true,
        };

    /// <summary>The form as it is for what is answered so far (DLG-2).</summary>
    public static DialogForm For(Submission<IntakeState> soFar, string customer, Markdown above)
    {
        var isLinkAlone = IsLinkAlone(soFar);
        return With(
            new IntakeDraft
            {
                Customer = customer,
                Severity = Vocabulary.Severities.Read(soFar[Severity]),
                Category = Said(Category, Vocabulary.Categories),
                Summary = isLinkAlone && !soFar.Changed(Summary) ? InsteadOfText : soFar[Summary],
                CustomerImpact =
                    isLinkAlone
                    && !soFar.Changed(CustomerImpact)
                    && soFar[CustomerImpact].Length > 0
                        ? NoneWord.Text
                        : soFar[CustomerImpact],
                Impact = Said(Impact, Vocabulary.Impacts),
                Effort = Said(Effort, Vocabulary.Efforts),
                Links = soFar[Links],
                IsFromPrivate = soFar.State.IsFromPrivate == true,
                TakesLinkAlone = isLinkAlone,
                Note = above,
            }
        );

        // What it was filled with is nobody's word yet.
        T? Said<T>(string field, ImmutableArray<Term<T>> terms)
            where T : struct, Enum => soFar.Changed(field) ? terms.Read(soFar[field]) : null;
    }

    /// <summary>Of a message from a private channel the link alone is wanted.</summary>
    public static bool IsLinkAlone(Submission<IntakeState> form) =>
        form.State.IsFromPrivate == true && form[Taken] == LinkAlone;

    private static string ImpactCode(ImpactLevel? said) =>
        said is { } level ? Vocabulary.Impacts.Code(level) : Vocabulary.AsSeverity;

    /// <summary>What the form's fields hold for an escalation that says this.</summary>
    public static ImmutableDictionary<string, string> Values(EscalationText text) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Customer] = text.Customer,
            [Severity] = Vocabulary.Severities.Code(text.Severity),
            [Category] = Vocabulary.Categories.Code(text.Category),
            [Summary] = text.Summary,
            [CustomerImpact] = text.CustomerImpact,
            [Impact] = ImpactCode(text.Impact),
            [Effort] = Vocabulary.Efforts.Code(text.Effort),
            [Links] = text.Links,
        }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The intake that the answers make, or what is wrong with them, by field.</summary>
    public static (IntakeRequest? Intake, Dictionary<string, string> Problems) Read(
        IReadOnlyDictionary<string, string> values
    )
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var answers = new IntakeAnswers(values);
        var customer = CustomerKey.Of(answers[Customer]);
        Require(customer is not null, Customer, "Name the customer with letters or digits.");
        Limit(Customer, Sidecar.Features.Customers.Domain.Customer.MaxNameLength);
        Require(answers[Summary].Length > 0, Summary, "Say in a sentence what is wrong.");
        Limit(Summary, Escalation.MaxSummaryLength);
        Limit(CustomerImpact, Escalation.MaxLongTextLength);
        Limit(Links, Escalation.MaxLongTextLength);
        var severity =
            Vocabulary.Severities.Read(answers[Severity]) ?? TypedSeverity.Whole(answers[Severity]);
        Require(severity is not null, Severity, "Choose one of Sev 1 to Sev 4.");
        var category = Vocabulary.Categories.Read(answers[Category]);
        Require(
            category is not null,
            Category,
            $"Choose one of {string.Join(", ", Vocabulary.Categories.Select(c => c.Code))}."
        );
        var impact = Vocabulary.Impacts.Read(answers[Impact]);
        Require(
            impact is not null
                || ChoiceWords.Is(
                    answers[Impact],
                    Vocabulary.AsSeverity,
                    Vocabulary.ImpactLabel(null)
                ),
            Impact,
            $"Choose one of low, medium, high, critical, or {Vocabulary.AsSeverity}."
        );
        var effort = Vocabulary.Efforts.Read(answers[Effort]);
        Require(effort is not null, Effort, "Choose one of low, medium, high, very high.");
        if (problems.Count > 0)
        {
            return (null, problems);
        }

        var intake = new IntakeRequest(answers[Customer], severity!.Value, answers[Summary])
        {
            Category = category!.Value,
            CustomerImpact = Text(CustomerImpact),
            Impact = impact,
            Effort = effort!.Value,
            Links = Text(Links),
        };
        return (intake, problems);

        string Text(string field) => NoneWord.IsInProse(answers[field]) ? "" : answers[field];

        void Require(bool isRight, string field, string otherwise)
        {
            if (!isRight)
            {
                problems.TryAdd(field, otherwise);
            }
        }

        void Limit(string field, int length) =>
            Require(
                TextLength.Fits(answers[field], length),
                field,
                $"This takes {length} characters; yours has {TextLength.Told(answers[field], length)}."
            );
    }
}

/// <summary>What is known before the form is shown.</summary>
internal sealed record IntakeDraft
{
    public string? Customer { get; init; }
    public Severity? Severity { get; init; }
    public string? Summary { get; init; }
    public Category? Category { get; init; }
    public string? CustomerImpact { get; init; }
    public ImpactLevel? Impact { get; init; }
    public EffortEstimate? Effort { get; init; }
    public string? Links { get; init; }

    /// <summary>The message that is escalated was not written in a public channel (U26).</summary>
    public bool IsFromPrivate { get; init; }

    /// <summary>Only its link is taken along.</summary>
    public bool TakesLinkAlone { get; init; }

    /// <summary>Said above the fields.</summary>
    public Markdown Note { get; init; } = Markdown.None;

    /// <summary>The form, filled with what an escalation says.</summary>
    public static IntakeDraft Of(EscalationText text) =>
        new()
        {
            Customer = text.Customer,
            Severity = text.Severity,
            Category = text.Category,
            Summary = text.Summary,
            CustomerImpact = text.CustomerImpact,
            Impact = text.Impact,
            Effort = text.Effort,
            Links = text.Links,
        };

    /// <summary>The intake that it is already; null when something is missing.</summary>
    public IntakeRequest? ToIntake() =>
        Customer is { Length: > 0 } customer
        && CustomerKey.Of(customer) is not null
        && Severity is { } severity
        && Summary is { Length: > 0 } summary
            ? new IntakeRequest(customer, severity, summary)
            {
                Category = Category ?? Vocabulary.DefaultCategory,
                CustomerImpact = CustomerImpact ?? "",
                Impact = Impact,
                Effort = Effort ?? EffortEstimate.Medium,
                Links = Links ?? "",
            }
            : null;
}

/// <summary>What was typed or chosen in each field, trimmed; empty when nothing was.</summary>
internal readonly struct IntakeAnswers(IReadOnlyDictionary<string, string> values)
{
    public string this[string field] =>
        values.TryGetValue(field, out var value) ? value.Trim() : "";
}
