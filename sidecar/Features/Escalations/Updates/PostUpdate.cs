using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Updates;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Tells everybody how an escalation stands (UPD-1, UPD-2): by command and by button, both open the form.</summary>
internal sealed class PostUpdate(
    EscalationStore book,
    SentAnswers sent,
    SeenClashes clashes,
    UpdateQueries desk,
    IncidentChannels channels,
    IncidentReaders readers,
    UpdateCadence cadence,
    TimeProvider clock
) : ISlashCommand, IAction<EscalationRef>, IDialog<UpdateState>
{
    private static readonly Parameter<string> Text = Arguments
        .Rest("summary", "What is going on?")
        .OrNothing();

    /// <summary>Under which it is noted what the form has said of others: it is about no field.</summary>
    private const string Happened = "";

    private static readonly DialogKey<UpdateState> Form = new(
        "escalation.update",
        UpdateJson.Default.UpdateState
    );

    public static Permission Permission => EscalationRights.Updates;

    public static CommandSpec Spec { get; } =
        new("update", "Post a status update of an escalation", EscalationArguments.Id, Text)
        {
            IsHinted = true,
            Examples = ["update ESC-12", "update ESC-12 The index is being rebuilt"],
            Details =
                "Opens a form filled from the last update, with what you typed as the summary. It is posted to the incident’s channel or thread and to the broadcast channels of its severity, and moves the escalation to the status that you choose. *Next update* takes a time as you would say it, or `none`.",
        };

    public static ActionKey<EscalationRef> Key => EscalationKeys.Update;

    static DialogKey<UpdateState> IDialog<UpdateState>.Key => Form;

    public Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var text = call.Get(Text);
        return text is not null && !TextLength.Fits(text, Escalation.MaxLongTextLength)
            ? Task.FromResult(
                Reply.Say(
                    Markdown.Of(
                        $"A summary takes {Escalation.MaxLongTextLength} characters; yours has {TextLength.Told(text, Escalation.MaxLongTextLength)}, and nothing was posted. Put the rest into the technical notes. You typed:\n{Markdown.Code(text)}"
                    )
                )
            )
            : Ask(call.Get(EscalationArguments.Id), text, call.Envelope.User, cancel);
    }

    public Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        Ask(call.Payload.Id, summary: null, call.Envelope.User, cancel);

    public Task<SubmissionReply> Submit(
        Submission<UpdateState> submission,
        CancellationToken cancel
    ) => Post(submission, unless: null, cancel);

    /// <summary>
    /// Posts it, and does not when <paramref name="unless"/> says why not, of the escalation as it is when it is decided.
    /// </summary>
    public async Task<SubmissionReply> Post(
        Submission<UpdateState> submission,
        Func<Escalation, Refusal?>? unless,
        CancellationToken cancel
    )
    {
        var (id, by, act) = (
            submission.State.Id,
            submission.Envelope.User,
            submission.Envelope.Act
        );
        var writer = await desk.Present(by, cancel);
        var isForm = submission.Answers.Asked is not null;
        // Read before the escalation is: nobody has agreed to what is newer than what is read next.
        var agreed = isForm ? await clashes.Seen(act, cancel) : null;
        var known = (await book.Find(id, cancel))?.Value;
        var (answer, problems) = UpdateForm.Read(
            isForm && known is not null ? UpdateForm.Upon(known, submission) : submission,
            writer,
            clock.GetUtcNow()
        );
        if (answer is null)
        {
            return SubmissionReply.Mark(problems);
        }

        // What is posted links the channel by the name that it has now.
        if (known is not null)
        {
            await channels.Named(known, cancel);
        }

        var places = await desk.Places(cancel);
        return await book.Decide(
            id,
            by,
            (escalation, actor, now) =>
                unless?.Invoke(escalation) is { } changed
                    ? changed
                    : Unread(
                        escalation,
                        escalation.AddUpdate(
                            actor,
                            answer.Text,
                            answer.Next
                                ?? (
                                    isForm
                                        ? UpdateForm.Untouched(submission.State, escalation, now)
                                        : null
                                )
                                ?? new NextUpdate(cadence.Next(escalation, now), IsChosen: false),
                            places(escalation.Severity),
                            now
                        )
                    ),
            cancel,
            act,
            also: (change, stop) => sent.Note(change, act, submission.Values, stop)
        ) switch
        {
            Decision.Refused { Why: DoneAlready } => await sent.Differ(
                act,
                submission.Values,
                cancel
            )
                ? SubmissionReply.No(new UpdateSentAlready(id))
                : SubmissionReply.Close,
            Decision.Refused { Why: OvertakenUpdate why } => await Shown(why),
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            Decision.Accepted { Next: var next } => SubmissionReply.Done(
                Markdown.Of($"The update of {id} is posted."),
                readIn: next.Incident?.Channel?.Id
            ),
            _ => SubmissionReply.Close,
        };

        Decision Unread(Escalation it, Decision decided) =>
            decided is Decision.Accepted { Next.LastUpdate: { } posted }
            && agreed is not null
            && UpdateMeanwhile.Upon(submission.State, it) is { } upon
            && agreed.GetValueOrDefault(Happened) != upon
                ? UpdateMeanwhile.Refusal(submission, it, posted, writer.Zone)
                : decided;

        async Task<SubmissionReply> Shown(OvertakenUpdate why)
        {
            await clashes.Show(submission.Envelope, [(Happened, why.Upon)], cancel);
            return SubmissionReply.No(why);
        }
    }

    private async Task<Reply> Ask(
        EscalationId id,
        string? summary,
        UserId by,
        CancellationToken cancel
    )
    {
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        var moves = false;
        var refusal = await book.WouldRefuse(
            escalation,
            by,
            (current, actor, now) =>
            {
                moves = current.MovesByUpdate(actor);
                return current.AddUpdate(
                    actor,
                    new UpdateText(null, "", "", "", null),
                    new NextUpdate(null, IsChosen: false),
                    new UpdatePlaces(desk.Zone, []),
                    now
                );
            },
            cancel
        );
        if (refusal is not null)
        {
            return Reply.No(refusal);
        }

        var zone = (await desk.Present(by, cancel)).Zone;
        var now = clock.GetUtcNow();
        var next =
            escalation.Announced is { } announced && announced > now
                ? announced
                : cadence.Next(escalation, now);
        var state = UpdateForm.StateOf(escalation, cadence.Every(escalation), next, zone, summary);
        return Form.Open(
            UpdateForm.For(
                escalation,
                state,
                next,
                zone,
                moves,
                withNotes: await readers.MayRead(escalation, by, cancel)
            ),
            state,
            Markdown.Of(
                $"Send it once more; the form then opens with it: {EscalationWords.Command($"update {id} {summary ?? "what is going on"}")}"
            )
        );
    }
}
