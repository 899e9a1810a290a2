using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Reviews;

/// <summary>Parts of sentences that this part's answers and messages share.</summary>
internal static class ReviewWords
{
    private const int ShownDocuments = 5;
    private const int ShownMeetings = 5;

    public static Markdown Command(string text) => Markdown.Code($"/{SlashCommand.Trigger} {text}");

    public static Markdown Because(string why) =>
        why.Length == 0 ? Markdown.Of($".") : Markdown.Of($": {why}");

    public static Markdown People(IReadOnlyList<UserId> people) =>
        people.Count == 0
            ? Markdown.Of($"nobody")
            : Markdown.Listed([.. people.Select(p => Markdown.Of($"{p}"))], "and");

    /// <summary><c>ASG-3 (Acme)</c>.</summary>
    public static Markdown Named(Assignment assignment) =>
        Markdown.Of($"**{assignment.Id}** ({assignment.CustomerName})");

    /// <summary>What a form about an assignment stands upon (M1): where it is, whose, and until when.</summary>
    public static Markdown Standing(Assignment assignment) =>
        Markdown.Of(
            $"{Named(assignment)} is {Markdown.Typed(assignment.State.Label().ToLowerInvariant())}, its engineer is {Somebody(assignment.Engineer)}, its back-up {Somebody(assignment.BackUp)}{(assignment.ReviewOn is { } on ? Markdown.Of($", it is reviewed {CalendarDay.Write(on)}") : Markdown.None)}{(assignment.HandOver is { } handOver ? Markdown.Of($", and {handOver.From} is handing it over to {Somebody(handOver.To)}") : Markdown.None)}."
        );

    private static Markdown Somebody(UserId? person) =>
        person is { } somebody ? Markdown.Of($"{somebody}") : Markdown.Of($"nobody");

    /// <summary>What an assignment keeps, and what is under way, as <c>engineer show</c> tells it (ASG-6, ASG-12).</summary>
    /// <param name="assignment">Which.</param>
    /// <param name="settings">For how long documents are current.</param>
    /// <param name="now">When it is shown.</param>
    /// <param name="zone">The reader's.</param>
    public static Markdown Describe(
        Assignment assignment,
        AssignmentSettings settings,
        DateTimeOffset now,
        TimeZoneInfo zone
    ) =>
        Markdown.Lines([
            Environment(assignment),
            Documentation(assignment, settings, Sidecar.Time.LocalTime.DayOf(now, zone)),
            .. assignment
                .Documents.Take(ShownDocuments)
                .Select(d =>
                    Markdown.Of($"- {d.Title}, {CalendarDay.Write(d.UpdatedOn)}: {d.Link}")
                ),
            assignment.Meetings.IsEmpty
                ? Markdown.None
                : Markdown.Of($"**Latest customer meetings**"),
            .. assignment
                .Meetings.Take(ShownMeetings)
                .Select(m => Markdown.Of($"- {CalendarDay.Write(m.On)}: {m.About} ({m.By})")),
            Review(assignment),
            HandOver(assignment, zone),
            .. assignment.Formerly.Select(f =>
                Markdown.Of(
                    $"Formerly {f.Engineer}, {Times.Day(f.From, zone)} to {Times.Day(f.To, zone)}."
                )
            ),
        ]);

    public static Markdown Documentation(
        Assignment assignment,
        AssignmentSettings settings,
        DateOnly today
    ) =>
        assignment.Documents is [var last, ..]
            ? assignment.IsDocumented(settings, today)
                ? Markdown.Of(
                    $"**Documentation** is current: “{last.Title}” was updated {CalendarDay.Write(last.UpdatedOn)}."
                )
                : Markdown.Of(
                    $"**Documentation** is not current: nothing was updated within {settings.DocumentsCurrentDays} days; the last was “{last.Title}”, {CalendarDay.Write(last.UpdatedOn)}."
                )
            : Markdown.Of(
                $"**Documentation** is missing: {Command($"engineer doc {assignment.Id} https://… Title")} records a technical design document."
            );

    private static Markdown Environment(Assignment assignment) =>
        assignment.Environment.Length == 0
            ? Markdown.Of($"**Emulation of the environment**: none")
            : Markdown.Of($"**Emulation of the environment**: {assignment.Environment}");

    private static Markdown Review(Assignment assignment) =>
        assignment is { State: AssignmentState.Active, ReviewOn: { } on }
            ? assignment.ReviewAsked > 0 && assignment.HandOver is null
                ? Markdown.Of(
                    $"**Review** was due {CalendarDay.Write(on)} and waits for an answer: {Command($"engineer review {assignment.Id}")}"
                )
                : Markdown.Of($"**Review** on {CalendarDay.Write(on)}")
            : Markdown.None;

    private static Markdown HandOver(Assignment assignment, TimeZoneInfo zone) =>
        assignment.HandOver is not { } handOver
            ? Markdown.None
            : Markdown.Of(
                $"**Hand-over** asked for {Times.At(handOver.AskedAt, zone)} ({HandOverReasons.Label(handOver.Reason)}){Because(handOver.Note).OnOneLine()} {WaitsFor(assignment, handOver)}"
            );

    private static Markdown WaitsFor(Assignment assignment, PlannedHandOver handOver) =>
        handOver.To is { } to
            ? Markdown.Of($"Waits for {to} to accept.")
            : Markdown.Of(
                $"Waits for the CS lead to name somebody: {Command($"engineer handover {assignment.Id} to @name")}"
            );
}
