using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Features.Customers.Domain;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>What an escalation says can be changed, on the record (ESC-7, ESC-13).</summary>
internal sealed partial record Escalation
{
    /// <summary>What it says, as it can be edited.</summary>
    [JsonIgnore]
    public EscalationText Text =>
        new(
            CustomerName,
            Severity,
            Category,
            Summary,
            CustomerImpact,
            ImpactWasSaid ? Impact : null,
            Effort,
            Links
        );

    /// <summary>
    /// Changes what it says. Only what its writer changed is taken over; what somebody else changed meanwhile stays, and
    /// when both changed the same, the writer is told.
    /// </summary>
    /// <param name="by">Who.</param>
    /// <param name="seen">What it said when they began.</param>
    /// <param name="wanted">What it shall say.</param>
    /// <param name="customer">The customer that <paramref name="wanted"/> names.</param>
    /// <param name="now">When.</param>
    public Decision Edit(
        ActingPerson by,
        EscalationText seen,
        EscalationText wanted,
        (CustomerKey Key, KnownCustomer? Known) customer,
        DateTimeOffset now
    )
    {
        if (!EscalationRights.Edit.Allows(by, IsOf(by.User)))
        {
            return new MayNot(EscalationRights.Edit);
        }

        if (IsOver)
        {
            return new NotPossible(this, "be changed", by.User);
        }

        var text = Text;
        var touched = EscalationText.Fields.Where(f => f.Read(wanted) != f.Read(seen)).ToList();
        var clashes = touched
            .Where(f => f.Read(text) != f.Read(seen) && f.Read(text) != f.Read(wanted))
            .ToImmutableArray();
        if (!clashes.IsEmpty)
        {
            return new ChangedMeanwhile(this, clashes);
        }

        var next = touched.Aggregate(text, (all, field) => field.Copy(wanted, all));
        var changes = EscalationText.Changes(text, next);
        if (changes.IsEmpty)
        {
            return new NothingToChange(this);
        }

        var isOfAnother = next.Customer != text.Customer;
        return new Decision.Accepted(
            ActedOn(now) with
            {
                Customer = isOfAnother ? customer.Key : Customer,
                CustomerIsUnknown = isOfAnother ? customer.Known is null : CustomerIsUnknown,
                CustomerName = isOfAnother ? customer.Known?.Name ?? next.Customer : CustomerName,
                Arr = isOfAnother ? customer.Known?.Arr : Arr,
                Severity = next.Severity,
                Category = next.Category,
                Summary = next.Summary,
                CustomerImpact = next.CustomerImpact,
                Impact = next.Impact ?? Vocabulary.ImpactOf(next.Severity),
                ImpactIsSaid = next.Impact is not null,
                Effort = next.Effort,
                Links = next.Links,
                Suggested = isOfAnother ? [] : Suggested,
                // The two were of one customer and one category.
                MaybeSameAs = isOfAnother || next.Category != text.Category ? null : MaybeSameAs,
                // Another severity has another ladder: its waits count from here, and a worse one begins below.
                WaitingSince = next.Severity == Severity ? WaitingSince : now,
                RungsTold = next.Severity < Severity ? 0 : RungsTold,
                Rounds = next.Severity < Severity ? 0 : Rounds,
            },
            new EscalationFact.Edited(by.User, changes)
        );
    }

    /// <summary>Whether it is routed again when category or customer change: not once somebody works on it.</summary>
    [JsonIgnore]
    public bool IsRoutedAnew =>
        State
            is EscalationState.NeedsInformation
                or EscalationState.Redirected
                or EscalationState.AwaitingApproval
                or EscalationState.Accepted;

    /// <summary>Records what the product's makers have to do with it (ESC-13).</summary>
    public Decision Link(ActingPerson by, Func<ProductWork, ProductWork> how, DateTimeOffset now)
    {
        if (!EscalationRights.Edit.Allows(by, IsOf(by.User)))
        {
            return new MayNot(EscalationRights.Edit);
        }

        var work = how(Work);
        return work.ChangesFrom(Work) is { IsEmpty: false } changes
            ? new Decision.Accepted(
                (IsOver ? this : ActedOn(now)) with
                {
                    Work = work,
                },
                new EscalationFact.Edited(by.User, changes)
            )
            : new NothingToChange(this);
    }
}

/// <summary>What an escalation says, as it can be edited.</summary>
internal sealed record EscalationText(
    string Customer,
    Severity Severity,
    Category Category,
    string Summary,
    string CustomerImpact,
    ImpactLevel? Impact,
    EffortEstimate Effort,
    string Links
)
{
    /// <summary>The fields in the order of the form.</summary>
    public static ImmutableArray<TextField> Fields { get; } =
    [
        new(
            "customer",
            "Customer",
            t => t.Customer,
            (from, to) => to with { Customer = from.Customer }
        ),
        new(
            "severity",
            "Severity",
            t => Vocabulary.Severities.Label(t.Severity),
            (from, to) => to with { Severity = from.Severity }
        ),
        new(
            "category",
            "Category",
            t => Vocabulary.Categories.Label(t.Category),
            (from, to) => to with { Category = from.Category }
        ),
        new("summary", "Summary", t => t.Summary, (from, to) => to with { Summary = from.Summary }),
        new(
            "customer_impact",
            "Customer impact",
            t => t.CustomerImpact,
            (from, to) => to with { CustomerImpact = from.CustomerImpact }
        ),
        new(
            "impact",
            "Impact",
            t => Vocabulary.ImpactLabel(t.Impact),
            (from, to) => to with { Impact = from.Impact }
        ),
        new(
            "effort",
            "Effort",
            t => Vocabulary.Efforts.Label(t.Effort),
            (from, to) => to with { Effort = from.Effort }
        ),
        new("links", "Links", t => t.Links, (from, to) => to with { Links = from.Links }),
    ];

    /// <summary>What is different, as people read it.</summary>
    public static ImmutableArray<FieldChange> Changes(
        EscalationText before,
        EscalationText after
    ) =>
        [
            .. Fields
                .Where(f => f.Read(before) != f.Read(after))
                .Select(f => new FieldChange(f.Label, f.Read(before), f.Read(after))),
        ];
}

/// <summary>A field of <see cref="EscalationText"/>.</summary>
/// <param name="Name">In forms and commands.</param>
/// <param name="Label">For people.</param>
/// <param name="Read">Its value as people read it.</param>
/// <param name="Copy">The second text with the value of the first.</param>
internal sealed record TextField(
    string Name,
    string Label,
    Func<EscalationText, string> Read,
    Func<EscalationText, EscalationText, EscalationText> Copy
);

/// <summary>Two people changed the same; the second is told, and keeps what they typed.</summary>
internal sealed record ChangedMeanwhile(Escalation Escalation, ImmutableArray<TextField> Clashes)
    : Refusal(
        Markdown.Of(
            $"Somebody changed {Escalation.Id} meanwhile: {Markdown.Typed(string.Join(", ", Clashes.Select(c => c.Label)))}. Open the form again to see what it says now."
        )
    );

internal sealed record NothingToChange(Escalation Escalation)
    : Refusal(Markdown.Of($"{Escalation.Id} says that already; nothing was changed."));
