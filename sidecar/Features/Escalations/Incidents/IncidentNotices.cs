using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary>Who is told of what became of the incident (PB-1, PB-4, PB-5).</summary>
internal static class IncidentNotices
{
    public static IEnumerable<Effect> Of(Escalation escalation, EscalationFact fact) => [];
}
