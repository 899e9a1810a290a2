using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Moves;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>👀 on a card, or on the message that calls somebody, acknowledges, for those who may (ESC-10).</summary>
internal sealed class AcknowledgeByReaction(EscalationStore book, ReactToEscalation reacted)
    : IReaction
{
    public static ImmutableArray<string> Emojis { get; } = ["eyes"];

    public static Permission Permission => EscalationRights.Acknowledge;

    /// <summary>Where nothing is left to be done, looking at it is only looking.</summary>
    public async ValueTask<bool> Concerns(ReactionCall call, CancellationToken cancel) =>
        await reacted.To(call, cancel) is { State: var state }
        && (
            state is EscalationState.Accepted or EscalationState.AwaitingApproval
            || PossibleMoves.IsWork(state)
        );

    /// <summary>
    /// The second is told who was first (ESC-9), once for each reaction. The owner of one on which nothing happens says by
    /// it that they are still on it (ESC-12).
    /// </summary>
    public async Task React(ReactionCall call, CancellationToken cancel)
    {
        if (await reacted.To(call, cancel) is not { } escalation)
        {
            return;
        }

        if (
            await book.Decide(
                escalation.Id,
                call.Envelope.User,
                (current, actor, now) =>
                    current.IsStale && current.Owner == actor.User
                        ? current.StayOn(actor, now)
                        : current.Acknowledge(actor, now),
                cancel,
                call.Envelope.Act
            )
                is Decision.Refused { Why: var why }
            && !(
                why is AlreadyAcknowledged { Escalation: var current }
                && current.AcknowledgedBy == call.Envelope.User
            )
        )
        {
            await reacted.Tell(escalation, call, why.Sentence, null, cancel);
        }
    }
}

/// <summary>
/// ✅ on a card resolves, for those who may (ESC-10). A reaction can't open a form, so it asks for the resolution by direct
/// message, with a button that does.
/// </summary>
internal sealed class ResolveByReaction(EscalationStore book, ReactToEscalation reacted) : IReaction
{
    public static ImmutableArray<string> Emojis { get; } = ["white_check_mark"];

    public static Permission Permission => EscalationRights.Resolve;

    /// <summary>
    /// A tick where nothing is left to move is just an answer: nothing is said about it. Neither is it where it was asked
    /// for by the button for what solved it.
    /// </summary>
    public async ValueTask<bool> Concerns(ReactionCall call, CancellationToken cancel) =>
        !ReactToEscalation.Asks(call, EscalationQuestions.Resolution)
        && await reacted.To(call, cancel) is { } escalation
        && PossibleMoves.PossibleWith(escalation).Contains(EscalationMove.Resolve);

    public async Task React(ReactionCall call, CancellationToken cancel)
    {
        if (await reacted.To(call, cancel) is not { } escalation)
        {
            return;
        }

        var refusal = await book.WouldRefuse(
            escalation,
            call.Envelope.User,
            (current, actor, now) => current.Resolve(actor, "", current.Work, now),
            cancel
        );
        await (
            refusal is not null
                ? reacted.Tell(escalation, call, refusal.Sentence, null, cancel)
                : reacted.Tell(
                    escalation,
                    call,
                    Markdown.Of($"What solved **{escalation.Id}**?"),
                    Card(escalation),
                    cancel
                )
        );
    }

    private static Card Card(Escalation escalation) =>
        new(EscalationCards.Headline(escalation), Vocabulary.ToneOf(escalation.Severity))
        {
            Text = Markdown.Typed(escalation.Summary),
            Controls =
            [
                AskForResolution.Key.Button(
                    "Say what solved it",
                    new EscalationRef(escalation.Id),
                    ControlStyle.Good
                ),
            ],
        };
}

/// <summary>What reactions to cards have in common: what they are about, and how they are answered.</summary>
internal sealed class ReactToEscalation(Store store, EscalationStore book, TimeProvider clock)
{
    /// <summary>The escalation on whose card, or message with buttons, somebody reacted; null when it is none.</summary>
    public async ValueTask<Escalation?> To(ReactionCall call, CancellationToken cancel) =>
        EscalationOf(call.Post) is { } id ? (await book.Find(id, cancel))?.Value : null;

    /// <summary>Whether somebody reacted to a message that asks this; see <see cref="OpenMessage.NameOf"/>.</summary>
    public static bool Asks(ReactionCall call, string question) =>
        OpenMessage.Read(call.Post) is var (_, asks) && asks == question;

    /// <summary>Tells whoever reacted by direct message, once for each reaction.</summary>
    public async Task Tell(
        Escalation escalation,
        ReactionCall call,
        Markdown text,
        Card? card,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        var (id, person) = (escalation.Id.ToString(), call.Envelope.User);
        // A conflict means that the same reaction was answered before.
        await store.Commit(
            new Change(now, person.Value)
                .Add(IdempotencyRecord.Kind, call.Envelope.Act, new IdempotencyRecord(id, now))
                .Do(
                    new Effect.TellPerson(person, text, card)
                    {
                        About = id,
                        Asks = card is null ? null : EscalationQuestions.Resolution,
                    }
                ),
            cancel
        );
    }

    /// <summary>
    /// From the name of a card, <c>ESC-12/card</c>, <c>ESC-12/card/support</c>, or of a message that shows it with its
    /// moves.
    /// </summary>
    private static EscalationId? EscalationOf(PostName post) =>
        OpenMessage.Read(post) switch
        {
            // What is asked of something in it, as of a task, has a part more.
            var (_, asks) when asks.Contains('/', StringComparison.Ordinal) => null,
            var (about, _) => EscalationId.Read(about),
            null when post.Value.Split('/') is [var id, "card", ..] => EscalationId.Read(id),
            null => null,
        };
}
