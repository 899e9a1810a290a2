using System.Globalization;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Requests;

/// <summary>The leads who vet, and what tests of assignments do again and again.</summary>
internal static class RequestDesk
{
    public const string CsLead = "cs-lead";
    public const string CeLead = "ce-lead";
    public const string Sales = "sales-lead";
    public const string Ce = "ce";
    public const string BackUp = "backup";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Everybody who vets is there; Acme is strategic, Acme Labs a prospect.</summary>
    public static async Task<Desk> Open(string? settings = null, DateTimeOffset? at = null)
    {
        var desk = await Desk.Open(settings: settings, at: at);
        await desk.Hires(CsLead, Role.CustomerSuccessLead);
        await desk.Hires(CeLead, Role.CustomerEngineeringLead);
        await desk.Hires(Sales, Role.SalesLead);
        await desk.Hires(Ce, Role.CustomerEngineer);
        await desk.Hires(BackUp, Role.SupportEngineer);
        await desk.Is("acme", CustomerPhase.PostSales, isStrategic: true);
        await desk.Is("acme-labs", CustomerPhase.PreSales, isStrategic: false);
        return desk;
    }

    public static async Task Is(this Desk desk, string key, CustomerPhase? phase, bool isStrategic)
    {
        var read = (await desk.Store.Find(Customer.Kind, key, Cancel))!;
        (
            await desk.Store.Commit(
                new Change(desk.Clock.GetUtcNow(), "test").Replace(
                    Customer.Kind,
                    read,
                    read.Value with
                    {
                        Phase = phase,
                        IsStrategic = isStrategic,
                        CustomerEngineer = desk.IdOf(Ce),
                    }
                ),
                Cancel
            )
        ).ShouldBeTrue();
    }

    /// <summary>The TAM asks for an engineer by form, and nothing is left to say.</summary>
    public static async Task Requests(
        this Desk desk,
        string customer = "acme",
        string lastDay = "",
        string by = "tam"
    )
    {
        (await desk.Types(by, $"/escalate engineer request {customer}")).Text.ShouldBeEmpty();
        var outcome = await desk.Submits(by, ("why", "They migrate"), ("ends_on", lastDay));
        outcome.Closed.ShouldBeTrue(
            $"{outcome.Error} {string.Join(' ', outcome.FieldErrors.Values)}"
        );
    }

    /// <summary>All three approve by command.</summary>
    public static async Task Approve(this Desk desk, long number = 1)
    {
        foreach (var lead in (string[])[CeLead, Sales, CsLead])
        {
            (
                await desk.Types(lead, $"/escalate engineer approve {Name(number)}")
            ).Text.ShouldContain("You approved");
        }
    }

    /// <summary>Requested, approved, and an engineer is named.</summary>
    public static async Task Assigns(
        this Desk desk,
        string customer = "acme",
        string lastDay = "",
        long number = 1
    )
    {
        await desk.Requests(customer, lastDay);
        await desk.Approve(number);
        await desk.Types(CsLead, $"/escalate engineer assign {Name(number)} @engineer");
        (await desk.Assignment(number)).State.ShouldBe(AssignmentState.Active);
    }

    public static async Task<Assignment> Assignment(this Desk desk, long number = 1) =>
        (await desk.Store.Find(AssignmentIndexes.Kind, Name(number), Cancel))!.Value;

    /// <summary>As if it had been requested long ago: an assignment that only the test made.</summary>
    public static async Task Stores(this Desk desk, Assignment assignment) =>
        (
            await desk.Store.Commit(
                new Change(desk.Clock.GetUtcNow(), "test").Add(
                    AssignmentIndexes.Kind,
                    assignment.Id.ToString(),
                    assignment
                ),
                Cancel
            )
        ).ShouldBeTrue();

    /// <summary>An assignment of a customer that has only this one.</summary>
    public static Assignment Made(this Desk desk, long number, AssignmentState state) =>
        new()
        {
            Id = new AssignmentId(number),
            Customer = new CustomerKey($"client{number.ToString(CultureInfo.InvariantCulture)}"),
            CustomerName = $"Client {number.ToString(CultureInfo.InvariantCulture)}",
            Kind = AssignmentKind.PreSales,
            Why = "They migrate",
            RequestedBy = desk.IdOf("tam"),
            RequestedAt = desk.Clock.GetUtcNow(),
            CustomerEngineer = desk.IdOf(Ce),
            State = state,
        };

    public static async Task Places(this Desk desk, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await desk.Stores(desk.Made(1000 + i, AssignmentState.Approved));
        }
    }

    /// <summary>What went wrong.</summary>
    public static IEnumerable<string> Problems(this Desk desk) => desk.Log.Errors;

    public static Post LastTo(this Desk desk, string who) => desk.MessagesTo(who)[^1];

    public static string Name(long number) => new AssignmentId(number).ToString();
}
