using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Updates;

/// <summary>Who is told of updates, and where (UPD-2, UPD-3).</summary>
internal sealed class UpdateNotices : IEscalationPart
{
    public IEnumerable<Effect> Notices(Escalation escalation, EscalationFact fact) =>
        Of(escalation, fact);

    public static IEnumerable<Effect> Of(Escalation escalation, EscalationFact fact) =>
        fact switch
        {
            EscalationFact.UpdatePosted posted => Posted(escalation, posted),
            EscalationFact.UpdateReminded reminded => reminded.Told.SelectMany(step =>
                step.Step switch
                {
                    UpdateStep.Owner => step.People.Select(p => Ask(escalation, reminded, p)),
                    UpdateStep.Lead => step.People.Select(p => TellLead(escalation, reminded, p)),
                    _ => InChannel(escalation, reminded),
                }
            ),
            _ => UpdatePost.End(escalation, fact) is { } end
                ? escalation.ToldIn.Select(channel => new Effect.Say(channel.Id, Thread: null, end)
                {
                    ChosenFor = For(escalation),
                    About = escalation.Id.ToString(),
                    OnBehalfOf = fact.By,
                })
                : [],
        };

    /// <summary>What broadcast channels are for, within a sentence.</summary>
    private static string For(Escalation escalation) =>
        $"status updates of {Vocabulary.Severities.Label(escalation.Severity)}";

    private static IEnumerable<Effect> Posted(
        Escalation escalation,
        EscalationFact.UpdatePosted posted
    )
    {
        var isPrivate = escalation.Incident is { IsPrivate: true };
        var text = UpdatePost.Of(escalation, posted, withNotes: true);
        var forAll = UpdatePost.Of(escalation, posted, withNotes: !isPrivate);
        var about = escalation.Id.ToString();
        yield return posted.In is { } channel
            ? new Effect.Say(channel.Id, Thread: null, text)
            {
                About = about,
                OnBehalfOf = posted.By,
                Otherwise = new CardPlace(escalation.Card, escalation.Channel) { Text = forAll },
            }
            : new Effect.ReplyInThread(escalation.Card, escalation.Channel, forAll)
            {
                About = about,
                OnBehalfOf = posted.By,
            };
        foreach (var other in posted.Broadcast)
        {
            yield return new Effect.Say(other.Id, Thread: null, forAll)
            {
                ChosenFor = For(escalation),
                About = about,
                OnBehalfOf = posted.By,
            };
        }
    }

    /// <summary>The prompt, with everything that can be answered to it.</summary>
    private static Effect.TellPerson Ask(
        Escalation escalation,
        EscalationFact.UpdateReminded reminded,
        ToldPerson person
    )
    {
        var isBoth = reminded.AlsoAskedAbout.Contains(person.Person);
        var text = isBoth
            ? Markdown.Of(
                $":hourglass: Nothing has happened on **{escalation.Id}** for {Times.Length(reminded.Quiet)}, and {Due("its", reminded, person)} Are you still on it?"
            )
            : Markdown.Of($":memo: **{escalation.Id}**: {Due("the", reminded, person)}");
        return new Effect.TellPerson(
            person.Person,
            text,
            Card(escalation) with
            {
                Controls =
                [
                    EscalationControls.UpdateButton(escalation.Id, ControlStyle.Primary),
                    .. isBoth
                        ? (CardControl[])
                            [
                                EscalationKeys.StillWorking.Button(
                                    "Still on it",
                                    new EscalationRef(escalation.Id)
                                ),
                            ]
                        : [],
                    .. Snooze.Buttons(escalation.Id, reminded.DueAt),
                    HandOverUpdate.Key.Button(
                        "Hand over",
                        new PromptRef(escalation.Id, reminded.DueAt)
                    ),
                ],
            }
        )
        {
            About = escalation.Id.ToString(),
            Asks = EscalationQuestions.Update,
        };
    }

    private static Effect.TellPerson TellLead(
        Escalation escalation,
        EscalationFact.UpdateReminded reminded,
        ToldPerson person
    ) =>
        new(
            person.Person,
            Markdown.Of(
                $":memo: The status update of **{escalation.Id}** is {UpdateWords.Lateness(reminded.Overdue)}: it was due {Times.Due(reminded.DueAt, UpdateZone.Of(person.Zone))}. Its owner is {Owner(escalation)}."
            ),
            Card(escalation) with
            {
                Controls =
                [
                    EscalationControls.UpdateButton(escalation.Id, ControlStyle.Primary),
                    EscalationKeys.Owner.PeopleMenu("Assign to…", new EscalationRef(escalation.Id)),
                ],
            }
        )
        {
            About = escalation.Id.ToString(),
            Asks = EscalationQuestions.Update,
        };

    private static IEnumerable<Effect> InChannel(
        Escalation escalation,
        EscalationFact.UpdateReminded reminded
    ) =>
        reminded.In is { } channel
            ?
            [
                new Effect.Say(
                    channel.Id,
                    Thread: null,
                    reminded.Sentence,
                    new Card(EscalationCards.Headline(escalation), Tone.Warning)
                    {
                        Controls =
                        [
                            EscalationControls.UpdateButton(escalation.Id, ControlStyle.Primary),
                        ],
                    }
                )
                {
                    About = escalation.Id.ToString(),
                    Asks = EscalationQuestions.Update,
                },
            ]
            : [];

    private static Markdown Due(
        string which,
        EscalationFact.UpdateReminded reminded,
        ToldPerson person
    ) =>
        reminded.Overdue < TimeSpan.FromMinutes(1)
            ? Markdown.Of($"{which} status update is due.")
            : Markdown.Of(
                $"{which} status update is {UpdateWords.Lateness(reminded.Overdue)}; it was due {Times.Due(reminded.DueAt, UpdateZone.Of(person.Zone))}."
            );

    private static Card Card(Escalation escalation) =>
        new(EscalationCards.Headline(escalation), Vocabulary.ToneOf(escalation.Severity))
        {
            Text = Markdown.Typed(escalation.LastUpdate?.Summary ?? escalation.Summary),
        };

    private static Markdown Owner(Escalation escalation) =>
        escalation.Owner is { } owner ? Markdown.Of($"{owner}") : Markdown.Of($"nobody");
}
