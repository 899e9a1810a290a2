using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.CheckIns;

/// <summary>Who is told of what, by direct message; answers also where the pair chose (ASG-10).</summary>
internal sealed class CheckInNotices : IAssignmentPart
{
    /// <summary>What a message quotes of last week’s.</summary>
    private const int Quotable = 300;

    public IEnumerable<Effect> Notices(
        Assignment assignment,
        AssignmentFact fact,
        UserId? onBehalfOf
    ) => Of(assignment, fact, onBehalfOf);

    public void AddTo(Change change, Decision<Assignment, AssignmentFact>.Accepted decided) =>
        AssignmentDocuments.Add(change, decided);

    public static IEnumerable<Effect> Of(
        Assignment assignment,
        AssignmentFact fact,
        UserId? onBehalfOf
    ) =>
        (
            fact switch
            {
                AssignmentFact.CheckInPlanned planned => Planned(assignment, planned),
                AssignmentFact.CheckInAsked asked => [Ask(assignment, asked)],
                AssignmentFact.CheckInReminded reminded => [Remind(assignment, reminded)],
                AssignmentFact.CheckInAnswered answered => Answered(assignment, answered),
                AssignmentFact.CheckInCorrected corrected => Corrected(assignment, corrected),
                AssignmentFact.CheckInMoved moved => Others(assignment, moved.By)
                    .Select(p => TellOfMove(assignment, moved, p)),
                AssignmentFact.CheckInSkipped { By: { } by } skipped => Others(assignment, by)
                    .Select(p =>
                        Tell(
                            assignment,
                            p,
                            Markdown.Of(
                                $":fast_forward: {by} skipped the check-in of {CheckInWords.Name(assignment)} for the week of {CheckInWords.Day(skipped.Week)}: {skipped.Why}"
                            )
                        )
                    ),
                AssignmentFact.ServicesWeighed weighed => Others(assignment, weighed.By)
                    .Select(p =>
                        Tell(
                            assignment,
                            p,
                            Markdown.Of(
                                $":scales: {CheckInWords.Name(assignment)}: {weighed.Sentence}"
                            )
                        )
                    ),
                AssignmentFact.CheckInPlaceChosen chosen => Place(assignment, chosen),
                AssignmentFact.MissedCheckInsTold told => told
                    .Leads.Select(p => TellOfMissed(assignment, told, p))
                    .Concat(
                        told.BackUp is { } backUp && !told.Leads.Contains(backUp)
                            ? [TellBackUp(assignment, told, backUp)]
                            : []
                    ),
                _ => Enumerable.Empty<Effect>(),
            }
        ).Select(effect =>
            effect with
            {
                OnBehalfOf = onBehalfOf,
                // Of an assignment of which the customer knows nothing nobody else may read either (ASG-4).
                IsInternal = assignment.IsInternal,
            }
        );

    private static IEnumerable<Effect> Planned(
        Assignment assignment,
        AssignmentFact.CheckInPlanned planned
    ) =>
        planned
            .Readers.Where(r =>
                r.Person != planned.By
                && (r.Person == assignment.Engineer || r.Person == assignment.CustomerEngineer)
            )
            .Select(r =>
                Tell(
                    assignment,
                    r.Person,
                    Markdown.Lines([
                        Markdown.Of(
                            $":calendar: The weekly check-in of {CheckInWords.Name(assignment)} with {Other(assignment, r.Person)} is on {CheckInWords.Weekly(planned.Plan, planned.NextAt, r.Zone)}{By(planned.By)}; the next one is {CheckInWords.At(planned.NextAt, r.Zone)}."
                        ),
                        Markdown.Of(
                            $"{Part(assignment, r.Person)} Answers are posted {CheckInWords.Place(planned.Plan.Place)}; {CheckInWords.Command($"checkin plan {assignment.Customer.Value} in ~channel")} chooses a place."
                        ),
                        planned.IsCommon
                            ? Markdown.None
                            : Markdown.Of(
                                $":warning: You two have no working hours in common, or this is outside of them: it is in {assignment.Engineer!.Value}’s. Please agree on a time and move it."
                            ),
                    ]),
                    new Card(Title(assignment), Tone.Neutral)
                    {
                        Controls =
                        [
                            PlanCheckIn.Key.Button("Move it", new CheckInPlanRef(assignment.Id)),
                        ],
                    }
                ) with
                {
                    Asks = AssignmentQuestions.Plan,
                }
            );

