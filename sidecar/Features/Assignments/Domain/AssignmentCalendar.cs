using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>The days of assignments, in the team's zone and working time (ASG-1, ASG-3, ASG-12).</summary>
internal sealed class AssignmentCalendar(AssignmentSettings settings, WorkingTime team)
{
    /// <summary>After so many working days the engineer is reminded to tell the customer (ASG-3).</summary>
    public const int WorkingDaysToTell = 5;

    public AssignmentSettings Settings => settings;

    public TimeZoneInfo Zone => team.Zone;

    public DateOnly Today(DateTimeOffset now) => CalendarDay.At(now, team.Zone);

    /// <summary>The moment, UTC, at which a temporary one is over: when its last day is.</summary>
    public DateTimeOffset OverAt(DateOnly last) => CalendarDay.Begins(last.AddDays(1), team.Zone);

    /// <summary>When its people are told that it will end, UTC: when they are at work.</summary>
    public DateTimeOffset NoticeAt(DateOnly last) =>
        WhenAtWork(CalendarDay.Begins(last.AddDays(-settings.EndNoticeDays), team.Zone));

    /// <summary>That moment, or when the team is at work next, UTC.</summary>
    public DateTimeOffset WhenAtWork(DateTimeOffset at) => team.NextWorkingTime(at);

    /// <summary>By when the customer should have been told, UTC.</summary>
    public DateTimeOffset TellBy(DateTimeOffset started) =>
        team.AddWorkingDays(started, WorkingDaysToTell);

    /// <summary>When one that begins now is reviewed.</summary>
    public DateOnly ReviewOn(DateTimeOffset now) =>
        Today(now).AddMonths(settings.ReviewAfterMonths);

    /// <summary>The next step of a temporary one that has its place, UTC.</summary>
    /// <param name="last">Its last day.</param>
    /// <param name="isTold">Its people know already that it will end.</param>
    public DateTimeOffset NextStepAt(DateOnly last, bool isTold) =>
        isTold || NoticeAt(last) >= OverAt(last) ? OverAt(last) : NoticeAt(last);
}
