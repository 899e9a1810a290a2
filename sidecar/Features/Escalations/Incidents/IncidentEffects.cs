using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary>What a change of an escalation means for its incident channel: opened, people, header, checklist.</summary>
internal static class IncidentEffects
{
    public static IEnumerable<Effect> Of(
        Escalation? before,
        Escalation after,
        IReadOnlyList<EscalationFact> facts
    ) => [];
}
