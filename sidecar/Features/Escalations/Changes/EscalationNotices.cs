using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Changes;

/// <summary>Who is told of what happened, and where: each once (ESC-7, ESC-8, ESC-12).</summary>
internal static class EscalationNotices
{
    public static IEnumerable<Effect> Of(
        Escalation escalation,
        EscalationFact fact,
        UserId? onBehalfOf,
        IEnumerable<IEscalationPart> parts
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

        foreach (var notice in ToPeople(escalation, fact, parts))
        {
            yield return notice;
        }
    }

    private static IEnumerable<Effect> ToPeople(
        Escalation escalation,
        EscalationFact fact,
        IEnumerable<IEscalationPart> parts
    ) =>
        fact switch
        {
            EscalationFact.Raised { ShownIn: { } channel, By: { } raiser } =>
            [
                Tell(
                    escalation,
                    raiser,
                    Markdown.Of(
                        $"**{escalation.Id}** is raised. Its card is in {channel}, since its engineers do not read direct messages."
                    )
                ),
            ],
            EscalationFact.Climbed climbed => climbed
                .Told.SelectMany(t => t.People.Select(person => (t.Rung, Person: person)))
                .DistinctBy(t => t.Person)
                .Select(t =>
                    Tell(
                        escalation,
                        t.Person,
                        climbed.IsCall
                            ? Call(escalation, t.Rung, t.Person)
                            : Markdown.Of(
                                $":alarm_clock: Nobody has acknowledged **{escalation.Id}** for {Times.Length(climbed.Waited)}."
                            ),
                        [.. Internal(escalation)]
                    ) with
                    {
                        Asks = EscalationQuestions.Acknowledge,
                    }
                ),
            EscalationFact.AskedAbout asked => asked
                .Told.Except(asked.ToldWithUpdate)
                .Select(person =>
                    (
                        asked.Gone is { } gone
                            ? Tell(
                                escalation,
                                person,
                                Markdown.Of(
                                    $":hourglass: Nothing has happened on **{escalation.Id}** for {Times.Length(asked.Quiet)}, and its owner, {gone}, is not there any more. {EscalationWords.Command($"assign {escalation.Id} @name")} gives it to somebody."
                                )
                            )
                        : asked.Time == 1 || person == escalation.Owner
                            ? Tell(
                                escalation,
                                person,
                                Markdown.Of(
                                    $":hourglass: Nothing has happened on **{escalation.Id}** for {Times.Length(asked.Quiet)}. Are you still on it?"
                                ),
                                EscalationKeys.StillWorking.Button(
                                    "Still on it",
                                    new EscalationRef(escalation.Id),
                                    ControlStyle.Primary
                                )
                            )
                        : Tell(
                            escalation,
                            person,
                            Markdown.Of(
                                $":hourglass: Nothing has happened on **{escalation.Id}** for {Times.Length(asked.Quiet)}, and {Owner(escalation)} has not answered."
                            )
                        )
                    ) with
                    {
                        Asks = EscalationQuestions.Stale,
                    }
                ),
            EscalationFact.EscalationAssigned assigned => Assigned(escalation, assigned),
            _ => parts.SelectMany(part => part.Notices(escalation, fact)),
        };

    /// <summary>Whoever owns it now, and whoever did, unless they did it themselves.</summary>
    private static IEnumerable<Effect> Assigned(
        Escalation escalation,
        EscalationFact.EscalationAssigned assigned
    )
    {
        if (assigned.To != assigned.By)
        {
            yield return Tell(
                escalation,
                assigned.To,
                Markdown.Of($"**{escalation.Id}** is yours now: {assigned.Sentence}")
            ) with
            {
                Asks = EscalationQuestions.Owner,
            };
        }

        if (assigned.From is { } from && from != assigned.By && from != assigned.To)
        {
            yield return new Effect.TellPerson(
                from,
                Markdown.Of($"**{escalation.Id}** is not yours any more: {assigned.Sentence}")
            )
            {
                About = escalation.Id.ToString(),
            };
        }
    }

    /// <summary>The first second of a Sev 1: why you, and what to do (ESC-8).</summary>
    private static Markdown Call(Escalation escalation, Rung rung, UserId person)
    {
        var it = Markdown.Of(
            $"{Vocabulary.Severities.Label(escalation.Severity)} **{escalation.Id}** for {escalation.CustomerName}"
        );
        return rung switch
        {
            Rung.Engineer when escalation.Owner == person => Markdown.Of(
                $":telephone_receiver: {it} is yours. Acknowledge it, so that everybody knows somebody is on it."
            ),
            Rung.Engineer => Markdown.Of(
                $":telephone_receiver: You are on duty: {it}. Acknowledge it to take it."
            ),
            Rung.BackUp => Markdown.Of(
                $":telephone_receiver: You are the back-up, and nobody is on duty: {it}. Acknowledge it to take it."
            ),
            Rung.Lead => Markdown.Of(
                $":telephone_receiver: Nobody is on duty: {it}. Acknowledge it, or assign it; {EscalationWords.Command("duty @name")} names somebody for the next one."
            ),
            _ => Markdown.Of(
                $":telephone_receiver: Nobody is on duty and nobody leads Deployment Engineering: {it} reaches only you. Assign it to somebody; {EscalationWords.Command("duty @name")} names somebody for the next one."
            ),
        };
    }

    /// <summary>What may be asked of whoever works on it, though not on a card that all can read.</summary>
    private static IEnumerable<CardControl> Internal(Escalation escalation) =>
        escalation.SuggestedToWorkersOnly ? EscalationControls.Suggestions(escalation) : [];

    private static Markdown Owner(Escalation escalation) =>
        escalation.Owner is { } owner ? Markdown.Of($"{owner}") : Markdown.Of($"nobody");

    /// <summary>A direct message with the card and its moves; what is asked first comes first.</summary>
    public static Effect.TellPerson Tell(
        Escalation escalation,
        UserId person,
        Markdown text,
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
                Text = Markdown.Typed(escalation.Summary),
                Controls = [.. first, .. card.Controls],
            }
        )
        {
            About = escalation.Id.ToString(),
        };
    }
}
