using System.Collections.Immutable;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

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

/// <summary>✅ on the message that asks somebody about one task checks it, as its button does (PB-3).</summary>
internal sealed class CheckOffByReaction(ChecklistUseCase desk, RefusedReactions refused)
    : IReaction
{
    public static ImmutableArray<string> Emojis { get; } = ["white_check_mark"];

    public static Permission Permission => ChecklistRights.Work;

    public ValueTask<bool> Concerns(ReactionCall call, CancellationToken cancel) =>
        ValueTask.FromResult(TaskOf(call) is not null);

    public async Task React(ReactionCall call, CancellationToken cancel)
    {
        if (
            TaskOf(call) is { } task
            && await desk.Turn(task, TaskState.Done, "", call.Envelope.User, cancel)
                is Reply.Whisper { Because: { } why }
        )
        {
            await refused.Tell(call, why, cancel);
        }
    }

    /// <summary>From the name of a message, as in <see cref="EscalationQuestions.TasksOf"/>; null when it asks about several.</summary>
    private static TaskRef? TaskOf(ReactionCall call) =>
        OpenMessage.Read(call.Post) is var (about, asks)
        && EscalationId.Read(about) is { } escalation
        && EscalationQuestions.TaskIn(asks) is { } number
            ? new TaskRef(escalation, number)
            : null;
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
