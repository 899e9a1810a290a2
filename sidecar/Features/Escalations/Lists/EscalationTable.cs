using Sidecar.Cards;

namespace Sidecar.Features.Escalations;

/// <summary>Escalations as a table in an answer.</summary>
internal static class EscalationTable
{
    private const int SummaryLength = 80;

    public static IEnumerable<Words> Of(IEnumerable<Escalation> escalations, DateTimeOffset now) =>
        [
            Words.Of($"| | Score | Severity | Customer | Summary | State | Owner | Age |"),
            Words.Of($"|:--|--:|:--|:--|:--|:--|:--|--:|"),
            .. escalations.Select(e => Row(e, now)),
        ];

    private static Words Row(Escalation escalation, DateTimeOffset now)
    {
        var owner = escalation.Owner is { } who ? Words.Of($"{who}") : Words.Of($"–");
        var stale = escalation.IsStale ? Words.Of($" :hourglass:") : Words.None;
        var summary = UserText.Shorten(escalation.Summary.ReplaceLineEndings(" "), SummaryLength);
        return Words.Of(
            $"| **{escalation.Id}** | {escalation.Priority.Score} | {Vocabulary.Severities.Label(escalation.Severity)} | {escalation.CustomerName} | {summary} | {Vocabulary.States.Label(escalation.State)}{stale} | {owner} | {Times.Length(now - escalation.RaisedAt)} |"
        );
    }
}
