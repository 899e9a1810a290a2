using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary>Who is told of what happened, and where: each once (ESC-7, ESC-8, ESC-12).</summary>
internal static class EscalationNotices
{
    public static IEnumerable<Effect> Of(
        Escalation escalation,
        EscalationFact fact,
        UserId? onBehalfOf
    )
    {
        if (!fact.IsToldByCard)
        {
            yield return new Effect.ReplyInThread(escalation.Card, escalation.Channel, fact.Aloud)
            {
                About = escalation.Id.ToString(),
                OnBehalfOf = onBehalfOf,
            };
        }

        foreach (var notice in ToPeople(escalation, fact))
        {
            yield return notice;
        }
    }

    private static IEnumerable<Effect> ToPeople(Escalation escalation, EscalationFact fact) =>
        fact switch
        {
            EscalationFact.Climbed climbed => climbed
                .Told.SelectMany(t => t.People)
                .Distinct()
                .Select(person =>
                    Tell(
                        escalation,
                        person,
                        Words.Of(
                            $":alarm_clock: Nobody has acknowledged **{escalation.Id}** for {Times.Length(climbed.Waited)}."
                        )
                    ) with
                    {
                        Asks = EscalationQuestions.Acknowledge,
                    }
                ),
            EscalationFact.AskedAbout { Time: 1 } asked => asked
                .Told.Except(asked.ToldWithUpdate)
                .Select(person =>
                    Tell(
                        escalation,
                        person,
                        Words.Of(
                            $":hourglass: Nothing has happened with **{escalation.Id}** for {Times.Length(asked.Quiet)}. Are you still on it?"
                        ),
                        StillOnIt.Key.Button(
                            "Still on it",
                            new EscalationRef(escalation.Id),
                            ControlStyle.Primary
                        )
                    ) with
                    {
                        Asks = EscalationQuestions.Stale,
                    }
                ),
            EscalationFact.AskedAbout asked => asked.Told.Select(person =>
                Tell(
                    escalation,
                    person,
                    Words.Of(
                        $":hourglass: Nothing has happened with **{escalation.Id}** for {Times.Length(asked.Quiet)}, and {Owner(escalation)} has not answered."
                    )
                ) with
                {
                    Asks = EscalationQuestions.Stale,
                }
            ),
            EscalationFact.Assigned assigned when assigned.To != assigned.By =>
            [
                Tell(
                    escalation,
                    assigned.To,
                    Words.Of($"**{escalation.Id}** is yours now: {fact.Sentence}")
                ) with
                {
                    Asks = EscalationQuestions.Owner,
                },
            ],
            _ =>
            [
                .. UpdateNotices.Of(escalation, fact),
                .. TaskNotices.Of(escalation, fact),
                .. IncidentNotices.Of(escalation, fact),
            ],
        };

    private static Words Owner(Escalation escalation) =>
        escalation.Owner is { } owner ? Words.Of($"{owner}") : Words.Of($"nobody");

    /// <summary>A direct message with the card and its moves; what is asked first comes first.</summary>
    public static Effect.TellPerson Tell(
        Escalation escalation,
        UserId person,
        Words text,
        params CardControl[] first
    )
    {
        var card = EscalationCards.Card(escalation);
        return new Effect.TellPerson(
            person,
            text,
            card with
            {
                Title = EscalationCards.Headline(escalation),
                Text = Words.Typed(escalation.Summary),
                Controls = [.. first, .. card.Controls],
            }
        )
        {
            About = escalation.Id.ToString(),
        };
    }
}
