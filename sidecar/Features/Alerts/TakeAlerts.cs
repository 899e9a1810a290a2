using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Intake;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Alerts;

/// <summary>An alert as a source tells it.</summary>
/// <param name="Key">Names it there: the same for its end and its repetitions.</param>
/// <param name="IsFiring">It began or goes on; else it has ended.</param>
/// <param name="Title">In a sentence.</param>
internal sealed record SentAlert(string Key, bool IsFiring, string Title)
{
    public string Details { get; init; } = "";
    public string? Severity { get; init; }
    public string? Customer { get; init; }
    public string Link { get; init; } = "";
    public DateTimeOffset? StartedAt { get; init; }
}

/// <summary>What a delivery led to.</summary>
internal sealed record TakenAlerts(
    IReadOnlyList<string> Raised,
    IReadOnlyList<string> Joined,
    IReadOnlyList<string> Ended
);

/// <summary>
/// Monitoring raises escalations (HOOK-2): a new alert raises one, or joins what its customer has open of the same
/// category; the same alert again says nothing new; its end is told in the thread.
/// </summary>
internal sealed class TakeAlerts(
    Store store,
    EscalationStore book,
    EscalationIntake intakes,
    CustomerStore customers,
    TimeProvider clock
)
{
    private const int Named = 10;
    private const int LookedThrough = 200;

    public async Task<TakenAlerts> Take(
        AlertSource source,
        IReadOnlyList<SentAlert> alerts,
        CancellationToken cancel
    )
    {
        var (raised, joined, ended) = (new List<string>(), new List<string>(), new List<string>());
        var news = new List<SentAlert>();
        foreach (var alert in alerts.Where(a => a.IsFiring).DistinctBy(a => a.Key))
        {
            if (!await IsTold(source, alert, cancel))
            {
                news.Add(alert);
            }
        }

        // Many of one customer are one problem until somebody says otherwise.
        foreach (
            var some in news.GroupBy(a => CustomerOf(source, a), StringComparer.OrdinalIgnoreCase)
        )
        {
            var (escalation, isNew) = await Open(source, some.Key, [.. some], cancel);
            await Note(source, escalation, [.. some], isNew, cancel);
            (isNew ? raised : joined).Add(escalation.Id.ToString());
        }

        foreach (var alert in alerts.Where(a => !a.IsFiring).DistinctBy(a => a.Key))
        {
            if (await End(source, alert, cancel) is { } of)
            {
                ended.Add(of.ToString());
            }
        }

        return new TakenAlerts(raised, [.. joined.Distinct()], [.. ended.Distinct()]);
    }

    /// <summary>It is known to fire, and somebody has yet to do something about it.</summary>
    private async ValueTask<bool> IsTold(
        AlertSource source,
        SentAlert alert,
        CancellationToken cancel
    ) =>
        await store.Find(ToldAlert.Kind, ToldAlert.IdOf(source.Name, alert.Key), cancel)
            is { Value: { IsFiring: true } told }
        && await book.Find(told.Escalation, cancel) is { Value.IsOver: false };

    private static string CustomerOf(AlertSource source, SentAlert alert) =>
        alert.Customer is { Length: > 0 and <= Customer.MaxNameLength } named
        && CustomerKey.Of(named) is not null
            ? named
            : source.Customer;

    /// <summary>What is open already, or one that is raised for it.</summary>
    private async Task<(Escalation Escalation, bool IsNew)> Open(
        AlertSource source,
        string customer,
        IReadOnlyList<SentAlert> alerts,
        CancellationToken cancel
    )
    {
        var worst = alerts.MinBy(a => source.SeverityOf(a.Severity))!;
        var severity = source.SeverityOf(worst.Severity);
        // What is open is joined, also when another name of the customer was sent. An emergency joins nothing that is
        // less: nobody would run (U1).
        if (
            await customers.Find(customer, cancel) is var (key, known)
            && await intakes.SameOpen(
                known is null ? EscalationIndexes.Unknown(customer) : EscalationIndexes.Of(key),
                source.Category,
                cancel,
                severity <= Severity.Sev2 ? severity : Severity.Sev4
            )
                is { } open
        )
        {
            return (open, false);
        }

        var now = clock.GetUtcNow();
        var intake = new IntakeRequest(
            customer,
            severity,
            MarkdownEscaper.Shorten(
                worst.Title.ReplaceLineEndings(" "),
                Escalation.MaxSummaryLength
            )
        )
        {
            Category = source.Category,
            CustomerImpact = MarkdownEscaper.Shorten(worst.Details, Escalation.MaxLongTextLength),
            Links = MarkdownEscaper.Shorten(worst.Link, Escalation.MaxLongTextLength),
        };
        var raising = await intakes.Raise(
            intake,
            new Envelope(
                // The same delivery, sent again, raises it once.
                $"alert:{ToldAlert.IdOf(source.Name, worst.Key)}:{worst.StartedAt ?? now:O}",
                source.Owner,
                null,
                source.Channel,
                null,
                null,
                now
            )
            {
                IsFromProgram = true,
            },
            evenIfDuplicate: true,
            cancel
        );
        return (((Raising.Raised)raising).Escalation, true);
    }

    private async Task Note(
        AlertSource source,
        Escalation escalation,
        IReadOnlyList<SentAlert> alerts,
        bool isNew,
        CancellationToken cancel
    )
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var change = new Change(now, source.Owner.Value);
            var noted = new List<string>();
            foreach (var alert in alerts)
            {
                var told = new ToldAlert(
                    source.Name,
                    alert.Key,
                    escalation.Id,
                    MarkdownEscaper.Shorten(alert.Title, Escalation.MaxSummaryLength),
                    alert.StartedAt ?? now,
                    IsFiring: true
                );
                var before = await store.Find(ToldAlert.Kind, told.Id, cancel);
                if (
                    before is { Value: { IsFiring: true } }
                    && before.Value.Escalation == escalation.Id
                )
                {
                    // Another delivery of the same was quicker.
                    continue;
                }

                noted.Add(told.Title);
                if (before is null)
                {
                    change.Add(ToldAlert.Kind, told.Id, told);
                }
                else
                {
                    change.Replace(ToldAlert.Kind, before, told);
                }
            }

            if (noted.Count == 0)
            {
                return;
            }

            change.Record<AlertFact>(
                AlertSource.Subject(source.Name),
                new AlertFact.AlertsTold(escalation.Id, [.. noted], []),
                AlertJson.Default.AlertFact
            );
            if (!isNew || noted.Count > 1)
            {
                Say(change, escalation, Listed(source.Name, noted));
            }

            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }

    private async Task<EscalationId?> End(
        AlertSource source,
        SentAlert alert,
        CancellationToken cancel
    )
    {
        while (
            await store.Find(ToldAlert.Kind, ToldAlert.IdOf(source.Name, alert.Key), cancel)
                is { Value: { IsFiring: true } told } read
        )
        {
            var now = clock.GetUtcNow();
            var change = new Change(now, source.Owner.Value)
                .Replace(ToldAlert.Kind, read, told with { IsFiring = false })
                .Record<AlertFact>(
                    AlertSource.Subject(source.Name),
                    new AlertFact.AlertsTold(told.Escalation, [], [told.Title]),
                    AlertJson.Default.AlertFact
                );
            if (await book.Find(told.Escalation, cancel) is { Value: var escalation })
            {
                var others = await store.Count(
                    ToldAlert.Kind,
                    ToldAlert.ByFiring,
                    ToldAlert.Of(told.Escalation),
                    LookedThrough,
                    cancel
                );
                var left = Math.Max(0, others - 1);
                Say(
                    change,
                    escalation,
                    Markdown.Of(
                        $":white_check_mark: The alert from {source.Name} has ended{Markdown.Sentence(After(now - told.FiredAt))}: {told.Title} {Markdown.Sentence(left == 0 ? "None is firing any more." : left == 1 ? "One is still firing." : $"{left} are still firing.")}"
                    )
                );
            }

            if (await store.Commit(change, cancel))
            {
                return told.Escalation;
            }
        }

        return null;
    }

    private static string After(TimeSpan length) =>
        length < TimeSpan.FromMinutes(1) ? "" : $" after {Times.Length(length)}";

    private static void Say(Change change, Escalation escalation, Markdown text) =>
        change.Do(
            new Effect.ReplyInThread(escalation.Card, escalation.Channel, text)
            {
                About = escalation.Id.ToString(),
            }
        );

    private static Markdown Listed(string source, List<string> titles) =>
        Markdown.Lines([
            Markdown.Of($":rotating_light: Alerts from {source}:"),
            .. titles.Take(Named).Select(t => Markdown.Of($"- {Markdown.Typed(t).OnOneLine()}")),
            titles.Count > Named
                ? Markdown.Of($"- and {titles.Count - Named} more")
                : Markdown.None,
        ]);
}
