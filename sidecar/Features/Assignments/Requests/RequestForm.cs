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
    public const string PostSales = "post-sales";
    public const string PreSales = "pre-sales";

    /// <summary>Asks for a request, filled with what is known of the customer (ALL-1).</summary>
    /// <param name="typed">The customer as it was typed.</param>
    /// <param name="known">Who that is, for whoever may know; null for nobody.</param>
    /// <param name="above">What speaks against it, or must be known; nothing when nothing does.</param>
    public static DialogForm Request(string typed, Customer? known, Markdown? above = null) =>
        new("Request an engineer", Fields(typed, known))
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
    public static DialogForm Start(
        string typed,
        Customer? known,
        AssignmentCapacity places,
        Markdown? above = null,
        string? kind = null
    ) =>
        new(
            "Start an assignment",
            [
                .. Fields(typed, known),
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
                $"{customer.Name} is not marked as strategic, and after the sale only strategic customers have one. Mark it: /{SlashCommand.Trigger} customer edit {customer.Key}",
            _ => null,
        };

    /// <summary>Why a customer can't have one of any kind, whatever is written; null when they can.</summary>
    public static string? Hopeless(Customer customer) =>
        customer.IsArchived ? $"{customer.Name} is archived."
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

    private static ImmutableArray<DialogField> Fields(string typed, Customer? known) =>
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
