#pragma warning disable CA1822 // for a moment
namespace Sidecar.Features.Assignments;

/// <content>Review and end.</content>
internal sealed partial record Assignment
{
    /// <summary>When the next step of the review is taken, UTC.</summary>
    public DateTimeOffset? NextReviewStepAt(AssignmentSettings settings) => null;
}
