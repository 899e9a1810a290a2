using Sidecar.Cards;
using Sidecar.Interactions;

namespace Sidecar.Features.Assignments;

/// <summary>Who is told how a hand-over goes (ASG-12).</summary>
internal static class HandOverNotices
{
    public static IEnumerable<Message> Of(Assignment assignment, AssignmentFact fact) =>
        fact switch
        {
            AssignmentFact.HandOverAsked asked =>
            [
                .. asked.Outlook.Leads.Select(lead => new Message(
                    lead,
                    Asked(assignment, asked),
                    LeadCard(assignment, asked)
                )
                {
                    Asks = AssignmentQuestions.Successor,
                }),
                .. ToEngineer(assignment, asked.By, fact),
            ],
            AssignmentFact.HandOverDropped dropped =>
            [
                .. dropped
                    .What.Leads.Append(dropped.What.From)
                    .Concat(dropped.What.To is { } to ? [to] : [])
                    .Select(p => new Message(p, Line(assignment, fact))),
            ],
            AssignmentFact.SuccessorNamed named =>
            [
                new(named.To, Invitation(assignment, named), Invited(assignment, named))
                {
                    Asks = AssignmentQuestions.Invited,
                },
                new(named.From, Line(assignment, fact)),
            ],
            AssignmentFact.HandOverDeclined declined =>
            [
                .. declined
                    .What.Leads.Append(declined.What.NamedBy ?? declined.What.From)
                    .Distinct()
                    .Select(lead => new Message(
                        lead,
                        Words.Of($"{Line(assignment, fact)} Please name somebody else."),
                        Choose(assignment, declined.What.AskedAt, [])
                    )
                    {
                        Asks = AssignmentQuestions.Successor,
                    }),
                new(declined.What.From, Line(assignment, fact)),
            ],
            AssignmentFact.HandedOver over => CareNotices
                .People(
                    assignment,
                    [
                        over.From,
                        .. over.What.Leads,
                        .. over.What.NamedBy is { } by ? [by] : Array.Empty<UserId>(),
                    ]
                )
                .Select(p => new Message(p, Done(assignment, over))),
            _ => [],
        };

    private static IEnumerable<Message> ToEngineer(
        Assignment assignment,
        UserId? by,
        AssignmentFact fact
    ) =>
        assignment.Engineer is { } engineer && engineer != by
            ? [new Message(engineer, Line(assignment, fact))]
            : [];

    private static Words Line(Assignment assignment, AssignmentFact fact) =>
        Words.Of($"{CareWords.Named(assignment)}: {fact.Sentence}");

    private static Words Asked(Assignment assignment, AssignmentFact.HandOverAsked asked) =>
        Words.Lines([
            Words.Of($":arrows_counterclockwise: {Line(assignment, asked)}"),
            asked.Outlook.Documentation,
            asked.Outlook.Candidates.IsEmpty
                ? Words.Of($"There is nobody to suggest: all are overloaded or out of office.")
                : Words.Of($"Suggested:"),
            .. HandOverDesk.Lines(asked.Outlook),
        ]);

    private static Card LeadCard(Assignment assignment, AssignmentFact.HandOverAsked asked) =>
        Choose(
            assignment,
            assignment.HandOver?.AskedAt,
            [.. asked.Outlook.Candidates.Select(c => new ControlOption(c.Name, c.Person.Value))]
        );

    private static Card Choose(
        Assignment assignment,
        DateTimeOffset? askedAt,
        IReadOnlyList<ControlOption> suggested
    )
    {
        var handOver = new HandOverRef(assignment.Id, askedAt);
        return new Card(
            Words.Of($"{assignment.Id} · {assignment.CustomerName}: who takes it over?"),
            Tone.Notice
        )
        {
            Controls =
            [
                .. suggested.Count == 0
                    ? (CardControl[])[]
                    : [ChooseSuccessor.Key.Menu("Suggested…", handOver, suggested)],
                ChooseSuccessor.Key.PeopleMenu("Hand over to…", handOver),
            ],
        };
    }

    private static Words Invitation(Assignment assignment, AssignmentFact.SuccessorNamed named) =>
        Words.Lines([
            Words.Of(
                $":arrows_counterclockwise: {named.By ?? named.From} asks you to take {CareWords.Named(assignment)} over from {named.From} as the assigned support engineer."
            ),
            assignment.IsInternal
                ? Words.Of($"It is internal: the customer is not told.")
                : Words.None,
        ]);

    private static Card Invited(Assignment assignment, AssignmentFact.SuccessorNamed named)
    {
        var handOver = new HandOverRef(assignment.Id, named.AskedAt);
        return new Card(
            Words.Of($"{assignment.Id} · {assignment.CustomerName}: will you take it over?"),
            Tone.Notice
        )
        {
            Text = Words.Of($"The CE is {assignment.CustomerEngineer}."),
            Controls =
            [
                AcceptHandOver.Key.Button("Accept", handOver, ControlStyle.Good),
                DeclineHandOver.Key.Button("Decline", handOver, ControlStyle.Danger),
            ],
        };
    }

    private static Words Done(Assignment assignment, AssignmentFact.HandedOver over) =>
        Words.Lines([
            Line(assignment, over),
            assignment.IsInternal
                ? Words.None
                : Words.Of($"The customer has to be told who their engineer is now."),
            over.WasBackUp
                ? Words.Of($"They were the back-up: another one is to be named.")
                : Words.None,
        ]);
}
