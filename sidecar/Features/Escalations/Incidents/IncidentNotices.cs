using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Incidents;

/// <summary>Who is told of what became of the incident (PB-1, PB-4, PB-5, PB-8).</summary>
internal static class IncidentNotices
{
    public static IEnumerable<Effect> Of(Escalation escalation, EscalationFact fact) =>
        fact switch
        {
            EscalationFact.ChannelNotOpened not => not.Told.Select(person =>
                Tell(
                    escalation,
                    person,
                    Markdown.Lines([
                        Markdown.Of(
                            $":warning: I could not open an incident channel for **{escalation.Id}** ({escalation.CustomerName}): {IncidentWords.Why(not.Why)}"
                        ),
                        IncidentWords.Remedy(not.Why),
                        Markdown.Of(
                            $"Then press the button, or type {EscalationWords.Command($"playbook start {escalation.Id}")}. Until then the incident goes on in the channel in which it was raised."
                        ),
                    ]),
                    TryChannelAgain.Key.Button("Try again", new EscalationRef(escalation.Id))
                ) with
                {
                    Asks = EscalationQuestions.Channel,
                }
            ),
            EscalationFact.PeopleAdded { Hindered: { } why, Told: var told } => told.Select(
                person =>
                    Tell(
                        escalation,
                        person,
                        Markdown.Lines([
                            Markdown.Of(
                                $":warning: I can’t add anybody to the incident channel of **{escalation.Id}** {Channel(escalation)}: {IncidentWords.Why(why)}."
                            ),
                            IncidentWords.Remedy(why),
                        ])
                    )
            ),
            EscalationFact.PeopleAdded { NotAdmitted: { IsEmpty: false } not, Told: var told } =>
                told.Select(person =>
                    Tell(
                        escalation,
                        person,
                        Markdown.Lines([
                            Markdown.Of(
                                $":warning: Could not be added to the incident channel of **{escalation.Id}** {Channel(escalation)}: {IncidentWords.NotIn(not)}"
                            ),
                            IncidentWords.Remedies(not),
                        ])
                    )
                ),
            EscalationFact.ExecutiveLoopedIn looped =>
            [
                .. InChannel(escalation, fact.Sentence),
                .. looped.Told.Select(person => Tell(escalation, person, fact.Sentence)),
            ],
            EscalationFact.WatchEnded watched =>
            [
                .. InChannel(escalation, fact.Sentence),
                .. watched.Asked.Select(person => Asked(escalation, watched, person)),
            ],
            EscalationFact.RetrospectiveHeld held =>
            [
                .. InChannel(escalation, fact.Sentence.Quiet()),
                new Effect.ReplyInThread(
                    escalation.Card,
                    escalation.Channel,
                    escalation.Incident is { IsPrivate: true }
                        ? Markdown.Of($"{held.By!.Value} wrote the mini-retrospective.")
                        : fact.Sentence
                )
                {
                    About = escalation.Id.ToString(),
                    OnBehalfOf = held.By,
                },
            ],
            EscalationFact.LetIn or EscalationFact.JoinedOnDuty => InChannel(
                escalation,
                fact.Sentence
            ),
            EscalationFact.Followed { By: { } person, IsAgain: false }
                when IsOutOf(escalation, person) => [Outside(escalation, person)],
            EscalationFact.Merged merged => merged
                .Joining.Where(person => IsOutOf(escalation, person))
                .Select(person => Outside(escalation, person)),
            EscalationFact.Resolved when escalation.Incident is not null => Deadlines(escalation),
            _ => [],
        };

    private static bool IsOutOf(Escalation escalation, UserId person) =>
        escalation.Incident is { IsPrivate: true } incident && !incident.Admitted.Contains(person);

    /// <summary>Those in its channel let in whoever follows it and may not come by themselves.</summary>
    private static Effect.Say Outside(Escalation escalation, UserId person) =>
        new(
            escalation.Incident!.Channel!.Value.Id,
            null,
            Markdown.Of(
                $"{person} follows {escalation.Id} and is not in this channel. Anybody in it can let them in."
            ),
            new Card(EscalationCards.Headline(escalation), Tone.Neutral)
            {
                Controls = [LetIn.Key.Button("Let them in", new LetInRef(escalation.Id, person))],
            }
        )
        {
            About = escalation.Id.ToString(),
            OnBehalfOf = person,
        };

    private static IEnumerable<Effect> Deadlines(Escalation escalation)
    {
        var zone = UpdateZone.Of(escalation.Incident!.Zone);
        return InChannel(
            escalation,
            Markdown.Lines([
                Markdown.Of(
                    $"**{escalation.Id}** is resolved. {EscalationWords.Command($"retrospective {escalation.Id}")} asks the three questions, {EscalationWords.Command($"summary {escalation.Id}")} drafts the incident summary from the timeline."
                ),
                .. escalation
                    .Incident.Numbered.Where(t =>
                        t.Task is { State: TaskState.Open, DueAfterResolution: not null }
                    )
                    .Select(t => (t.Number, t.Task.Title, t.Task.DueAt))
                    .Where(t => t.DueAt is not null)
                    .Select(t =>
                        Markdown.Of(
                            $"- {t.Number} *{t.Title}*: due **{Times.Due(t.DueAt!.Value, zone)}**"
                        )
                    ),
            ])
        );
    }

    private static Effect.TellPerson Asked(
        Escalation escalation,
        EscalationFact.WatchEnded watched,
        UserId person
    ) =>
        Tell(
            escalation,
            person,
            Markdown.Of(
                $":stopwatch: The fix for **{escalation.Id}** has been watched for {Times.Length(watched.Watched)}. Did it hold? {Next(escalation)}"
            ),
            SayThatItHeld.Key.Button(
                "It held",
                new EscalationRef(escalation.Id),
                ControlStyle.Primary
            )
        ) with
        {
            Asks = EscalationQuestions.Held,
        };

    private static Markdown Next(Escalation escalation) =>
        (escalation.State, escalation.Confirmed) switch
        {
            (EscalationState.Monitoring, _) => Markdown.Of($"If so, resolve it."),
            (_, null) => Markdown.Of(
                $"If so, ask the customer: {EscalationWords.Command(EscalationMove.Confirm.Command(escalation.Id))} records their confirmation. If not, reopen it."
            ),
            _ => Markdown.Of($"If not, reopen it."),
        };

    private static Markdown Channel(Escalation escalation) =>
        escalation.Incident?.Channel is { } channel ? Markdown.Of($"{channel}") : Markdown.None;

    private static IEnumerable<Effect> InChannel(Escalation escalation, Markdown text) =>
        escalation.Incident?.Channel is { } channel
            ?
            [
                new Effect.Say(channel.Id, null, text)
                {
                    About = escalation.Id.ToString(),
                    OnBehalfOf = escalation.Owner,
                },
            ]
            : [];

    private static Effect.TellPerson Tell(
        Escalation escalation,
        UserId person,
        Markdown text,
        params CardControl[] first
    ) => EscalationNotices.Tell(escalation, person, text, first);
}
