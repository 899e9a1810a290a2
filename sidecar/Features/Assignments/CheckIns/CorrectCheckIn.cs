using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.CheckIns;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>
/// Puts other words in the place of the latest answers (ASG-10): <c>/escalate checkin correct acme</c>, and
/// <c>/escalate checkin acme</c> when this week's were given already.
/// </summary>
internal sealed class CorrectCheckIn(AssignmentStore book, CheckInQueries desk, Store store)
    : ISlashCommand,
        IDialogUpon<CheckInState>
{
    private static readonly Parameter<CheckInTyped> Whose = CheckInArguments.Typed(
        "[customer]",
        "Of which customer? Write the key or the name."
    );

    public static CommandSpec Spec { get; } =
        new("checkin correct", "Correct the latest answers of a check-in", Whose)
        {
            Examples = ["checkin correct abc"],
            Details = "Opens the form with the answers; whoever got them gets the corrected ones.",
        };

    public static Permission Permission => CheckInRights.Answer;

    public static DialogKey<CheckInState> Key { get; } =
        new("assignment.check-in.correct", CheckInJson.Default.CheckInState);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        var (found, why) = await desk.One(call.Get(Whose), by, "checkin correct", cancel);
        return why is not null ? Reply.No(why) : await Ask(found!, by, cancel);
    }

    /// <summary>Opens the form with the latest answers, unless correcting them is refused whatever is written.</summary>
    public async Task<Reply> Ask(Assignment assignment, UserId by, CancellationToken cancel)
    {
        var week = assignment.LastCheckIn?.Week ?? default;
        var other = new CheckInText(week, "", "", "", "", false);
        return
            await book.WouldRefuse(
                assignment,
                by,
                (current, actor, now) => current.CorrectAnswers(actor, other, [], now),
                cancel
            )
                is { } refusal
            ? Reply.No(refusal)
            : Key.Open(
                CheckInForm.Correcting(assignment, assignment.LastCheckIn!),
                new CheckInState(assignment.Id, week),
                Markdown.Of(
                    $"Send it once more; the form then opens with the answers: {CheckInWords.Command($"checkin {assignment.Customer.Value}")}"
                )
            );
    }

    public async ValueTask<DialogForm?> Now(
        Submission<CheckInState> form,
        CancellationToken cancel
    ) =>
        await book.Find(form.State.Id, cancel) is { Value: { LastCheckIn: { } last } assignment }
        && last.Week == form.State.Week
            ? CheckInForm.Correcting(assignment, last)
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

        var (id, week) = submission.State;
        var by = submission.Envelope.User;
        var leadership = await desk.Leadership(cancel);
        Versioned<CheckIn>? kept = null;
        return await book.Decide(
            id,
            by,
            (assignment, actor, now) => assignment.CorrectAnswers(actor, text, leadership, now),
            cancel,
            also: (change, _) =>
            {
                change.Replace(
                    CheckInHistory.Kind,
                    kept!,
                    kept!.Value.Corrected(text, by, change.Now)
                );
                return ValueTask.CompletedTask;
            },
            first: async token =>
                kept = await store.Find(CheckInHistory.Kind, CheckInHistory.IdOf(id, week), token)
        ) switch
        {
            Decision.Refused { Why: AnsweredSo } => SubmissionReply.Unchanged,
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            Decision.Accepted { Next: var next } => SubmissionReply.Done(
                Markdown.Of(
                    $"The answers about {CheckInWords.Name(next)} for the week of {CheckInWords.Day(week)} are corrected; whoever got them gets the new ones."
                )
            ),
            _ => SubmissionReply.Close,
        };
    }
}
