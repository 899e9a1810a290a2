using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Reviews;

/// <summary>Who is told of what an assignment keeps, of its review and of its hand-over, by direct message.</summary>
internal sealed class ReviewNotices : IAssignmentPart
{
    public IEnumerable<Effect> Notices(
        Assignment assignment,
        AssignmentFact fact,
        UserId? onBehalfOf
    ) => Of(assignment, fact, onBehalfOf);

    public static IEnumerable<Effect> Of(
        Assignment assignment,
        AssignmentFact fact,
        UserId? onBehalfOf
    ) =>
        Messages(assignment, fact)
            // Whoever did it has read the answer; what they are asked with it they have not.
            .Where(m => m.To != fact.By || m.Asks is not null)
            .DistinctBy(m => m.To)
            .Select(m => new Effect.TellPerson(m.To, m.Text, m.Card)
            {
                About = assignment.Id.ToString(),
                OnBehalfOf = onBehalfOf,
                IsInternal = assignment.IsInternal,
                Asks = m.Asks,
            });

    private static IEnumerable<PrivateMessage> Messages(
        Assignment assignment,
        AssignmentFact fact
    ) =>
        fact switch
        {
            AssignmentFact.EnvironmentSet { To.Length: > 0 } set =>
            [
                new(
                    assignment.CustomerEngineer,
                    Markdown.Of(
                        $"{ReviewWords.Named(assignment)}: {set.Sentence}\nYou should be able to reach it; if not, please tell {(set.By is { } by && by != assignment.CustomerEngineer ? by : assignment.Engineer ?? assignment.RequestedBy)}."
                    )
                ),
            ],
            AssignmentFact.DocumentUpdated updated =>
            [
                new(
                    assignment.CustomerEngineer,
                    Markdown.Of(
                        $":page_facing_up: {ReviewWords.Named(assignment)}: {updated.Sentence} Please see that the CRM is updated too."
                    )
                ),
            ],
            AssignmentFact.ReviewDue due => due.Told.Select(p => new PrivateMessage(
                p,
                ReviewText(assignment, due),
                ReviewCard(assignment, due)
            )
            {
                Asks = AssignmentQuestions.Review,
            }),
            AssignmentFact.AssignmentKept kept => People(assignment, kept.Asked)
                .Select(p => new PrivateMessage(
                    p,
                    Markdown.Of($"{ReviewWords.Named(assignment)}: {kept.Sentence}")
                )),
            AssignmentFact.EndedAtReview ended => People(assignment, ended.Asked)
                .Select(p => new PrivateMessage(
                    p,
                    Markdown.Of($"{ReviewWords.Named(assignment)}: {ended.Sentence}")
                )),
            _ => HandOverNotices.Of(assignment, fact),
        };

    /// <summary>Everybody of an assignment, and others.</summary>
    public static IEnumerable<UserId> People(Assignment assignment, IEnumerable<UserId> others) =>
        new[] { assignment.Engineer, assignment.BackUp, assignment.CustomerEngineer }
            .OfType<UserId>()
            .Concat(others)
            .Distinct();

    private static Markdown ReviewText(Assignment assignment, AssignmentFact.ReviewDue due) =>
        due.Round switch
        {
            1 => Markdown.Of(
                $":calendar: The review of {ReviewWords.Named(assignment)} is due: should it continue?"
            ),
            2 => Markdown.Of(
                $":calendar: Nobody has answered the review of {ReviewWords.Named(assignment)} of {CalendarDay.Write(due.On)} yet: should it continue?"
            ),
            _ => Markdown.Of(
                $":warning: Nobody has answered the review of {ReviewWords.Named(assignment)} of {CalendarDay.Write(due.On)}, though its people were asked twice. Please decide."
            ),
        };

    private static Card ReviewCard(Assignment assignment, AssignmentFact.ReviewDue due)
    {
        var review = new ReviewRef(assignment.Id, due.On);
        return new Card(
            Markdown.Of($"{assignment.Id} · {assignment.CustomerName}"),
            due.Round < 3 ? Tone.Notice : Tone.Warning
        )
        {
            Text = Markdown.Of(
                $"Assigned to {assignment.Engineer ?? assignment.RequestedBy}. An assignment is never permanent: it is kept, handed over or ended. The first answer counts."
            ),
            Controls =
            [
                AnswerReview.Key.Button(
                    AnswerReview.KeepLabel(due.Months),
                    review,
                    ControlStyle.Primary
                ),
                AskHandOver.Key.Button("Hand over", new HandOverRef(assignment.Id, null)),
                EndReviewed.Key.Button("End", review, ControlStyle.Danger),
            ],
        };
    }
}

/// <summary>Somebody who is told something.</summary>
internal sealed record PrivateMessage(UserId To, Markdown Text, Card? Card = null)
{
    /// <summary>What its buttons ask.</summary>
    public string? Asks { get; init; }
}
