using Sidecar.Cards;

namespace Sidecar.Features.Escalations;

/// <summary>A status update as everybody reads it, by the team's template (UPD-1).</summary>
internal static class UpdatePost
{
    public static Words Of(Escalation escalation, EscalationFact.UpdatePosted posted)
    {
        var (update, zone) = (posted.Update, UpdateZone.Of(posted.Zone));
        return Words.Lines([
            Words.Of(
                $"#### {escalation.CustomerName} {Kind(escalation.Severity)} - {Times.At(update.At, zone)} update"
            ),
            Head(escalation, update.Number),
            Words.Of($"**Status:** {Status(update)}"),
            Words.Of($"**Incident time:** {new IncidentHours(update.Age)}"),
            Words.Of($"**Summary:** {update.Summary}"),
            Next(update, zone),
            // What nobody wrote is left out: “none known” would be a claim of ours.
            Said("Customer impact", update.CustomerImpact),
            Said("Technical notes", update.Notes),
        ]);
    }

    /// <summary>
    /// How it went on, for those who were told of it in other channels: a story that was begun there has an end. Null for
    /// what does not change how it stands.
    /// </summary>
    public static Words? End(Escalation escalation, EscalationFact fact)
    {
        Words? what = fact switch
        {
            // The last update says so itself.
            EscalationFact.Resolved when escalation.LastUpdate?.At == escalation.ResolvedAt => null,
            EscalationFact.Resolved resolved => Words.Of(
                $"**Resolved** after {Times.Length(escalation.ResolvedAt!.Value - escalation.Began)}{EscalationWords.Because(resolved.Resolution)}"
            ),
            EscalationFact.Closed closed => Words.Of(
                $"**Closed** after {Times.Length(escalation.EndedAt!.Value - escalation.Began)}{EscalationWords.Because(closed.Note)}"
            ),
            EscalationFact.Reopened reopened => Words.Of($"**Reopened**: {reopened.Reason}"),
            EscalationFact.Declined declined => Words.Of($"**Declined**: {declined.Reason}"),
            EscalationFact.Cancelled cancelled => Words.Of(
                $"**Cancelled**{EscalationWords.Because(cancelled.Reason)}"
            ),
            EscalationFact.HandedOver handed => Words.Of(
                $"**Handed over** to {handed.To.Label()}: {Words.Typed(handed.Reason)}."
            ),
            EscalationFact.MergedInto merged => Words.Of($"**Merged** into **{merged.Into}**."),
            _ => null,
        };
        return what is { } end
            ? Words.Of(
                $"**{escalation.Id}** {Vocabulary.Severities.Label(escalation.Severity)} · {escalation.CustomerName}: {end} {More(escalation)}"
            )
            : null;
    }

    private static Words Head(Escalation escalation, int number) =>
        Words.Of(
            $"**{escalation.Id}** · update {number} · owner {(escalation.Owner is { } owner ? Words.Of($"{owner}") : Words.Of($"nobody yet"))} · {More(escalation)}"
        );

    /// <summary>Where there is more about it, also for who is not in its channel.</summary>
    private static Words More(Escalation escalation) =>
        escalation.Incident?.Channel is { } channel
            ? Words.Of($"{channel} · {EscalationWords.Command($"show {escalation.Id}")}")
            : EscalationWords.Command($"show {escalation.Id}");

    private static Words Status(StatusUpdate update) =>
        update.Status == EscalationState.Resolved
            ? Words.Of($"Resolved after {Times.Length(update.Age)}")
            : Words.Of($"{Vocabulary.States.Label(update.Status)}");

    private static Words Said(string what, string text) =>
        text.Length == 0 ? Words.None : Words.Of($"**{what}:** {text}");

    /// <summary>When the next one comes.</summary>
    public static Words Next(StatusUpdate update, TimeZoneInfo zone) =>
        update switch
        {
            { NextAt: { } at } => Words.Of($"Next update: **{Times.At(at, zone)}**."),
            { Status: EscalationState.Resolved } => Words.Of(
                $"This is the last update: it is resolved."
            ),
            _ => Words.Of($"No further update is planned."),
        };

    private static string Kind(Severity severity) =>
        severity == Severity.Sev1 ? "SEV1 outage" : $"SEV{(int)severity} escalation";
}
