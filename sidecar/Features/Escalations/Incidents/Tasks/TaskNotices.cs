using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary>Who is told of tasks of the checklist (PB-3, PB-7).</summary>
internal static class TaskNotices
{
    public static IEnumerable<Effect> Of(Escalation escalation, EscalationFact fact) => [];
}
