using Sidecar.Cards;

namespace Sidecar.Features.Escalations;

/// <summary>
/// The lines of a checklist: finished stages in one each; those that have begun, and the first unfinished one, with
/// their tasks; later ones in one each.
/// </summary>
internal sealed class ChecklistLines
{
    private readonly Incident _incident;
    private readonly ChecklistDetail _detail;
    private readonly TimeZoneInfo _zone;
    private readonly HashSet<TaskNumber> _shown;

    public ChecklistLines(Escalation escalation, ChecklistDetail detail, TimeZoneInfo zone)
    {
        (_incident, _detail, _zone) = (escalation.Incident!, detail, zone);
        var first = FirstUnfinished(_incident);
        var current = _incident.Numbered.Where(t => IsCurrent(t.Number.Stage - 1, first)).ToList();
        // What is finished gives way before what is still to do.
        _shown =
        [
            .. current
                .OrderBy(t => t.Task.State != TaskState.Open)
                .Take(detail.Tasks)
                .Select(t => t.Number),
        ];
        Open = [.. _incident.Numbered.Where(t => t.Task.State == TaskState.Open)];
        Changeable =
        [
            .. current.Where(t => _shown.Contains(t.Number)),
            .. _incident.Numbered.Where(t => !_shown.Contains(t.Number)),
        ];
    }

    /// <summary>What can be checked off, in order.</summary>
    public IReadOnlyList<(TaskNumber Number, IncidentTask Task)> Open { get; }

    /// <summary>What can be changed: first what is worked on.</summary>
    public IReadOnlyList<(TaskNumber Number, IncidentTask Task)> Changeable { get; }

    /// <summary>The stage that is worked on, from 0; null when all is finished.</summary>
    public static int? FirstUnfinished(Incident incident)
    {
        var index = incident.Stages.IndexOf(
            incident.Stages.FirstOrDefault(s => s.Tasks.Any(t => t.State == TaskState.Open))!
        );
        return index < 0 ? null : index;
    }

    /// <summary>The lines of the card.</summary>
    public IEnumerable<Words> Current()
    {
        var first = FirstUnfinished(_incident);
        return Enumerable
            .Range(0, _incident.Stages.Length)
            .SelectMany(i => IsCurrent(i, first) ? Tasks(i) : [Heading(i)]);
    }

    /// <summary>A stage with all its tasks, set apart from the one before.</summary>
    public IEnumerable<Words> Whole(int stage) =>
        [Words.Of($"\n{Heading(stage)}"), .. Numbered(stage).Select(t => Line(t.Number, t.Task))];

    private IEnumerable<Words> Tasks(int stage)
    {
        yield return Heading(stage);
        var all = Numbered(stage).ToList();
        var shown = all.Where(t => _shown.Contains(t.Number)).ToList();
        foreach (var (number, task) in shown)
        {
            yield return Line(number, task);
        }

        if (all.Count > shown.Count)
        {
            yield return Words.Of($"- … {all.Count - shown.Count} more");
        }
    }

    private IEnumerable<(TaskNumber Number, IncidentTask Task)> Numbered(int stage) =>
        _incident.Numbered.Where(t => t.Number.Stage == stage + 1);

    private bool IsCurrent(int stage, int? first)
    {
        var tasks = _incident.Stages[stage].Tasks;
        var finished = tasks.Count(t => t.State != TaskState.Open);
        return finished < tasks.Length && (stage == first || finished > 0);
    }

    private Words Heading(int stage)
    {
        var (title, tasks) = (_incident.Stages[stage].Title, _incident.Stages[stage].Tasks);
        var finished = tasks.Count(t => t.State != TaskState.Open);
        var mark = finished == tasks.Length ? Words.Of($":white_check_mark: ") : Words.None;
        return Words.Of($"{mark}**{stage + 1} {Short(title)}** · {finished} of {tasks.Length}");
    }

    private Words Line(TaskNumber number, IncidentTask task)
    {
        var title = Short(task.Title);
        var what = task.State switch
        {
            TaskState.Done => Words.Of($":white_check_mark: {number} {title}{Who(task)}"),
            TaskState.Skipped => Words.Of(
                $"~~{number} {title}~~ · skipped{Who(task)}{Reason(task)}"
            ),
            _ => Words.Of($":white_large_square: {number} {title}{ToDo(task)}"),
        };
        return Words.Of($"- {Marks(task)}{what}");
    }

    private Words Marks(IncidentTask task) =>
        !task.RepliesToCustomer ? Words.None
        : _incident.ExecutiveSince is not null && task.State == TaskState.Open
            ? Words.Of($":speech_balloon: :necktie: ")
        : Words.Of($":speech_balloon: ");

    private Words ToDo(IncidentTask task)
    {
        var assignee = task.Assignee is { } person ? Words.Of($" · {person}") : Words.None;
        return task.DueAt is not { } due ? assignee
            : task.IsOverdue
                ? Words.Of($"{assignee} · :warning: **overdue** since {Times.At(due, _zone)}")
            : Words.Of($"{assignee} · due {Times.At(due, _zone)}");
    }

    private static Words Who(IncidentTask task) =>
        task.By is { } by ? Words.Of($" · {by}") : Words.None;

    private Words Reason(IncidentTask task) =>
        _detail.ReasonLength == 0 || task.Reason.Length == 0
            ? Words.None
            : Words.Of(
                $": {Words.Typed(UserText.Shorten(task.Reason, _detail.ReasonLength)).OnOneLine()}"
            );

    private string Short(string title) => UserText.Shorten(title, _detail.TitleLength);
}
