using Sidecar.Cards;

namespace Sidecar.Features.Escalations;

/// <summary>What is said about an escalation in named facts. Never what a customer pays: cards are read by many.</summary>
internal static class EscalationFields
{
    public static IEnumerable<CardField> Of(Escalation escalation)
    {
        yield return new CardField("State", State(escalation));
        yield return new CardField(
            "Owner",
            escalation.Owner is { } owner ? Words.Of($"{owner}") : Words.Of($"nobody yet")
        );
        yield return new CardField(
            "Category",
            Words.Of($"{Vocabulary.Categories.Label(escalation.Category)}")
        );
        yield return new CardField("Raised by", Words.Of($"{escalation.Reporter}"));
        yield return new CardField(
            "Impact",
            Words.Of($"{Vocabulary.Impacts.Label(escalation.Impact)}")
        );
        yield return new CardField(
            "Effort",
            Words.Of($"{Vocabulary.Efforts.Label(escalation.Effort)}")
        );
        foreach (var field in Wide(escalation))
        {
            if (!field.Value.IsEmpty)
            {
                yield return field with
                {
                    Wide = true,
                };
            }
        }
    }

    private static Words State(Escalation escalation)
    {
        var state = Vocabulary.States.Label(escalation.State);
        return escalation switch
        {
            { State: EscalationState.Redirected, RedirectedTo: { } team } => Words.Of(
                $"{state} to {team.Label()}"
            ),
            { IsStale: true } => Words.Of($"{state} · :hourglass: stale"),
            _ => Words.Of($"{state}"),
        };
    }

    private static IEnumerable<CardField> Wide(Escalation escalation)
    {
        yield return new CardField(
            "Waits for",
            escalation.Missing.IsEmpty
                ? Words.None
                : EscalationWords.Missing(escalation.Missing, escalation.Customer.Value)
        );
        yield return new CardField("Why", Words.Typed(escalation.StateReason));
        yield return new CardField("Playbook", IncidentCards.Playbook(escalation));
        yield return new CardField("Links", Words.Typed(escalation.Links));
        yield return new CardField("Bug", Words.Typed(escalation.Work.Bug));
        yield return new CardField("Pull request", Words.Typed(escalation.Work.PullRequest));
        yield return new CardField(
            "Backport",
            escalation.Work.NeedsBackport switch
            {
                true => Words.Of($"needed"),
                false => Words.Of($"not needed"),
                null => Words.None,
            }
        );
        yield return new CardField("Resolution", Resolution(escalation));
        yield return new CardField(
            "Customer confirmed",
            escalation.Confirmed is { } confirmed
                ? Words.Of(
                    $"{confirmed.Who}, {Times.At(confirmed.At, UpdateZone.Of(escalation.Incident?.Zone))}, recorded by {confirmed.RecordedBy}"
                )
                : Words.None
        );
    }

    private static Words Resolution(Escalation escalation) =>
        (escalation.Resolution, escalation.Work.SolvedWithoutChange) switch
        {
            ("", null) => Words.None,
            ("", { } without) => Words.Of($"Solved{EscalationWords.WithoutChange(without)}"),
            (var text, null) => Words.Typed(text),
            (var text, { } without) => Words.Of(
                $"{text} (solved{EscalationWords.WithoutChange(without)})"
            ),
        };
}
