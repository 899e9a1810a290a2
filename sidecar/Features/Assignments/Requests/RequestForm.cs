using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Requests;

/// <summary>The form for a new assignment: what is requested, or started without a request (ASG-1).</summary>
internal static class RequestForm
{
    public const string Customer = "customer";
    public const string Why = "why";
    public const string Kind = "kind";
    public const string EndsOn = "ends_on";
    public const string CustomerEngineer = "ce";
    public const string Engineer = "engineer";
    public const string BackUp = "backup";
    public const string Beyond = "beyond";
    public const string AllTheSame = "all_the_same";
    public const string Strategic = "strategic";
    public const string PostSales = "post-sales";
    public const string PreSales = "pre-sales";

    // A help text has 150 characters.
    private const int LongestName = 60;

    /// <summary>Asks for a request, filled with what is known of the customer (ALL-1).</summary>
    /// <param name="typed">The customer as it was typed.</param>
    /// <param name="known">Who that is, for whoever may know; null for nobody.</param>
    /// <param name="above">What speaks against it, or must be known; nothing when nothing does.</param>
    /// <param name="kind">The kind as it was chosen; null when it follows the customer.</param>
    /// <param name="mayMark">Who fills it in may mark customers as strategic.</param>
    public static DialogForm Request(
        string typed,
        Customer? known,
        Markdown? above = null,
        string? kind = null,
        bool mayMark = false
    ) =>
        new("Request an engineer", Fields(typed, known, kind, mayMark))
        {
            Introduction = Markdown.Lines(
                new[]
                {
                    Markdown.Of(
                        $"CS lead, CE lead and sales lead vet it; you are told what they say."
                    ),
                    above ?? Markdown.None,
                }.Where(line => !line.IsEmpty)
            ),
            SubmitLabel = "Request",
        };

    /// <summary>Asks for one that begins at once.</summary>
    /// <param name="typed">The customer as it was typed.</param>
    /// <param name="known">Who that is; null for nobody.</param>
    /// <param name="places">How many places are taken.</param>
    /// <param name="above">What speaks against it, or must be known; nothing when nothing does.</param>
    /// <param name="kind">The kind as it was chosen; null when it follows the customer.</param>
    /// <param name="mayMark">Who fills it in may mark customers as strategic.</param>
    public static DialogForm Start(
        string typed,
        Customer? known,
        AssignmentCapacity places,
        Markdown? above = null,
        string? kind = null,
        bool mayMark = false
    ) =>
        new(
            "Start an assignment",
            [
                .. Fields(typed, known, kind, mayMark),
                new DialogField(Engineer, "Support engineer", FieldKind.Person)
                {
                    Offers = OfferSource.PeopleWith(Role.SupportEngineer),
                },
                new DialogField(AllTheSame, "Even if overloaded", FieldKind.YesNo)
                {
                    Optional = true,
                    Help = "Assign them even if they have said that they have too much to do.",
                },
                new DialogField(BackUp, "Back-up", FieldKind.Person)
                {
                    Offers = OfferSource.PeopleWith(Role.SupportEngineer),
                    Optional = true,
                    Help = "Of a post-sales strategic customer only.",
                    IsSpared = (kind ?? CodeOf(KindOf(known))) == PreSales,
                },
                new DialogField(Beyond, "Exceed the cap because", FieldKind.LongText)
                {
                    Optional = places.AreFree,
                    IsSpared = places.AreFree,
                    MaxLength = Assignment.MaxTextLength,
                    Help = places.AreFree
                        ? $"Only if no place is left: {places.Taken.Length} of {places.Most} are taken."
                        : $"All {places.Most} places are taken. The reason stays on the record.",
                },
            ]
        )
        {
            Introduction = Markdown.Lines(
                new[]
                {
                    Markdown.Of(
                        $"It skips the vetting and begins at once; that stays on the record."
                    ),
                    above ?? Markdown.None,
                }.Where(line => !line.IsEmpty)
            ),
            SubmitLabel = "Start",
        };

    /// <summary>What the kind is when only the customer's phase is known.</summary>
    public static AssignmentKind? KindOf(Customer? customer) =>
        customer?.Phase switch
        {
            CustomerPhase.PreSales => AssignmentKind.PreSales,
            CustomerPhase.PostSales => AssignmentKind.PostSales,
            _ => null,
        };

