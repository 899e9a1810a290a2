using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Escalations.Checklists;

/// <summary>Checks a task: the menu of the checklist, and the button of reminders (PB-3).</summary>
internal sealed class CheckOffTask(ChecklistUseCase desk, MoreTasks more) : IAction<TaskRef>
{
    public static Permission Permission => ChecklistRights.Work;

    public static ActionKey<TaskRef> Key { get; } =
        new("checklist.check-off", ChecklistJson.Default.TaskRef);

    public Task<Reply> Press(ActionCall<TaskRef> call, CancellationToken cancel) =>
        call.Chosen == MoreTasks.Chosen
            ? more.Ask(call.Payload.Id, TaskState.Done, call.Envelope.User, cancel)
            : desk.Turn(
                call.Payload with
                {
                    Number = call.Chosen ?? call.Payload.Number,
                },
                TaskState.Done,
                "",
                call.Envelope.User,
                cancel
            );
}

/// <summary>Opens the form of a task: the menu of the checklist, and the button of reminders (PB-3).</summary>
internal sealed class OpenTask(ChangeTask form, MoreTasks more) : IAction<TaskRef>
{
    public static Permission Permission => ChecklistRights.Work;

    public static ActionKey<TaskRef> Key { get; } =
        new("checklist.change", ChecklistJson.Default.TaskRef);

    public Task<Reply> Press(ActionCall<TaskRef> call, CancellationToken cancel) =>
        call.Chosen == MoreTasks.Chosen
            ? more.Ask(call.Payload.Id, null, call.Envelope.User, cancel)
            : form.Ask(
                call.Payload with
                {
                    Number = call.Chosen ?? call.Payload.Number,
                },
                call.Envelope.User,
                cancel
            );
}