    private static Effect.TellPerson Ask(Assignment assignment, AssignmentFact.CheckInAsked asked)
    {
        var text = asked.InsteadOf is { } away
            ? Markdown.Of(
                $":speech_balloon: {CheckInWords.Name(assignment)}: {away} is out of office, so this week’s check-in with {assignment.CustomerEngineer} comes to you as the back-up."
            )
            : Markdown.Of(
                $":speech_balloon: {CheckInWords.Name(assignment)}: it is time for this week’s check-in with {assignment.CustomerEngineer}."
            );
        return Prompt(
            assignment,
            asked.Turn,
            asked.Who.Person,
            text,
            new Card(Title(assignment), Tone.Notice)
            {
                Text = Markdown.Lines([
                    .. asked.Emergencies.Select(Beside),
                    asked.Turn.Because is { } why
                        ? Markdown.Of($"Not at the planned time: {why}.")
                        : Markdown.None,
                    asked.Turn.Before ?? Markdown.None,
                    LastTime(assignment),
                ]),
            }
        );
    }

    private static Markdown Beside(EmergencyBeside emergency) =>
        Markdown.Of(
            $":rotating_light: {CardLinks.Named(emergency.Name, emergency.Link)} is an open Sev 1 of theirs: answer about it, too, or skip this week with the reason."
        );

    private static Effect.TellPerson Remind(
        Assignment assignment,
        AssignmentFact.CheckInReminded reminded
    ) =>
        Prompt(
            assignment,
            reminded.Turn,
            reminded.Who.Person,
            Markdown.Of(
                $":hourglass: {CheckInWords.Name(assignment)}: the check-in with {assignment.CustomerEngineer} for the week of {CheckInWords.Day(reminded.Turn.Week)} is not answered yet. I asked {CheckInWords.At(reminded.Turn.AskedAt!.Value, reminded.Who.Zone)}; from {CheckInWords.At(reminded.ClosesAt, reminded.Who.Zone)} on it counts as missed."
            ),
            new Card(Title(assignment), Tone.Warning) { Text = LastTime(assignment) }
        );

    private static Effect.TellPerson Prompt(
        Assignment assignment,
        CheckInTurn turn,
        UserId to,
        Markdown text,
        Card card
    )
    {
        var target = new CheckInRef(assignment.Id, turn.Week);
        return Tell(
            assignment,
            to,
            text,
            card with
            {
                Controls =
                [
                    AnswerCheckIn.Key.Button("Answer now", target, ControlStyle.Primary),
                    .. assignment.LastCheckIn is null
                        ? []
                        : (ImmutableArray<CardControl>)
                            [RepeatCheckIn.Key.Button("All as last time", target)],
                    MoveCheckIn.Key.Button("Move", target),
                    SkipCheckIn.Key.Button("Skip", target),
                ],
            }
        ) with
        {
            Asks = AssignmentQuestions.CheckIn,
        };
    }

    /// <summary>What <em>All as last time</em> would say again: nobody says what they have not seen.</summary>
    private static Markdown LastTime(Assignment assignment) =>
        assignment.LastCheckIn is not { } last
            ? Markdown.None
            : Markdown.Lines([
                Markdown.Of($"Last time, in the week of {CheckInWords.Day(last.Week)}:"),
                .. CheckInForm
                    .Questions.Where(q => q.Of(last).Length > 0)
                    .Select(q =>
                        Markdown.Of(
                            $"- {q.Label}: {Markdown.Typed(MarkdownEscaper.Shorten(q.Of(last), Quotable)).OnOneLine()}"
                        )
                    ),
            ]);

