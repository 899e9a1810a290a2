using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.CheckIns;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary><c>/escalate checkin history abc</c>: what was answered, the latest week first (ASG-10).</summary>
internal sealed class ShowCheckIns(
    AssignmentStore book,
    CustomerStore customers,
    CheckInQueries desk,
    CheckInHistory history
) : ISlashCommand
{
    /// <summary>At most so many weeks on a page, and no more than one message takes.</summary>
    private const int PageSize = 5;
    private const int PageLength = 6500;

    private static readonly Parameter<string> Before = new(
        "before",
        "[before 2026-03-02]",
        source =>
            source.Next is not { } word || !word.Says("before") ? ReadArgument.Absent<string>()
            : source.Line.From(source.At + 1).Trim() is { Length: > 0 } day
                ? ReadArgument.Of<string>(day, source.Line.Words.Length - source.At)
            : ReadArgument.Wrong<string>("Before which day? Write it as in `before 2026-03-02`.")
    )
    {
        IsOptional = true,
        Hint = "Write `before 2026-03-02` for the weeks before that day.",
    };

    public static Permission Permission => CheckInRights.Read;

    public static CommandSpec Spec { get; } =
        new(
            "checkin history",
            "Show the answers of a customer’s check-ins",
            CustomerArguments.One,
            Before
        )
        {
            Examples = ["checkin history abc", "checkin history abc before 2026-03-02"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var typed = call.Get(CustomerArguments.One)!;
        DateOnly? before = null;
        if (call.Get(Before) is { } day)
        {
            var today = LocalTime.DayOf(
                call.Envelope.At,
                (await desk.Time(call.Envelope.User, cancel)).Zone
            );
            before = TypedDate.Read(day, today, hasPassed: true, out var problem);
            if (before is null)
            {
                return Reply.No(Markdown.Of($"Before which day? {Markdown.Sentence(problem)}"));
            }
        }

        var customer = await customers.Known(typed.Value, cancel);
        var assignment = customer is null ? null : await desk.Of(customer.Key, cancel);
        if (!await desk.MayKnow(assignment, call.Envelope.User, cancel))
        {
            return Reply.Say(CheckInQueries.NotYours(typed.Value));
        }

        if (customer is null)
        {
            return await CustomerArguments.Unknown(customers, call, typed, cancel);
        }

        if (assignment is null)
        {
            return Reply.Say(
                Markdown.Of(
                    $"{customer.Name} has had no assigned engineer, so there are no check-ins."
                )
            );
        }

        var refusal = await book.WouldRefuse(
            assignment,
            call.Envelope.User,
            (current, actor, _) =>
                CheckInRights.Read.Allows(actor, current)
                    ? new Decision.Accepted(current)
                    : new MayNot(CheckInRights.Read),
            cancel
        );
        if (refusal is not null)
        {
            return Reply.No(refusal);
        }

        var (weeks, hasMore) = await history.Page(customer.Key, before, PageSize, cancel);
        var shown = Fitting(weeks);
        var isMore = hasMore || shown.Count < weeks.Count;
        var zone = (await desk.Time(call.Envelope.User, cancel)).Zone.Id;
        return Reply.Say(
            shown.Count == 0
                ? Nothing(customer, before)
                : Markdown.Lines([
                    Markdown.Of($"#### Check-ins of {customer.Name}"),
                    .. shown.SelectMany(c => Show(c, zone)),
                    isMore
                        ? Markdown.Of(
                            $"\nEarlier ones: {CheckInWords.Command($"checkin history {customer.Key.Value} before {CheckInWords.Day(shown[^1].Week)}")}"
                        )
                        : Markdown.None,
                ])
        );
    }

    private static IReadOnlyList<CheckInWeek> Fitting(IReadOnlyList<CheckInWeek> weeks)
    {
        var length = 0;
        return [.. weeks.TakeWhile((w, i) => (length += Length(w)) <= PageLength || i == 0)];
    }

    private static Markdown Nothing(Customer customer, DateOnly? before) =>
        before is not null
            ? Markdown.Of($"Check-ins of {customer.Name}: that was all.")
            : Markdown.Of(
                $"No check-in of {customer.Name} has been answered yet. {CheckInWords.Command($"checkin {customer.Key.Value}")} answers this week’s."
            );

    private static int Length(CheckInWeek week) =>
        week.Answers is { } answers
            ? CheckInForm.Questions.Sum(q => q.Of(answers).Length)
            : SkipCheckIn.MaxReason;

    private static IEnumerable<Markdown> Show(CheckInWeek week, string zone) =>
        week.Answers is { } answers
            ?
            [
                Markdown.Of(
                    $"\n**Week of {CheckInWords.Day(week.Week)}** · {answers.By}{CheckInPost.Marks(answers)} · {CheckInWords.At(answers.At, zone)} · {week.Assignment}"
                ),
                .. CheckInPost
                    .Lines(answers)
                    .Where(l => !l.IsEmpty)
                    .Select(l => Markdown.Of($"- {l}")),
            ]
            :
            [
                Markdown.Of(
                    $"\n**Week of {CheckInWords.Day(week.Week)}** · {week.Assignment}\n- {week.LeftOut!.Says}"
                ),
            ];
}
