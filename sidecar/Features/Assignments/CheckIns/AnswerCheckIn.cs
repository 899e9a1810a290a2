using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.CheckIns;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>Which week’s check-in a button is about.</summary>
internal sealed record CheckInRef(AssignmentId Id, DateOnly Week);

/// <summary>Answers this week’s check-in (ASG-7): by command and by button, both open the form.</summary>
internal sealed class AnswerCheckIn(
    AssignmentStore book,
    CheckInQueries desk,
    CorrectCheckIn correct,
    TimeProvider clock
) : ISlashCommand, IAction<CheckInRef>, IDialogUpon<CheckInState>
{
    private static readonly Parameter<CheckInTyped> Whose = CheckInArguments.Typed(
        "[customer]",
        "Which customer? Write the key or the name."
    );

    private static readonly DialogKey<CheckInState> Form = new(
        "assignment.check-in",
        CheckInJson.Default.CheckInState
    );

    public static Permission Permission => CheckInRights.Answer;

    public static CommandSpec Spec { get; } =
        new("checkin", "Answer this week’s check-in about a customer", Whose)
        {
            Examples = ["checkin", "checkin abc"],
            Details =
                "Opens the form with the four standing questions and what was answered last; when this week’s is answered, with its answers, to correct them. A week that was missed can be answered late, for two weeks. Without a customer it is yours that is due.",
        };

    public static ActionKey<CheckInRef> Key { get; } =
        new("assignment.check-in.answer", CheckInJson.Default.CheckInRef);

    static DialogKey<CheckInState> IDialog<CheckInState>.Key => Form;

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        var (found, why) = await desk.One(call.Get(Whose), by, "checkin", cancel);
        return why is not null ? Reply.No(why) : await Ask(found!, by, cancel);
    }

    public async Task<Reply> Press(ActionCall<CheckInRef> call, CancellationToken cancel) =>
        await book.Find(call.Payload.Id, cancel) is { Value: var assignment }
            ? await Ask(assignment, call.Payload.Week, call.Envelope.User, cancel)
            : Reply.No(new NoSuchAssignment(call.Payload.Id));

    /// <summary>Answers of a week that was left out, or missed, meanwhile take that off the record.</summary>
    public async ValueTask<DialogForm?> Now(
        Submission<CheckInState> form,
        CancellationToken cancel
    ) =>
        await book.Find(form.State.Id, cancel) is { Value: var known }
        && (
            known.LastCheckIn is not { } last
            || last.Week < form.State.Week
            || known.IsMissed(form.State.Week)
        )
            ? DialogForm.Upon(CheckInWords.Week(known, form.State.Week))
            : null;

    public async Task<SubmissionReply> Submit(
        Submission<CheckInState> submission,
        CancellationToken cancel
    )
    {
        var (text, problems) = CheckInForm.Read(submission);
        if (text is null)
        {
            return SubmissionReply.Mark(problems);
        }

        var leadership = await desk.Leadership(cancel);
        return await book.Decide(
            submission.State.Id,
            submission.Envelope.User,
            (assignment, actor, now) => assignment.AnswerTurn(actor, text, leadership, now),
            cancel
        ) switch
        {
            // The same submission, sent twice.
            Decision.Refused { Why: CheckedInAlready { First: var first, By: var by } }
                when first.By == by && first.Says(text) => SubmissionReply.Close,
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            Decision.Accepted { Next: var next, Facts: var facts } => SubmissionReply
                .DoneInSight(
                    Markdown.Of(
                        $"Your answers about {CheckInWords.Name(next)}{CheckInWords.Late(facts)} are kept; the other one of you reads them too."
                    )
                )
                .Then(await AskNext(next, submission.Envelope.User, cancel)),
            _ => SubmissionReply.Close,
        };
    }

    /// <summary>Who is asked about several customers goes on with the next one in the same window.</summary>
    private async Task<Reply> AskNext(Assignment answered, UserId by, CancellationToken cancel)
    {
        var others = (await desk.Mine(by, cancel))
            .Where(a => a.Turn is { } turn && turn.Asked == by)
            .OrderBy(a => a.Turn!.DueAt);
        foreach (var other in others)
        {
            var above = Markdown.Of(
                $":white_check_mark: Your answers about {CheckInWords.Name(answered)} are kept. This one is due, too; *Cancel* leaves it for later."
            );
            if (await Ask(other, other.Turn!.Week, by, cancel, above) is Reply.Ask next)
            {
                return next;
            }
        }

        return Reply.Nothing;
    }

    private async Task<Reply> Ask(Assignment assignment, UserId by, CancellationToken cancel) =>
        assignment.WeekToAnswer(clock.GetUtcNow()) is var week
        && assignment.LastCheckIn?.Week >= week
        && !assignment.IsMissed(week)
            ? await correct.Ask(assignment, by, cancel)
            : await Ask(assignment, week, by, cancel);

    private async Task<Reply> Ask(
        Assignment assignment,
        DateOnly week,
        UserId by,
        CancellationToken cancel,
        Markdown? above = null
    )
    {
        var nothing = new CheckInText(week, "", "", "", "", false);
        var refusal = await book.WouldRefuse(
            assignment,
            by,
            (current, actor, now) => current.AnswerTurn(actor, nothing, [], now),
            cancel
        );
        if (refusal is not null)
        {
            return Reply.No(refusal);
        }

        var state = new CheckInState(assignment.Id, week);
        return Form.Open(
            CheckInForm.For(
                assignment,
                state,
                by,
                assignment.AnswerableWeeks(clock.GetUtcNow()),
                above
            ),
            state,
            Markdown.Of(
                $"Send it once more; the form then opens with it: {CheckInWords.Command($"checkin {assignment.Customer.Value}")}"
            )
        );
    }
}
