using Sidecar.Interactions;
using Sidecar.Storage;

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
            .. CareNotices.Of(assignment, fact, onBehalfOf),
        ];
}
