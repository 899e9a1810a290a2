using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Changes;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// What follows by itself from what somebody or the product decided about an escalation, in the same commit: whichever
/// way it came to stand where it stands, the same follows.
/// </summary>
internal sealed class FollowUpPolicy(IEnumerable<IEscalationPart> parts, UpdateCadence updates)
{
    /// <summary>The decision with what follows from it.</summary>
    /// <param name="before">The escalation before it; null when it is new.</param>
    /// <param name="decided">The decision.</param>
    /// <param name="now">When.</param>
    public Decision.Accepted Of(
        Escalation? before,
        Decision.Accepted decided,
        DateTimeOffset now
    ) =>
        updates.Follow(
            before,
            parts.Aggregate(decided, (soFar, part) => part.Follow(before, soFar, now)),
            now
        );
}
