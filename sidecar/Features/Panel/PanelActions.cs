using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Intake;
using Sidecar.People;

namespace Sidecar.Features.Panel;

/// <summary>What somebody may do with an escalation now: the one thing that comes next, and everything else (ESC-10).</summary>
internal static class PanelActions
{
    public static (PanelAction? Next, IReadOnlyList<PanelAction> More) Of(
        Escalation escalation,
        ActingPerson actor,
        DateTimeOffset now
    )
    {
        var moves = MoveRules.LegalFor(escalation, actor, now).ToList();
        List<PanelAction> all =
        [
            .. Questions(escalation, actor),
            .. moves.Where(m => !IsEnding(m)).Select(m => Of(m, escalation)),
            .. Commands(escalation, actor),
            .. moves.Where(IsEnding).Select(m => Of(m, escalation)),
        ];
        var next = Next(escalation, moves, now) is { } ask
            ? all.Find(a => a.Ask == ask(escalation.Id))
            : null;
        return (next, [.. all.Where(a => a != next)]);
    }

    /// <summary>What is asked beside the work (ESC-2, ESC-11).</summary>
    private static IEnumerable<PanelAction> Questions(Escalation escalation, ActingPerson actor)
    {
        if (ChooseCustomer.IsFor(escalation, actor))
        {
            yield return Act("Choose the customer…", PanelAct.ChooseCustomer, escalation);
        }

        if (
            EscalationControls.MissingLabel(escalation) is { } label
            && AddMissing.Permission.Allows(actor)
        )
        {
            yield return Act($"{label}…", PanelAct.AddMissing, escalation);
        }
    }

    /// <summary>Which others make sense besides moves.</summary>
    private static IEnumerable<PanelAction> Commands(Escalation escalation, ActingPerson actor)
    {
        var id = escalation.Id;
        var isTheirs = escalation.Owner == actor.User || escalation.Reporter == actor.User;
        if (IsWorkedOn(escalation) && EscalationRights.Updates.Allows(actor, isTheirs))
        {
            yield return new PanelAction("Update…", Update(id));
        }

        if (
            escalation.IsOpen
            && EscalationRights.Assign.Allows(actor, escalation.Owner == actor.User)
        )
        {
            if (escalation.Owner != actor.User)
            {
                yield return Act("Assign to me", PanelAct.Take, escalation);
            }

            yield return Act("Assign to…", PanelAct.Assign, escalation);
        }

        if (escalation.IsOver)
        {
            yield break;
        }

        if (EscalationRights.Merge.Allows(actor, isTheirs))
        {
            yield return new PanelAction("Merge with…", PanelAsk.Command($"merge {id}"));
        }

        if (EscalationRights.Edit.Allows(actor, isTheirs))
        {
            yield return new PanelAction("Edit…", PanelAsk.Command($"edit {id}"));
        }

        yield return escalation.Followers.Contains(actor.User)
            ? new PanelAction("Unfollow", PanelAsk.Command($"unfollow {id}"))
            : new PanelAction("Follow", PanelAsk.Command($"follow {id}"));
        if (
            escalation.WhyNotAgreedFirst(actor.User) is null
            && EscalationRights.AgreeFirst.Allows(actor)
        )
        {
            yield return new PanelAction(
                "Make it a service request…",
                PanelAsk.Command($"service from {id}")
            );
        }
    }

    /// <summary>What comes next where it stands, if this person may do it; null when that is nothing.</summary>
    private static Func<EscalationId, PanelAsk>? Next(
        Escalation escalation,
        List<EscalationMove> legal,
        DateTimeOffset now
    )
    {
        if (escalation.State == EscalationState.NeedsInformation)
        {
            return id =>
                PanelAsk.Of(
                    escalation.CustomerIsUnknown ? PanelAct.ChooseCustomer : PanelAct.AddMissing,
                    $"{id}"
                );
        }

        EscalationMove? move = escalation.State switch
        {
            EscalationState.AwaitingApproval => EscalationMove.Approve,
            EscalationState.Accepted => EscalationMove.Acknowledge,
            // Everybody waits for it.
            _ when escalation.Update?.DueAt <= now => null,
            EscalationState.Acknowledged => EscalationMove.Investigate,
            EscalationState.Investigating => EscalationMove.Identify,
            EscalationState.Identified => EscalationMove.Monitor,
            EscalationState.Monitoring => EscalationMove.Resolve,
            EscalationState.Resolved
                when escalation is { Severity: Severity.Sev1, Confirmed: null } =>
                EscalationMove.Confirm,
            EscalationState.Resolved => EscalationMove.Close,
            _ => null,
        };
        return move is { } one && legal.Contains(one) ? id => PanelAsk.Of(one, id)
            : IsWorkedOn(escalation) ? Update
            : null;
    }

    private static bool IsWorkedOn(Escalation escalation) =>
        escalation.State == EscalationState.Accepted || PossibleMoves.IsWork(escalation.State);

    private static PanelAsk Update(EscalationId id) => PanelAsk.Command($"update {id}");

    private static PanelAction Of(EscalationMove move, Escalation escalation) =>
        new(
            PanelActs.CommandOf(move, escalation.Id) is null
                ? $"{MoveText.LabelOf(move)}…"
                : MoveText.LabelOf(move),
            PanelAsk.Of(move, escalation.Id),
            IsEnding(move)
        );

    private static PanelAction Act(string label, PanelAct act, Escalation escalation) =>
        new(label, PanelAsk.Of(act, $"{escalation.Id}"));

    /// <summary>They end it without its being solved.</summary>
    private static bool IsEnding(EscalationMove move) =>
        move is EscalationMove.Decline or EscalationMove.Cancel;
}
