using Sidecar.Features.Assignments.Domain;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.CheckIns;

/// <summary>The answers of a week as people read them.</summary>
internal static class CheckInPost
{
    public static Markdown Of(Assignment assignment, CheckIn answers) =>
        Markdown.Lines([
            Markdown.Of(
                $"#### Check-in of {assignment.Id} {assignment.CustomerName}, week of {CheckInWords.Day(answers.Week)}"
            ),
            Markdown.Of(
                $"{answers.By} with {(answers.By == assignment.CustomerEngineer ? assignment.Engineer ?? assignment.CustomerEngineer : assignment.CustomerEngineer)}:"
            ),
            .. Lines(answers),
        ]);

    public static IEnumerable<Markdown> Lines(CheckIn answers) =>
        [
            .. CheckInForm.Questions.Select(q =>
                q.Of(answers) is { Length: > 0 } said
                    ? Markdown.Of($"**{q.Label}:** {said}")
                    : Markdown.None
            ),
            answers.LooksLikeProfessionalServices
                ? Markdown.Of(
                    $"**Professional services?** Something looks like it; leadership is weighing it up."
                )
                : Markdown.None,
        ];
}
