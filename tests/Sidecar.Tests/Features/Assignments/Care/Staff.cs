using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Care;

/// <summary>A desk at which assignments are looked after: their people, and assignments as if they had begun long ago.</summary>
internal static class Staff
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Besides the others a CS lead, a CE and two more support engineers.</summary>
    public static async Task<Desk> Open(string? settings = null, DateTimeOffset? at = null)
    {
        var desk = await Desk.Open(settings: settings ?? Desk.WithoutIncidents, at: at);
        await desk.Hires("cslead", Role.CustomerSuccessLead);
        await desk.Hires("ce", Role.CustomerEngineer);
        await desk.Hires("second", Role.SupportEngineer);
        await desk.Hires("third", Role.SupportEngineer);
        return desk;
    }

    public static Assignment Assignment(
        this Desk desk,
        long number = 1,
        string customer = "acme",
        string name = "Acme",
        AssignmentKind kind = AssignmentKind.PostSales
    ) =>
        new()
        {
            Id = new AssignmentId(number),
            Customer = new CustomerKey(customer),
            CustomerName = name,
            Kind = kind,
            Why = "They matter",
            RequestedBy = desk.IdOf("tam"),
            RequestedAt = desk.Clock.GetUtcNow(),
            CustomerEngineer = desk.IdOf("ce"),
            State = AssignmentState.Active,
            Engineer = desk.IdOf("engineer"),
            StartedAt = desk.Clock.GetUtcNow(),
            ReviewOn = DateOnly.FromDateTime(desk.Clock.GetUtcNow().UtcDateTime).AddMonths(6),
            // The weekly check-in is not what these tests are about.
            CheckIns = new CheckInPlan(DayOfWeek.Wednesday, new TimeOfDay(9 * 60), "UTC")
            {
                Engineer = desk.IdOf("engineer"),
                CustomerEngineer = desk.IdOf("ce"),
            },
            Turn = new CheckInTurn(
                new DateOnly(2029, 1, 1),
                new DateTimeOffset(2029, 1, 3, 9, 0, 0, TimeSpan.Zero)
            )
            {
                NextStepAt = new DateTimeOffset(2029, 1, 3, 9, 0, 0, TimeSpan.Zero),
            },
        };

    /// <summary>There is an assignment.</summary>
    public static async Task Has(this Desk desk, Assignment assignment)
    {
        assignment = assignment with
        {
            CheckIns = assignment.CheckIns! with
            {
                Engineer = assignment.Engineer ?? desk.IdOf("engineer"),
                CustomerEngineer = assignment.CustomerEngineer,
            },
        };
        var change = new Change(desk.Clock.GetUtcNow(), "test").Add(
            AssignmentIndexes.Kind,
            assignment.Id.ToString(),
            assignment
        );
        desk.Parts.GetRequiredService<AssignmentReminders>().Set(change, assignment.Id, assignment);
        (await desk.Store.Commit(change, Cancel)).ShouldBeTrue();
    }

    public static async Task<Assignment> Kept(this Desk desk, long number = 1) =>
        (
            await desk
                .Parts.GetRequiredService<AssignmentStore>()
                .Find(new AssignmentId(number), Cancel)
        )
            .ShouldNotBeNull()
            .Value;

    public static async Task<IReadOnlyList<AssignmentFact>> Told(this Desk desk, long number = 1) =>
        [
            .. (
                await desk
                    .Parts.GetRequiredService<AssignmentStore>()
                    .History(new AssignmentId(number), 0, 1000, Cancel)
            ).Select(e => e.Fact),
        ];

    public static DateTimeOffset Day(int month, int day, int hour, int minute = 0) =>
        new(2026, month, day, hour, minute, 0, TimeSpan.Zero);
}
