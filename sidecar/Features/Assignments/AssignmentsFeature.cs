using Sidecar.Features.Assignments.Domain;
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
            .Shares<AssignmentReminders>()
            .Shares<AssignmentStore>();
}
