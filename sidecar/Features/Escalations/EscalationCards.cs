using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary>How escalations look: their card with the moves that are legal now (ESC-10), wherever it is shown.</summary>
internal static class EscalationCards
{
    /// <summary>Its card where it was raised, and in the channels of the teams that it went to.</summary>
    public static IEnumerable<Effect> Show(Escalation escalation, UserId? onBehalfOf)
    {
        var headline = Headline(escalation);
        var card = Card(escalation);
        yield return new Effect.ShowCard(
            escalation.Card,
            escalation.Channel,
            escalation.Thread,
            RootLine(escalation),
            card
        )
        {
            About = escalation.Id.ToString(),
            OnBehalfOf = onBehalfOf,
            IsUrgent = escalation.Severity == Severity.Sev1,
        };
        foreach (var (team, channel) in escalation.Copies)
        {
            yield return new Effect.ShowCard(
                escalation.CardFor(team),
                channel,
                Thread: null,
                headline,
                card
            )
            {
                About = escalation.Id.ToString(),
                IsUrgent = escalation.Severity == Severity.Sev1,
                ChosenFor = $"escalations of {team.Label()}",
            };
        }
    }

    /// <summary>The line above the card, which is all that a notification shows.</summary>
    public static Words Headline(Escalation escalation) =>
        Words.Of(
            $"{Sign(escalation)} **{escalation.Id}** {Vocabulary.Severities.Label(escalation.Severity)} · {escalation.CustomerName}"
        );

    /// <summary>
    /// The same above the card that begins the thread. Whoever raised it is mentioned here, once, so that they follow
    /// the thread (DLG-5): later changes of a post call nobody.
    /// </summary>
    public static Words RootLine(Escalation escalation) =>
        Words.Of($"{Headline(escalation)} · raised by {escalation.Reporter}");

    public static Card Card(Escalation escalation) =>
        new(Words.Typed(escalation.Summary), ToneOf(escalation))
        {
            Text = Words.Typed(escalation.CustomerImpact),
            Fields = [.. EscalationFields.Of(escalation)],
            Controls = [.. EscalationControls.Of(escalation)],
            Footer = Words.Of(
                $"{escalation.Id} · raised {Times.At(escalation.RaisedAt, UpdateZone.Of(escalation.Incident?.Zone))}"
            ),
        };

    /// <summary>Everything about an escalation as text, for one reader.</summary>
    public static Words Describe(Escalation escalation, TimeZoneInfo zone) =>
        Words.Lines([
            Words.Of($"#### {Headline(escalation)}"),
            Words.Of($"**{escalation.Summary}**"),
            Words.Of($" "),
            .. EscalationFields
                .Of(escalation)
                .Select(field => Words.Of($"- {field.Name}: {field.Value.OnOneLine()}")),
            Words.Of($"- Raised: {Times.At(escalation.RaisedAt, zone)}"),
            escalation.CustomerImpact.Length == 0
                ? Words.None
                : Words.Of(
                    $"- Customer impact: {Words.Typed(escalation.CustomerImpact).OnOneLine()}"
                ),
            Words.Of($"- {NotPossible.Instead(escalation)}"),
        ]);

    private static Tone ToneOf(Escalation escalation) =>
        escalation.State switch
        {
            EscalationState.Resolved or EscalationState.Closed => Tone.Success,
            EscalationState.Redirected or EscalationState.Declined or EscalationState.Cancelled =>
                Tone.Neutral,
            _ => Vocabulary.ToneOf(escalation.Severity),
        };

    private static Words Sign(Escalation escalation) =>
        escalation.State switch
        {
            EscalationState.NeedsInformation => Words.Of($":question:"),
            EscalationState.Redirected => Words.Of($":arrow_right:"),
            EscalationState.AwaitingApproval => Words.Of($":hourglass_flowing_sand:"),
            EscalationState.New
            or EscalationState.Accepted when escalation.Severity <= Severity.Sev2 => Words.Of(
                $":rotating_light:"
            ),
            EscalationState.New or EscalationState.Accepted => Words.Of($":bell:"),
            EscalationState.Acknowledged => Words.Of($":eyes:"),
            EscalationState.Investigating => Words.Of($":mag:"),
            EscalationState.Identified => Words.Of($":bulb:"),
            EscalationState.Monitoring => Words.Of($":chart_with_upwards_trend:"),
            EscalationState.Declined or EscalationState.Cancelled => Words.Of($":no_entry_sign:"),
            _ => Words.Of($":white_check_mark:"),
        };
}

/// <summary>Which escalation a button is about.</summary>
internal sealed record EscalationRef(EscalationId Id);
