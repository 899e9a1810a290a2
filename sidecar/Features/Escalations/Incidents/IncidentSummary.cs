using System.Text;
using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Escalations;

/// <summary>Writes the draft of an incident summary: what happened when, updates sent, who took part (PB-8).</summary>
internal sealed class IncidentSummary(
    EscalationBook book,
    UpdateHistory updates,
    IncidentReaders readers,
    PeopleDirectory people
) : IFileSource
{
    private const int PageSize = 200;
    private static readonly Words ToBeWritten = Words.Of($"*to be written*");

    public static string Name => "incident.summary";

    public async Task<Refusal?> Write(FileRequest request, Stream to, CancellationToken cancel)
    {
        var id = EscalationId.Read(request.Argument)!.Value;
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return new NoSuchEscalation(id);
        }

        // Somebody may have left the channel since they asked.
        if (await readers.WhyNot(escalation, request.For, cancel) is { } why)
        {
            return why;
        }

        var zone = await people.ZoneOf(request.For, cancel);
        await using var text = new StreamWriter(
            to,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            leaveOpen: true
        );
        var part = new Part(text, people, cancel);
        await part.Write(Head(escalation, zone));
        var took = await Timeline(escalation, part, zone, cancel);
        await part.Write(await Updates(escalation, zone, cancel));
        await part.Write(TookPart(escalation, took));
        await part.Write(Checklist(escalation, zone));
        await part.Write(Afterwards(escalation));
        return null;
    }

    private static IEnumerable<Words> Head(Escalation escalation, TimeZoneInfo zone) =>
        [
            Words.Of(
                $"# Incident summary: {escalation.CustomerName}, {Times.Day(escalation.Began, zone)} ({escalation.Id})"
            ),
            Words.Of(
                $"Draft. The product wrote it from the timeline; times are {zone.Id}. What is marked *to be written* is for a person to finish."
            ),
            Words.Of($"## In short"),
            Words.Of($"**{escalation.Summary}**"),
            Words.Lines([
                Words.Of(
                    $"- Severity: {Vocabulary.Severities.Label(escalation.Severity)}; state: {Vocabulary.States.Label(escalation.State)}"
                ),
                Words.Of($"- Began: {Times.At(escalation.Began, zone)}"),
                At("Raised", escalation.RaisedAt, zone),
                At("Acknowledged", escalation.AcknowledgedAt, zone),
                At("Resolved", escalation.ResolvedAt, zone),
                escalation.ResolvedAt is { } resolved
                    ? Words.Of($"- Duration: {new IncidentHours(resolved - escalation.Began)}")
                    : Words.None,
                escalation.Confirmed is { } confirmed
                    ? Words.Of(
                        $"- Confirmed by the customer: {confirmed.Who}, {Times.At(confirmed.At, zone)}"
                    )
                    : Words.None,
            ]),
            Words.Of($"## Customer impact"),
            Typed(escalation.LastUpdate?.CustomerImpact, escalation.CustomerImpact),
            Words.Of($"## Root cause"),
            ToBeWritten,
            Words.Of($"## Resolution"),
            Typed(escalation.Resolution),
            Words.Lines([
                Link("Bug", escalation.Work.Bug),
                Link("Pull request", escalation.Work.PullRequest),
            ]),
            Words.Of($"## What happened when"),
        ];

    private async Task<IReadOnlyList<UserId>> Timeline(
        Escalation escalation,
        Part part,
        TimeZoneInfo zone,
        CancellationToken cancel
    )
    {
        var took = new List<UserId>();
        IReadOnlyList<HistoryEntry<EscalationFact>> page;
        var after = 0L;
        do
        {
            page = await book.History(escalation.Id, after, PageSize, cancel);
            foreach (var (sequence, at, fact) in page)
            {
                after = sequence;
                took.AddRange(fact.By is { } by ? [by] : []);
                if (IsOfTheProductOnly(fact))
                {
                    continue;
                }

                await part.Line(Words.Of($"- {Times.At(at, zone)}: {fact.Sentence.OnOneLine()}"));
            }
        } while (page.Count == PageSize);

        await part.Line(Words.None);
        return [.. took.Distinct()];
    }

    /// <summary>What reminded people is not what happened to the customer.</summary>
    private static bool IsOfTheProductOnly(EscalationFact fact) =>
        fact
            is EscalationFact.UpdateReminded
                or EscalationFact.AskedAbout
                or EscalationFact.CustomerChanged
                or EscalationFact.PeopleAdded { NotAdmitted.IsEmpty: true };

    private async Task<IReadOnlyList<Words>> Updates(
        Escalation escalation,
        TimeZoneInfo zone,
        CancellationToken cancel
    )
    {
        if (escalation.LastUpdate is null)
        {
            return [];
        }

        List<StatusUpdate> sent = [];
        int? before = null;
        do
        {
            var page = await updates.Page(escalation.Id, before, PageSize, cancel);
            sent.AddRange(page.Items.Select(u => u.Value.Update));
            before = page.Next is null ? null : sent[^1].Number;
        } while (before is not null);

        sent.Reverse();
        return [Words.Of($"## Updates sent"), .. sent.Select(update => Sent(update, zone))];
    }

    private static Words Sent(StatusUpdate update, TimeZoneInfo zone) =>
        Words.Lines([
            Words.Of(
                $"**{update.Number}** · {Times.At(update.At, zone)} · {Vocabulary.States.Label(update.Status)} · {update.By}{(update.DueAt < update.At ? Words.Of($" · late: it was due {Times.At(update.DueAt.Value, zone)}") : Words.None)}"
            ),
            Words.Of($"- Summary: {Words.Typed(update.Summary).OnOneLine()}"),
            update.CustomerImpact.Length == 0
                ? Words.None
                : Words.Of($"- Customer impact: {Words.Typed(update.CustomerImpact).OnOneLine()}"),
            update.Notes.Length == 0
                ? Words.None
                : Words.Of($"- Technical notes: {Words.Typed(update.Notes).OnOneLine()}"),
        ]);

    private static IEnumerable<Words> TookPart(Escalation escalation, IReadOnlyList<UserId> took)
    {
        yield return Words.Of($"## Who took part");
        yield return Words.Lines([
            escalation.Owner is { } owner ? Words.Of($"- {owner} (owner)") : Words.None,
            .. took.Where(p => p != escalation.Owner).Select(p => Words.Of($"- {p}")),
        ]);
    }

    private static IEnumerable<Words> Checklist(Escalation escalation, TimeZoneInfo zone)
    {
        if (escalation.Incident is not { } incident)
        {
            yield break;
        }

        yield return Words.Of($"## Checklist");
        foreach (var stage in incident.Stages)
        {
            yield return Words.Of($"### {stage.Title}");
            yield return Words.Lines(stage.Tasks.Select(task => Line(task, zone)));
        }
    }

    private static Words Line(IncidentTask task, TimeZoneInfo zone)
    {
        var mark = Words.Typed(task.Title);
        return task.State switch
        {
            TaskState.Done when task.At is { } at => Words.Of(
                $"- [x] {mark} ({By(task)}{Times.At(at, zone)})"
            ),
            TaskState.Skipped => Words.Of($"- [ ] {mark} (skipped: {task.Reason})"),
            _ => Words.Of($"- [ ] {mark}"),
        };
    }

    private static Words By(IncidentTask task) =>
        task.By is { } by ? Words.Of($"{by}, ") : Words.None;

    private static IEnumerable<Words> Afterwards(Escalation escalation)
    {
        var held = escalation.Incident?.Retrospective;
        return
        [
            Words.Of($"## Retrospective"),
            Words.Of($"### What was the issue?"),
            Typed(held?.Issue),
            Words.Of($"### What might improve outcomes?"),
            Typed(held?.Improvements),
            Words.Of($"### What do we change?"),
            Typed(held?.Changes),
        ];
    }

    private static Words At(string what, DateTimeOffset? at, TimeZoneInfo zone) =>
        at is { } moment
            ? Words.Of($"- {Words.Typed(what)}: {Times.At(moment, zone)}")
            : Words.None;

    private static Words Link(string what, string address) =>
        address.Length == 0 ? Words.None : Words.Of($"- {Words.Typed(what)}: {address}");

    private static Words Typed(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrEmpty(text))
            {
                return Words.Typed(text);
            }
        }

        return ToBeWritten;
    }

    /// <summary>Writes words with the names of those whom they mention.</summary>
    private sealed class Part(TextWriter to, PeopleDirectory people, CancellationToken cancel)
    {
        /// <summary>Paragraphs with an empty line between them.</summary>
        public async Task Write(IEnumerable<Words> paragraphs)
        {
            foreach (var paragraph in paragraphs.Where(p => !p.IsEmpty))
            {
                await Line(paragraph);
                await to.WriteLineAsync();
            }
        }

        public async Task Line(Words words)
        {
            await people.Know(words.Mentioned(), cancel);
            await to.WriteLineAsync(words.Show(people.NameOf).AsMemory(), cancel);
        }
    }
}
