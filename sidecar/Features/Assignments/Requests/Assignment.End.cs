#pragma warning disable CA1822 // for a moment
namespace Sidecar.Features.Assignments;

/// <content>The end of a temporary one.</content>
internal sealed partial record Assignment
{
    /// <summary>When the next step towards its end is taken, UTC (ASG-1).</summary>
    public DateTimeOffset? NextEndStepAt(AssignmentSettings settings) => null;
}
