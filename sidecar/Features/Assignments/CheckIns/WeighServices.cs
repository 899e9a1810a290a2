using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.CheckIns;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>Leadership says whether it is professional services work (ASG-8): yes.</summary>
internal sealed class ServicesWanted(AssignmentStore book) : IAction<CheckInRef>
{
    public static Permission Permission => CheckInRights.WeighServices;

    public static ActionKey<CheckInRef> Key { get; } =
        new("assignment.check-in.services-yes", CheckInJson.Default.CheckInRef);

    public Task<Reply> Press(ActionCall<CheckInRef> call, CancellationToken cancel) =>
        Weigh(book, call, isServices: true, cancel);

    public static async Task<Reply> Weigh(
        AssignmentStore book,
        ActionCall<CheckInRef> call,
        bool isServices,
        CancellationToken cancel
    ) =>
        await book.Decide(
            call.Payload.Id,
            call.Envelope.User,
            (assignment, actor, now) =>
                assignment.WeighServices(actor, call.Payload.Week, isServices, now),
            cancel
        ) switch
        {
            Decision.Accepted { Next: var next } => Reply.Done(
                Markdown.Of(
                    $"{CheckInWords.Name(next)}: {Markdown.Typed(isServices ? "it is professional services work" : "it is not professional services work")}. Engineer and CE are told."
                )
            ),
            Decision.Refused { Why: var why } => Reply.No(why),
            _ => Reply.Nothing,
        };
}

/// <summary>Leadership says whether it is professional services work (ASG-8): no.</summary>
internal sealed class NoServices(AssignmentStore book) : IAction<CheckInRef>
{
    public static Permission Permission => CheckInRights.WeighServices;

    public static ActionKey<CheckInRef> Key { get; } =
        new("assignment.check-in.services-no", CheckInJson.Default.CheckInRef);

    public Task<Reply> Press(ActionCall<CheckInRef> call, CancellationToken cancel) =>
        ServicesWanted.Weigh(book, call, isServices: false, cancel);
}
