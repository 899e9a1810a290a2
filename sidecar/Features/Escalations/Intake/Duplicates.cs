using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Intake;

/// <summary>The card that shows an open escalation to somebody who is about to raise the same (ESC-11).</summary>
internal static class DuplicateCard
{
    public static Card Of(Escalation existing, IntakeRequest intake, DraftRef draft) =>
        new(EscalationCards.Headline(existing), Vocabulary.ToneOf(existing.Severity))
        {
            Text = Markdown.Lines([
                Markdown.Typed(existing.Summary),
                Markdown.Of($" "),
                Markdown.Of($"**Yours:** {intake.Summary}"),
            ]),
            Fields = [.. EscalationFields.Of(existing).Take(2)],
            Controls =
            [
                EscalationKeys.Follower.Button(
                    $"Follow {existing.Id}",
                    new EscalationRef(existing.Id),
                    ControlStyle.Primary
                ),
                RaiseAnyway.Key.Button("Raise mine as well", draft),
                OpenDraft.Key.Button("Change mine", draft),
            ],
        };
}

/// <summary>“It is another problem”: raises what was kept, although the customer has an open one (ESC-11).</summary>
internal sealed class RaiseAnyway(Store store, EscalationIntake intakes) : IAction<DraftRef>
{
    public static Permission Permission => EscalationRights.Raise;

    public static ActionKey<DraftRef> Key { get; } =
        new("escalation.raise-anyway", IntakeJson.Default.DraftRef);

    public async Task<Reply> Press(ActionCall<DraftRef> call, CancellationToken cancel)
    {
        var id = call.Payload.Id;
        if (await store.Find(KeptDraft.Kind, id, cancel) is not { Value: var kept })
        {
            return Reply.No(new DraftForgotten());
        }

        if (kept.Draft.ToIntake() is not { } intake)
        {
            return OpenDraft.Open(kept, id);
        }

        return
            await intakes.Raise(
                intake,
                kept.Continue(call.Envelope, id),
                evenIfDuplicate: true,
                cancel
            )
                is Raising.Raised raised
            ? Reply.Settled(RaiseEscalation.Told(raised))
            : Reply.Nothing;
    }
}

/// <summary>Opens the form with what was kept.</summary>
internal sealed class OpenDraft(Store store) : IAction<DraftRef>
{
    public static Permission Permission => EscalationRights.Raise;

    public static ActionKey<DraftRef> Key { get; } =
        new("escalation.open-draft", IntakeJson.Default.DraftRef);

    public async Task<Reply> Press(ActionCall<DraftRef> call, CancellationToken cancel) =>
        await store.Find(KeptDraft.Kind, call.Payload.Id, cancel) is { Value: var kept }
            ? Open(kept, call.Payload.Id)
            : Reply.No(new DraftForgotten());

    public static Reply Open(KeptDraft kept, string id) =>
        IntakeDialog.Open(kept.Draft, new IntakeState(id));
}

/// <summary>The form was sent before, or what was kept was raised as it was, with other answers.</summary>
internal sealed record RaisedAlready(EscalationId Id)
    : Refusal(
        Markdown.Of(
            $"This form was sent already and raised {Id}; what you changed since then was not saved. {EscalationWords.Command($"edit {Id}")} changes what it says; open a new form for another escalation."
        )
    );

/// <summary>What was kept too long ago.</summary>
internal sealed record DraftForgotten()
    : Refusal(
        Markdown.Of(
            $"What was typed there is not kept any more, it was more than {(int)ForgetDraft.After.TotalDays} days ago. {Markdown.Code($"/{SlashCommand.Trigger}")} opens an empty form."
        )
    );

/// <summary>Drafts that nobody went on with are swept out.</summary>
internal sealed class ForgetDraft(Store store, TimeProvider clock) : IDueTask
{
    /// <summary>Not longer than it is known that a draft was raised: it is raised once.</summary>
    public static readonly TimeSpan After = IdempotencyRecord.KeptFor;

    public static string Kind => "intake-draft.forget";

    private static Settlement Forgotten { get; } =
        new(
            Markdown.Of($"Nothing was raised, and what was typed is not kept any more."),
            IsGood: false
        );

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var change = new Change(clock.GetUtcNow(), Kind).Due(Kind, call.Id, null);
        if (await store.Find(KeptDraft.Kind, call.Id, cancel) is { } kept)
        {
            change.Delete(KeptDraft.Kind, kept);
        }

        foreach (var open in await store.OpenQuestions(KeptDraft.Question(call.Id), cancel))
        {
            change.Settle(open, Forgotten);
        }

        await store.Commit(change, cancel);
    }
}
