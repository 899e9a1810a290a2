using Sidecar.Cards;

namespace Sidecar.Features.Escalations;

/// <summary>How an incident looks.</summary>
internal static class IncidentCards
{
    public static Words Progress(Incident incident) =>
        Words.Of($"{incident.Finished} of {incident.Tasks.Count()}");

    public static (Words Headline, Card Card) Checklist(Escalation escalation) =>
        (Words.Of($"Checklist of {escalation.Id}"), new Card(Words.Of($"Checklist"), Tone.Neutral));
}