    /// <summary>To the pair, but who answered; to the pair’s place; to leadership when it is theirs to weigh up.</summary>
    private static IEnumerable<Effect> Answered(
        Assignment assignment,
        AssignmentFact.CheckInAnswered answered
    )
    {
        var text = CheckInPost.Of(assignment, answered.Answers);
        foreach (var person in Others(assignment, answered.By))
        {
            yield return Tell(assignment, person, text);
        }

        if (answered.By is { } by && assignment is { CheckIns: { } plan, Turn: { } next })
        {
            // A form closes without a word: whoever filled it in sees that it was kept.
            yield return Tell(
                assignment,
                by,
                Markdown.Of(
                    $":white_check_mark: Your answers about {CheckInWords.Name(assignment)}{CheckInWords.Late([answered])} are kept, and {Markdown.Listed([.. Others(assignment, by).Select(p => Markdown.Of($"{p}"))], "and")} {Has(Others(assignment, by).Count())} them{Correcting(assignment, answered.Answers)}. {Following(next, plan)}"
                )
            );
        }

        foreach (
            var effect in ToPlaceAndLeadership(
                assignment,
                answered.Answers,
                text,
                answered.By,
                answered.Leadership
            )
        )
        {
            yield return effect;
        }
    }

    /// <summary>To whoever got the answers that these take the place of.</summary>
    private static IEnumerable<Effect> Corrected(
        Assignment assignment,
        AssignmentFact.CheckInCorrected corrected
    )
    {
        var text = CheckInPost.Of(assignment, corrected.Answers);
        return
        [
            .. Others(assignment, corrected.By).Select(p => Tell(assignment, p, text)),
            .. ToPlaceAndLeadership(
                assignment,
                corrected.Answers,
                text,
                corrected.By,
                corrected.Leadership
            ),
        ];
    }

    private static IEnumerable<Effect> ToPlaceAndLeadership(
        Assignment assignment,
        CheckIn answers,
        Markdown text,
        UserId? by,
        ImmutableArray<UserId> leadership
    )
    {
        if (assignment.CheckIns?.Place is { } place)
        {
            yield return new Effect.Say(place.Id, Thread: null, text.Quiet())
            {
                ChosenFor = Answers(assignment),
                OnBehalfOf = by,
                About = assignment.Id.ToString(),
            };
        }

        var weighed = new CheckInRef(assignment.Id, answers.Week);
        foreach (var lead in leadership)
        {
            yield return Tell(
                assignment,
                lead,
                Markdown.Lines([
                    Markdown.Of(
                        $":scales: {answers.Correction?.By ?? answers.By} says that something at {CheckInWords.Name(assignment)} looks like professional services work. Please weigh up together what is best: {assignment.Engineer!.Value} and {assignment.CustomerEngineer} are told what you answer, and the first answer counts."
                    ),
                    text,
                ]),
                new Card(Title(assignment), Tone.Notice)
                {
                    Controls =
                    [
                        ServicesWanted.Key.Button("Yes, it is", weighed),
                        NoServices.Key.Button("No, it is not", weighed),
                    ],
                }
            ) with
            {
                Asks = AssignmentQuestions.Services(weighed.Week),
            };
        }
    }

    private static Effect.TellPerson TellOfMove(
        Assignment assignment,
        AssignmentFact.CheckInMoved moved,
        UserId person
    )
    {
        var zone =
            moved.Readers.FirstOrDefault(r => r.Person == person)?.Zone
            ?? assignment.CheckIns!.Zone;
        return Tell(
            assignment,
            person,
            Markdown.Of(
                $":calendar: {moved.By!.Value} moved the check-in of {CheckInWords.Name(assignment)} for the week of {CheckInWords.Day(moved.Turn.Week)} to {CheckInWords.At(moved.Turn.DueAt, zone)}."
            )
        );
    }

    /// <summary>What their channel is for, within a sentence.</summary>
    private static string Answers(Assignment assignment) =>
        $"answers of the check-ins of {assignment.Id}";

    private static IEnumerable<Effect> Place(
        Assignment assignment,
        AssignmentFact.CheckInPlaceChosen chosen
    )
    {
        if (chosen.Place is { } place)
        {
            yield return new Effect.Say(
                place.Id,
                Thread: null,
                Markdown
                    .Of(
                        $"{chosen.By!.Value} has chosen this channel: answers of the weekly check-ins of {CheckInWords.Name(assignment)} are posted here."
                    )
                    .Quiet()
            )
            {
                ChosenFor = Answers(assignment),
                OnBehalfOf = chosen.By,
                About = assignment.Id.ToString(),
            };
        }

        foreach (var person in Others(assignment, chosen.By))
        {
            yield return Tell(
                assignment,
                person,
                Markdown.Of(
                    $"{chosen.By!.Value} has chosen that answers of the check-ins of {CheckInWords.Name(assignment)} are posted {CheckInWords.Place(chosen.Place)}."
                )
            );
        }
    }

