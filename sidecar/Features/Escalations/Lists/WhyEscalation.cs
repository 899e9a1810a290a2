using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Lists;

/// <summary><c>/escalate why ESC-7</c>: why one stands where it stands in the list (ESC-5).</summary>
internal sealed class WhyEscalation(
    EscalationStore book,
    EscalationLists lists,
    CustomerStore customers
) : ISlashCommand
{
    public static Permission Permission => EscalationRights.Read;

    public static CommandSpec Spec { get; } =
        new("why", "Explain an escalation’s place in the list", EscalationArguments.Id)
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
                Markdown.Of(
                    $"{id} is at *{Vocabulary.States.Label(escalation.State)}*, so it has no place among the open ones. {Score(escalation)}"
                )
            );
        }

        var knowsCustomers = await customers.MayRead(call.Envelope.User, cancel);
        var list = EscalationList.Open.For(knowsCustomers);
        var (before, place, after) = await lists.Around(escalation, list, cancel);
        return Reply.Say(
            Markdown.Lines([
                Markdown.Of($"#### Why {id} is {Place(place)}"),
                Score(escalation),
                before is null
                    ? Markdown.Of($"- Nothing is before it.")
                    : Markdown.Of(
                        $"- Before it is **{before.Id}** ({before.CustomerName}): {Before(before, escalation, knowsCustomers)}."
                    ),
                after is null
                    ? Markdown.Of($"- Nothing is behind it.")
                    : Markdown.Of(
                        $"- Behind it is **{after.Id}** ({after.CustomerName}): {Behind(escalation, after, knowsCustomers)}."
                    ),
            ])
        );
    }

    private static Markdown Place(int place) =>
        place > EscalationLists.RankedUpTo
            ? Markdown.Of($"behind the first {EscalationLists.RankedUpTo} open ones")
            : Markdown.Of($"number {place} of the open ones");

    private static Markdown Score(Escalation escalation) =>
        Markdown.Of(
            $"Its score is **{escalation.Priority.Score}** = 2 × {(int)escalation.Impact} (impact {Vocabulary.Impacts.Code(escalation.Impact)}{Markdown.Sentence(escalation.ImpactWasSaid ? "" : $", as {Vocabulary.Severities.Label(escalation.Severity)} has until somebody says otherwise")}) − {(int)escalation.Effort} (effort {Vocabulary.Efforts.Code(escalation.Effort)})."
        );

    private static Markdown Before(Escalation other, Escalation it, bool knowsCustomers) =>
        other.Priority.DifferenceTo(it.Priority, withoutArr: !knowsCustomers) switch
        {
            PriorityDifference.Arr => Markdown.Of(
                $"score and impact are the same, its customer’s ARR is higher"
            ),
            PriorityDifference.Age => Markdown.Of($"{Same(knowsCustomers)}, it is older"),
            var difference => Difference(difference, other),
        };

    private static Markdown Behind(Escalation it, Escalation other, bool knowsCustomers) =>
        it.Priority.DifferenceTo(other.Priority, withoutArr: !knowsCustomers) switch
        {
            PriorityDifference.Arr => Markdown.Of(
                $"score and impact are the same, its customer’s ARR is lower"
            ),
            PriorityDifference.Age => Markdown.Of($"{Same(knowsCustomers)}, it is younger"),
            var difference => Difference(difference, other),
        };

    private static Markdown Same(bool knowsCustomers) =>
        knowsCustomers
            ? Markdown.Of($"score, impact and ARR are the same")
            : Markdown.Of($"score and impact are the same");

    /// <summary>What can be said whichever of the two is first.</summary>
    private static Markdown Difference(PriorityDifference difference, Escalation other) =>
        difference == PriorityDifference.Score
            ? Markdown.Of($"its score is {other.Priority.Score}")
            : Markdown.Of(
                $"the score is the same, its impact is {Vocabulary.Impacts.Code(other.Impact)}"
            );
}
