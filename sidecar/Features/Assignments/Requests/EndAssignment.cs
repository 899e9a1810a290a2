using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Requests;

/// <summary><c>/escalate engineer end</c>: an assignment is over, and its place is free.</summary>
internal sealed class EndAssignment(AssignmentStore book, AssignmentFinder desk)
    : ISlashCommand,
        IDialogUpon<RequestRef>
{
    public const string Why = "why";

    public static Permission Permission => RequestRights.End;

    public static CommandSpec Spec { get; } =
        new(
            "engineer end",
            "End an assignment, with the reason",
            ReviewArguments.One,
            RequestArguments.Why
        )
        {
            Examples = ["engineer end ASG-3 The migration is done", "engineer end acme Deal lost"],
            Details = "Temporary ones end by themselves after their last day.",
        };

    public static DialogKey<RequestRef> Key { get; } =
        new("assignment.end", RequestJson.Default.RequestRef);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (found, unknown) = await desk.Find(call, call.Get(ReviewArguments.One)!, cancel);
        if (found is not { Id: var id } assignment)
        {
            return unknown!;
        }

        if (call.Get(RequestArguments.Why) is { Length: > 0 } why)
        {
            return (await End(id, call.Envelope.User, why, cancel)).Said(next =>
                Markdown.Of($"**{next.Id}** ({next.CustomerName}) is over, and its place is free.")
            );
        }

        var refusal = await book.WouldRefuse(
            assignment,
            call.Envelope.User,
            (current, actor, now) => current.End(actor, "…", now),
            cancel
        );
        return refusal is not null
            ? Reply.No(refusal)
            : Key.Open(
                new DialogForm(
                    $"End {id}",
                    [
                        new DialogField(Why, "Why?", FieldKind.LongText)
                        {
                            MaxLength = Assignment.MaxTextLength,
                            Help = "Engineer, back-up, CE and whoever requested it are told.",
                        },
                    ]
                )
                {
                    Introduction = Markdown.Of($"**{assignment.Id}** · {assignment.CustomerName}"),
                    Premise = ReviewWords.Standing(assignment),
                    SubmitLabel = "End it",
                },
                new RequestRef(id),
                Markdown.Of($"Write it as a command: {RequestWords.Command($"end {id} why")}")
            );
    }

    public async ValueTask<DialogForm?> Now(
        Submission<RequestRef> form,
        CancellationToken cancel
    ) =>
        await book.Find(form.State.Id, cancel) is { Value: var known }
            ? DialogForm.Upon(ReviewWords.Standing(known))
            : null;

    public async Task<SubmissionReply> Submit(
        Submission<RequestRef> submission,
        CancellationToken cancel
    ) =>
        (await End(submission.State.Id, submission.Envelope.User, submission[Why], cancel)).Settled(
            next =>
                Markdown.Of($"**{next.Id}** ({next.CustomerName}) is over, and its place is free.")
        );

    private Task<Decision<Assignment, AssignmentFact>> End(
        AssignmentId id,
        UserId by,
        string why,
        CancellationToken cancel
    ) => book.Decide(id, by, (assignment, actor, now) => assignment.End(actor, why, now), cancel);
}

/// <summary>A temporary one comes to its end (ASG-1), or a customer should have been told by now (ASG-3).</summary>
internal sealed class TakeEndStep(
    AssignmentStore book,
    Vetters vetters,
    PeopleTimes times,
    AssignmentCalendar calendar,
    TimeProvider clock
) : IDueTask
{
    public static string Kind => AssignmentReminders.End;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var id = AssignmentId.Read(call.Id)!.Value;
        var engineer = (await book.Find(id, cancel))?.Value.Engineer;
        var askable = engineer is { } who
            ? (await times.Of(who, cancel)).NextAskable(clock.GetUtcNow())
            : call.Now;
        var leads = await vetters.Leads(cancel);
        await book.DecideByItself(
            id,
            Kind,
            (assignment, now) => assignment.StepTowardsEnd(calendar, leads, askable, now),
            cancel
        );
    }
}
