using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.CheckIns;

/// <summary>What the form remembers.</summary>
/// <param name="Id">Which assignment.</param>
/// <param name="Week">For which week.</param>
internal sealed record CheckInState(AssignmentId Id, DateOnly Week);

/// <summary>A standing question (ASG-7).</summary>
/// <param name="Field">The field’s name.</param>
/// <param name="Label">In a few words.</param>
/// <param name="Question">In full.</param>
/// <param name="Of">Its answer.</param>
/// <param name="IsKept">Last week’s answer is a beginning of this week’s.</param>
internal sealed record CheckInQuestion(
    string Field,
    string Label,
    string Question,
    Func<CheckIn, string> Of,
    bool IsKept
);

/// <summary>The four standing questions, with last week’s answers in view (ASG-7, ASG-10).</summary>
internal static class CheckInForm
{
    public const string GoingWell = "going_well";
    public const string Frustration = "frustration";
    public const string Goals = "goals";
    public const string Context = "context";
    public const string Services = "professional_services";

    /// <summary>Which week, where one that was missed can be answered besides.</summary>
    public const string Week = "week";

    /// <summary>Four of these fit into one message, whatever is in them: nothing has to be cut.</summary>
    public const int MaxAnswer = 1500;

    /// <summary>What is shown of an answer of last week above the form.</summary>
    private const int Shown = 250;

    /// <summary>What the empty field itself shows of it.</summary>
    private const int Beside = 110;

    public static ImmutableArray<CheckInQuestion> Questions { get; } =
    [
        new(
            GoingWell,
            "Going well",
            "What is going well with the customer?",
            c => c.GoingWell,
            IsKept: false
        ),
        new(
            Frustration,
            "Frustration",
            "What, if anything, is causing frustration for the customer?",
            c => c.Frustration,
            IsKept: false
        ),
        new(
            Goals,
            "Our goals",
            "What are we currently trying to make happen with this customer (our goals)?",
            c => c.Goals,
            IsKept: true
        ),
        new(
            Context,
            "Context",
            "What context would be useful to have for anything troubleshooting that may come up?",
            c => c.Context,
            IsKept: true
        ),
    ];

    /// <param name="assignment">Whose check-in.</param>
    /// <param name="state">Which week.</param>
    /// <param name="reader">Who answers.</param>
    /// <param name="weeks">The weeks that can be answered.</param>
    /// <param name="above">What is said above it; null for nothing.</param>
    public static DialogForm For(
        Assignment assignment,
        CheckInState state,
        UserId reader,
        ImmutableArray<DateOnly> weeks,
        Markdown? above = null
    )
    {
        var last = assignment.LastCheckIn;
        var other =
            reader == assignment.CustomerEngineer
                ? assignment.Engineer ?? assignment.CustomerEngineer
                : assignment.CustomerEngineer;
        return new DialogForm(
            $"Check-in {assignment.Id}",
            [
                .. WhichWeek(assignment, state.Week, weeks),
                .. Fields(
                    q => q.IsKept && last is not null ? q.Of(last) : "",
                    q =>
                        last is not null && q.Of(last) is { Length: > 0 } before
                            ? $"Last time: {MarkdownEscaper.Shorten(before, Beside)}"
                            : "",
                    looksLikeServices: false
                ),
            ]
        )
        {
            Introduction = Markdown.Lines([
                .. above is null ? [] : (Markdown[])[above],
                Markdown.Of(
                    $"**{assignment.CustomerName}**, with {other}, week of {CheckInWords.Day(state.Week)}{(assignment.IsMissed(state.Week) ? Markdown.Of($", which was missed: your answers are kept, as late") : Markdown.None)}."
                ),
                .. last is null ? [] : LastTime(last),
            ]),
            Premise = CheckInWords.Week(assignment, state.Week),
            SubmitLabel = "Check in",
        };
    }

