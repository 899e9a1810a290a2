using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>Nothing is recorded for what is over, declined or not approved yet.</summary>
internal sealed record NotUnderWay(Assignment Assignment)
    : Refusal(
        Markdown.Of(
            $"{Assignment.Id} ({Assignment.CustomerName}) {Markdown.Typed(State(Assignment))}, so nothing was changed."
        )
    )
{
    private static string State(Assignment assignment) =>
        assignment.State switch
        {
            AssignmentState.Requested => "has not been approved yet",
            AssignmentState.Approved => "has no engineer yet",
            AssignmentState.Declined when assignment.IsWithdrawn => "was withdrawn",
            AssignmentState.Declined => "was declined",
            AssignmentState.Ended => "is over",
            _ => "is not at that point",
        };
}

/// <summary>What was typed can't be taken; a sentence that says why.</summary>
internal sealed record ReviewProblem(Markdown Why)
    : Refusal(Markdown.Of($"{Why} Nothing was changed."))
{
    public static ReviewProblem Of(string sentence) => new(Markdown.Sentence(sentence));
}
