using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;

namespace Sidecar.Features.Escalations.Cards;

/// <summary>What stands in the card's menu (U17): all that does not come next.</summary>
internal static class MoreMenu
{
    public const string Update = "update";
    public const string Resolve = "resolve";
    public const string Edit = "edit";
    public const string Follow = "follow";

    public static readonly ImmutableArray<EscalationMove> Moves =
    [
        EscalationMove.Confirm,
        EscalationMove.Override,
        EscalationMove.Decline,
        EscalationMove.Cancel,
    ];

    public static readonly ImmutableDictionary<EscalationMove, EscalationState> Steps =
        new Dictionary<EscalationMove, EscalationState>
        {
            [EscalationMove.Investigate] = EscalationState.Investigating,
            [EscalationMove.Identify] = EscalationState.Identified,
            [EscalationMove.Monitor] = EscalationState.Monitoring,
        }.ToImmutableDictionary();

    public static ImmutableArray<ControlOption> Of(
        Escalation escalation,
        ImmutableArray<EscalationMove> possible
    ) =>
        [
            .. escalation.State == EscalationState.Accepted
                ? (ControlOption[])[new ControlOption("Post update", Update)]
                : [],
            .. escalation.State == EscalationState.Accepted
            && possible.Contains(EscalationMove.Resolve)
                ? (ControlOption[])[new ControlOption("Resolve", Resolve)]
                : [],
            .. StepsOf(possible)
                .Select(step => new ControlOption($"Move to {step.Text}", step.Value)),
            .. escalation.IsOver
                ? (ControlOption[])[]
                : [new ControlOption("Edit", Edit), new ControlOption("Follow / unfollow", Follow)],
            .. Moves
                .Where(possible.Contains)
                .Select(m => new ControlOption(MoveText.Of(m).Label, m.ToString())),
        ];

    /// <summary>Whether a choice of a menu is one of these steps.</summary>
    public static bool IsStep(string chosen) =>
        Vocabulary.States.Read(chosen) is { } step && Steps.ContainsValue(step);

    private static ImmutableArray<ControlOption> StepsOf(ImmutableArray<EscalationMove> possible) =>
        [
            .. possible
                .Where(Steps.ContainsKey)
                .Select(m => Steps[m])
                .Select(s => new ControlOption(
                    Vocabulary.States.Label(s),
                    Vocabulary.States.Code(s)
                )),
        ];
}
