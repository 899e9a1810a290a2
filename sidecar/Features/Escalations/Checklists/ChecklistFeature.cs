using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations.Checklists;

/// <summary>The checklist of an incident (PB-3, PB-7).</summary>
internal sealed class ChecklistFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Shares<TaskDeadlines>()
            .Shares<ChecklistUseCase>()
            .Command<ListTasks>()
            .Command<WorkOnTask>()
            .Action<CheckOffTask, TaskRef>()
            .Action<OpenTask, TaskRef>()
            .Reaction<CheckOffByReaction>()
            .Dialog<ChangeTask, TaskFormState>()
            .Dialog<MoreTasks, MoreTasksState>()
            .Dialog<SkipStage, TaskRef>()
            .Due<RemindOfTasks>();
}
