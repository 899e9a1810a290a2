using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary>How escalations look: their card with the moves that are legal now (ESC-10), and lines in its thread.</summary>
internal static class EscalationCards
{
    public static Effect Show(Escalation escalation, UserId onBehalfOf) =>
        new Effect.ShowCard(
            escalation.Card,
            escalation.Channel,
            escalation.Thread,
            Headline(escalation),
            Card(escalation)
        )
        {
            About = escalation.Id.ToString(),
            OnBehalfOf = onBehalfOf,
        };

    public static Effect Tell(Escalation escalation, EscalationFact fact, UserId onBehalfOf) =>
        new Effect.ReplyInThread(escalation.Card, escalation.Channel, fact.Sentence)
        {
            About = escalation.Id.ToString(),
            OnBehalfOf = onBehalfOf,
        };

    /// <summary>The line above the card, which is all that a notification shows.</summary>
    public static Words Headline(Escalation escalation) =>
        Words.Of(
            $"{Sign(escalation)} **{escalation.Id}** {Vocabulary.Severities.Label(escalation.Severity)} · {escalation.CustomerName}"
        );

    public static Card Card(Escalation escalation) =>
        new(Words.Typed(escalation.Summary), ToneOf(escalation))
        {
            Text = Words.Typed(escalation.CustomerImpact),
            Fields = [.. Fields(escalation)],
            Controls = [.. Controls(escalation)],
            Footer = Words.Of(
                $"{escalation.Id} · raised {Times.At(escalation.RaisedAt, TimeZoneInfo.Utc)}"
            ),
        };

    /// <summary>Everything about an escalation as text, for one reader.</summary>
    public static Words Describe(Escalation escalation, TimeZoneInfo zone) =>
        Words.Lines([
            Words.Of($"#### {Headline(escalation)}"),
            Words.Of($"**{escalation.Summary}**"),
            Words.Of($" "),
            .. Fields(escalation)
                .Select(field => Words.Of($"- {field.Name}: {field.Value.OnOneLine()}")),
            Words.Of($"- Raised: {Times.At(escalation.RaisedAt, zone)}"),
            escalation.CustomerImpact.Length == 0
                ? Words.None
                : Words.Of(
                    $"- Customer impact: {Words.Typed(escalation.CustomerImpact).OnOneLine()}"
                ),
        ]);

    private static IEnumerable<CardField> Fields(Escalation escalation)
    {
        yield return new CardField(
            "State",
            Words.Of($"{Vocabulary.States.Label(escalation.State)}")
        );
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
        if (escalation.Links.Length > 0)
        {
            yield return new CardField("Links", Words.Typed(escalation.Links), Wide: true);
        }

        if (escalation.Resolution.Length > 0)
        {
            yield return new CardField(
                "Resolution",
                Words.Typed(escalation.Resolution),
                Wide: true
            );
        }
    }

    private static IEnumerable<CardControl> Controls(Escalation escalation)
    {
        var target = new EscalationRef(escalation.Id);
        var isNew = escalation.State == EscalationState.New;
        yield return AcknowledgeEscalation.Key.Button(
            isNew ? "Acknowledge" : "Acknowledged",
            target,
            isNew ? ControlStyle.Primary : ControlStyle.Default
        ) with
        {
            IsSpent = !isNew,
        };
        yield return AskForResolution.Key.Button(
            escalation.IsOpen ? "Resolve" : "Resolved",
            target,
            escalation.IsOpen ? ControlStyle.Good : ControlStyle.Default
        ) with
        {
            IsSpent = !escalation.IsOpen,
        };
        if (escalation.IsOpen)
        {
            yield return AssignEscalation.Key.PeopleMenu("Assign to…", target);
        }
    }

    private static Tone ToneOf(Escalation escalation) =>
        escalation.IsOpen ? Vocabulary.ToneOf(escalation.Severity) : Tone.Success;

    private static Words Sign(Escalation escalation) =>
        escalation.State switch
        {
            EscalationState.New when escalation.Severity <= Severity.Sev2 => Words.Of(
                $":rotating_light:"
            ),
            EscalationState.New => Words.Of($":bell:"),
            EscalationState.Acknowledged => Words.Of($":eyes:"),
            _ => Words.Of($":white_check_mark:"),
        };
}

/// <summary>Which escalation a button is about.</summary>
internal sealed record EscalationRef(EscalationId Id);
