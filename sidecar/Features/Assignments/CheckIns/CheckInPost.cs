using Sidecar.Cards;

namespace Sidecar.Features.Assignments;

/// <summary>The answers of a week as people read them.</summary>
internal static class CheckInPost
{
    public static Words Of(Assignment assignment, CheckIn answers) =>
        Words.Lines([
            Words.Of(
                $"#### Check-in of {assignment.Id} {assignment.CustomerName}, week of {CheckInWords.Day(answers.Week)}"
            ),
            Words.Of($"{answers.By} with {assignment.CustomerEngineer}:"),
            .. Lines(answers),
        ]);

    public static IEnumerable<Words> Lines(CheckIn answers) =>
        [
            .. CheckInForm.Questions.Select(q =>
                q.Of(answers) is { Length: > 0 } said
                    ? Words.Of($"**{q.Label}:** {said}")
                    : Words.None
            ),
            answers.LooksLikeProfessionalServices
                ? Words.Of(
                    $"**Professional services?** Something looks like it: leadership weighs it up."
                )
                : Words.None,
        ];
}
