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

/// <summary>
/// 👀 on a card acknowledges, ✅ resolves, for those who may (ESC-10). A reaction can't open a form, so ✅ asks for the
/// resolution by direct message, with a button that does.
/// </summary>
internal sealed class ReactToEscalation(Store store, EscalationStore book, TimeProvider clock)
    : IReaction
{
    private const string Eyes = "eyes";
    private const string Check = "white_check_mark";

    public static ImmutableArray<string> Emojis { get; } = [Eyes, Check];

    public static Permission Permission => EscalationRights.Acknowledge;

    public async Task React(ReactionCall call, CancellationToken cancel)
    {
        if (
            EscalationOf(call.Post) is not { } id
            || await book.Find(id, cancel) is not { Value: var escalation }
        )
        {
            return;
        }

        var (by, act) = (call.Envelope.User, call.Envelope.Act);
        if (call.Emoji == Check)
        {
            await AskForResolution(escalation, by, act, cancel);
        }
        else if (
            await book.Decide(
                id,
                by,
                (current, actor, now) => current.Acknowledge(actor, now),
                cancel,
                act
            )
                is Decision.Refused { Why: NotPermitted why }
            && escalation.State == EscalationState.Accepted
        )
        {
            await Tell(escalation, by, act, why.Sentence, null, cancel);
        }
    }

    /// <summary>A look or a tick where nothing is left to move is just an answer: nothing is said about it.</summary>
    private async Task AskForResolution(
        Escalation escalation,
        UserId by,
        string act,
        CancellationToken cancel
    )
    {
        if (!PossibleMoves.PossibleWith(escalation).Contains(EscalationMove.Resolve))
        {
            return;
        }

        var refusal = await book.WouldRefuse(
            escalation,
            by,
            (current, actor, now) => current.Resolve(actor, "", current.Work, now),
            cancel
        );
        await (
            refusal is not null
                ? Tell(escalation, by, act, refusal.Sentence, null, cancel)
                : Tell(
                    escalation,
                    by,
                    act,
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
                Sidecar.Features.Escalations.Moves.AskForResolution.Key.Button(
                    "Say what solved it",
                    new EscalationRef(escalation.Id),
                    ControlStyle.Good
                ),
            ],
        };

    private async Task Tell(
        Escalation escalation,
        UserId person,
        string act,
        Markdown text,
        Card? card,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        var id = escalation.Id.ToString();
        // A conflict means that the same reaction was answered before.
        await store.Commit(
            new Change(now, person.Value)
                .Add(IdempotencyRecord.Kind, act, new IdempotencyRecord(id, now))
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

    /// <summary>From the name of a card: <c>ESC-12/card</c>, <c>ESC-12/card/support</c>.</summary>
    private static EscalationId? EscalationOf(PostName post) =>
        post.Value.Split('/') is [var id, "card", ..] ? EscalationId.Read(id) : null;
}