    /// <summary>The same with the answers of a week in it, to correct them.</summary>
    public static DialogForm Correcting(Assignment assignment, CheckIn answers) =>
        new(
            $"Correct check-in {assignment.Id}",
            [.. Fields(q => q.Of(answers), _ => "", answers.LooksLikeProfessionalServices)]
        )
        {
            Introduction = Markdown.Of(
                $"**{assignment.CustomerName}**, week of {CheckInWords.Day(answers.Week)}, as {answers.Correction?.By ?? answers.By} {Markdown.Typed(answers.Correction is null ? "answered" : "corrected")} it. Whoever got the answers gets the corrected ones."
            ),
            SubmitLabel = "Correct",
        };

    /// <summary>Reads the answers; what can’t be taken is marked.</summary>
    public static (CheckInText? Text, ImmutableDictionary<string, string> Problems) Read(
        Submission<CheckInState> form
    )
    {
        var problems = Questions
            .Where(q => !TextLength.Fits(form[q.Field], MaxAnswer))
            .ToImmutableDictionary(
                q => q.Field,
                q =>
                    $"This takes {MaxAnswer} characters; yours has {TextLength.Told(form[q.Field], MaxAnswer)}.",
                StringComparer.Ordinal
            );
        if (Questions.All(q => form[q.Field].Length == 0))
        {
            problems = problems.SetItem(
                GoingWell,
                "Answer at least one of the questions. To leave out a week that has none yet, type /escalate checkin skip."
            );
        }

        return problems.IsEmpty
            ? (
                new CheckInText(
                    CalendarDay.ReadWritten(form[Week]) ?? form.State.Week,
                    form[GoingWell],
                    form[Frustration],
                    form[Goals],
                    form[Context],
                    form[Services] is "true" or "yes"
                ),
                problems
            )
            : (null, problems);
    }

    /// <summary>Nobody answers a week for another one: where there are several, it is asked.</summary>
    private static IEnumerable<DialogField> WhichWeek(
        Assignment assignment,
        DateOnly meant,
        ImmutableArray<DateOnly> weeks
    ) =>
        weeks.All(w => w == meant)
            ? []
            :
            [
                new DialogField(Week, "Which week?", FieldKind.Choice)
                {
                    Default = CheckInWords.Day(meant),
                    Options =
                    [
                        .. weeks
                            .Append(meant)
                            .Distinct()
                            .OrderDescending()
                            .Select(w => new ControlOption(
                                $"Week of {CheckInWords.Day(w)}{(assignment.IsMissed(w) ? ", missed" : "")}",
                                CheckInWords.Day(w)
                            )),
                    ],
                },
            ];

    private static IEnumerable<DialogField> Fields(
        Func<CheckInQuestion, string> filled,
        Func<CheckInQuestion, string> beside,
        bool looksLikeServices
    ) =>
        [
            .. Questions.Select(q => new DialogField(q.Field, q.Label, FieldKind.LongText)
            {
                Help = q.Question,
                Default = filled(q),
                Placeholder = beside(q),
                Optional = true,
                MaxLength = MaxAnswer,
            }),
            new DialogField(Services, "Professional services?", FieldKind.YesNo)
            {
                Placeholder = "Yes, something looks like it",
                Help =
                    "Does anything look like professional services work? Yes asks the CS, CE and sales leads to weigh it up.",
                Optional = true,
                Default = looksLikeServices ? "true" : "false",
            },
        ];

    /// <summary>The fields show what was short; what was longer stands above them.</summary>
    private static IEnumerable<Markdown> LastTime(CheckIn last) =>
        [
            .. Questions
                .Where(q => !q.IsKept && q.Of(last).Length > Beside)
                .Select(q =>
                    Markdown.Of(
                        $"- {q.Label}, last time: {Markdown.Typed(MarkdownEscaper.Shorten(q.Of(last), Shown)).OnOneLine()}"
                    )
                ),
            Questions.Any(q => q.IsKept && q.Of(last).Length > 0)
                ? Markdown.Of(
                    $"Goals and context are filled in from the week of {CheckInWords.Day(last.Week)} ({last.By}): change what has changed."
                )
                : Markdown.None,
        ];
}
