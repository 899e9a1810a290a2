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
                $"{answers.By}{Marks(answers)} with {(answers.By == assignment.CustomerEngineer ? assignment.Engineer ?? assignment.CustomerEngineer : assignment.CustomerEngineer)}:"
            ),
            .. Lines(answers),
        ]);

    /// <summary>Behind who answered: that it was late, and who put other words there since.</summary>
    public static Markdown Marks(CheckIn answers) =>
        Markdown.Of(
            $"{(answers.IsLate == true ? Markdown.Of($" (late)") : Markdown.None)}{Corrected(answers)}"
        );

    private static Markdown Corrected(CheckIn answers) =>
        answers.Correction is not { } correction ? Markdown.None
        : correction.By == answers.By ? Markdown.Of($" (corrected)")
        : Markdown.Of($" (corrected by {correction.By})");

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
