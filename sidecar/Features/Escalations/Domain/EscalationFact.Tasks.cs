using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Features.Escalations.Checklists;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <content>
/// What happens to tasks of the checklist (PB-3). The checklist shows all of it; what somebody else must hear is told
/// where the incident is worked on, by <see cref="TaskNotices"/>.
/// </content>
[JsonDerivedType(typeof(TaskChanged), "taskChanged")]
[JsonDerivedType(typeof(TaskAssigned), "taskAssigned")]
[JsonDerivedType(typeof(TaskDueSet), "taskDueSet")]
[JsonDerivedType(typeof(StageFinished), "stageFinished")]
[JsonDerivedType(typeof(TasksReminded), "tasksReminded")]
internal abstract partial record EscalationFact
{
    /// <summary>A task was done, skipped or opened again.</summary>
    /// <param name="Number">Stage and place: <c>2.3</c>.</param>
    /// <param name="Title">What is to be done.</param>
    public sealed record TaskChanged(
        UserId? By,
        string Number,
        string Title,
        TaskState From,
        TaskState To,
        string Reason
    ) : EscalationFact(By)
    {
        public override Markdown Sentence =>
            To switch
            {
                TaskState.Done => Markdown.Of($"{Actor} checked off {Task(Number, Title)}."),
                TaskState.Skipped => Markdown.Of(
                    $"{Actor} skipped {Task(Number, Title)}{EscalationWords.Because(Reason)}"
                ),
                _ => Markdown.Of($"{Actor} opened {Task(Number, Title)} again."),
            };

        public override bool IsToldByCard => true;
    }

    /// <summary>All that was open of a stage was done or skipped at once.</summary>
    /// <param name="Stage">Which, from 1.</param>
    /// <param name="Title">What it is called.</param>
    /// <param name="Tasks">The numbers of what was open.</param>
    public sealed record StageFinished(
        UserId? By,
        int Stage,
        string Title,
        ImmutableArray<string> Tasks,
        TaskState To,
        string Reason
    ) : EscalationFact(By)
    {
        public override Markdown Sentence =>
            To == TaskState.Skipped
                ? Markdown.Of(
                    $"{Actor} skipped stage {Stage} *{Title}* ({Count}){EscalationWords.Because(Reason)}"
                )
                : Markdown.Of($"{Actor} checked off all of stage {Stage} *{Title}* ({Count}).");

        public override bool IsToldByCard => true;

        private Markdown Count =>
            Tasks.Length == 1 ? Markdown.Of($"1 task") : Markdown.Of($"{Tasks.Length} tasks");
    }

    /// <summary>A task was given to somebody, or to nobody.</summary>
    public sealed record TaskAssigned(
        UserId? By,
        string Number,
        string Title,
        UserId? From,
        UserId? To
    ) : EscalationFact(By)
    {
        public override Markdown Sentence =>
            To switch
            {
                null => Markdown.Of(
                    $"{Actor} took {From!.Value} off {Task(Number, Title)}: nobody does it now."
                ),
                { } to when to == By => Markdown.Of($"{Actor} took {Task(Number, Title)}."),
                { } to => Markdown.Of($"{Actor} gave {Task(Number, Title)} to {to}."),
            };

        public override bool IsToldByCard => true;
    }

    /// <summary>A task got another due time, or none.</summary>
    public sealed record TaskDueSet(
        UserId? By,
        string Number,
        string Title,
        DateTimeOffset? From,
        DateTimeOffset? To
    ) : EscalationFact(By)
    {
        public override Markdown Sentence =>
            To is { } due
                ? Markdown.Of(
                    $"{Actor} set {Task(Number, Title)} due {Times.At(due, UpdateZone.Of(Zone))}."
                )
                : Markdown.Of($"{Actor} took the due time of {Task(Number, Title)} away.");

        /// <summary>The team's zone.</summary>
        public string? Zone { get; init; }

        public override bool IsToldByCard => true;
    }

    /// <summary>People were reminded of tasks (PB-7).</summary>
    public sealed record TasksReminded(ImmutableArray<TaskReminder> Reminders)
        : EscalationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"Reminded: {(Reminders.IsEmpty ? Markdown.Of($"nobody, since nobody is named for it") : Markdown.Listed([.. Reminders.Select(Told)], "and"))}."
            );

        public override bool IsToldByCard => true;

        private static Markdown Told(TaskReminder reminder) =>
            Markdown.Of(
                $"{reminder.To} of {Markdown.Listed([.. reminder.Tasks.Select(t => t.IsMissed ? Markdown.Of($"{TaskWords.Number(t.Number)} (missed)") : TaskWords.Number(t.Number))], "and")}"
            );
    }

    private static Markdown Task(string number, string title) => TaskWords.Named(number, title);
}
