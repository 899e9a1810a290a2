using Sidecar.Cards;
using Sidecar.Features.Customers;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Escalations;

/// <summary><c>/escalate why ESC-7</c>: why one stands where it stands in the list (ESC-5).</summary>
internal sealed class WhyEscalation(EscalationBook book, EscalationLists lists, RoleBook roles)
    : ISlashCommand
{
    public static Permission Permission => EscalationRights.Read;

    public static CommandSpec Spec { get; } =
        new(
            "why",
            "Tell why an escalation stands where it stands in the list",
            EscalationArguments.Id
        )
        {
            Examples = ["why ESC-12"],
            Details =
                "The score is 2 × impact − effort; the impact follows the severity until somebody says otherwise. When it is the same, the higher impact comes first, then the higher ARR, then the older one.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(EscalationArguments.Id);
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        if (!escalation.IsOpen)
        {
            return Reply.Say(
                Words.Of(
                    $"{id} stands at *{Vocabulary.States.Label(escalation.State)}*, so it has no place among the open ones. {Score(escalation)}"
                )
            );
        }

        var (before, place, after) = await lists.Around(escalation, cancel);
        var knowsCustomers = CustomerRights.Read.Allows(await roles.Of(call.Envelope.User, cancel));
        return Reply.Say(
            Words.Lines([
                Words.Of($"#### Why {id} is {Place(place)}"),
                Score(escalation),
                before is null
                    ? Words.Of($"- Nothing is before it.")
                    : Words.Of(
                        $"- Before it is **{before.Id}** ({before.CustomerName}): {Before(before, escalation, knowsCustomers)}."
                    ),
                after is null
                    ? Words.Of($"- Nothing is behind it.")
                    : Words.Of(
                        $"- Behind it is **{after.Id}** ({after.CustomerName}): {Behind(escalation, after, knowsCustomers)}."
                    ),
            ])
        );
    }

    private static Words Place(int place) =>
        place > EscalationLists.RankedUpTo
            ? Words.Of($"behind the first {EscalationLists.RankedUpTo} open ones")
            : Words.Of($"number {place} of the open ones");

    private static Words Score(Escalation escalation) =>
        Words.Of(
            $"Its score is **{escalation.Priority.Score}** = 2 × {(int)escalation.Impact} (impact {Vocabulary.Impacts.Code(escalation.Impact)}{Words.Sentence(escalation.ImpactWasSaid ? "" : $", as {Vocabulary.Severities.Label(escalation.Severity)} has until somebody says otherwise")}) − {(int)escalation.Effort} (effort {Vocabulary.Efforts.Code(escalation.Effort)})."
        );

    private static Words Before(Escalation other, Escalation it, bool knowsCustomers) =>
        Difference(other.Priority.DifferenceTo(it.Priority), other, knowsCustomers)
        ?? (
            other.Priority.DifferenceTo(it.Priority) == PriorityDifference.Arr
                ? Words.Of($"score and impact are the same, its customer’s ARR is higher")
                : Words.Of($"score, impact and ARR are the same, it is older")
        );

    private static Words Behind(Escalation it, Escalation other, bool knowsCustomers) =>
        Difference(it.Priority.DifferenceTo(other.Priority), other, knowsCustomers)
        ?? (
            it.Priority.DifferenceTo(other.Priority) == PriorityDifference.Arr
                ? Words.Of($"score and impact are the same, its customer’s ARR is lower")
                : Words.Of($"score, impact and ARR are the same, it is younger")
        );

    /// <summary>
    /// What can be said whichever of the two is first; null when ARR or age decide. What a customer pays is not told, and
    /// who may not read customers does not learn which pays more, either.
    /// </summary>
    private static Words? Difference(
        PriorityDifference difference,
        Escalation other,
        bool knowsCustomers
    ) =>
        difference switch
        {
            PriorityDifference.Score => Words.Of($"its score is {other.Priority.Score}"),
            PriorityDifference.Impact => Words.Of(
                $"the score is the same, its impact is {Vocabulary.Impacts.Code(other.Impact)}"
            ),
            _ => knowsCustomers
                ? null
                : Words.Of(
                    $"score and impact are the same, what its customer pays and its age decide"
                ),
        };
}
