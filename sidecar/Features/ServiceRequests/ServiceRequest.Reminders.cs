using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.ServiceRequests;

using Decision = Decision<ServiceRequest, ServiceFact>;

/// <summary>The days of service requests, by the team's calendar.</summary>
internal sealed class ServiceCalendar(ServiceRequestSettings settings, WorkingTime team)
{
    public ServiceRequestSettings Settings => settings;

    public DateOnly Today(DateTimeOffset now) => CalendarDay.At(now, team.Zone);

    /// <summary>When the team is at work on a day, or next after it, UTC.</summary>
    public DateTimeOffset Morning(DateOnly day) =>
        team.NextWorkingTime(CalendarDay.Begins(day, team.Zone));

    public DateTimeOffset WorkingDaysAfter(DateTimeOffset at, int days) =>
        team.AddWorkingDays(at, days);
}

/// <content>What its people are reminded of, and when: each once.</content>
internal sealed partial record ServiceRequest
{
    /// <summary>When somebody is reminded next, UTC; null when nobody is.</summary>
    public DateTimeOffset? NextReminderAt(ServiceCalendar calendar) =>
        ToRemind(calendar).Select(r => (DateTimeOffset?)r.At).Min() is not { } at ? null
        : NotBefore > at ? NotBefore
        : at;

    /// <summary>Who is reminded next: when they are at work decides when that is.</summary>
    public UserId NextReminded(ServiceCalendar calendar) =>
        ToRemind(calendar).OrderBy(r => r.At).Select(r => r.What).FirstOrDefault()
            is ServiceReminder.SignOff
                or ServiceReminder.UnsignedAtStart
                or ServiceReminder.Acceptance
            ? PreparedBy
            : Sow.By ?? PreparedBy;

    /// <summary>Why it may not become what was agreed in time, after its number; null when nothing speaks against it.</summary>
    public string? Risk(ServiceCalendar calendar, DateTimeOffset now)
    {
        var today = calendar.Today(now);
        return !IsToBeDelivered ? null
            : Sow.DueOn < today ? "overdue"
            : IsChangeUnsigned ? "changed since the sign-off"
            : State == ServiceState.InProgress ? null
            : Sow.StartsOn < today
                ? State == ServiceState.SignedOff ? "should have begun"
                    : "should have begun, not signed off"
            : Sow.DueOn.AddDays(-calendar.Settings.DueNoticeDays) <= today ? "due, not begun"
            : null;
    }

    /// <summary>What is due; what came late is told as the last of it (ALL-5).</summary>
    /// <param name="calendar">The team's.</param>
    /// <param name="leads">The DE leads.</param>
    /// <param name="isThere">Whether somebody is still in the team.</param>
    /// <param name="askable">When whoever is reminded can be asked something that can wait, UTC; not before now.</param>
    /// <param name="now">When.</param>
    public Decision Remind(
        ServiceCalendar calendar,
        ImmutableArray<UserId> leads,
        Func<UserId, bool> isThere,
        DateTimeOffset askable,
        DateTimeOffset now
    )
    {
        if (!(NextReminderAt(calendar) <= now))
        {
            return new NothingDueForServiceRequest(Id);
        }

        if (askable > now)
        {
            return new Decision.Accepted(this with { NotBefore = askable });
        }

        var due = ToRemind(calendar).Where(r => r.At <= now).Select(r => r.What).ToList();
        return new Decision.Accepted(
            this with
            {
                Reminded = [.. Reminded, .. due],
                NotBefore = null,
            },
            [
                .. due.GroupBy(r => r == ServiceReminder.OverdueForLeads)
                    .Select(g => g.Max())
                    .Select(r => new ServiceFact.ServiceReminded(r, ToTell(r, leads, isThere))),
            ]
        );
    }

    /// <summary>Whom it concerns; a lead, when none of them is there any more.</summary>
    private ImmutableArray<UserId> ToTell(
        ServiceReminder reminder,
        ImmutableArray<UserId> leads,
        Func<UserId, bool> isThere
    )
    {
        UserId?[] meant = reminder switch
        {
            ServiceReminder.SignOff
            or ServiceReminder.UnsignedAtStart
            or ServiceReminder.Acceptance => [PreparedBy],
            ServiceReminder.Overdue => [Sow.By, PreparedBy],
            ServiceReminder.OverdueForLeads => [],
            _ => [Sow.By ?? PreparedBy],
        };
        ImmutableArray<UserId> there = [.. meant.OfType<UserId>().Distinct().Where(isThere)];
        return there.IsEmpty ? leads : there;
    }

    private IEnumerable<(ServiceReminder What, DateTimeOffset At)> ToRemind(
        ServiceCalendar calendar
    ) => Reminders(calendar).Where(r => !Reminded.Contains(r.What));

    private IEnumerable<(ServiceReminder What, DateTimeOffset At)> Reminders(
        ServiceCalendar calendar
    )
    {
        var settings = calendar.Settings;
        DateTimeOffset? starts = Sow.StartsOn is { } day ? calendar.Morning(day) : null;
        switch (State)
        {
            case ServiceState.AwaitingSignOff:
                yield return (
                    ServiceReminder.SignOff,
                    calendar.WorkingDaysAfter(StateSince, settings.SignOffReminderDays)
                );
                if (starts > DatesSetAt && starts > StateSince)
                {
                    yield return (ServiceReminder.UnsignedAtStart, starts.Value);
                }

                break;
            case ServiceState.SignedOff:
                yield return (
                    ServiceReminder.Start,
                    starts > StateSince
                        ? starts.Value
                        : calendar.WorkingDaysAfter(StateSince, settings.DueNoticeDays)
                );
                break;
            case ServiceState.Delivered:
                yield return (
                    ServiceReminder.Acceptance,
                    calendar.WorkingDaysAfter(StateSince, settings.AcceptanceReminderDays)
                );
                break;
            case ServiceState.Accepted:
                yield return (
                    ServiceReminder.Completion,
                    calendar.WorkingDaysAfter(StateSince, settings.CompletionReminderDays)
                );
                break;
        }

        if (!IsToBeDelivered)
        {
            yield break;
        }

        // Whoever has just set a near date knows it.
        var soon = calendar.Morning(Sow.DueOn.AddDays(-settings.DueNoticeDays));
        if (soon > DatesSetAt)
        {
            yield return (ServiceReminder.DueSoon, soon);
        }

        var over = calendar.Morning(Sow.DueOn.AddDays(1));
        yield return (ServiceReminder.Overdue, over);
        yield return (
            ServiceReminder.OverdueForLeads,
            calendar.WorkingDaysAfter(over, settings.OverdueLeadDays)
        );
    }
}
