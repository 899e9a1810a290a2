using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Cards;

/// <summary>How escalations look: their card with the moves that are legal now (ESC-10), wherever it is shown.</summary>
internal static class EscalationCards
{
    private const int LongestTitle = 80;

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
    public static Markdown Headline(Escalation escalation) =>
        Markdown.Of(
            $"{Sign(escalation)} **{escalation.Id}** {Vocabulary.Severities.Label(escalation.Severity)} · {escalation.CustomerName}"
        );

    /// <summary>
    /// The same above the card that begins the thread. Whoever raised it is mentioned here, once, so that they follow
    /// the thread (DLG-5): later changes of a post call nobody.
    /// </summary>
    public static Markdown RootLine(Escalation escalation) =>
        Markdown.Of($"{Headline(escalation)} · raised by {escalation.Reporter}");

    /// <summary>What is wrong on one line, also of a phone (U17): what is longer stands whole below it.</summary>
    public static Markdown Title(Escalation escalation) =>
        Markdown.Typed(MarkdownEscaper.Shorten(escalation.Summary, LongestTitle));

    public static Card Card(Escalation escalation) =>
        new(Title(escalation), ToneOf(escalation))
        {
            Text = Markdown.Lines([
                // A story that was too long for a summary stands below it whole.
                escalation.Summary.Length > LongestTitle
                && !escalation.CustomerImpact.StartsWith(
                    escalation.Summary.TrimEnd('…'),
                    StringComparison.Ordinal
                )
                    ? Markdown.Typed(escalation.Summary)
                    : Markdown.None,
                Markdown.Typed(escalation.CustomerImpact),
            ]),
            Fields = [.. EscalationFields.Of(escalation)],
            Controls = [.. EscalationControls.Of(escalation)],
            Footer = Markdown.Of(
                $"{escalation.Id} · raised {Times.At(escalation.RaisedAt, UpdateZone.Of(escalation.Incident?.Zone))}"
            ),
        };

    /// <summary>Everything about an escalation as text, for one reader.</summary>
    public static Markdown Describe(Escalation escalation, TimeZoneInfo zone) =>
        Markdown.Lines([
            Markdown.Of($"#### {Headline(escalation)}"),
            Markdown.Of($"**{escalation.Summary}**"),
            Markdown.Of($" "),
            .. EscalationFields
                .Of(escalation)
                .Select(field => Markdown.Of($"- {field.Name}: {field.Value.OnOneLine()}")),
            Markdown.Of($"- Raised: {Times.At(escalation.RaisedAt, zone)}"),
            escalation.CustomerImpact.Length == 0
                ? Markdown.None
                : Markdown.Of(
                    $"- Customer impact: {Markdown.Typed(escalation.CustomerImpact).OnOneLine()}"
                ),
            Markdown.Of($"- {NotPossible.Instead(escalation)}"),
        ]);

    private static Tone ToneOf(Escalation escalation) =>
        escalation.State switch
        {
            EscalationState.Resolved or EscalationState.Closed => Tone.Success,
            EscalationState.Redirected or EscalationState.Declined or EscalationState.Cancelled =>
                Tone.Neutral,
            _ => Vocabulary.ToneOf(escalation.Severity),
        };

    private static Markdown Sign(Escalation escalation) =>
        escalation.State switch
        {
            EscalationState.NeedsInformation => Markdown.Of($":question:"),
            EscalationState.Redirected => Markdown.Of($":arrow_right:"),
            EscalationState.AwaitingApproval => Markdown.Of($":hourglass_flowing_sand:"),
            EscalationState.New
            or EscalationState.Accepted when escalation.Severity <= Severity.Sev2 => Markdown.Of(
                $":rotating_light:"
            ),
            EscalationState.New or EscalationState.Accepted => Markdown.Of($":bell:"),
            EscalationState.Acknowledged => Markdown.Of($":eyes:"),
            EscalationState.Investigating => Markdown.Of($":mag:"),
            EscalationState.Identified => Markdown.Of($":bulb:"),
            EscalationState.Monitoring => Markdown.Of($":chart_with_upwards_trend:"),
            EscalationState.Declined or EscalationState.Cancelled => Markdown.Of(
                $":no_entry_sign:"
            ),
            _ => Markdown.Of($":white_check_mark:"),
        };
}
