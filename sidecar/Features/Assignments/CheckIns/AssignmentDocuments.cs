using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.CheckIns;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>What a decision about an assignment stores besides: how each week ended (ASG-9, ASG-10).</summary>
internal static class AssignmentDocuments
{
    public static void Add(Change change, Decision.Accepted decided)
    {
        foreach (var answered in decided.Facts.OfType<AssignmentFact.CheckInAnswered>())
        {
            var answers = answered.Answers;
            change.Add(
                CheckInHistory.Kind,
                CheckInHistory.IdOf(answers.Assignment, answers.Week),
                answers
            );
        }

        foreach (var fact in decided.Facts)
        {
            DateOnly? week = fact switch
            {
                AssignmentFact.CheckInSkipped skipped => skipped.Week,
                AssignmentFact.CheckInMissed missed => missed.Week,
                _ => null,
            };
            if (week is { } left)
            {
                var (id, customer) = (decided.Next.Id, decided.Next.Customer);
                change.Add(
                    CheckInHistory.LeftOutKind,
                    // After a hand-over a week may be planned, and left out, once more.
                    $"{CheckInHistory.IdOf(id, left)}/{change.Now.UtcTicks}",
                    new WeekLeftOut(id, customer, left, fact.Sentence)
                );
            }
        }
    }
}
