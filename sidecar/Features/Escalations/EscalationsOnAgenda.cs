using System.Collections.Immutable;
using Sidecar.Features.AgendaItems;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations;

/// <summary>What stands first, and Sev 1 with their retrospectives (WEEK-1).</summary>
internal sealed class EscalationsOnAgenda(Store store, EscalationStore book, WorkingTime team)
    : IAgendaSource
{
    private const int Top = 5;
    private const int Most = 50;

    public async ValueTask<IReadOnlyList<AgendaSection>> Sections(
        AgendaReader reader,
        CancellationToken cancel
    )
    {
        var first = await List(
            reader.MayReadRevenue
                ? EscalationIndexes.ByPriority
                : EscalationIndexes.ByPriorityPlain,
            IndexKey.Empty.Then(false),
            Top,
            cancel
        );
        var outages = await List(
            EscalationIndexes.BySeverityPlain,
            IndexKey.Empty.Then((long)Severity.Sev1),
            Most,
            cancel
        );
        return
        [
            new AgendaSection(
                10,
                "Top of the priority list",
                [.. first.Select(e => Item(e, Standing(e)))]
            ),
            new AgendaSection(
                20,
                "Open Sev 1, and retrospectives",
                [.. outages.Where(IsToBeTalkedAbout).Select(e => Item(e, OfOutage(e)))]
            ),
        ];
    }

    public bool Has(string about) =>
        about.StartsWith(EscalationId.Series + "-", StringComparison.Ordinal);

    public Task<Refusal?> Keep(
        string about,
        MeetingNote note,
        string act,
        Func<Change, CancellationToken, ValueTask> also,
        CancellationToken cancel
    ) =>
        book.Note(
            EscalationId.Read(about)!.Value,
            note.By,
            new EscalationFact.EscalationInMeeting(note),
            act,
            also,
            cancel
        );

    private async ValueTask<IEnumerable<Escalation>> List(
        DocumentIndex<Escalation> index,
        IndexKey prefix,
        int atMost,
        CancellationToken cancel
    ) =>
        (
            await store.List(EscalationIndexes.Kind, index, prefix, null, atMost, cancel)
        ).Items.Select(i => i.Value);

    private static bool IsToBeTalkedAbout(Escalation e) =>
        e.IsOpen
        || e.State == EscalationState.Resolved
        || (
            e is { State: EscalationState.Closed, Incident.Retrospective: null }
            && NextTask(e) is not null
        );

    private static AgendaItem Item(Escalation e, string standing) =>
        new(
            e.Id.ToString(),
            $"{e.Id} {e.CustomerName}",
            Markdown.Of(
                $"**{e.Id}** {e.CustomerName}: {MarkdownEscaper.Shorten(e.Summary, 90)} · {Vocabulary.Severities.Label(e.Severity)} · {standing}{(e.Owner is { } owner ? Markdown.Of($" · {owner}") : Markdown.None)}"
            ),
            standing
        );

    private static string Standing(Escalation e) =>
        Vocabulary.States.Label(e.State) + (e.IsStale ? ", stale" : "");

    private string OfOutage(Escalation e) =>
        e.IsOpen ? Standing(e)
        : e.Incident?.Retrospective is not null ? $"{Standing(e)}, retrospective held"
        : NextTask(e) is var (number, title, due)
            ? $"{Standing(e)}, {number} “{MarkdownEscaper.Shorten(title, 40)}” due {CalendarDay.Write(CalendarDay.At(due, team.Zone))}"
        : $"{Standing(e)}, retrospective open";

    /// <summary>What follows a resolution and is due next.</summary>
    private static (TaskNumber Number, string Title, DateTimeOffset Due)? NextTask(Escalation e) =>
        (e.Incident?.Numbered ?? [])
            .Where(t =>
                t.Task is { State: TaskState.Open, DueAfterResolution: not null, DueAt: not null }
            )
            .Select(t =>
                ((TaskNumber, string, DateTimeOffset)?)(t.Number, t.Task.Title, t.Task.DueAt!.Value)
            )
            .MinBy(t => t!.Value.Item3);
}
