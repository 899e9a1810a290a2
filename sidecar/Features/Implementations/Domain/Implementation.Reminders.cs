using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Implementations.Domain;

using Decision = Decision<Implementation, ImplementationFact>;

/// <summary>The days of implementations, in the team's zone and working time.</summary>
internal sealed class ImplementationCalendar(ImplementationSettings settings, WorkingTime team)
{
    /// <summary>After so many working days CE and IE are asked for the dates that are missing.</summary>
    public const int WorkingDaysToDate = 5;

    public ImplementationSettings Settings => settings;

    public DateOnly Today(DateTimeOffset now) => CalendarDay.At(now, team.Zone);

    /// <summary>When the team is at work on that day, or next, UTC.</summary>
    public DateTimeOffset AtWork(DateOnly day) =>
        team.NextWorkingTime(CalendarDay.Begins(day, team.Zone));

    /// <summary>When the team comes to work on the last working day before a day, UTC.</summary>
    public DateTimeOffset DayBefore(DateOnly day)
    {
        var on = day.AddDays(-1);
        for (var i = 0; i < 14 && CalendarDay.At(AtWork(on), team.Zone) >= day; i++)
        {
            on = on.AddDays(-1);
        }

        return AtWork(on);
    }

    /// <summary>By when the dates should be there, UTC.</summary>
    public DateTimeOffset DatesBy(DateTimeOffset started) =>
        team.AddWorkingDays(started, WorkingDaysToDate);

    /// <summary>So many weeks of work after a time, UTC.</summary>
    public DateTimeOffset WeeksOfWork(DateTimeOffset since, int weeks) =>
        team.AddWorkingDays(since, WorkingDaysToDate * weeks);

    /// <summary>When the TA is pulled in (IMP-6).</summary>
    public DateTimeOffset HandOffAt(DateOnly target) =>
        AtWork(target.AddDays(-settings.HandOffDays));
}

/// <summary>Something of which people are reminded once.</summary>
/// <param name="Key">Its name: a date that moves has another, so that it is told anew.</param>
/// <param name="Group">Of several that are due at once the last of a group is told.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Fact">What is told; null when it has become pointless.</param>
internal sealed record ImplementationReminder(
    string Key,
    string Group,
    DateTimeOffset At,
    Func<DateOnly, ImplementationFact?> Fact
);

/// <content>What falls due by itself (IMP-4 to IMP-6).</content>
internal sealed partial record Implementation
{
    private const int WeeksAskedFor = 4;
    private static readonly ImmutableArray<int> DaysBeforeContract = [7, 1, 0, -7];

    /// <summary>When something falls due next, UTC; null for never.</summary>
    public DateTimeOffset? NextReminderAt(ImplementationCalendar calendar) =>
        Outstanding(calendar).Select(r => (DateTimeOffset?)r.At).Min();

    /// <summary>Takes all that is due, each once.</summary>
    /// <param name="calendar">The team's days.</param>
    /// <param name="team">Who decides at this moment.</param>
    /// <param name="now">When, UTC.</param>
    public Decision Remind(
        ImplementationCalendar calendar,
        ImplementationTeam team,
        DateTimeOffset now
    )
    {
        ImmutableArray<ImplementationReminder> due =
        [
            .. Outstanding(calendar, team).Where(r => r.At <= now).OrderBy(r => r.At),
        ];
        if (due.IsEmpty)
        {
            return new NothingToTell();
        }

        var today = calendar.Today(now);
        ImplementationFact[] facts =
        [
            .. due.GroupBy(r => r.Group)
                .Select(g => g.Last().Fact(today))
                .OfType<ImplementationFact>(),
        ];
        return new Decision.Accepted(
            this with
            {
                Reminded = [.. Reminded, .. due.Select(r => r.Key)],
                PulledIn =
                    facts.OfType<ImplementationFact.AdvisorPulledIn>().LastOrDefault()?.Advisor
                    ?? PulledIn,
            },
            facts
        );
    }

    /// <summary>Requirements are open though the contract is near, or signed (IMP-5).</summary>
    public bool IsAtRisk(ImplementationCalendar calendar, DateTimeOffset now) =>
        ImplementationSteps.Requirement.In.Contains(State)
        && Dates.Contract is { } contract
        && !OpenRequirements.IsEmpty
        && calendar.Today(now) >= contract.AddDays(-calendar.Settings.RequirementsDays);

