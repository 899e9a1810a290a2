using Sidecar.Chat;
using Sidecar.Features.Assignments.CheckIns;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Ids;

namespace Sidecar.Features.Assignments;

/// <summary>Who is told of what happened, by direct message: each once.</summary>
internal static class AssignmentNotices
{
    public static IEnumerable<Effect> Of(
        Assignment assignment,
        AssignmentFact fact,
        UserId? onBehalfOf
    ) =>
        [
            .. RequestNotices.Of(assignment, fact, onBehalfOf),
            .. CheckInNotices.Of(assignment, fact, onBehalfOf),
            .. ReviewNotices.Of(assignment, fact, onBehalfOf),
        ];
}
