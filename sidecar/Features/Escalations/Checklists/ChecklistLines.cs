using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Checklists;

/// <summary>
/// The lines of a checklist: finished stages in one each; those that have begun, and the first unfinished one, with
/// their tasks; later ones in one each.
/// </summary>
internal sealed class ChecklistLines
{
    private const int ShownOfDetails = 200;

    private readonly Incident _incident;
    private readonly ChecklistDetail _detail;
    private readonly TimeZoneInfo _zone;
    private readonly HashSet<TaskNumber> _shown;

    public ChecklistLines(Escalation escalation, ChecklistDetail detail, TimeZoneInfo zone)
    {
        (_incident, _detail, _zone) = (escalation.Incident!, detail, zone);
        var first = TaskWords.FirstUnfinished(_incident);
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
            .. current.Where(t => t.Task.State == TaskState.Open),
            .. Open.Where(t => !IsCurrent(t.Number.Stage - 1, first)),
            .. _incident.Numbered.Where(t => t.Task.State != TaskState.Open),
        ];
    }

    /// <summary>What can be checked off, in order.</summary>
    public IReadOnlyList<(TaskNumber Number, IncidentTask Task)> Open { get; }

    /// <summary>What can be changed: first what is worked on, then what is to come, then what is finished.</summary>
    public IReadOnlyList<(TaskNumber Number, IncidentTask Task)> Changeable { get; }

    /// <summary>
    /// What comes next, at most so many: those of the stage that is worked on keep their places until all of them are
    /// finished, so that a second click hits what the first one did.
    /// </summary>
    public IEnumerable<(TaskNumber Number, IncidentTask Task)> Next(int most) =>
        most > 0 && TaskWords.FirstUnfinished(_incident) is { } stage
            ? Numbered(stage)
                .Chunk(most)
                .First(some => some.Any(t => t.Task.State == TaskState.Open))
            : [];

    /// <summary>The lines of the card.</summary>
    public IEnumerable<Markdown> Current()
    {
        var first = TaskWords.FirstUnfinished(_incident);
        return Enumerable
            .Range(0, _incident.Stages.Length)
            .SelectMany(i => IsCurrent(i, first) ? Tasks(i) : [Heading(i)]);
    }

    /// <summary>A stage with all its tasks, set apart from the one before.</summary>
    public IEnumerable<Markdown> Whole(int stage) =>
        [
            Markdown.Of($"\n{Heading(stage)}"),
            .. Numbered(stage).SelectMany(t => new[] { Line(t.Number, t.Task), About(t.Task) }),
        ];

    /// <summary>What its playbook says about a task besides; nothing when it says nothing.</summary>
    private static Markdown About(IncidentTask task)
    {
        Markdown[] said =
        [
            Markdown.Typed(MarkdownEscaper.Shorten(task.Details, ShownOfDetails)).OnOneLine(),
            task.Command.Length > 0 ? Markdown.Code(task.Command) : Markdown.None,
        ];
        return said.Where(s => !s.IsEmpty).ToArray() switch
        {
            [] => Markdown.None,
            [var one] => Markdown.Of($"   {one}"),
            [var one, var other, ..] => Markdown.Of($"   {one} · {other}"),
        };
    }

    private IEnumerable<Markdown> Tasks(int stage)
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
            yield return Markdown.Of($"- … {all.Count - shown.Count} more");
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

    private Markdown Heading(int stage)
    {
        var (title, tasks) = (_incident.Stages[stage].Title, _incident.Stages[stage].Tasks);
        var finished = tasks.Count(t => t.State != TaskState.Open);
        var mark = finished == tasks.Length ? Markdown.Of($":white_check_mark: ") : Markdown.None;
        return Markdown.Of($"{mark}**{stage + 1} {Short(title)}** · {finished} of {tasks.Length}");
    }

    private Markdown Line(TaskNumber number, IncidentTask task)
    {
        var title = Short(task.Title);
        var what = task.State switch
        {
            TaskState.Done => Markdown.Of($":white_check_mark: {number} {title}{Who(task)}"),
            TaskState.Skipped => Markdown.Of(
                $"~~{number} {title}~~ · skipped{Who(task)}{Reason(task)}"
            ),
            _ => Markdown.Of($":white_large_square: {number} {title}{ToDo(task)}"),
        };
        return Markdown.Of($"- {Marks(task)}{what}");
    }

    private Markdown Marks(IncidentTask task) =>
        !task.RepliesToCustomer ? Markdown.None
        : _incident.ExecutiveSince is not null && task.State == TaskState.Open
            ? Markdown.Of($":speech_balloon: :necktie: ")
        : Markdown.Of($":speech_balloon: ");

    private Markdown ToDo(IncidentTask task)
    {
        var assignee = task.Assignee is { } person ? Markdown.Of($" · {person}") : Markdown.None;
        return task.DueAt is not { } due ? assignee
            : task.IsOverdue
                ? Markdown.Of($"{assignee} · :warning: **overdue** since {Times.At(due, _zone)}")
            : Markdown.Of($"{assignee} · due {Times.At(due, _zone)}");
    }

    private static Markdown Who(IncidentTask task) =>
        task.By is { } by ? Markdown.Of($" · {by}") : Markdown.None;

    private Markdown Reason(IncidentTask task) =>
        _detail.ReasonLength == 0 || task.Reason.Length == 0
            ? Markdown.None
            : Markdown.Of(
                $": {Markdown.Typed(MarkdownEscaper.Shorten(task.Reason, _detail.ReasonLength)).OnOneLine()}"
            );

    private string Short(string title) => MarkdownEscaper.Shorten(title, _detail.TitleLength);
}
