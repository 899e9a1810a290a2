using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Changes;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// A part of the feature that has its say in every change of an escalation, in the same commit: what follows from it, who
/// is told, what is shown. Each says only what is its own.
/// </summary>
internal interface IEscalationPart
{
    /// <summary>The decision with what follows from it by itself.</summary>
    Decision.Accepted Follow(Escalation? before, Decision.Accepted decided, DateTimeOffset now) =>
        decided;

    /// <summary>Who is told of a fact.</summary>
    IEnumerable<Effect> Notices(Escalation escalation, EscalationFact fact) => [];

    /// <summary>What else is to be done in the chat.</summary>
    IEnumerable<Effect> Effects(
        Escalation? before,
        Escalation after,
        IReadOnlyList<EscalationFact> facts
    ) => [];

    /// <summary>Its posts that are kept current, as they are now.</summary>
    IEnumerable<Effect> Posts(Escalation escalation) => [];

    /// <summary>What else is committed.</summary>
    void AddTo(Change change, Decision.Accepted decided) { }
}
