using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary>Who is told of updates (UPD-3).</summary>
internal static class UpdateNotices
{
    public static IEnumerable<Effect> Of(Escalation escalation, EscalationFact fact) => [];
}
