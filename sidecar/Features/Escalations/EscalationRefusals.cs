using Sidecar.Cards;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

internal sealed record NoSuchEscalation(EscalationId Id)
    : Refusal(
        Words.Of(
            $"There is no {Id}. {Words.Code($"/{CommandSpec.Trigger} list all")} shows all that there are."
        )
    );

internal sealed record AlreadyAcknowledged(Escalation Escalation, UserId By)
    : Refusal(
        Escalation.AcknowledgedBy == By
            ? Words.Of($"You acknowledged {Escalation.Id} already; it stays as it is.")
        : Escalation.Owner == By
            ? Words.Of(
                $"{Escalation.Id} is yours, and {Escalation.AcknowledgedBy!.Value} has acknowledged it already."
            )
        : Words.Of(
            $"{Escalation.AcknowledgedBy!.Value} was first and has acknowledged {Escalation.Id}.{Owner(Escalation)}"
        )
    )
{
    private static Words Owner(Escalation escalation) =>
        escalation.Owner == escalation.AcknowledgedBy
            ? Words.Of($" They own it now.")
            : Words.Of($" Its owner is {escalation.Owner!.Value}.");
}

internal sealed record AlreadyOwned(Escalation Escalation, UserId By)
    : Refusal(
        Escalation.Owner == By
            ? Words.Of($"{Escalation.Id} is yours already.")
            : Words.Of($"{Escalation.Id} belongs to {Escalation.Owner!.Value} already.")
    );

internal sealed record AlreadyResolved(Escalation Escalation)
    : Refusal(
        Words.Of(
            $"{Escalation.Id} is resolved already, by {Escalation.ResolvedBy!.Value}. {Words.Code($"/{CommandSpec.Trigger} timeline {Escalation.Id}")} tells how; for a new problem, raise a new one."
        )
    );
