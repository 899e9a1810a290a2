using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Reviews;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>What the form remembers: nothing.</summary>
internal sealed record HandOverChoice;

/// <summary><c>/escalate engineer handover</c>: asks which assignment is handed over, found by number or customer.</summary>
internal sealed class ChooseHandOver(Store store, AssignmentFinder desk, HandOverUseCase handOvers)
    : IDialog<HandOverChoice>
{
    public const string Which = "assignment";

    private const int Most = 50;

    public static Permission Permission => ReviewRights.AnyHandOver;

    public static DialogKey<HandOverChoice> Key { get; } =
        new("assignment.hand-over.which", ReviewJson.Default.HandOverChoice);

    /// <summary>Those whose engineer somebody is.</summary>
    public async ValueTask<IReadOnlyList<Assignment>> Of(UserId engineer, CancellationToken cancel)
    {
        var page = await store.List(
            AssignmentIndexes.Kind,
            AssignmentIndexes.ByPerson,
            IndexKey.Empty.Then(engineer.Value),
            null,
            Most,
            cancel
        );
        return
        [
            .. page
                .Items.Select(a => a.Value)
                .Where(a => a.Engineer == engineer && a.State == AssignmentState.Active),
        ];
    }

    /// <summary>Asks for it.</summary>
    public static Reply Ask() =>
        Key.Open(
            new DialogForm(
                "Hand an assignment over",
                [
                    new DialogField(Which, "Which assignment?", FieldKind.Sought)
                    {
                        Offers = RequestArguments.Completed,
                        Help = "Its number, as in ASG-3.",
                    },
                    .. AskHandOver.Fields,
                ]
            )
            {
                Introduction = Markdown.Of(
                    $"The CS lead names somebody, who accepts or declines. Until then it stays as it is."
                ),
                SubmitLabel = "Ask for it",
            },
            new HandOverChoice(),
            Markdown.Of(
                $"Write it as a command instead: {ReviewWords.Command("engineer handover ASG-3 stagnating")}"
            )
        );

    public async Task<SubmissionReply> Submit(
        Submission<HandOverChoice> form,
        CancellationToken cancel
    )
    {
        if (
            AssignmentId.Read(form[Which]) is not { } id
            || await desk.Book.Find(id, cancel) is null
        )
        {
            return SubmissionReply.Mark(
                Which,
                form[Which].Length == 0
                    ? "Which one? Its number, as in ASG-3."
                    : $"There is no assignment “{MarkdownEscaper.Shorten(form[Which], 40)}”. Write its number, as in ASG-3."
            );
        }

        var reason = form[AskHandOver.ReasonField];
        if (!HandOverReasons.IsOne(reason))
        {
            return SubmissionReply.Mark(AskHandOver.ReasonField, "Choose one of them.");
        }

        var (decision, answer) = await handOvers.AskFor(
            id,
            reason,
            form[AskHandOver.NoteField],
            form.Envelope.User,
            cancel
        );
        return decision is Decision.Refused { Why: var why }
            ? SubmissionReply.No(why)
            : SubmissionReply.Done(answer);
    }
}
