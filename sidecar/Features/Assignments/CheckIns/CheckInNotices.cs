using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Assignments;

/// <summary>Who is told of what, by direct message.</summary>
internal static class CheckInNotices
{
    public static IEnumerable<Effect> Of(
        Assignment assignment,
        AssignmentFact fact,
        UserId? onBehalfOf
    ) => [];
}
