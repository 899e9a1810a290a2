using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.CheckIns;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Interactions;

namespace Sidecar.Features.Assignments;

/// <summary>Assigned support engineers: what their parts share.</summary>
internal sealed class AssignmentsFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Settings<AssignmentSettings>()
            .Keeps(AssignmentIndexes.Kind)
            .Series(AssignmentId.Series, "engineer")
            .Adds<IFactCatalog, AssignmentsTold>()
            .Adds<IAssignmentPart, RequestNotices>()
            .Adds<IAssignmentPart, CheckInNotices>()
            .Adds<IAssignmentPart, ReviewNotices>()
            .Shares<AssignmentReminders>()
            .Shares<AssignmentStore>();
}