    /// <summary>Only the latest answers are corrected.</summary>
    private static Markdown Correcting(Assignment assignment, CheckIn answers) =>
        assignment.LastCheckIn?.Week == answers.Week
            ? Markdown.Of(
                $"; {CheckInWords.Command($"checkin correct {assignment.Customer.Value}")} corrects them"
            )
            : Markdown.None;

    private static Markdown Following(CheckInTurn next, CheckInPlan plan) =>
        next.Asked is { } asked
            ? Markdown.Of(
                $"The one of the week of {CheckInWords.Day(next.Week)} is still to be answered, by {asked}."
            )
            : Markdown.Of($"The next check-in is {CheckInWords.At(next.DueAt, plan.Zone)}.");

    /// <summary>Whoever stands in for the engineer can still answer what was missed.</summary>
    private static Effect.TellPerson TellBackUp(
        Assignment assignment,
        AssignmentFact.MissedCheckInsTold told,
        UserId backUp
    )
    {
        var week = assignment.MissedWeeks is [.., var latest] ? latest : told.Since;
        return TellOfMissed(assignment, told, backUp) with
        {
            Card = new Card(Title(assignment), Tone.Warning)
            {
                Text = Markdown.Of(
                    $"You are the back-up. Whoever of you knows how it was can still answer for the week of {CheckInWords.Day(week)}; it is kept as late."
                ),
                Controls =
                [
                    AnswerCheckIn.Key.Button("Answer it late", new CheckInRef(assignment.Id, week)),
                ],
            },
            Asks = AssignmentQuestions.Missed(week),
        };
    }

    private static Effect.TellPerson TellOfMissed(
        Assignment assignment,
        AssignmentFact.MissedCheckInsTold told,
        UserId to
    ) =>
        Tell(
            assignment,
            to,
            Markdown.Lines([
                told.InARow == 1
                    ? Markdown.Of(
                        $":warning: {CheckInWords.Name(assignment)}: the weekly check-in of the week of {CheckInWords.Day(told.Since)} was missed by {assignment.Engineer!.Value}, with {assignment.CustomerEngineer} as the CE."
                    )
                    : Markdown.Of(
                        $":warning: {CheckInWords.Name(assignment)}: {told.InARow} weekly check-ins in a row were missed by {assignment.Engineer!.Value}, with {assignment.CustomerEngineer} as the CE, since the week of {CheckInWords.Day(told.Since)}."
                    ),
                assignment.LastCheckIn is { } last
                    ? Markdown.Of(
                        $"The last answers are of the week of {CheckInWords.Day(last.Week)}; {CheckInWords.Command($"checkin history {assignment.Customer.Value}")} shows them."
                    )
                    : Markdown.Of($"None has been answered so far."),
            ])
        );

    private static Effect.TellPerson Tell(
        Assignment assignment,
        UserId to,
        Markdown text,
        Card? card = null
    ) => new(to, text, card) { About = assignment.Id.ToString() };

    /// <summary>Engineer and CE, but who did it.</summary>
    private static IEnumerable<UserId> Others(Assignment assignment, UserId? by) =>
        new[] { assignment.Engineer, assignment.CustomerEngineer }
            .OfType<UserId>()
            .Distinct()
            .Where(p => p != by);

    private static UserId Other(Assignment assignment, UserId reader) =>
        reader == assignment.CustomerEngineer
            ? assignment.Engineer!.Value
            : assignment.CustomerEngineer;

    private static Markdown Part(Assignment assignment, UserId reader) =>
        reader == assignment.Engineer
            ? Markdown.Of(
                $"I will ask you then, and {assignment.CustomerEngineer} gets your answers."
            )
            : Markdown.Of(
                $"I will ask {assignment.Engineer!.Value} then, and you will get the answers."
            );

    private static string Has(int people) => people == 1 ? "has" : "have";

    private static Markdown By(UserId? by) =>
        by is { } person ? Markdown.Of($", as {person} chose") : Markdown.Of($", as I propose");

    private static Markdown Title(Assignment assignment) =>
        Markdown.Of($"{assignment.Id} · {assignment.CustomerName}");
}
