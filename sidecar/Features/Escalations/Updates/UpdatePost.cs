using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Updates;

/// <summary>A status update as everybody reads it, by the team's template (UPD-1).</summary>
internal static class UpdatePost
{
    /// <param name="escalation">About which.</param>
    /// <param name="posted">The update.</param>
    /// <param name="withNotes">Its technical notes, too: where only members of a private incident read (ALL-7).</param>
    public static Markdown Of(
        Escalation escalation,
        EscalationFact.UpdatePosted posted,
        bool withNotes
    )
    {
        var (update, zone) = (posted.Update, UpdateZone.Of(posted.Zone));
        return Markdown.Lines([
            Markdown.Of(
                $"#### {escalation.CustomerName} {Kind(escalation.Severity)} - {Times.At(update.At, zone)} update"
            ),
            Head(escalation, update.Number),
            Markdown.Of($"**Status:** {Status(update)}"),
            Markdown.Of($"**Incident time:** {new IncidentHours(update.Age)}"),
            Markdown.Of($"**Summary:** {update.Summary}"),
            Next(update, zone),
            // What nobody wrote is left out: “none known” would be a claim of ours.
            Said("Customer impact", update.CustomerImpact),
            withNotes ? Said("Technical notes", update.Notes) : Markdown.None,
        ]);
    }

    /// <summary>
    /// How it went on, for those who were told of it in other channels: a story that was begun there has an end. Null for
    /// what does not change how it stands.
    /// </summary>
    public static Markdown? End(Escalation escalation, EscalationFact fact)
    {
        Markdown? what = fact switch
        {
            // The last update says so itself.
            EscalationFact.Resolved when escalation.LastUpdate?.At == escalation.ResolvedAt => null,
            EscalationFact.Resolved resolved => Markdown.Of(
                $"**Resolved** after {Times.Length(escalation.ResolvedAt!.Value - escalation.Began)}{EscalationWords.Because(resolved.Resolution)}"
            ),
            EscalationFact.EscalationClosed closed => Markdown.Of(
                $"**Closed** after {Times.Length(escalation.EndedAt!.Value - escalation.Began)}{EscalationWords.Because(closed.Note)}"
            ),
            EscalationFact.Reopened reopened => Markdown.Of($"**Reopened**: {reopened.Reason}"),
            EscalationFact.Declined declined => Markdown.Of($"**Declined**: {declined.Reason}"),
            EscalationFact.EscalationCancelled cancelled => Markdown.Of(
                $"**Cancelled**{EscalationWords.Because(cancelled.Reason)}"
            ),
            EscalationFact.HandedOver handed => Markdown.Of(
                $"**Handed over** to {handed.To.Label()}: {Markdown.Typed(handed.Reason)}."
            ),
            EscalationFact.WentOnAs went => Markdown.Of($"It goes on as **{went.Request}**."),
            EscalationFact.MergedInto merged => Markdown.Of($"**Merged** into **{merged.Into}**."),
            _ => null,
        };
        return what is { } end
            ? Markdown.Of(
                $"**{escalation.Id}** {Vocabulary.Severities.Label(escalation.Severity)} · {escalation.CustomerName}: {end} {More(escalation)}"
            )
            : null;
    }

    private static Markdown Head(Escalation escalation, int number) =>
        Markdown.Of(
            $"**{escalation.Id}** · update {number} · owner {(escalation.Owner is { } owner ? Markdown.Of($"{owner}") : Markdown.Of($"nobody yet"))} · {More(escalation)}"
        );

    /// <summary>Where there is more about it, also for who is not in its channel.</summary>
    private static Markdown More(Escalation escalation) =>
        escalation.Incident?.Channel is { } channel
            ? Markdown.Of($"{channel} · {EscalationWords.Command($"show {escalation.Id}")}")
            : EscalationWords.Command($"show {escalation.Id}");

    private static Markdown Status(StatusUpdate update) =>
        update.Status == EscalationState.Resolved
            ? Markdown.Of($"Resolved after {Times.Length(update.Age)}")
            : Markdown.Of($"{Vocabulary.States.Label(update.Status)}");

    private static Markdown Said(string what, string text) =>
        text.Length == 0 ? Markdown.None : Markdown.Of($"**{what}:** {text}");

    /// <summary>When the next one comes.</summary>
    public static Markdown Next(StatusUpdate update, TimeZoneInfo zone) =>
        update switch
        {
            { NextAt: { } at } => Markdown.Of($"Next update: **{Times.Due(at, zone)}**."),
            { Status: EscalationState.Resolved } => Markdown.Of(
                $"This is the last update: it is resolved."
            ),
            _ => Markdown.Of($"No further update is planned."),
        };

    private static string Kind(Severity severity) =>
        severity == Severity.Sev1 ? "SEV1 outage" : $"SEV{(int)severity} escalation";
}
