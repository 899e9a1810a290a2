using System.Globalization;
using Sidecar.Features.Customers.Domain;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>Whether a time suits both, whose hours it is outside of, and what would suit (ASG-7).</summary>
internal static class CheckInFit
{
    /// <summary>Whose hours a time is outside of; null when it suits those whose hours count.</summary>
    public static Markdown? WhyNot(DateTimeOffset at, CheckInPlan plan, CheckInPeople people)
    {
        var (engineer, ce) = (people.Engineer, people.CustomerEngineer);
        if (!CheckInHours.Works(engineer, at))
        {
            return Outside(engineer, at);
        }

        // Who have no hours in common meet outside of somebody's.
        return CheckInHours.Works(ce, at) || !CheckInHours.HaveCommonHours(plan, engineer, ce, at)
            ? null
            : Outside(ce, at);
    }

    /// <summary>It is inside the hours of both.</summary>
    public static bool IsCommon(CheckInPlan plan, CheckInPeople people, DateTimeOffset now) =>
        plan.NextWeek(now) is var week
        && plan.Suits(people.Engineer, week)
        && plan.Suits(people.CustomerEngineer, week);

    /// <summary>The next time that suits both, as a command.</summary>
    public static Markdown Instead(
        Assignment assignment,
        DateTimeOffset wanted,
        DateTimeOffset until,
        CheckInPeople people,
        string zone,
        DateTimeOffset now
    )
    {
        var plan = assignment.CheckIns!;
        var slot =
            CheckInHours.Slot(plan, people.Engineer, people.CustomerEngineer, wanted, until)
            ?? CheckInHours.Slot(plan, people.Engineer, people.CustomerEngineer, now, until);
        return slot is { } at
            ? Markdown.Of(
                $"This would suit both: {CheckInWords.Command($"checkin move {assignment.Customer.Value} {LocalTime.Of(at, CheckInWords.Zone(zone)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}")}"
            )
            : Markdown.Of(
                $"No time that suits both is left before the next one; {CheckInWords.Command($"checkin skip {assignment.Customer.Value} why")} leaves this one out."
            );
    }

    /// <summary>A weekly time that would suit both, as a command.</summary>
    public static Markdown InsteadOfPlan(
        Assignment assignment,
        CheckInPlan wanted,
        CheckInPeople people,
        DateTimeOffset now
    )
    {
        var plan =
            wanted.Nearest(people.Engineer, people.CustomerEngineer, now)
            ?? CheckInPlan
                .Propose(people.Engineer, people.CustomerEngineer, assignment.Id, now)
                .Plan;
        return Markdown.Of(
            $"This would suit: {CheckInWords.Command($"checkin plan {assignment.Customer.Value} {plan.Day.ToString()[..3].ToLowerInvariant()} {plan.Time} {plan.Zone}")}"
        );
    }

    private static Markdown Outside(PersonTime person, DateTimeOffset at) =>
        Markdown.Of(
            $"{CheckInWords.At(at, person.Zone.Id)} is outside of the working hours of {person.Person}, {WeekDays.Write(person.Calendar.Days)} {person.Hours.From.ToString()}–{person.Hours.To.ToString()} {person.Zone.Id}."
        );
}
