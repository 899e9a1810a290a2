using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Customers;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Lists;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Intake;

/// <summary>
/// Asks with which other one it is to be merged (ESC-11): those of the same customer first. Which of the two goes on is
/// no question: the worse one does.
/// </summary>
internal sealed class MergeWith(
    EscalationStore book,
    EscalationLists lists,
    CustomerStore customers,
    MergeEscalation merge
) : IDialog<EscalationRef>
{
    private const string Other = "other";
    private const string Number = "number";
    private const string Note = "note";
    private const int Most = 50;
    private const int TitleLength = 60;

    public static Permission Permission => EscalationRights.Merge;

    public static DialogKey<EscalationRef> Key { get; } =
        new("escalation.merge-with", EscalationJson.Default.EscalationRef);

    /// <summary>Opens the form.</summary>
    public async Task<Reply> Ask(EscalationId id, UserId by, CancellationToken cancel)
    {
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        if (await book.WouldRefuse(escalation, by, WhyNever, cancel) is { } why)
        {
            return Reply.No(why);
        }

        var others = await Others(escalation, by, cancel);
        return Key.Open(
            new DialogForm($"Merge {id}", [.. Fields(others)])
            {
                Introduction = Markdown.Of(
                    $"**{id}** {escalation.CustomerName}: {escalation.Summary}\nThe worse of the two goes on, the other one is closed; both keep their timelines. This can't be taken back."
                ),
                SubmitLabel = "Merge",
            },
            new EscalationRef(id),
            Markdown.Of(
                $"Write it as a command instead: {EscalationWords.Command($"merge {id} into ESC-1")}"
            )
        );
    }

    public async Task<SubmissionReply> Submit(
        Submission<EscalationRef> submission,
        CancellationToken cancel
    )
    {
        var (typed, chosen) = (submission[Number], submission[Other]);
        if (typed.Length == 0 && chosen.Length == 0)
        {
            return Mark(Number, "Choose one, or write its number, as in ESC-12.");
        }

        var field = typed.Length > 0 ? Number : Other;
        if (EscalationId.Read(typed.Length > 0 ? typed : chosen) is not { } other)
        {
            return Mark(field, "That is no number of an escalation: write it as in ESC-12.");
        }

        if (
            await book.Find(submission.State.Id, cancel) is not { Value: var one }
            || await book.Find(other, cancel) is not { Value: var two }
        )
        {
            return Mark(field, $"There is no {other}.");
        }

        var wanted = one.Severity < two.Severity
            ? new MergeRef(two.Id, one.Id)
            : new MergeRef(one.Id, two.Id);
        return await merge.Make(wanted, submission[Note], submission.Envelope.User, cancel) is { } why
            ? SubmissionReply.No(why)
            : SubmissionReply.DoneInSight(
                Markdown.Of($"{wanted.From} is merged into {wanted.Into} and goes on there.")
            );
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

    private async Task<ImmutableArray<Escalation>> Others(
        Escalation escalation,
        UserId by,
        CancellationToken cancel
    )
    {
        var order = EscalationList.Open.For(await customers.MayRead(by, cancel));
        var open = await lists.Page(order, null, Most + 1, cancel);
        return
        [
            .. open.Items.Select(i => i.Value)
                .Where(e => e.Id != escalation.Id)
                .OrderByDescending(e => e.Id == escalation.MaybeSameAs)
                .ThenByDescending(e => e.CustomerName == escalation.CustomerName)
                .Take(Most),
        ];
    }

    /// <summary>Nothing is chosen beforehand: it can't be taken back.</summary>
    private static IEnumerable<DialogField> Fields(ImmutableArray<Escalation> others)
    {
        if (!others.IsEmpty)
        {
            yield return new DialogField(Other, "With", FieldKind.Choice)
            {
                Optional = true,
                Options =
                [
                    .. others.Select(o => new ControlOption(
                        MarkdownEscaper.Shorten(
                            $"{o.Id} {Vocabulary.Severities.Label(o.Severity)} {o.CustomerName}: {o.Summary.ReplaceLineEndings(" ")}",
                            TitleLength
                        ),
                        $"{o.Id}"
                    )),
                ],
            };
        }

        yield return new DialogField(Number, "Or by its number", FieldKind.Text)
        {
            Optional = true,
            MaxLength = 20,
            Placeholder = "ESC-12",
        };
        yield return new DialogField(Note, "Note", FieldKind.LongText)
        {
            Optional = true,
            MaxLength = Escalation.MaxLongTextLength,
            Help = "Told in the thread.",
        };
    }

    private static SubmissionReply Mark(string field, string problem) =>
        SubmissionReply.Mark(
            new Dictionary<string, string>(StringComparer.Ordinal) { [field] = problem }
        );
}
