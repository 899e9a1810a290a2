using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations.Lists;

/// <summary>A list of escalations that somebody can ask for.</summary>
/// <param name="Index">Its order.</param>
/// <param name="Group">The first parts of the keys: whose list it is.</param>
/// <param name="Filter">How its command names it, to be asked for the next page.</param>
/// <param name="Title">How its heading names it.</param>
internal sealed record EscalationList(
    DocumentIndex<Escalation> Index,
    IndexKey Group,
    string Filter,
    string Title
)
{
    /// <summary>As many as are read without scrolling far.</summary>
    public const int PageSize = 15;

    /// <summary>Beyond this a list says “more than”.</summary>
    public const int CountedUpTo = 200;

    /// <summary>What is over or elsewhere is in it, behind what is open.</summary>
    public bool WithTheRest { get; init; }

    /// <summary>Other lists in which all of it is, too; those that hold the most come last.</summary>
    private ImmutableArray<EscalationList> Within { get; init; } = [];

    /// <summary>More is read of it than it holds, since some of that is not in the others.</summary>
    public bool IsNarrowed => !Within.IsEmpty;

    /// <summary>What is in all of some lists, read from the one that holds the least.</summary>
    /// <param name="lists">At least one, those that hold the least first.</param>
    public static EscalationList OfAll(IReadOnlyList<EscalationList> lists) =>
        lists is [var only]
            ? only
            : lists[0] with
            {
                Within = [.. lists.Skip(1)],
                Filter = string.Join(' ', lists.Select(l => l.Filter).Where(f => f.Length > 0)),
                Title =
                    $"{(lists.All(l => l.WithTheRest) ? "Escalations" : "Open escalations")}: {string.Join(", ", lists.Select(l => l.Short).Where(s => s.Length > 0))}",
            };

    /// <summary>What somebody asked for: what is in all of the lists that they named.</summary>
    /// <param name="named">Those that hold the least first.</param>
    /// <param name="isAll">With what is over.</param>
    /// <param name="isOpen">Without it, whatever else was named.</param>
    public static EscalationList Choose(
        IReadOnlyList<EscalationList> named,
        bool isAll,
        bool isOpen
    ) =>
        named.Count == 0
            ? isAll
                ? All
                : Open
            // A state may be one of what is over.
            : isAll || named.Any(list => list.Index == EscalationIndexes.ByState)
                ? OfAll([
                    .. named.Select(list => list with { WithTheRest = true }),
                    .. isAll ? new[] { All } : [],
                ])
                : OfAll([.. named, .. isOpen ? new[] { Open with { Filter = "open" } } : []]);

    /// <summary>How it is named beside others; empty for those that say nothing but whether what is over is in it.</summary>
    private string Short { get; init; } = "";

    /// <summary>Whether an escalation that was read of it is in the other lists as well.</summary>
    public bool Holds(Escalation escalation) => Within.All(list => list.Has(escalation));

    private bool Has(Escalation escalation) =>
        Index.Keys(escalation).Any(key => key.Bytes.Span.StartsWith(Prefix.Bytes.Span));

    /// <summary>Its order does not depend on what customers pay.</summary>
    public bool IsPlain { get; private init; }

    /// <summary>
    /// The same list in the order that a reader may see. All of one customer’s pay alike, so theirs has one order.
    /// </summary>
    /// <param name="mayRead">They may read customers.</param>
    public EscalationList For(bool mayRead) =>
        mayRead || Plain(Index) is not { } plain
            ? this
            : this with
            {
                Index = plain,
                IsPlain = true,
            };

    private static DocumentIndex<Escalation>? Plain(DocumentIndex<Escalation> index) =>
        index == EscalationIndexes.ByPriority ? EscalationIndexes.ByPriorityPlain
        : index == EscalationIndexes.BySeverity ? EscalationIndexes.BySeverityPlain
        : index == EscalationIndexes.ByState ? EscalationIndexes.ByStatePlain
        : index == EscalationIndexes.ByPerson ? EscalationIndexes.ByPersonPlain
        : index == EscalationIndexes.ByChannel ? EscalationIndexes.ByChannelPlain
        : null;

    /// <summary>What the keys of all that is in it begin with.</summary>
    public IndexKey Prefix => WithTheRest ? Group : Group.Then(false);

    /// <summary>Everything open.</summary>
    public static EscalationList Open { get; } =
        new(EscalationIndexes.ByPriority, IndexKey.Empty, "", "Open escalations");

    /// <summary>Everything.</summary>
    public static EscalationList All { get; } =
        new(EscalationIndexes.ByPriority, IndexKey.Empty, "all", "All escalations")
        {
            WithTheRest = true,
        };

    /// <summary>What is open of one severity.</summary>
    public static EscalationList Of(Severity severity) =>
        new(
            EscalationIndexes.BySeverity,
            IndexKey.Empty.Then((long)severity),
            Vocabulary.Severities.Code(severity),
            $"Open {Vocabulary.Severities.Label(severity)} escalations"
        )
        {
            Short = Vocabulary.Severities.Label(severity),
        };

    /// <summary>What stands at one state.</summary>
    public static EscalationList Of(EscalationState state) =>
        new(
            EscalationIndexes.ByState,
            IndexKey.Empty.Then(Vocabulary.States.Code(state)),
            Vocabulary.States.Code(state),
            $"Escalations at “{Vocabulary.States.Label(state)}”"
        )
        {
            Short = $"at “{Vocabulary.States.Label(state)}”",
            WithTheRest = true,
        };

    /// <summary>What is open and owned, raised or followed by a person.</summary>
    public static EscalationList Of(UserId person) =>
        new(
            EscalationIndexes.ByPerson,
            IndexKey.Empty.Then(person.Value),
            "mine",
            "Open escalations that you own, raised or follow"
        )
        {
            Short = "yours or followed by you",
        };

    /// <summary>The same of somebody else.</summary>
    /// <param name="person">Who.</param>
    /// <param name="name">Their at-name, as it was typed.</param>
    public static EscalationList Of(UserId person, string name) =>
        Of(person) with
        {
            Filter = $"@{name}",
            Title = $"Open escalations that {name} owns, raised or follows",
            Short = $"of {name}",
        };

    /// <summary>What is open and was raised in or came to a channel.</summary>
    public static EscalationList Of(ChannelId channel) =>
        new(
            EscalationIndexes.ByChannel,
            IndexKey.Empty.Then(channel.Value),
            "here",
            "Open escalations of this channel"
        )
        {
            Short = "of this channel",
        };

    /// <summary>Everything of one customer.</summary>
    public static EscalationList Of(CustomerKey customer, string name) =>
        new(
            EscalationIndexes.ByCustomer,
            EscalationIndexes.Of(customer),
            customer.Value,
            $"Escalations of {name}"
        )
        {
            Short = name,
            WithTheRest = true,
        };

    /// <summary>Everything of a customer whom nobody has added yet.</summary>
    public static EscalationList OfUnknown(string name) =>
        new(
            EscalationIndexes.ByCustomer,
            EscalationIndexes.Unknown(name),
            $"\"{name}\"",
            $"Escalations of {name}, whom nobody has added yet"
        )
        {
            Short = name,
            WithTheRest = true,
        };

    /// <summary>
    /// The place of an escalation in this list. One that has left an open list since the page before was shown keeps
    /// the place that it had, so the next page starts where the last one ended.
    /// </summary>
    public IndexPosition PositionOf(Escalation escalation)
    {
        var key = EscalationIndexes.Order(
            Group,
            WithTheRest ? escalation : escalation with { State = EscalationState.Accepted },
            IsPlain
        );
        return new IndexPosition(key, escalation.Id.ToString());
    }
}