    /// <summary>Why a customer can't have one of this kind (ASG-3), for the field of the kind; null when they can.</summary>
    public static string? Contradiction(Customer customer, AssignmentKind kind) =>
        (kind, customer.Phase, customer.IsStrategic) switch
        {
            (AssignmentKind.PreSales, CustomerPhase.PostSales, _) =>
                $"{customer.Name} is a customer already (post-sales), so this can’t be pre-sales.",
            (AssignmentKind.PostSales, CustomerPhase.PreSales, _) =>
                $"{customer.Name} is still a prospect (pre-sales), so this can’t be post-sales.",
            (AssignmentKind.PostSales, _, false) =>
                $"{NotStrategic(customer.Name)} Mark it: {MarkCommand(customer)}",
            _ => null,
        };

    /// <summary>All that speaks against a kind is that the customer is not marked as strategic yet.</summary>
    public static bool LacksMark(Customer customer, AssignmentKind? kind) =>
        kind == AssignmentKind.PostSales
        && customer is { IsArchived: false, IsStrategic: false }
        && customer.Phase != CustomerPhase.PreSales;

    public static string NotStrategic(string name) =>
        $"{name} is not marked as strategic, and after the sale only strategic customers have one.";

    public static string MarkCommand(Customer customer) =>
        $"/{SlashCommand.Trigger} customer edit {customer.Key}";

    /// <summary>Why a customer can't have one of any kind, whatever is written; null when they can.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="mayMark">The form lets who fills it in mark the customer as strategic.</param>
    public static string? Hopeless(Customer customer, bool mayMark = false) =>
        customer.IsArchived ? $"{customer.Name} is archived."
        : mayMark && LacksMark(customer, AssignmentKind.PostSales) ? null
        : Contradiction(customer, AssignmentKind.PreSales) is not null
            ? Contradiction(customer, AssignmentKind.PostSales)
        : null;

    private static string? CodeOf(AssignmentKind? kind) =>
        kind switch
        {
            AssignmentKind.PreSales => PreSales,
            AssignmentKind.PostSales => PostSales,
            _ => null,
        };

    /// <summary>
    /// The tick that marks a customer who is not marked yet: on servers that draw the form anew only when it is needed.
    /// </summary>
    private static IEnumerable<DialogField> Mark(Customer? known, string? kind, bool mayMark) =>
        !mayMark || known is { IsStrategic: true } or { Phase: CustomerPhase.PreSales }
            ? []
            :
            [
                new(Strategic, "Mark it as strategic", FieldKind.YesNo)
                {
                    Optional = true,
                    Placeholder = "Yes, mark the customer as strategic",
                    Help = known is null
                        ? "Needed after the sale if it is not marked yet: only strategic customers have one then."
                        : NotStrategic(MarkdownEscaper.Shorten(known.Name, LongestName)),
                    IsSpared = known is null || (kind ?? CodeOf(KindOf(known))) != PostSales,
                },
            ];

    private static ImmutableArray<DialogField> Fields(
        string typed,
        Customer? known,
        string? kind,
        bool mayMark
    ) =>
        [
            CustomerArguments.Field(Customer, known?.Name ?? typed, "Name or key.") with
            {
                Redraws = true,
            },
            new(Why, "Why?", FieldKind.LongText)
            {
                MaxLength = Assignment.MaxTextLength,
                Help =
                    "What an assigned support engineer would change for this customer, and for us.",
            },
            new(Kind, "Kind", FieldKind.Choice)
            {
                Default = CodeOf(KindOf(known)),
                Redraws = true,
                Options =
                [
                    new ControlOption("Post-sales strategic: the customer is told", PostSales),
                    new ControlOption("Pre-sales: internal only, never told", PreSales),
                ],
            },
            .. Mark(known, kind, mayMark),
            new(EndsOn, "Last day", FieldKind.Day)
            {
                Optional = true,
                Placeholder = "2026-06-30",
                Help = "Of a temporary one; none for a long-term one.",
                HelpWhenTyped = "Such as 2026-06-30 or 30 Jun 2026.",
            },
            new(CustomerEngineer, "CE", FieldKind.Person)
            {
                Offers = OfferSource.PeopleWith(Role.CustomerEngineer),
                Default = known?.CustomerEngineer?.Value,
                Help = "The customer engineer with whom the support engineer works.",
            },
        ];
}
