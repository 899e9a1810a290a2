using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Reviews;

/// <summary>Who is told how a hand-over goes (ASG-12).</summary>
internal static class HandOverNotices
{
    public static IEnumerable<PrivateMessage> Of(Assignment assignment, AssignmentFact fact) =>
        fact switch
        {
            AssignmentFact.HandOverAsked asked =>
            [
                .. asked.Outlook.Leads.Select(lead => new PrivateMessage(
                    lead,
                    Asked(assignment, asked),
                    LeadCard(assignment, asked)
                )
                {
                    Asks = AssignmentQuestions.NextEngineer,
                }),
                .. ToEngineer(assignment, asked.By, fact),
            ],
            AssignmentFact.HandOverDropped dropped =>
            [
                .. dropped
                    .What.Leads.Append(dropped.What.From)
                    .Concat(dropped.What.To is { } to ? [to] : [])
                    .Select(p => new PrivateMessage(p, Line(assignment, fact))),
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
                    .Select(lead => new PrivateMessage(
                        lead,
                        Markdown.Of($"{Line(assignment, fact)} Please name somebody else."),
                        Choose(assignment, declined.What.AskedAt, [])
                    )
                    {
                        Asks = AssignmentQuestions.NextEngineer,
                    }),
                new(declined.What.From, Line(assignment, fact)),
            ],
            AssignmentFact.HandedOver over => ReviewNotices
                .People(
                    assignment,
                    [
                        over.From,
                        assignment.RequestedBy,
                        .. over.What.Leads,
                        .. over.What.NamedBy is { } by ? [by] : Array.Empty<UserId>(),
                    ]
                )
                .Select(p => new PrivateMessage(p, Done(assignment, over))),
            _ => [],
        };

    private static IEnumerable<PrivateMessage> ToEngineer(
        Assignment assignment,
        UserId? by,
        AssignmentFact fact
    ) =>
        assignment.Engineer is { } engineer && engineer != by
            ? [new PrivateMessage(engineer, Line(assignment, fact))]
            : [];

    private static Markdown Line(Assignment assignment, AssignmentFact fact) =>
        Markdown.Of($"{ReviewWords.Named(assignment)}: {fact.Sentence}");

    private static Markdown Asked(Assignment assignment, AssignmentFact.HandOverAsked asked) =>
        Markdown.Lines([
            Markdown.Of($":arrows_counterclockwise: {Line(assignment, asked)}"),
            asked.Outlook.Documentation,
            .. HandOverUseCase.Suggestions(asked.Outlook),
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
            Markdown.Of($"{assignment.Id} · {assignment.CustomerName}: who takes it over?"),
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

    private static Markdown Invitation(
        Assignment assignment,
        AssignmentFact.SuccessorNamed named
    ) =>
        Markdown.Lines([
            Markdown.Of(
                $":arrows_counterclockwise: {named.By ?? named.From} asks you to take {ReviewWords.Named(assignment)} over from {named.From} as the assigned support engineer."
            ),
            assignment.IsInternal
                ? Markdown.Of($"It is internal: the customer is not told.")
                : Markdown.None,
        ]);

    private static Card Invited(Assignment assignment, AssignmentFact.SuccessorNamed named)
    {
        var handOver = new HandOverRef(assignment.Id, named.AskedAt);
        return new Card(
            Markdown.Of($"{assignment.Id} · {assignment.CustomerName}: will you take it over?"),
            Tone.Notice
        )
        {
            Text = Markdown.Of($"The CE is {assignment.CustomerEngineer}."),
            Controls =
            [
                AcceptHandOver.Key.Button("Accept", handOver, ControlStyle.Good),
                DeclineHandOver.Key.Button("Decline", handOver, ControlStyle.Danger),
            ],
        };
    }

    private static Markdown Done(Assignment assignment, AssignmentFact.HandedOver over) =>
        Markdown.Lines([
            Line(assignment, over),
            assignment.IsInternal
                ? Markdown.None
                : Markdown.Of($"The customer has to be told who their engineer is now."),
            over.WasBackUp
                ? Markdown.Of($"They were the back-up: another one is to be named.")
                : Markdown.None,
        ]);
}
