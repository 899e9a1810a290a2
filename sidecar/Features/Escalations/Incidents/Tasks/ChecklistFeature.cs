using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <summary>The checklist of an incident (PB-3, PB-7).</summary>
internal sealed class ChecklistFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Shares<TaskDeadlines>()
            .Shares<ChecklistDesk>()
            .Command<ListTasks>()
            .Command<WorkOnTask>()
            .Action<CheckOffTask, TaskRef>()
            .Action<OpenTask, TaskRef>()
            .Dialog<ChangeTask, TaskFormState>()
            .Due<RemindOfTasks>();
}
