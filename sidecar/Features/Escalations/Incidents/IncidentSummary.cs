using System.Text;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Incidents;

/// <summary>Writes the draft of an incident summary: what happened when, updates sent, who took part (PB-8).</summary>
internal sealed class IncidentSummary(
    EscalationStore book,
    UpdateHistory updates,
    IncidentReaders readers,
    PeopleDirectory people
) : IFileSource
{
    private const int PageSize = 200;
    private static readonly Markdown ToBeWritten = Markdown.Of($"*to be written*");

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

    private static IEnumerable<Markdown> Head(Escalation escalation, TimeZoneInfo zone) =>
        [
            Markdown.Of(
                $"# Incident summary: {escalation.CustomerName}, {Times.Day(escalation.Began, zone)} ({escalation.Id})"
            ),
            Markdown.Of(
                $"Draft. The product wrote it from the timeline; times are {zone.Id}. What is marked *to be written* is for a person to finish. It is written for us: before it goes to the customer, take out what is ours, such as the checklist and who was late."
            ),
            Markdown.Of($"## In short"),
            Markdown.Of($"**{escalation.Summary}**"),
            Markdown.Lines([
                Markdown.Of(
                    $"- Severity: {Vocabulary.Severities.Label(escalation.Severity)}; state: {Vocabulary.States.Label(escalation.State)}"
                ),
                Markdown.Of($"- Began: {Times.At(escalation.Began, zone)}"),
                At("Raised", escalation.RaisedAt, zone),
                At("Acknowledged", escalation.AcknowledgedAt, zone),
                At("Resolved", escalation.ResolvedAt, zone),
                escalation.ResolvedAt is { } resolved
                    ? Markdown.Of($"- Duration: {new IncidentHours(resolved - escalation.Began)}")
                    : Markdown.None,
                escalation.Confirmed is { } confirmed
                    ? Markdown.Of(
                        $"- Confirmed by the customer: {confirmed.Who}, {Times.At(confirmed.At, zone)}"
                    )
                    : Markdown.None,
            ]),
            Markdown.Of($"## Customer impact"),
            Typed(escalation.LastUpdate?.CustomerImpact, escalation.CustomerImpact),
            Markdown.Of($"## Root cause"),
            ToBeWritten,
            Markdown.Of($"## Resolution"),
            Typed(escalation.Resolution),
            Markdown.Lines([
                Link("Bug", escalation.Work.Bug),
                Link("Pull request", escalation.Work.PullRequest),
            ]),
            Markdown.Of($"## What happened when"),
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
                if (fact is EscalationFact.EscalationInMeeting)
                {
                    // Said among us; the summary is for the customer.
                    continue;
                }

                took.AddRange(fact.By is { } by ? [by] : []);
                if (IsOfTheProductOnly(fact))
                {
                    continue;
                }

                await part.Line(
                    Markdown.Of($"- {Times.At(at, zone)}: {fact.Sentence.OnOneLine()}")
                );
            }
        } while (page.Count == PageSize);

        await part.Line(Markdown.None);
        return [.. took.Distinct()];
    }

    /// <summary>What reminded people is not what happened to the customer.</summary>
    private static bool IsOfTheProductOnly(EscalationFact fact) =>
        fact
            is EscalationFact.UpdateReminded
                or EscalationFact.AskedAbout
                or EscalationFact.CustomerChanged
                or EscalationFact.TakenProvisionally
                or EscalationFact.CustomerNamed
                or EscalationFact.PeopleAdded { NotAdmitted.IsEmpty: true };

    private async Task<IReadOnlyList<Markdown>> Updates(
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
        return [Markdown.Of($"## Updates sent"), .. sent.Select(update => Sent(update, zone))];
    }

    private static Markdown Sent(StatusUpdate update, TimeZoneInfo zone) =>
        Markdown.Lines([
            Markdown.Of(
                $"**{update.Number}** · {Times.At(update.At, zone)} · {Vocabulary.States.Label(update.Status)} · {update.By}{(update.DueAt < update.At ? Markdown.Of($" · late: it was due {Times.At(update.DueAt.Value, zone)}") : Markdown.None)}"
            ),
            Markdown.Of($"- Summary: {Markdown.Typed(update.Summary).OnOneLine()}"),
            update.CustomerImpact.Length == 0
                ? Markdown.None
                : Markdown.Of(
                    $"- Customer impact: {Markdown.Typed(update.CustomerImpact).OnOneLine()}"
                ),
            update.Notes.Length == 0
                ? Markdown.None
                : Markdown.Of($"- Technical notes: {Markdown.Typed(update.Notes).OnOneLine()}"),
        ]);

    private static IEnumerable<Markdown> TookPart(Escalation escalation, IReadOnlyList<UserId> took)
    {
        yield return Markdown.Of($"## Who took part");
        yield return Markdown.Lines([
            escalation.Owner is { } owner ? Markdown.Of($"- {owner} (owner)") : Markdown.None,
            .. took.Where(p => p != escalation.Owner).Select(p => Markdown.Of($"- {p}")),
        ]);
    }

    private static IEnumerable<Markdown> Checklist(Escalation escalation, TimeZoneInfo zone)
    {
        if (escalation.Incident is not { } incident)
        {
            yield break;
        }

        yield return Markdown.Of($"## Checklist");
        foreach (var stage in incident.Stages)
        {
            yield return Markdown.Of($"### {stage.Title}");
            yield return Markdown.Lines(stage.Tasks.Select(task => Line(task, zone)));
        }
    }

    private static Markdown Line(IncidentTask task, TimeZoneInfo zone)
    {
        var mark = Markdown.Typed(task.Title);
        return task.State switch
        {
            TaskState.Done when task.At is { } at => Markdown.Of(
                $"- [x] {mark} ({By(task)}{Times.At(at, zone)})"
            ),
            TaskState.Skipped => Markdown.Of($"- [ ] {mark} (skipped: {task.Reason})"),
            _ => Markdown.Of($"- [ ] {mark}"),
        };
    }

    private static Markdown By(IncidentTask task) =>
        task.By is { } by ? Markdown.Of($"{by}, ") : Markdown.None;

    private static IEnumerable<Markdown> Afterwards(Escalation escalation)
    {
        var held = escalation.Incident?.Retrospective;
        return
        [
            Markdown.Of($"## Retrospective"),
            Markdown.Of($"### What was the issue?"),
            Typed(held?.Issue),
            Markdown.Of($"### What might improve outcomes?"),
            Typed(held?.Improvements),
            Markdown.Of($"### What do we change?"),
            Typed(held?.Changes),
            escalation.Incident is { RetrospectiveTemplate: { Length: > 0 } template }
                ? Markdown.Typed(template)
                : Markdown.None,
        ];
    }

    private static Markdown At(string what, DateTimeOffset? at, TimeZoneInfo zone) =>
        at is { } moment
            ? Markdown.Of($"- {Markdown.Typed(what)}: {Times.At(moment, zone)}")
            : Markdown.None;

    private static Markdown Link(string what, string address) =>
        address.Length == 0 ? Markdown.None : Markdown.Of($"- {Markdown.Typed(what)}: {address}");

    private static Markdown Typed(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrEmpty(text))
            {
                return Markdown.Typed(text);
            }
        }

        return ToBeWritten;
    }

    /// <summary>Writes words with the names of those whom they mention.</summary>
    private sealed class Part(TextWriter to, PeopleDirectory people, CancellationToken cancel)
    {
        /// <summary>Paragraphs with an empty line between them.</summary>
        public async Task Write(IEnumerable<Markdown> paragraphs)
        {
            foreach (var paragraph in paragraphs.Where(p => !p.IsEmpty))
            {
                await Line(paragraph);
                await to.WriteLineAsync();
            }
        }

        public async Task Line(Markdown words)
        {
            await people.Know(words.Mentioned(), cancel);
            await to.WriteLineAsync(words.Show(people.NameOf).AsMemory(), cancel);
        }
    }
}
