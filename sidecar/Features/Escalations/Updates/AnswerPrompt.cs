using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Moves;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Updates;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Puts off the update that somebody was asked for (UPD-3).</summary>
internal sealed class Snooze(EscalationStore book, UpdateQueries desk) : IAction<SnoozeRef>
{
    private static readonly int[] Minutes = [15, 30, 60];

    public static Permission Permission => EscalationRights.Updates;

    public static ActionKey<SnoozeRef> Key { get; } =
        new("escalation.update.snooze", UpdateJson.Default.SnoozeRef);

    public static IEnumerable<CardControl> Buttons(EscalationId id, DateTimeOffset dueAt) =>
        Minutes.Select(minutes =>
            Key.Button(
                $"Snooze {Label(TimeSpan.FromMinutes(minutes))}",
                new SnoozeRef(id, dueAt, minutes)
            )
        );

    public static string Label(TimeSpan length) => $"{(int)length.TotalMinutes} min";

    public async Task<Reply> Press(ActionCall<SnoozeRef> call, CancellationToken cancel)
    {
        var (id, dueAt, minutes) = call.Payload;
        var by = call.Envelope.User;
        var zone = (await desk.Present(by, cancel)).Zone;
        return await book.Decide(
            id,
            by,
            (escalation, actor, now) =>
                escalation.SnoozeUpdate(
                    actor,
                    dueAt,
                    TimeSpan.FromMinutes(minutes),
                    desk.Zone,
                    now
                ),
            cancel
        ) switch
        {
            Decision.Accepted { Next.Update: { } due } => Reply.Done(
                Markdown.Of(
                    $"I will ask for the status update of {id} again in {minutes} min, {Times.Due(due.DueAt, zone)}."
                )
            ),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }
}

/// <summary>
/// Gives the escalation to the back-up, or where there is none to somebody who is chosen; they are asked for the update at
/// once (UPD-3). It changes who owns it, so it asks first, and names who that will be.
/// </summary>
internal sealed class HandOverUpdate(
    EscalationStore book,
    UpdateQueries desk,
    AssignEscalation owners
) : IAction<PromptRef>, IDialogUpon<PromptRef>
{
    private const string To = "to";

    public static Permission Permission => EscalationRights.Assign;

    public static ActionKey<PromptRef> Key { get; } =
        new("escalation.update.hand-over", UpdateJson.Default.PromptRef);

    static DialogKey<PromptRef> IDialog<PromptRef>.Key => Form;

    private static DialogKey<PromptRef> Form { get; } =
        new("escalation.update.hand-over", UpdateJson.Default.PromptRef);

    public async Task<Reply> Press(ActionCall<PromptRef> call, CancellationToken cancel)
    {
        var (id, dueAt) = call.Payload;
        var by = call.Envelope.User;
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        return
            await book.WouldRefuse(
                escalation,
                by,
                (current, actor, _) =>
                    current.WhyNotPassedOn(actor, dueAt) is { } no
                        ? no
                        : new Decision.Accepted(current),
                cancel
            )
                is { } why
            ? Reply.No(why)
            : Form.Open(
                Asked(escalation, escalation.TakesOver(by, await desk.People(escalation, cancel))),
                call.Payload,
                Markdown.Of(
                    $"Write it as a command instead: {EscalationWords.Command($"assign {id} @user")}"
                )
            );
    }

    public async ValueTask<DialogForm?> Now(Submission<PromptRef> form, CancellationToken cancel) =>
        await book.Find(form.State.Id, cancel) is { Value: var escalation }
            ? Asked(
                escalation,
                escalation.TakesOver(form.Envelope.User, await desk.People(escalation, cancel))
            )
            : null;

    public async Task<SubmissionReply> Submit(
        Submission<PromptRef> submission,
        CancellationToken cancel
    )
    {
        var (id, dueAt) = submission.State;
        UserId? to = submission[To] is { Length: > 0 } chosen ? new UserId(chosen) : null;
        if (
            to is { } person
            && await owners.WhyNot(id, person, cancel) is { IsEmpty: false } unsuitable
        )
        {
            return SubmissionReply.No(new NotHandedOver(unsuitable));
        }

        var people = await desk.People((await book.Find(id, cancel))?.Value, cancel);
        return
            await book.Decide(
                id,
                submission.Envelope.User,
                (escalation, actor, now) => escalation.PassOnUpdate(actor, dueAt, people, to, now),
                cancel
            )
                is Decision.Refused { Why: var why }
            ? SubmissionReply.No(why)
            : SubmissionReply.DoneInSight(Markdown.Of($"The update of {id} is handed over."));
    }

    /// <param name="escalation">Which.</param>
    /// <param name="backUp">Who takes it over; null when somebody is to be chosen.</param>
    private static DialogForm Asked(Escalation escalation, UserId? backUp) =>
        new(
            $"Hand over {escalation.Id}",
            backUp is null
                ?
                [
                    new DialogField(To, "To whom?", FieldKind.Person)
                    {
                        Help = "There is no back-up who could take it.",
                    },
                ]
                : []
        )
        {
            Introduction = Markdown.Of(
                $"{(backUp is { } person ? Markdown.Of($"{person}") : Markdown.Of($"Whom you choose"))} becomes the owner of **{escalation.Id}** ({escalation.CustomerName}: {escalation.Summary}), and is asked for the status update at once."
            ),
            Premise = backUp is { } taking
                ? Markdown.Of($"{EscalationWords.Standing(escalation)} {taking} takes it over.")
                : EscalationWords.Standing(escalation),
            SubmitLabel = "Hand over",
        };
}

/// <summary>Whoever was chosen can own nothing.</summary>
internal sealed record NotHandedOver(Markdown Why) : Refusal(Why);

/// <summary>Which question a button answers: a later one is another.</summary>
/// <param name="Id">Of which escalation.</param>
/// <param name="DueAt">When the update was due, UTC.</param>
internal sealed record PromptRef(EscalationId Id, DateTimeOffset DueAt);

/// <summary>As <see cref="PromptRef"/>, and by how much to put it off.</summary>
internal sealed record SnoozeRef(EscalationId Id, DateTimeOffset DueAt, int Minutes);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(UpdateState))]
[JsonSerializable(typeof(PromptRef))]
[JsonSerializable(typeof(SnoozeRef))]
internal sealed partial class UpdateJson : JsonSerializerContext;
