using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Sidecar.Time;
using Sidecar.Time.Calendars;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.CheckIns;

/// <summary>An engineer and a CE who work for a customer, and where tests look.</summary>
internal static class GivenPair
{
    public const string Zone = "Europe/Berlin";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A desk with engineer and back-up in Berlin, the CE in New York, and the leads.</summary>
    /// <param name="settings">What settings.json says.</param>
    /// <param name="at">What the clock says; Monday 2 March 2026, 09:00 UTC when null.</param>
    /// <param name="options">How the stand-in for Mattermost behaves.</param>
    public static async Task<Desk> Open(
        string? settings = null,
        DateTimeOffset? at = null,
        SimulatorOptions? options = null
    )
    {
        var desk = await Desk.Open(options, settings, at: at);
        await desk.Hires("backup", Role.SupportEngineer);
        await desk.Hires("ce", Role.CustomerEngineer);
        await desk.Hires("cslead", Role.CustomerSuccessLead);
        await desk.Hires("celead", Role.CustomerEngineeringLead);
        await desk.Hires("saleslead", Role.SalesLead);
        desk.Moves("engineer", Zone);
        desk.Moves("backup", Zone);
        desk.Moves("cslead", "Europe/London");
        desk.Moves("ce", "America/New_York");
        await desk.RestartSidecar();
        foreach (var who in (string[])["engineer", "backup", "ce", "cslead"])
        {
            await desk.Meets(who);
        }

        return desk;
    }

    public static void Moves(this Desk desk, string who, string zone) =>
        desk.Mattermost.ChangeUser(
            who,
            u => u with { Timezone = new UserTimezone("false", "", zone) }
        );

    /// <summary>An engineer is assigned to a customer. Check-ins begin by themselves.</summary>
    public static async Task<AssignmentId> Assigns(
        this Desk desk,
        string customer = "acme",
        AssignmentKind kind = AssignmentKind.PostSales,
        long number = 1,
        string engineer = "engineer",
        string ce = "ce",
        CheckInPlan? plan = null
    )
    {
        var now = desk.Clock.GetUtcNow();
        var assignment = Of(number, customer, desk.IdOf(engineer), desk.IdOf(ce), now) with
        {
            Kind = kind,
            BackUp = kind == AssignmentKind.PostSales ? desk.IdOf("backup") : null,
            CheckIns = plan is null
                ? null
                : plan with
                {
                    Engineer = desk.IdOf(engineer),
                    CustomerEngineer = desk.IdOf(ce),
                },
        };
        if (assignment.CheckIns is { } planned)
        {
            var week = planned.NextWeek(now);
            assignment = assignment with
            {
                Turn = new CheckInTurn(week, planned.At(week)) { NextStepAt = planned.At(week) },
            };
        }

        var change = new Change(now, "test").Add(
            AssignmentIndexes.Kind,
            assignment.Id.ToString(),
            assignment
        );
        desk.Parts.GetRequiredService<AssignmentReminders>().Set(change, assignment.Id, assignment);
        (await desk.Store.Commit(change, Cancel)).ShouldBeTrue();
        await desk.Settled();
        return assignment.Id;
    }

    /// <summary>The engineer has just been asked for the check-in of the week of 2 March.</summary>
    public static async Task<Desk> Asked()
    {
        var desk = await GivenPair.Open();
        await desk.Assigns(plan: Tuesdays);
        await desk.PassesTo(Berlin(3, 3, 15));
        desk.ToldTo("engineer")[^1].ShouldStartWith(":speech_balloon:");
        return desk;
    }

    public static async Task Answers(this Desk desk, string who, string well, bool services = false)
    {
        await desk.Types(who, "/escalate checkin acme");
        var outcome = await desk.Submits(
            who,
            ("going_well", well),
            ("goals", "Move to Kubernetes"),
            ("professional_services", services)
        );
        outcome.Closed.ShouldBeTrue(outcome.Error);
    }

    /// <summary>Tuesdays at 15:00 in Berlin: in New York it is 09:00, from 8 to 29 March 10:00.</summary>
    public static CheckInPlan Tuesdays { get; } =
        new(DayOfWeek.Tuesday, new TimeOfDay(15 * 60), Zone);

    public static Assignment Of(
        long number,
        string customer,
        UserId engineer,
        UserId ce,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = new AssignmentId(number),
            Customer = new CustomerKey(customer),
            CustomerName = customer == "acme" ? "Acme" : "Acme Labs",
            Kind = AssignmentKind.PostSales,
            Why = "They are strategic.",
            RequestedBy = engineer,
            RequestedAt = now,
            StartedAt = now,
            CustomerEngineer = ce,
            Engineer = engineer,
            State = AssignmentState.Active,
        };

    public static async Task<Assignment> Assignment(this Desk desk, long number = 1) =>
        (
            await desk
                .Parts.GetRequiredService<AssignmentStore>()
                .Find(new AssignmentId(number), Cancel)
        )!.Value;

    public static async Task<IReadOnlyList<AssignmentFact>> AssignmentFacts(
        this Desk desk,
        long number = 1
    ) =>
        [
            .. (
                await desk
                    .Parts.GetRequiredService<AssignmentStore>()
                    .History(new AssignmentId(number), 0, 1000, Cancel)
            ).Select(e => e.Fact),
        ];

    /// <summary>A moment by the clock of Berlin.</summary>
    public static DateTimeOffset Berlin(int month, int day, int hour, int minute = 0) =>
        LocalTime.First(
            new DateTime(2026, month, day, hour, minute, 0),
            TimeZoneInfo.FindSystemTimeZoneById(Zone)
        );

    public static PersonTime Person(
        string id,
        string zone,
        string hours = "09:00-17:00",
        string? days = null,
        string? holiday = null,
        Absence? absence = null
    )
    {
        var team = new TeamTimeSettings
        {
            TimeZone = "UTC",
            Holidays = holiday is null ? [] : [new Holiday(DateOnly.Parse(holiday, null), "Day")],
        };
        var parts = hours.Split('-');
        var calendar = new WorkingTime(team).With(
            new WorkingHours
            {
                From = TimeOfDay.Read(parts[0])!.Value,
                To = TimeOfDay.Read(parts[1])!.Value,
            },
            days is null ? null : [.. WeekDays.Read(days)!.Value]
        );
        return new PersonTime(
            new UserId(id),
            TimeZoneInfo.FindSystemTimeZoneById(zone),
            calendar.Hours,
            calendar,
            absence
        );
    }
}
