using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Cards;

/// <summary>
/// The card's buttons and menus: the moves that are legal now (ESC-10), those that come next in sight (U17). A move that has been made stays as a greyed
/// button, so that a click that was on its way is told who was first (ESC-9).
/// </summary>
internal static class EscalationControls
{
    public static IEnumerable<CardControl> Of(Escalation escalation)
    {
        var moves = PossibleMoves.PossibleWith(escalation);
        foreach (var button in Buttons(escalation, moves))
        {
            yield return button;
        }

        foreach (var question in Questions(escalation))
        {
            yield return question;
        }

        if (escalation is { IsOpen: true, Category: Category.CustomSolution })
        {
            yield return AgreeFirst.Button("Make it a service request", new(escalation.Id));
        }

        if (escalation.IsOpen)
        {
            yield return EscalationKeys.Owner.PeopleMenu(
                "Assign to…",
                new EscalationRef(escalation.Id)
            );
        }

        if (MoreMenu.Of(escalation, moves) is { IsEmpty: false } more)
        {
            yield return EscalationKeys.More.Menu("More…", new EscalationRef(escalation.Id), more);
        }
    }

    /// <summary>The button that makes it a service request, which a feature above this one answers.</summary>
    public static ActionKey<EscalationRef> AgreeFirst { get; } =
        new("escalation.agree-first", EscalationJson.Default.EscalationRef);

    /// <summary>What is asked beside the work (ESC-2, ESC-11), with the answers as buttons.</summary>
    private static IEnumerable<CardControl> Questions(Escalation escalation)
    {
        if (!escalation.SuggestedToWorkersOnly)
        {
            foreach (var suggestion in Suggestions(escalation))
            {
                yield return suggestion;
            }
        }

        if (MissingLabel(escalation) is { } label)
        {
            yield return EscalationKeys.Missing.Button(label, new EscalationRef(escalation.Id));
        }

        if (escalation is { IsOver: false, MaybeSameAs: { } same })
        {
            yield return EscalationKeys.Same.Button(
                $"Merge with {same}",
                new MergeRef(escalation.Id, same)
            );
            yield return EscalationKeys.Apart.Button(
                "Another problem",
                new EscalationRef(escalation.Id)
            );
        }

        if (escalation is { IsProvisional: true, Elsewhere: not null })
        {
            yield return EscalationKeys.HandedOver.Button(
                "Hand over",
                new EscalationRef(escalation.Id)
            );
        }
    }

    /// <summary>“Did you mean Northern Bank?”</summary>
    public static IEnumerable<CardControl> Suggestions(Escalation escalation) =>
        escalation.IsOver
            ? []
            : escalation.Suggested.Select(c =>
                EscalationKeys.Meant.Button(
                    $"Yes, {MarkdownEscaper.Shorten(c.Name, 30)}",
                    new CustomerRef(escalation.Id, c.Key)
                )
            );

    private static IEnumerable<CardControl> Buttons(
        Escalation escalation,
        ImmutableArray<EscalationMove> moves
    )
    {
        var target = new EscalationRef(escalation.Id);
        if (moves.Contains(EscalationMove.Approve) || escalation.ApprovedBy is not null)
        {
            yield return One(
                EscalationKeys.ToApprove.Button(
                    escalation.ApprovedBy is null ? "Approve" : "Approved",
                    target,
                    ControlStyle.Good
                ),
                EscalationMove.Approve
            );
            yield return One(
                EscalationKeys.Reason.Button(
                    "Decline",
                    new MoveRef(escalation.Id, EscalationMove.Decline),
                    ControlStyle.Danger
                ),
                EscalationMove.Approve
            );
        }

        if (escalation.IsTaken)
        {
            yield return One(
                EscalationKeys.Acknowledged.Button(
                    escalation.AcknowledgedBy is null ? "Acknowledge" : "Acknowledged",
                    target,
                    escalation.AcknowledgedBy is null ? ControlStyle.Primary : ControlStyle.Default
                ),
                EscalationMove.Acknowledge
            );
        }

        if (PossibleMoves.IsWork(escalation.State))
        {
            yield return UpdateButton(escalation.Id);
        }

        // Whoever has not acknowledged it finds the rest under “More…” (U17).
        if (escalation.IsTaken && escalation.State != EscalationState.Accepted)
        {
            yield return One(
                EscalationKeys.Resolution.Button(
                    escalation.ResolvedBy is null ? "Resolve" : "Resolved",
                    target,
                    escalation.ResolvedBy is null ? ControlStyle.Good : ControlStyle.Default
                ),
                EscalationMove.Resolve
            );
        }

        foreach (
            var move in (EscalationMove[])
                [EscalationMove.EscalateSpecifically, EscalationMove.Close, EscalationMove.Reopen]
        )
        {
            if (moves.Contains(move))
            {
                yield return EscalationKeys.Reason.Button(
                    MoveText.Of(move).Label,
                    new MoveRef(escalation.Id, move)
                );
            }
        }

        CardControl One(CardControl control, EscalationMove move) =>
            moves.Contains(move)
                ? control
                : control with
                {
                    Style = ControlStyle.Default,
                    IsSpent = true,
                };
    }

    /// <summary>What the button for what is missing says; null when nothing is missing that somebody could add.</summary>
    public static string? MissingLabel(Escalation escalation) =>
        escalation switch
        {
            { IsOver: true } or { Missing.IsEmpty: true } => null,
            { CustomerIsUnknown: true } => "Add the customer",
            _ => "Add the ARR",
        };

    public static CardControl UpdateButton(
        EscalationId id,
        ControlStyle style = ControlStyle.Default
    ) => EscalationKeys.Update.Button("Post update", new EscalationRef(id), style);
}
