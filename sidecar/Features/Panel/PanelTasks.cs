using System.Globalization;
using Sidecar.Features.Escalations.Checklists;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;

namespace Sidecar.Features.Panel;

/// <summary>What is done with tasks and stages of a checklist in the panel (PB-3).</summary>
internal sealed class PanelTasks(ChecklistUseCase desk, ChangeTask form, SkipStage skip)
{
    /// <param name="act">What.</param>
    /// <param name="id">Of which escalation.</param>
    /// <param name="number">Of a task, or of a stage.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null when that can't be done with it.</returns>
    public async Task<Reply?> Do(
        PanelAct act,
        EscalationId id,
        string number,
        UserId by,
        CancellationToken cancel
    )
    {
        if (
            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var stage)
            && stage > 0
        )
        {
            return act switch
            {
                PanelAct.Done => await skip.Finish(id, stage, TaskState.Done, "", by, cancel),
                PanelAct.Skip => await skip.Ask(id, stage, by, cancel),
                _ => null,
            };
        }

        if (TaskNumber.Read(number) is not { } read)
        {
            return null;
        }

        var task = new TaskRef(id, read.ToString());
        return act switch
        {
            PanelAct.Done => await desk.Turn(task, TaskState.Done, "", by, cancel),
            PanelAct.Undo => await desk.Turn(task, TaskState.Open, "", by, cancel),
            PanelAct.Mine => await desk.Answer(
                task,
                await desk.Edit(task, t => TaskWish.Of(t) with { Assignee = by }, by, cancel),
                by,
                cancel
            ),
            PanelAct.Assign => await form.Ask(task, by, cancel, TaskPart.Assignee),
            PanelAct.Due => await form.Ask(task, by, cancel, TaskPart.Due),
            PanelAct.Skip => await form.Ask(task, by, cancel, TaskPart.Skip),
            _ => null,
        };
    }
}
