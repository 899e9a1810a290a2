#pragma warning disable CA1822 // for a moment
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>What a decision means for the incident: a playbook starts, people join, tasks are done, a fix is watched (PB-1 to PB-7).</summary>
internal sealed class IncidentCourse
{
    /// <summary>What a decision means for the incident.</summary>
    public Decision.Accepted Follow(
        Escalation? before,
        Decision.Accepted decided,
        DateTimeOffset now
    ) => decided;
}
