using Sidecar.Cards;

namespace Sidecar.Features.Escalations;

/// <summary>A status update as everybody reads it, by the team's template (UPD-1).</summary>
internal static class UpdatePost
{
    /// <param name="escalation">About which.</param>
    /// <param name="posted">The update.</param>
    /// <param name="withNotes">Its technical notes, too: where only members of a private incident read (ALL-7).</param>
    public static Words Of(
        Escalation escalation,
        EscalationFact.UpdatePosted posted,
        bool withNotes
    )
    {
        var (update, zone) = (posted.Update, UpdateZone.Of(posted.Zone));
        return Words.Lines([
            Words.Of(
                $"#### {escalation.CustomerName} {Kind(escalation.Severity)} - {Times.At(update.At, zone)} update"
            ),
            Words.Of($"**Status:** {Vocabulary.States.Label(update.Status)}"),
            Words.Of($"**Incident time:** {new IncidentHours(update.Age)}"),
            Words.Of($"**Summary:** {update.Summary}"),
            Next(update, zone),
            Words.Of($"**Customer impact:** {OrNone(update.CustomerImpact)}"),
            withNotes ? Words.Of($"**Technical notes:** {OrNone(update.Notes)}") : Words.None,
        ]);
    }

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

    private static string OrNone(string text) => text.Length == 0 ? "none known" : text;
}
