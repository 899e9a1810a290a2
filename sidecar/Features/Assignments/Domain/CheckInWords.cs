using System.Globalization;
using Sidecar.Chat;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>How check-ins are spoken of.</summary>
internal static class CheckInWords
{
    public static Markdown Command(string text) => Markdown.Code($"/{SlashCommand.Trigger} {text}");

    /// <summary><c>ASG-3 Acme</c>.</summary>
    public static Markdown Name(Assignment assignment) =>
        Markdown.Of($"**{assignment.Id}** {assignment.CustomerName}");

    public static string Day(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Markdown At(DateTimeOffset at, string zone) =>
        Markdown.Typed(Times.Due(at, Zone(zone)));

    /// <summary><c>Tuesdays at 15:00 Europe/Berlin</c>, as the reader's clock shows the next one.</summary>
    public static Markdown Weekly(CheckInPlan plan, DateTimeOffset next, string zone)
    {
        var own = string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Day}s at {plan.Time} {Zone(plan.Zone).Id}"
        );
        var here = At(next, Zone(zone));
        return zone == plan.Zone
            ? Markdown.Of($"**{own}**")
            : Markdown.Of(
                $"**{string.Create(CultureInfo.InvariantCulture, $"{here.DayOfWeek}s at {here:HH:mm} {zone}")}** ({own}, whose clock it follows)"
            );
    }

    /// <summary>When they are, which week was answered last, and what is missed; for who reads assignments.</summary>
    public static Markdown Standing(Assignment assignment, string zone) =>
        assignment is not { HasCheckIns: true, CheckIns: { } plan, Turn: { } turn }
            ? Markdown.None
            : Markdown.Of(
                $"{Weekly(plan, turn.DueAt, zone)}; {(turn.Asked is { } asked ? Markdown.Of($"{asked} is asked for the week of {Day(turn.Week)}") : Markdown.Of($"the next one {At(turn.DueAt, zone)}"))}; {Last(assignment)}"
            );

    /// <summary>What a form about a week's check-in stands upon (M1): it is still to come, or was left out.</summary>
    public static Markdown Week(Assignment assignment, DateOnly week) =>
        assignment.Turn is not { } turn || turn.Week < week ? Markdown.None
        : turn.Week == week
            ? Markdown.Of($"The check-in of the week of {Day(week)} is to be answered.")
        : turn is { IsAfterSkip: true, Before: { } skipped } && turn.Week == week.AddDays(7)
            ? Markdown.Of($"{skipped}.")
        : assignment.IsMissed(week)
            ? Markdown.Of(
                $"The check-in of the week of {Day(week)} counts as missed, and answers to it are kept as late."
            )
        : Markdown.Of($"The week of {Day(week)} is over.");

    /// <summary>Behind a customer: for which week the answers are, where it had been missed.</summary>
    public static Markdown Late(IReadOnlyList<AssignmentFact> facts) =>
        facts.OfType<AssignmentFact.CheckInAnswered>().FirstOrDefault()
            is { Answers: { IsLate: true, Week: var week } }
            ? Markdown.Of($" for the week of {Day(week)}, which was missed,")
            : Markdown.None;

    /// <summary>The same in a few words, for a table.</summary>
    public static Markdown Shortly(Assignment assignment) =>
        assignment is not { HasCheckIns: true, Turn: { } turn } ? Markdown.None
        : assignment.MissedInARow > 0 ? Markdown.Of($", {assignment.MissedInARow} missed")
        : turn.Asked is not null ? Markdown.Of($", check-in asked for")
        : Markdown.None;

    private static Markdown Last(Assignment assignment) =>
        (assignment.LastCheckIn, assignment.MissedInARow) switch
        {
            (null, 0) => Markdown.Of($"none was answered yet"),
            (null, var missed) => Markdown.Of($"none was answered, the last {missed} missed"),
            ({ } last, 0) => Markdown.Of($"answered last for the week of {Day(last.Week)}"),
            ({ } last, var missed) => Markdown.Of(
                $"answered last for the week of {Day(last.Week)}, {missed} missed since"
            ),
        };

    /// <summary>Where answers are posted besides, behind “posted”: <c>to ~channel</c>, <c>nowhere else</c>.</summary>
    public static Markdown Place(NamedChannel? place) =>
        place switch
        {
            null => Markdown.Of($"nowhere else"),
            { Name: "" } => Markdown.Of(
                $"to the channel that was chosen with {Markdown.Code("in here")}"
            ),
            { } channel => Markdown.Of($"to {channel}"),
        };

    public static TimeZoneInfo Zone(string id) => Zones.StoredOrUtc(id);

    private static DateTime At(DateTimeOffset at, TimeZoneInfo zone) => LocalTime.Of(at, zone);
}
