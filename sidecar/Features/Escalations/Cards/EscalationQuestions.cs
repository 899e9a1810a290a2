using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Cards;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// What messages about an escalation ask, and when that is settled: then they say how, and lose their buttons (DLG-4).
/// </summary>
internal static class EscalationQuestions
{
    /// <summary>Nobody has acknowledged it (ESC-8).</summary>
    public const string Acknowledge = "escalation.acknowledge";

    /// <summary>Is somebody still on it (ESC-12)?</summary>
    public const string Stale = "escalation.stale";

    /// <summary>Its status update is due (UPD-3).</summary>
    public const string Update = "escalation.update";

    /// <summary>Somebody has been given it.</summary>
    public const string Owner = "escalation.owner";

    /// <summary>What solved it?</summary>
    public const string Resolution = "escalation.resolution";

    /// <summary>Did the fix hold (PB-5)?</summary>
    public const string Held = "escalation.held";

    /// <summary>The incident channel is to be opened again (PB-1).</summary>
    public const string Channel = "escalation.channel";

    /// <summary>Tasks of the checklist (PB-3); which they are stands behind it.</summary>
    private const string Tasks = "checklist.tasks/";

    /// <summary>These tasks.</summary>
    public static string TasksOf(IEnumerable<string> numbers) => Tasks + string.Join(',', numbers);

    /// <summary>The one task that is asked about; null when it is something else, or several.</summary>
    public static string? TaskIn(string asks) =>
        asks.StartsWith(Tasks, StringComparison.Ordinal)
        && asks[Tasks.Length..] is { Length: > 0 } numbers
        && !numbers.Contains(',', StringComparison.Ordinal)
            ? numbers
            : null;

    /// <summary>What messages about what is not raised yet ask begins with it; the draft's id stands behind it.</summary>
    public const string Drafts = "intake-draft/";

    /// <summary>How a decision settles what a message asks; null when it is still open.</summary>
    public static Settlement? Settles(
        Escalation before,
        Decision.Accepted decided,
        OpenMessage message
    )
    {
        var after = decided.Next;
        if (message.Asks is { } draft && draft.StartsWith(Drafts, StringComparison.Ordinal))
        {
            // It is asked about another one, which is not raised yet.
            return null;
        }

        // A checklist goes on when its escalation is closed: the retrospective comes last.
        if (after.IsOver && !(after.State == EscalationState.Closed && IsOfTasks(message)))
        {
            return Said(after, decided.Facts, message);
        }

        var isSettled = message.Asks switch
        {
            Acknowledge => after.State != EscalationState.Accepted,
            Stale => !after.IsStale || !PossibleMoves.IsWork(after.State),
            Update => after.Update?.DueAt != before.Update?.DueAt
                || (message.To == before.Owner && after.Owner != before.Owner),
            Owner => after.Owner != message.To,
            Resolution => !PossibleMoves.PossibleWith(after).Contains(EscalationMove.Resolve),
            Held => after.Incident is not { WatchedSince: not null, HeldSaidBy: null },
            Channel => after.Incident is not { Channel: null },
            { } asks when IsOfTasks(message) => asks[Tasks.Length..]
                .Split(',')
                .All(number => IsFinished(after, number) || IsTakenFrom(message.To, number)),
            _ => false,
        };
        return isSettled ? Said(after, decided.Facts, message) : null;

        // Whoever is asked about a task that was somebody else's is asked no more either.
        bool IsTakenFrom(UserId? person, string number) =>
            TaskNumber.Read(number) is { } task
            && after.Incident?.Find(task) is { Assignee: { } now }
            && before.Incident?.Find(task)?.Assignee != now
            && now != person;
    }

    private static bool IsOfTasks(OpenMessage message) =>
        message.Asks?.StartsWith(Tasks, StringComparison.Ordinal) == true;

