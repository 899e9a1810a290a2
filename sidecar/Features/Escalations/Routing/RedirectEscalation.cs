using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Routing;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// <c>/escalate redirect</c>: an emergency that turned out to be another team's goes to them with what was done (ESC-2).
/// By command, and by the card's button, whose form asks what they should know.
/// </summary>
internal sealed class RedirectEscalation(EscalationStore book, RoutingStore desk)
    : ISlashCommand,
        IAction<EscalationRef>,
        IDialogUpon<EscalationRef>
{
    private const string Note = "note";

    private static readonly DialogKey<EscalationRef> Form = new(
        "escalation.redirect-form",
        EscalationJson.Default.EscalationRef
    );

    private static readonly Parameter<TeamName?> To = new(
        "team",
        "[team]",
        source =>
            ChoiceWords.Next(source, OwningTeams.Others, t => t.Names) is var (team, taken)
                ? ReadArgument.Of<TeamName?>(team, taken)
                : ReadArgument.Absent<TeamName?>()
    )
    {
        IsOptional = true,
        Words = [.. OwningTeams.Others.Select(t => new OfferedWord(t.Code, t.Label, ""))],
        Hint = $"Which team? {string.Join(", ", OwningTeams.Others.Select(t => $"`{t.Code}`"))}.",
    };

    private static readonly Parameter<string> NoteWords = EscalationArguments.Words("note");

    public static Permission Permission => EscalationRights.HandOver;

    public static CommandSpec Spec { get; } =
        new(
            "redirect",
            "Hand an escalation over to another team, with what was done",
            EscalationArguments.Id,
            To,
            NoteWords
        )
        {
            Examples = ["redirect ESC-12", "redirect ESC-12 support It is their proxy"],
            Details =
                $"The teams are {string.Join(", ", OwningTeams.Others.Select(t => $"`{t.Code}`"))}; without one it goes to the team it belongs to, from what is known. Reminders stop, and the other team closes it.",
        };

    public static ActionKey<EscalationRef> Key => EscalationKeys.HandedOver;

    static DialogKey<EscalationRef> IDialog<EscalationRef>.Key => Form;

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var note = call.Get(NoteWords) ?? "";
        return !TextLength.Fits(note, Escalation.MaxLongTextLength)
            ? Reply.No(new ReasonTooLong(note))
            : await Make(
                call.Get(EscalationArguments.Id),
                call.Get(To)?.Team,
                note,
                call.Envelope.User,
                cancel
            ) switch
            {
                Decision.Accepted { Next: { RedirectedTo: { } team, Id: var id } } done =>
                    Reply.Say(
                        Markdown.Of(
                            $"{id} is handed over to {team.Label()}, with what was done.{Unheard(done)}"
                        )
                    ),
                Decision.Refused refused => Reply.No(refused.Why),
                _ => Reply.Nothing,
            };
    }

    public async Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel)
    {
        var (id, by) = (call.Payload.Id, call.Envelope.User);
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        var refusal = await book.WouldRefuse(
            escalation,
            by,
            (current, actor, now) => current.HandOver(actor, null, "", TeamsNow.None, now),
            cancel
        );
        return refusal is not null
            ? Reply.No(refusal)
            : Form.Open(
                new DialogForm(
                    $"Hand over {id}",
                    [
                        new DialogField(Note, "What they should know", FieldKind.LongText)
                        {
                            Optional = true,
                            MaxLength = Escalation.MaxLongTextLength,
                            Help = "What was done is told anyway: state, owner, last update.",
                        },
                    ]
                )
                {
                    Introduction = Markdown.Of(
                        $"{id} goes to **{escalation.Elsewhere!.To.Label()}**: {Markdown.Typed(escalation.Elsewhere.Reason)}. Its reminders stop."
                    ),
                    Premise = Standing(escalation),
                    SubmitLabel = "Hand over",
                },
                call.Payload,
                Markdown.Of(
                    $"Write it as a command instead: {EscalationWords.Command($"redirect {id}")}"
                )
            );
    }

    public async ValueTask<DialogForm?> Now(
        Submission<EscalationRef> form,
        CancellationToken cancel
    ) =>
        await book.Find(form.State.Id, cancel) is { Value: var known }
            ? DialogForm.Upon(Standing(known))
            : null;

    private static Markdown Standing(Escalation escalation) =>
        escalation.Elsewhere is { } elsewhere
            ? Markdown.Of(
                $"{EscalationWords.Standing(escalation)} It belongs to {elsewhere.To.Label()}."
            )
            : EscalationWords.Standing(escalation);

    public async Task<SubmissionReply> Submit(
        Submission<EscalationRef> submission,
        CancellationToken cancel
    ) =>
        await Make(
            submission.State.Id,
            to: null,
            submission[Note],
            submission.Envelope.User,
            cancel
        ) switch
        {
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            Decision.Accepted done when Unheard(done) is { IsEmpty: false } unheard =>
                SubmissionReply.Done(
                    Markdown.Of($"{submission.State.Id} is handed over.{unheard}")
                ),
            _ => SubmissionReply.DoneInSight(Markdown.Of($"{submission.State.Id} is handed over.")),
        };

    /// <summary>That nobody of the team hears of it; nothing when somebody does.</summary>
    private static Markdown Unheard(Decision.Accepted done) =>
        done.Facts.OfType<EscalationFact.HandedOver>().FirstOrDefault(f => f.IsNobodyThere)
            is { } fact
            ? EscalationWords.NobodyOf(fact.To)
            : Markdown.None;

    /// <summary>Hands it over; to whom it belongs by what is known when no team is named.</summary>
    public async Task<Decision> Make(
        EscalationId id,
        OwningTeam? to,
        string note,
        UserId by,
        CancellationToken cancel,
        Func<Escalation, Refusal?>? unless = null
    )
    {
        var teams = await desk.Teams(cancel);
        return await book.Decide(
            id,
            by,
            (escalation, actor, now) =>
                unless?.Invoke(escalation) is { } why
                    ? why
                    : escalation.HandOver(actor, to, note, teams, now),
            cancel
        );
    }
}
