using Sidecar.Features.Assignments.Domain;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.CheckIns;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>What a decision about an assignment stores besides: the answers of a check-in (ASG-10).</summary>
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
    }
}