    /// <summary>
    /// The card in a message with what it is about now, and the moves that are legal, when it offers moves at all; null
    /// when nothing about it has changed. What is asked first stays first.
    /// </summary>
    public static Card? Refreshed(Escalation before, Escalation after, OpenMessage message)
    {
        if (!message.Card.Controls.Any(c => c.Action == EscalationKeys.More.Name))
        {
            var title = EscalationCards.Title(after);
            return
                message.Card.Title == EscalationCards.Title(before) && message.Card.Title != title
                ? message.Card with
                {
                    Title = title,
                }
                : null;
        }

        var now = EscalationCards.Card(after);
        var card = now with
        {
            Title = EscalationCards.Headline(after),
            Text =
                message.Card.Text == Markdown.Typed(before.Summary)
                    ? Markdown.Typed(after.Summary)
                    : message.Card.Text,
            Controls =
            [
                .. message.Card.Controls.Where(c =>
                    !OfCard.Contains(c.Action)
                    || (c.Action == EscalationKeys.Meant.Name && IsAskedHereOnly(after))
                ),
                .. now.Controls,
            ],
        };
        return IsSame(card, message.Card) ? null : card;
    }

    /// <summary>Customers' names that stand on no card, since whoever raised it may not read them (X4).</summary>
    private static bool IsAskedHereOnly(Escalation escalation) =>
        escalation is { SuggestedToWorkersOnly: true, Suggested.IsEmpty: false };

    private static readonly ImmutableHashSet<string> OfCard =
    [
        EscalationKeys.ToApprove.Name,
        EscalationKeys.Reason.Name,
        EscalationKeys.Acknowledged.Name,
        EscalationKeys.Resolution.Name,
        EscalationKeys.Update.Name,
        EscalationKeys.Step.Name,
        EscalationKeys.Owner.Name,
        EscalationKeys.More.Name,
        EscalationKeys.Missing.Name,
        EscalationKeys.Meant.Name,
        EscalationKeys.Same.Name,
        EscalationKeys.Apart.Name,
        EscalationKeys.HandedOver.Name,
    ];

    private static bool IsSame(Card one, Card other) =>
        one.Title == other.Title
        && one.Text == other.Text
        && one.Fields.SequenceEqual(other.Fields)
        && Shape(one).SequenceEqual(Shape(other));

    private static IEnumerable<(string, string, bool, int)> Shape(Card card) =>
        card.Controls.Select(c => (c.Label, c.Payload, c.IsSpent, c.Options.Count));

    private static bool IsFinished(Escalation escalation, string number) =>
        TaskNumber.Read(number) is not { } task
        || escalation.Incident?.Find(task) is not { State: TaskState.Open };

    private static Settlement Said(
        Escalation after,
        IReadOnlyList<EscalationFact> facts,
        OpenMessage message
    )
    {
        // What comes to nothing looks different from what was done.
        var isGood = after.State is not (EscalationState.Declined or EscalationState.Cancelled);
        if (facts.OfType<EscalationFact.UpdatePosted>().FirstOrDefault() is { By: { } by } posted)
        {
            return new Settlement(
                Markdown.Of($"{after.Id}: {by} posted status update {posted.Update.Number}.")
            );
        }

        // Who resolves what nobody had acknowledged does both, and only one of them was asked for; who closes with the
        // customer’s confirmation ends it.
        EscalationFact? told =
            message.Asks == Resolution ? facts.OfType<EscalationFact.Resolved>().FirstOrDefault()
            : after.State == EscalationState.Closed
                ? facts.OfType<EscalationFact.EscalationClosed>().FirstOrDefault()
            : null;
        told ??= facts.FirstOrDefault(IsTelling);
        return new Settlement(
            told is null
                ? Markdown.Of($"{after.Id} is at *{Vocabulary.States.Label(after.State)}* now.")
                : Markdown.Of($"{after.Id}: {told.Sentence.OnOneLine()}{NextStep(after, told)}"),
            isGood
        );
    }

    /// <summary>What was asked for led to something that whoever was asked is to do now.</summary>
    private static Markdown NextStep(Escalation after, EscalationFact told) =>
        told is EscalationFact.FixHeld && after.State == EscalationState.Monitoring
            ? Markdown.Of(
                $" It can be resolved now: {EscalationWords.Command(EscalationMove.Resolve.Command(after.Id))}"
            )
            : Markdown.None;

    /// <summary>What reminds of a question does not settle it.</summary>
    private static bool IsTelling(EscalationFact fact) =>
        fact
            is not (
                EscalationFact.CustomerChanged
                or EscalationFact.Climbed
                or EscalationFact.AskedAbout
                or EscalationFact.UpdateReminded
            );
}
