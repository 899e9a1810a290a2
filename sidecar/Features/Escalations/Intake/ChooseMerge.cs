using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Intake;

/// <summary><c>/escalate merge ESC-2</c>: asks with which other one, found by number or by words of it.</summary>
internal sealed class ChooseMerge(EscalationStore book, MergeEscalation merge)
    : IDialog<EscalationRef>
{
    public const string Other = "other";
    public const string Anyway = "anyway";
    public const string Note = "note";

    public static Permission Permission => EscalationRights.Merge;

    public static DialogKey<EscalationRef> Key { get; } =
        new("escalation.merge-choose", EscalationJson.Default.EscalationRef);

    /// <summary>Asks with which one this is merged, unless it can be merged with none.</summary>
    public static async Task<Reply> Ask(
        EscalationStore book,
        EscalationId id,
        UserId by,
        CancellationToken cancel
    )
    {
        if (await book.Find(id, cancel) is not { Value: var one })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        return await book.WouldRefuse(one, by, WhyNever, cancel) is { } why
            ? Reply.No(why)
            : Open(one);
    }

    /// <summary>What would refuse whatever is chosen.</summary>
    private static Decision<Escalation, EscalationFact> WhyNever(
        Escalation escalation,
        ActingPerson actor,
        DateTimeOffset now
    ) =>
        escalation.MergedInto is { } merged ? new MergedAlready(escalation, merged)
        : escalation.IsOver ? new NotPossible(escalation, "be merged", actor.User)
        : EscalationRights.Merge.Allows(
            actor,
            escalation.Owner == actor.User || escalation.Reporter == actor.User
        )
            ? new Decision<Escalation, EscalationFact>.Accepted(escalation)
        : new MayNot(EscalationRights.Merge);

    private static Reply Open(Escalation one) =>
        Key.Open(
            new DialogForm(
                $"Merge {one.Id}",
                [
                    new DialogField(Other, "With which one?", FieldKind.Sought)
                    {
                        Offers = EscalationArguments.Completed,
                        Default = one.MaybeSameAs?.ToString(),
                        Help = "Its number, as in ESC-12. The worse of the two goes on.",
                    },
                    new DialogField(Anyway, "Other customer", FieldKind.YesNo)
                    {
                        Optional = true,
                        Default = "false",
                        Placeholder = "Even if they belong to different customers",
                    },
                    new DialogField(Note, "Note", FieldKind.LongText)
                    {
                        Optional = true,
                        MaxLength = Escalation.MaxLongTextLength,
                        Help = "Posted in the thread.",
                    },
                ]
            )
            {
                Introduction = Markdown.Of(
                    $"**{one.Id}** · {one.CustomerName}: {one.Summary}\nOne of the two is closed and goes on in the other. This can’t be taken back."
                ),
                SubmitLabel = "Merge",
            },
            new EscalationRef(one.Id),
            Markdown.Of(
                $"Write it as a command instead: {EscalationWords.Command($"merge {one.Id} into ESC-1")}"
            )
        );

    public async Task<SubmissionReply> Submit(
        Submission<EscalationRef> submission,
        CancellationToken cancel
    )
    {
        var id = submission.State.Id;
        if (
            EscalationId.Read(submission[Other]) is not { } chosen
            || await book.Find(chosen, cancel) is not { Value: var other }
        )
        {
            return SubmissionReply.Mark(
                Other,
                submission[Other].Length == 0
                    ? "With which one? Its number, as in ESC-12."
                    : $"There is no escalation “{MarkdownEscaper.Shorten(submission[Other], 40)}”. Write its number, as in ESC-12."
            );
        }

        if (await book.Find(id, cancel) is not { Value: var one })
        {
            return SubmissionReply.No(new NoSuchEscalation(id));
        }

        if (one.Customer != other.Customer && submission[Anyway] != FormShape.Yes)
        {
            return SubmissionReply.Mark(
                Anyway,
                $"{one.Id} is of {one.CustomerName}, {other.Id} of {other.CustomerName}. Tick this if they are the same problem all the same."
            );
        }

        var wanted = MergeEscalation.WorseStays(one, other);
        return
            await merge.Make(wanted, submission[Note], submission.Envelope.User, cancel) is { } why
            ? SubmissionReply.No(why)
            : SubmissionReply.Done(
                Markdown.Of($"{wanted.From} is merged into {wanted.Into} and continues there.")
            );
    }
}
