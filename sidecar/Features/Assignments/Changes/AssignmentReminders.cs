using Sidecar.Features.Assignments.Domain;
using Sidecar.Storage;

namespace Sidecar.Features.Assignments.Changes;

/// <summary>When something about an assignment falls due.</summary>
internal sealed class AssignmentReminders(AssignmentSettings settings)
{
    /// <summary>The kind of due times of check-ins (ASG-7, ASG-9).</summary>
    public const string CheckIn = "assignment.check-in";

    /// <summary>The kind of due times of the review (ASG-12).</summary>
    public const string Review = "assignment.review";

    /// <summary>The kind of due times of the end of a temporary one (ASG-1).</summary>
    public const string End = "assignment.end";

    /// <summary>Sets the due times of an assignment in the change that makes it so.</summary>
    public void Set(Change change, AssignmentId id, Assignment? assignment) =>
        change
            .Due(CheckIn, id.ToString(), assignment?.NextCheckInStepAt)
            .Due(Review, id.ToString(), assignment?.NextReviewStepAt(settings))
            .Due(End, id.ToString(), assignment?.NextEndStepAt(settings));
}
