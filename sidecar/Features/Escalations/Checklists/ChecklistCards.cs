using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Checklists;

/// <summary>How an incident looks: its checklist (PB-3), in one post that is kept current.</summary>
internal static class ChecklistCards
{
    /// <summary>What a menu shows of a task.</summary>
    public const int LongestOption = 60;

    /// <summary>
    /// Where the checklist stands: <c>stage 3 of 8 Data review</c>. It changes with each stage and not with each task,
    /// since Mattermost writes a line into the channel whenever its header changes.
    /// </summary>
    public static Markdown Stage(Incident incident) =>
        TaskWords.FirstUnfinished(incident) is { } index
            ? Markdown.Of(
                $"stage {index + 1} of {incident.Stages.Length} {incident.Stages[index].Title}"
            )
            : Markdown.Of($"all {incident.Tasks.Count()} tasks done");

    /// <summary>
    /// The checklist as a post. It fits every server: with less room, titles give way first, then what is finished, then
    /// what comes last.
    /// </summary>
    public static (Markdown Headline, Card Card) Checklist(Escalation escalation)
    {
        var incident = escalation.Incident!;
        var headline = Markdown.Of(
            $":clipboard: **{escalation.Id}** {incident.PlaybookName}: {TaskWords.Progress(incident)}"
        );
        Card? card = null;
        foreach (var detail in ChecklistDetail.All)
        {
            card = Drawn(escalation, detail);
            if (ChecklistSize.Fits(card))
            {
                break;
            }
        }

        return (headline, card!);
    }

    /// <summary>The whole checklist as text, for one reader.</summary>
    /// <param name="escalation">One that follows a playbook.</param>
    /// <param name="stage">Only this stage, from 1; null for all.</param>
    /// <param name="zone">The reader's.</param>
    public static Markdown Describe(Escalation escalation, int? stage, TimeZoneInfo zone)
    {
        var incident = escalation.Incident!;
        var lines = new ChecklistLines(escalation, ChecklistDetail.Everything, zone);
        return Markdown.Lines([
            Markdown.Of(
                $"#### Checklist of {escalation.Id} · {escalation.CustomerName}\n{incident.PlaybookName}: {TaskWords.Progress(incident)}"
            ),
            .. Enumerable
                .Range(0, incident.Stages.Length)
                .Where(i => stage is null || i == stage - 1)
                .SelectMany(lines.Whole),
            Markdown.Of(
                $"\n{EscalationWords.Command($"task {escalation.Id} 1.1 done")} checks off a task; `undo`, `skip why`, `assign @user` and `due tomorrow 8am` change it."
            ),
        ]);
    }

    private static Card Drawn(Escalation escalation, ChecklistDetail detail)
    {
        var lines = new ChecklistLines(
            escalation,
            detail,
            UpdateZone.Of(escalation.Incident!.Zone)
        );
        return new Card(
            Markdown.Of($"{escalation.Incident!.PlaybookName}"),
            escalation.Incident!.Finished == escalation.Incident.Tasks.Count()
                ? Tone.Success
                : Vocabulary.ToneOf(escalation.Severity)
        )
        {
            Text = Markdown.Lines(lines.Current()),
            Controls = [.. Controls(escalation, lines, detail)],
            Footer = Markdown.Of($"Full list: /escalate tasks {escalation.Id}"),
        };
    }

    private static IEnumerable<CardControl> Controls(
        Escalation escalation,
        ChecklistLines lines,
        ChecklistDetail detail
    )
    {
        if (escalation.State is EscalationState.Declined or EscalationState.Cancelled)
        {
            yield break;
        }

        var any = new TaskRef(escalation.Id);
        foreach (var (number, task) in lines.Next(detail.Buttons))
        {
            yield return CheckOffTask.Key.Button(
                $"✓ {number}",
                new TaskRef(escalation.Id, number.ToString())
            ) with
            {
                IsSpent = task.State != TaskState.Open,
            };
        }

        var open = Options(lines.Open, detail, detail.CheckedOff);
        if (!open.IsEmpty)
        {
            yield return CheckOffTask.Key.Menu("Check off…", any, open);
        }

        yield return OpenTask.Key.Menu(
            "Change a task…",
            any,
            Options(lines.Changeable, detail, detail.Options)
        );
    }

    /// <summary>What does not fit into a menu is reached by its last entry, which opens a form with all of it.</summary>
    private static ImmutableArray<ControlOption> Options(
        IReadOnlyList<(TaskNumber Number, IncidentTask Task)> tasks,
        ChecklistDetail detail,
        int most
    )
    {
        var options = tasks.Select(t => TaskWords.Option(t.Number, t.Task, detail.OptionLength));
        return tasks.Count <= most
            ? [.. options]
            :
            [
                .. options.Take(most - 1),
                MoreTasks.Entry(tasks.Skip(most - 1).Select(t => t.Number.Stage)),
            ];
    }
}
