using Sidecar.Cards;

namespace Sidecar.Features.Escalations;

/// <summary>Parts of sentences about tasks.</summary>
internal static class TaskWords
{
    /// <summary>A task in a sentence, by what facts keep of it.</summary>
    public static Words Named(string number, string title) =>
        Words.Of($"{Number(number)} *{title}*");

    /// <summary>A task’s number as facts keep it.</summary>
    public static Words Number(string number) =>
        TaskNumber.Read(number) is { } read ? Words.Of($"{read}") : Words.Typed(number);

    /// <summary>That nothing changed.</summary>
    public static Words Stays(TaskNumber number, IncidentTask task) =>
        Words.Of($"{number} *{task.Title}* is like that already; nothing was changed.");

    /// <summary>What became of a task, for whoever changed it.</summary>
    public static Words Now(TaskNumber number, IncidentTask task, TimeZoneInfo zone) =>
        Words.Of($"{number} *{task.Title}*: {State(task)}{Assignee(task)}{Due(task, zone)}.");

    public static Words State(IncidentTask task) =>
        task.State switch
        {
            TaskState.Done => Words.Of($"done"),
            TaskState.Skipped => Words.Of($"skipped"),
            _ => Words.Of($"open"),
        };

    private static Words Assignee(IncidentTask task) =>
        task.Assignee is { } person ? Words.Of($", {person}’s") : Words.None;

    private static Words Due(IncidentTask task, TimeZoneInfo zone) =>
        task is { State: TaskState.Open, DueAt: { } due }
            ? Words.Of($", due {Times.At(due, zone)}")
            : Words.None;
}
