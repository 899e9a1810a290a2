using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Lists;

/// <summary>
/// Escalations as a table in an answer. A phone shows three columns of a table: what it is, whom it is about and how it
/// stands (U17).
/// </summary>
internal static class EscalationTable
{
    private const int SummaryLength = 80;

    public static IEnumerable<Markdown> Of(
        IEnumerable<Escalation> escalations,
        DateTimeOffset now
    ) =>
        [
            Markdown.Of($"| | Customer and summary | State, owner, age |"),
            Markdown.Of($"|:--|:--|:--|"),
            .. escalations.Select(e => Row(e, now)),
        ];

    private static Markdown Row(Escalation escalation, DateTimeOffset now)
    {
        var owner = escalation.Owner is { } who ? Markdown.Of($", {who}") : Markdown.None;
        var stale = escalation.IsStale ? Markdown.Of($" :hourglass:") : Markdown.None;
        var summary = MarkdownEscaper.Shorten(
            escalation.Summary.ReplaceLineEndings(" "),
            SummaryLength
        );
        return Markdown.Of(
            $"| **{escalation.Id}** {Vocabulary.Severities.Label(escalation.Severity)} | {escalation.CustomerName}: {summary} | {Vocabulary.States.Label(escalation.State)}{stale}{owner} · {Times.Length(now - escalation.RaisedAt)} · score {escalation.Priority.Score} |"
        );
    }
}
