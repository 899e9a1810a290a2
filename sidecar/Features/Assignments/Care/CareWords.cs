using Sidecar.Cards;
using Sidecar.Features.Customers.Fields;
using Sidecar.Interactions;

namespace Sidecar.Features.Assignments;

/// <summary>Parts of sentences that this part's answers and messages share.</summary>
internal static class CareWords
{
    private const int ShownDocuments = 5;
    private const int ShownMeetings = 5;

    public static Words Command(string text) => Words.Code($"/{SlashCommand.Trigger} {text}");

    public static Words Because(string why) =>
        why.Length == 0 ? Words.Of($".") : Words.Of($": {why}");

    public static Words People(IReadOnlyList<UserId> people) =>
        people.Count == 0
            ? Words.Of($"nobody")
            : Words.Listed([.. people.Select(p => Words.Of($"{p}"))], "and");

    /// <summary><c>ASG-3 (Acme)</c>.</summary>
    public static Words Named(Assignment assignment) =>
        Words.Of($"**{assignment.Id}** ({assignment.CustomerName})");

    /// <summary>What an assignment keeps, and what is under way, as <c>engineer show</c> tells it (ASG-6, ASG-12).</summary>
    /// <param name="assignment">Which.</param>
    /// <param name="settings">For how long documents are current.</param>
    /// <param name="now">When it is shown.</param>
    /// <param name="zone">The reader's.</param>
    public static Words Describe(
        Assignment assignment,
        AssignmentSettings settings,
        DateTimeOffset now,
        TimeZoneInfo zone
    ) =>
        Words.Lines([
            Environment(assignment),
            Documentation(assignment, settings, Scheduling.LocalTime.DayOf(now, zone)),
            .. assignment
                .Documents.Take(ShownDocuments)
                .Select(d => Words.Of($"- {d.Title}, {CalendarDay.Write(d.UpdatedOn)}: {d.Link}")),
            assignment.Meetings.IsEmpty ? Words.None : Words.Of($"**Latest customer meetings**"),
            .. assignment
                .Meetings.Take(ShownMeetings)
                .Select(m => Words.Of($"- {CalendarDay.Write(m.On)}: {m.About} ({m.By})")),
            Review(assignment),
            HandOver(assignment, zone),
            .. assignment.Formerly.Select(f =>
                Words.Of(
                    $"Formerly {f.Engineer}, {Times.Day(f.From, zone)} to {Times.Day(f.To, zone)}."
                )
            ),
        ]);

    public static Words Documentation(
        Assignment assignment,
        AssignmentSettings settings,
        DateOnly today
    ) =>
        assignment.Documents is [var last, ..]
            ? assignment.IsDocumented(settings, today)
                ? Words.Of(
                    $"**Documentation** is current: “{last.Title}” was updated {CalendarDay.Write(last.UpdatedOn)}."
                )
                : Words.Of(
                    $"**Documentation** is not current: nothing was updated within {settings.DocumentsCurrentDays} days; the last was “{last.Title}”, {CalendarDay.Write(last.UpdatedOn)}."
                )
            : Words.Of(
                $"**Documentation** is missing: {Command($"engineer doc {assignment.Id} https://… Title")} records a technical design document."
            );

    private static Words Environment(Assignment assignment) =>
        assignment.Environment.Length == 0
            ? Words.Of($"**Emulation of the environment**: none")
            : Words.Of($"**Emulation of the environment**: {assignment.Environment}");

    private static Words Review(Assignment assignment) =>
        assignment is { State: AssignmentState.Active, ReviewOn: { } on }
            ? assignment.ReviewAsked > 0 && assignment.HandOver is null
                ? Words.Of(
                    $"**Review** was due {CalendarDay.Write(on)} and waits for an answer: {Command($"engineer review {assignment.Id}")}"
                )
                : Words.Of($"**Review** on {CalendarDay.Write(on)}")
            : Words.None;

    private static Words HandOver(Assignment assignment, TimeZoneInfo zone) =>
        assignment.HandOver is not { } handOver
            ? Words.None
            : Words.Of(
                $"**Hand-over** asked for {Times.At(handOver.AskedAt, zone)} ({HandOverReasons.Label(handOver.Reason)}){Because(handOver.Note).OnOneLine()} {WaitsFor(assignment, handOver)}"
            );

    private static Words WaitsFor(Assignment assignment, HandOver handOver) =>
        handOver.To is { } to
            ? Words.Of($"Waits for {to} to accept.")
            : Words.Of(
                $"Waits for the CS lead to name somebody: {Command($"engineer handover {assignment.Id} to @engineer")}"
            );
}
