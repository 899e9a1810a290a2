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
            escalation.Owner is { } owner ? Words.Of($"{owner}")
                : escalation is { State: EscalationState.Accepted, Called.IsEmpty: false }
                    ? Words.Of($"nobody yet · called: {EscalationWords.List(escalation.Called)}")
                : Words.Of($"nobody yet")
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
            escalation.State == EscalationState.NeedsInformation ? "Waits for" : "Missing",
            escalation.Missing.IsEmpty
                ? Words.None
                : EscalationWords.Missing(escalation.Missing, escalation.Customer.Value)
        );
        yield return new CardField("Customer", Suggestion(escalation));
        yield return new CardField(
            "For now",
            escalation is { IsProvisional: true, Elsewhere: { } other }
                ? Words.Of(
                    $"Deployment Engineering’s because it is urgent; by what is known it is for {other.To.Label()}: {Words.Typed(other.Reason)}."
                )
                : Words.None
        );
        yield return new CardField(
            "Same problem?",
            escalation.MaybeSameAs is { } same && !escalation.IsOver
                ? Words.Of(
                    $"**{same}** of this customer is open in the same category: {EscalationWords.Command($"show {same}")}"
                )
                : Words.None
        );
        yield return new CardField(
            "Merged",
            escalation.MergedInto is { } into ? Words.Of($"into **{into}**, where it goes on")
                : escalation.Merged.IsEmpty ? Words.None
                : Words.Listed(
                    [.. escalation.Merged.Select(other => Words.Of($"**{other}**"))],
                    "and"
                )
        );
        yield return new CardField("Next update", NextUpdate(escalation));
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

    private static Words Suggestion(Escalation escalation) =>
        escalation.Suggested.IsEmpty || escalation.SuggestedToWorkersOnly || escalation.IsOver
            ? Words.None
            : Words.Of(
                $"Nobody has added “{escalation.CustomerName}”. Did you mean {Words.Listed([.. escalation.Suggested.Select(c => Words.Of($"**{c.Name}**"))], "or")}?"
            );

    /// <summary>Where there is an incident channel: its card says how things are, its header does not (PB-1).</summary>
    private static Words NextUpdate(Escalation escalation) =>
        escalation is { Incident: { } incident, Update: { DueAt: var at } }
            ? Words.Of($"{Times.At(at, UpdateZone.Of(incident.Zone))}")
            : Words.None;

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
