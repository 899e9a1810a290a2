using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Two that are the same problem become one; both keep their history (ESC-11).</summary>
internal sealed partial record Escalation
{
    /// <summary>It ends here, and goes on in the other one.</summary>
    public Decision MergeInto(Escalation other, ActingPerson by, string note, DateTimeOffset now) =>
        WhyNotMerged(other, by) is { } why
            ? why
            : new Decision.Accepted(
                Ended(EscalationState.Closed, by.User, now) with
                {
                    StateReason = note,
                    MergedInto = other.Id,
                    MaybeSameAs = null,
                },
                new EscalationFact.MergedInto(
                    by.User,
                    other.Id,
                    State,
                    note,
                    other.Incident?.Channel
                )
            );

    /// <summary>Who hears of it: whoever follows it, raised it, owns it.</summary>
    public IEnumerable<UserId> Listeners =>
        Followers.Append(Reporter).Concat(Owner is { } owner ? [owner] : []).Distinct();

    /// <summary>Another one goes on here, with everybody who had a part in it.</summary>
    /// <param name="other">The other one.</param>
    /// <param name="ours">Those of its listeners who have a role: as who follows by themselves, they come into the incident’s channel.</param>
    /// <param name="by">Who merges them.</param>
    /// <param name="now">When, UTC.</param>
    public Decision TakeIn(
        Escalation other,
        IReadOnlySet<UserId> ours,
        ActingPerson by,
        DateTimeOffset now
    )
    {
        if (other.WhyNotMerged(this, by) is { } why)
        {
            return why;
        }

        ImmutableArray<UserId> joining =
        [
            .. other.Listeners.Where(p => !IsOf(p) && !Followers.Contains(p)),
        ];
        return new Decision.Accepted(
            ActedOn(now) with
            {
                Followers = [.. Followers, .. joining],
                Incident = Incident?.Channel is null
                    ? Incident
                    : Incident.Admitting(joining.Where(ours.Contains)),
                Merged = Merged.Add(other.Id),
                MaybeSameAs = MaybeSameAs == other.Id ? null : MaybeSameAs,
            },
            new EscalationFact.Merged(by.User, other.Id, other.Summary, joining)
        );
    }

    /// <summary>It only looked like the other one.</summary>
    public Decision KeepApart(ActingPerson by, DateTimeOffset now)
    {
        if (!EscalationRights.Edit.Allows(by, IsOf(by.User)))
        {
            return new MayNot(EscalationRights.Edit);
        }

        return MaybeSameAs is not { } other
            ? new NothingToChange(this)
            : new Decision.Accepted(
                ActedOn(now) with
                {
                    MaybeSameAs = null,
                },
                new EscalationFact.IsAnother(by.User, other)
            );
    }

    /// <summary>What was typed means a customer that is known.</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="key">Which.</param>
    /// <param name="known">What is known of them.</param>
    /// <param name="route">Whose it is, then.</param>
    /// <param name="same">The open one of that customer which may be the same problem.</param>
    /// <param name="teams">Who is there to be told.</param>
    /// <param name="now">When.</param>
    public Decision SettleCustomer(
        ActingPerson by,
        Sidecar.Features.Customers.Domain.CustomerKey key,
        KnownCustomer known,
        EscalationRoute route,
        EscalationId? same,
        TeamsNow teams,
        DateTimeOffset now
    )
    {
        if (!EscalationRights.Edit.Allows(by, IsOf(by.User)))
        {
            return new MayNot(EscalationRights.Edit);
        }

        if (!CustomerIsUnknown && Customer != key)
        {
            return new CustomerNamedAlready(this);
        }

        if (IsOver || !CustomerIsUnknown)
        {
            return new NothingToChange(this);
        }

        var named = (Learn(key, known) as Decision.Accepted)!.Next.ActedOn(now) with
        {
            MaybeSameAs = MaybeSameAs ?? same,
        };
        var fact = new EscalationFact.CustomerNamed(by.User, CustomerName, known.Name);
        var routed =
            named.IsProvisional ? named.Settle(route, teams)
            : named.IsRoutedAnew ? named.Follow(route, teams, now)
            : new NothingNew(named);
        return routed is Decision.Accepted { Next: var next, Facts: var facts }
            ? new Decision.Accepted(next, [fact, .. facts])
            : new Decision.Accepted(named, fact);
    }

    private Refusal? WhyNotMerged(Escalation other, ActingPerson by) =>
        // Merging ends this one: who may not end it by what they are to it does not by owning the other.
        !EscalationRights.Merge.Allows(by, IsOf(by.User)) ? new MayNot(EscalationRights.Merge)
        : Id == other.Id ? new SameEscalation(this)
        : MergedInto is { } merged ? new MergedAlready(this, merged)
        : IsOver ? new NotPossible(this, $"be merged into {other.Id}", by.User)
        : !other.IsOpen ? new NothingGoesOnThere(this, other)
        : Severity < other.Severity ? new MergeOtherWayRound(this, other)
        : null;
}

/// <summary>Somebody else was quicker, and meant another one.</summary>
internal sealed record CustomerNamedAlready(Escalation Escalation)
    : Refusal(
        Markdown.Of(
            $"Somebody has said meanwhile that {Escalation.Id} is for {Escalation.CustomerName}; nothing was changed. If another customer is meant, write {EscalationWords.Command($"edit {Escalation.Id} customer name")}"
        )
    );

internal sealed record SameEscalation(Escalation Escalation)
    : Refusal(
        Markdown.Of(
            $"That is {Escalation.Id} twice. Example: {EscalationWords.Command("merge ESC-2 into ESC-1")}"
        )
    );

internal sealed record MergedAlready(Escalation Escalation, EscalationId Into)
    : Refusal(Markdown.Of($"{Escalation.Id} was merged into {Into}; everything goes on there."));

/// <summary>It is settled, or another team's: whoever waits for this one would wait for ever.</summary>
internal sealed record NothingGoesOnThere(Escalation Escalation, Escalation Other)
    : Refusal(
        Markdown.Of(
            $"{Other.Id} is {Vocabulary.States.Label(Other.State).ToLowerInvariant()}: nothing goes on there, so {Escalation.Id} stays as it is. {Instead(Escalation, Other)}"
        )
    )
{
    private static Markdown Instead(Escalation escalation, Escalation other) =>
        PossibleMoves.PossibleWith(other).Contains(EscalationMove.Reopen)
            ? Markdown.Of(
                $"If it is the same problem, reopen {other.Id} first, and merge then: {EscalationWords.Command($"reopen {other.Id} why")}"
            )
            : Markdown.Of(
                $"If it is the same problem, work goes on in {escalation.Id}; say so in its thread."
            );
}

/// <summary>The worse one goes on, with its channel and its reminders.</summary>
internal sealed record MergeOtherWayRound(Escalation Escalation, Escalation Other)
    : Refusal(
        Markdown.Of(
            $"{Escalation.Id} is the worse of the two ({Vocabulary.Severities.Label(Escalation.Severity)}) and must go on: {EscalationWords.Command($"merge {Other.Id} into {Escalation.Id}")}"
        )
    );
