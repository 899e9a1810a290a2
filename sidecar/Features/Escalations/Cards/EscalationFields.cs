using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Cards;

/// <summary>What is said about an escalation in named facts. Never what a customer pays: cards are read by many.</summary>
internal static class EscalationFields
{
    public static IEnumerable<CardField> Of(Escalation escalation)
    {
        yield return new CardField("State", State(escalation));
        yield return new CardField(
            "Owner",
            escalation.Owner is { } owner ? Markdown.Of($"{owner}")
                : escalation is { State: EscalationState.Accepted, Called.IsEmpty: false }
                    ? Markdown.Of($"nobody yet · called: {EscalationWords.List(escalation.Called)}")
                : Markdown.Of($"nobody yet")
        );
        yield return new CardField(
            "Category",
            Markdown.Of($"{Vocabulary.Categories.Label(escalation.Category)}")
        );
        yield return new CardField("Raised by", Markdown.Of($"{escalation.Reporter}"));
        yield return new CardField(
            "Impact",
            Markdown.Of($"{Vocabulary.Impacts.Label(escalation.Impact)}")
        );
        yield return new CardField(
            "Effort",
            Markdown.Of($"{Vocabulary.Efforts.Label(escalation.Effort)}")
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

    private static Markdown State(Escalation escalation)
    {
        var state = Vocabulary.States.Label(escalation.State);
        return escalation switch
        {
            { State: EscalationState.Redirected, RedirectedTo: { } team } => Markdown.Of(
                $"{state} to {team.Label()}"
            ),
            { IsStale: true } => Markdown.Of($"{state} · :hourglass: stale"),
            _ => Markdown.Of($"{state}"),
        };
    }

    private static IEnumerable<CardField> Wide(Escalation escalation)
    {
        yield return new CardField(
            escalation.State == EscalationState.NeedsInformation ? "Waiting for" : "Missing",
            escalation.Missing.IsEmpty
                ? Markdown.None
                : EscalationWords.Missing(escalation.Missing, escalation.Customer.Value)
        );
        yield return new CardField("Customer", Suggestion(escalation));
        yield return new CardField(
            "For now",
            escalation is { IsProvisional: true, Elsewhere: { } other }
                ? Markdown.Of(
                    $"Deployment Engineering’s because it is urgent; from what is known it is for {other.To.Label()}: {Markdown.Typed(other.Reason)}."
                )
                : Markdown.None
        );
        yield return new CardField(
            "Same problem?",
            escalation.MaybeSameAs is { } same && !escalation.IsOver
                ? Markdown.Of(
                    $"**{same}** of this customer is open in the same category: {EscalationWords.Command($"show {same}")}"
                )
                : Markdown.None
        );
        yield return new CardField(
            "Merged",
            escalation.MergedInto is { } into ? Markdown.Of($"into **{into}**, where it continues")
                : escalation.Merged.IsEmpty ? Markdown.None
                : Markdown.Listed(
                    [.. escalation.Merged.Select(other => Markdown.Of($"**{other}**"))],
                    "and"
                )
        );
        yield return new CardField(
            "Continues as",
            escalation.GoesOnAs.Length == 0
                ? Markdown.None
                : Markdown.Of(
                    $"**{escalation.GoesOnAs}**: {EscalationWords.Command($"show {escalation.GoesOnAs}")}"
                )
        );
        yield return new CardField("Next update", NextUpdate(escalation));
        yield return new CardField("Why", Markdown.Typed(escalation.StateReason));
        yield return new CardField("Playbook", Followed(escalation));
        yield return new CardField("Links", Markdown.Typed(escalation.Links));
        yield return new CardField("Bug", Markdown.Typed(escalation.Work.Bug));
        yield return new CardField("Pull request", Markdown.Typed(escalation.Work.PullRequest));
        yield return new CardField(
            "Backport",
            escalation.Work.NeedsBackport switch
            {
                true => Markdown.Of($"needed"),
                false => Markdown.Of($"not needed"),
                null => Markdown.None,
            }
        );
        yield return new CardField("Resolution", Resolution(escalation));
        yield return new CardField(
            "Customer confirmed",
            escalation.Confirmed is { } confirmed
                ? Markdown.Of(
                    $"{confirmed.Who}, {Times.At(confirmed.At, UpdateZone.Of(escalation.Incident?.Zone))}, recorded by {confirmed.RecordedBy}"
                )
                : Markdown.None
        );
    }

    private static Markdown Suggestion(Escalation escalation) =>
        escalation.Suggested.IsEmpty || escalation.SuggestedToWorkersOnly || escalation.IsOver
            ? Markdown.None
            : Markdown.Of(
                $"Nobody has added “{escalation.CustomerName}”. Did you mean {Markdown.Listed([.. escalation.Suggested.Select(c => Markdown.Of($"**{c.Name}**"))], "or")}?"
            );

    /// <summary>Where there is an incident channel: its card says how things are, its header does not (PB-1).</summary>
    private static Markdown NextUpdate(Escalation escalation) =>
        escalation is { Incident: { } incident, Update: { DueAt: var at } }
            ? Markdown.Of($"{Times.Due(at, UpdateZone.Of(incident.Zone))}")
            : Markdown.None;

    private static Markdown Resolution(Escalation escalation) =>
        (escalation.Resolution, escalation.Work.SolvedWithoutChange) switch
        {
            ("", null) => Markdown.None,
            ("", { } without) => Markdown.Of($"Solved{EscalationWords.WithoutChange(without)}"),
            (var text, null) => Markdown.Typed(text),
            (var text, { } without) => Markdown.Of(
                $"{text} (solved{EscalationWords.WithoutChange(without)})"
            ),
        };

    /// <summary>The playbook with its progress and where it is worked on; nothing when none is followed.</summary>
    public static Markdown Followed(Escalation escalation) =>
        escalation.Incident is not { } incident
            ? Markdown.None
            : Markdown.Of(
                $"{incident.PlaybookName}: {TaskWords.Progress(incident)}{(incident.Channel is { } channel ? Markdown.Of($" · {channel}") : Markdown.None)}"
            );
}