    private IEnumerable<ImplementationReminder> Outstanding(
        ImplementationCalendar calendar,
        ImplementationTeam? team = null
    ) => Reminders(calendar, team).Where(r => !Reminded.Contains(r.Key));

    private IEnumerable<ImplementationReminder> Reminders(
        ImplementationCalendar calendar,
        ImplementationTeam? team
    ) =>
        State switch
        {
            ImplementationState.Requested => EachWeek(
                "triage",
                RequestedAt,
                calendar,
                _ => new ImplementationFact.TriageAsked(
                    team?.Leads ?? [],
                    Score is null ? team?.Engineers ?? [] : []
                )
            ),
            ImplementationState.Qualified =>
            [
                .. OfRequirements(calendar),
                .. OfDocuments(calendar),
            ],
            ImplementationState.Started =>
            [
                .. OfRequirements(calendar),
                .. OfMeetings(calendar),
                .. OfHandOff(calendar),
            ],
            _ => [],
        };

    private IEnumerable<ImplementationReminder> OfRequirements(ImplementationCalendar calendar) =>
        Dates.Contract is not { } contract || OpenRequirements.IsEmpty
            ? []
            : DaysBeforeContract
                .Prepend(calendar.Settings.RequirementsDays)
                .Distinct()
                .Select(days => new ImplementationReminder(
                    $"requirements:{CalendarDay.Write(contract)}:{days}",
                    "requirements",
                    calendar.AtWork(contract.AddDays(-days)),
                    today => new ImplementationFact.RequirementsAsked(
                        contract,
                        contract.DayNumber - today.DayNumber,
                        OpenRequirements
                    )
                ));

    /// <summary>The hand-off waits for its documents: they are asked for each week of work, some times.</summary>
    private IEnumerable<ImplementationReminder> OfDocuments(ImplementationCalendar calendar) =>
        HasDocuments || QualifiedAt is not { } since
            ? []
            : EachWeek(
                "documents",
                since,
                calendar,
                week => new ImplementationFact.DocumentsAsked(
                    week,
                    DesignDocument.Length == 0,
                    Questionnaire.Length == 0
                )
            );

    /// <summary>Each week of work, some times; then whoever leads the backlog sees it there.</summary>
    private static IEnumerable<ImplementationReminder> EachWeek(
        string what,
        DateTimeOffset since,
        ImplementationCalendar calendar,
        Func<int, ImplementationFact> fact
    ) =>
        Enumerable
            .Range(1, WeeksAskedFor)
            .Select(week => new ImplementationReminder(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}:{since.ToUnixTimeSeconds()}:{week}"
                ),
                what,
                calendar.WeeksOfWork(since, week),
                _ => fact(week)
            ));

    private IEnumerable<ImplementationReminder> OfMeetings(ImplementationCalendar calendar)
    {
        foreach (var meeting in PlannedDates.Meetings)
        {
            if (meeting.Of(Dates) is { } on)
            {
                yield return new ImplementationReminder(
                    $"meeting:{meeting.Code}:{CalendarDay.Write(on)}",
                    meeting.Code,
                    calendar.DayBefore(on),
                    today =>
                        today <= on ? new ImplementationFact.MeetingAhead(meeting.Code, on) : null
                );
            }
        }

        if (StartedAt is { } started && !Dates.Missing.IsEmpty)
        {
            yield return new ImplementationReminder(
                "dates",
                "dates",
                calendar.DatesBy(started),
                _ => new ImplementationFact.DatesAsked([.. Dates.Missing.Select(m => m.Code)])
            );
        }
    }

    private IEnumerable<ImplementationReminder> OfHandOff(ImplementationCalendar calendar)
    {
        if (Dates.Target is not { } target)
        {
            yield break;
        }

        var day = CalendarDay.Write(target);
        yield return new ImplementationReminder(
            $"hand-off:{day}:{Advisor?.Value ?? "nobody"}",
            "hand-off",
            calendar.HandOffAt(target),
            _ =>
                Advisor is { } advisor
                    ? new ImplementationFact.AdvisorPulledIn(advisor, target, PulledIn == advisor)
                    : new ImplementationFact.AdvisorAsked(target)
        );
        yield return new ImplementationReminder(
            $"passed:{day}",
            "passed",
            calendar.AtWork(target.AddDays(1)),
            _ => new ImplementationFact.TargetPassed(target)
        );
    }
}
