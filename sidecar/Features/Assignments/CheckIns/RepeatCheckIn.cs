using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.CheckIns;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>The button <em>All as last time</em>: this week's answers are those of last time (ASG-7, ASG-10).</summary>
internal sealed class RepeatCheckIn(AssignmentStore book, CheckInQueries desk) : IAction<CheckInRef>
{
    public static Permission Permission => CheckInRights.Answer;

    public static ActionKey<CheckInRef> Key { get; } =
        new("assignment.check-in.repeat", CheckInJson.Default.CheckInRef);

    public async Task<Reply> Press(ActionCall<CheckInRef> call, CancellationToken cancel)
    {
        var (id, week) = call.Payload;
        var leadership = await desk.Leadership(cancel);
        return await book.Decide(
            id,
            call.Envelope.User,
            (assignment, actor, now) => assignment.RepeatTurn(actor, week, leadership, now),
            cancel
        ) switch
        {
            Decision.Accepted { Next: var next } => Reply.Done(
                Markdown.Of(
                    $"The check-in of {CheckInWords.Name(next)} for the week of {CheckInWords.Day(week)} is answered as the one before."
                )
            ),
            Decision.Refused { Why: var why } => Reply.No(why),
            _ => Reply.Nothing,
        };
    }
}
