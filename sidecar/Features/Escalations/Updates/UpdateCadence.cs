#pragma warning disable CA1822 // for a moment
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>When updates are due (UPD-3): begins when work begins, follows the severity, ends with the work.</summary>
internal sealed class UpdateCadence
{
    /// <summary>What a decision means for the next update.</summary>
    public Decision.Accepted Follow(
        Escalation? before,
        Decision.Accepted decided,
        DateTimeOffset now
    ) => decided;
}
