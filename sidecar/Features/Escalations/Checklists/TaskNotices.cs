using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Checklists;

/// <summary>Who is told of tasks of the checklist (PB-3, PB-7).</summary>
internal sealed class TaskNotices : IEscalationPart
{
    public IEnumerable<Effect> Notices(Escalation escalation, EscalationFact fact) =>
        Of(escalation, fact);

    public static IEnumerable<Effect> Of(Escalation escalation, EscalationFact fact) =>
        fact switch
        {
            EscalationFact.TaskChanged { To: TaskState.Skipped }
            or EscalationFact.StageFinished { To: TaskState.Skipped } => [Aloud(escalation, fact)],
            EscalationFact.TaskAssigned { To: { } to } assigned when to != assigned.By =>
            [
                Aloud(escalation, fact),
                Tell(
                    escalation,
                    to,
                    Markdown.Of(
                        $":clipboard: **{escalation.Id}**: {fact.Sentence}{Due(escalation, assigned.Number)}"
                    ),
                    [assigned.Number]
                ),
            ],
            EscalationFact.TaskAssigned => [Aloud(escalation, fact)],
            EscalationFact.TasksReminded reminded => reminded.Reminders.Select(r =>
                Remind(escalation, r)
            ),
            _ => [],
        };

    /// <summary>Whoever gets it reads at once when it must be done.</summary>
    private static Markdown Due(Escalation escalation, string number) =>
        escalation.Incident is { } incident
        && TaskNumber.Read(number) is { } task
        && incident.Find(task) is { DueAt: { } due }
            ? Markdown.Of($" It is due **{Times.Due(due, UpdateZone.Of(incident.Zone))}**.")
            : Markdown.None;

    /// <summary>One line where the incident is worked on: its channel, or the thread when it has none.</summary>
    private static Effect Aloud(Escalation escalation, EscalationFact fact) =>
        escalation.Incident?.Channel is { } channel
            ? new Effect.Say(
                channel.Id,
                Thread: null,
                Markdown.Of($"**{escalation.Id}**: {fact.Sentence.Quiet()}")
            )
            {
                About = escalation.Id.ToString(),
            }
            : new Effect.ReplyInThread(escalation.Card, escalation.Channel, fact.Aloud)
            {
                About = escalation.Id.ToString(),
            };

    private static Effect.TellPerson Remind(Escalation escalation, TaskReminder reminder)
    {
        var zone = Zones.StoredOrUtc(reminder.Zone);
        var text = reminder.Tasks is [var only]
            ? Markdown.Of($":alarm_clock: **{escalation.Id}**: {Line(only, reminder.To, zone)}")
            : Markdown.Lines([
                Markdown.Of($":alarm_clock: **{escalation.Id}**: {reminder.Tasks.Length} tasks"),
                .. reminder.Tasks.Select(t => Markdown.Of($"- {Line(t, reminder.To, zone)}")),
            ]);
        return Tell(escalation, reminder.To, text, [.. reminder.Tasks.Select(t => t.Number)]);
    }

    private static Markdown Line(RemindedTask task, UserId reader, TimeZoneInfo zone)
    {
        var due = Times.At(task.DueAt, zone);
        var whose =
            task.By == reader ? Markdown.None
            : task.By is { } other ? Markdown.Of($" It is assigned to {other}.")
            : Markdown.Of($" It is not assigned yet.");
        return task.IsMissed
            ? Markdown.Of(
                $"{TaskWords.Named(task.Number, task.Title)} was due {due} and is not done.{whose}"
            )
            : Markdown.Of($"{TaskWords.Named(task.Number, task.Title)} is due {due}.{whose}");
    }

    private static Effect.TellPerson Tell(
        Escalation escalation,
        UserId person,
        Markdown text,
        IReadOnlyList<string> numbers
    ) =>
        new(
            person,
            text,
            new Card(EscalationCards.Title(escalation), Vocabulary.ToneOf(escalation.Severity))
            {
                Text = Markdown.Lines([
                    Markdown.Of(
                        $"{escalation.CustomerName} · {EscalationWords.Command($"tasks {escalation.Id}")} shows the whole checklist."
                    ),
                    .. numbers
                        .Select(n => escalation.Incident!.Find(TaskNumber.Read(n)!.Value)!)
                        .Select(t => Help(escalation.Id, t))
                        .Distinct(),
                ]),
                Controls = [.. Controls(escalation, numbers)],
            }
        )
        {
            About = escalation.Id.ToString(),
            Asks = EscalationQuestions.TasksOf(numbers),
        };

    /// <summary>What the product does of a task: nobody has to look for its command.</summary>
    private static Markdown Help(EscalationId id, IncidentTask task) =>
        task.DoneWhen switch
        {
            TaskTrigger.RetrospectiveHeld => Markdown.Of(
                $"{EscalationWords.Command($"retrospective {id}")} opens its questions, and checks off the task."
            ),
            TaskTrigger.CustomerConfirmed => Markdown.Of(
                $"{EscalationWords.Command($"confirm {id} who confirmed it")} records it, and checks off the task."
            ),
            _ when task.Title.Contains("summary", StringComparison.OrdinalIgnoreCase) =>
                Markdown.Of($"{EscalationWords.Command($"summary {id}")} drafts the summary."),
            _ => Markdown.None,
        };

    private static IEnumerable<CardControl> Controls(
        Escalation escalation,
        IReadOnlyList<string> numbers
    )
    {
        if (numbers is [var only])
        {
            var task = new TaskRef(escalation.Id, only);
            yield return CheckOffTask.Key.Button("Done", task, ControlStyle.Good);
            yield return OpenTask.Key.Button("Change…", task);
            yield break;
        }

        List<ControlOption> options =
        [
            .. numbers
                .Select(n =>
                    (Number: n, Task: escalation.Incident!.Find(TaskNumber.Read(n)!.Value)!)
                )
                .Select(t => new ControlOption(
                    MarkdownEscaper.Shorten(
                        $"{t.Number} {t.Task.Title}",
                        ChecklistCards.LongestOption
                    ),
                    t.Number
                )),
        ];
        var any = new TaskRef(escalation.Id);
        yield return CheckOffTask.Key.Menu("Done…", any, options);
        yield return OpenTask.Key.Menu("Change…", any, options);
    }
}
