using System.Collections.Immutable;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Storage;

namespace Sidecar.Features.Assignments.Requests;

/// <summary>
/// What only one can pass at a time. Whoever passes reads it first, looks around, and changes it in their commit: if
/// somebody else passed meanwhile, that commit fails, and they look around again.
/// </summary>
/// <param name="Last">Who passed last.</param>
/// <param name="At">When, UTC.</param>
internal sealed record CapacityGate(AssignmentId Last, DateTimeOffset At)
{
    /// <summary>Before the places (ASG-2).</summary>
    public const string Places = "assignment-places";

    public static DocumentKind<CapacityGate> Kind { get; } =
        new("assignment-turnstile", RequestJson.Default.CapacityGate);

    /// <summary>Before a customer, who has one assignment at a time.</summary>
    public static string Of(CustomerKey customer) => "customer:" + customer.Value;
}

/// <summary>Somebody in front of a turnstile, as they found it.</summary>
internal sealed record AtCapacityGate(string Id, Versioned<CapacityGate>? Found)
{
    /// <summary>They pass with this change, or it fails because somebody else did.</summary>
    public void Pass(Change change, AssignmentId with)
    {
        var passed = new CapacityGate(with, change.Now);
        _ = Found is null
            ? change.Add(CapacityGate.Kind, Id, passed)
            : change.Replace(CapacityGate.Kind, Found, passed);
    }
}

/// <summary>Looks at the places and at what customers have.</summary>
internal sealed class CapacityStore(Store store, AssignmentSettings settings)
{
    /// <summary>
    /// Goes to the turnstile of the places, then counts them. In this order: whoever passes after it was read makes the
    /// commit fail, and whoever passed before is counted. Nothing else counts them, so a place that is freed is free.
    /// </summary>
    public async ValueTask<(AtCapacityGate Gate, AssignmentCapacity Places)> Read(
        CancellationToken cancel
    ) => (await GoTo(CapacityGate.Places, cancel), await Places(cancel));

    /// <summary>The same with a customer's turnstile and the assignment that they have or have asked for, if any.</summary>
    public async ValueTask<(AtCapacityGate Gate, Assignment? Open)> ReadOf(
        CustomerKey customer,
        CancellationToken cancel
    ) => (await GoTo(CapacityGate.Of(customer), cancel), await OpenOf(customer, cancel));

    /// <summary>How the places stand.</summary>
    public async ValueTask<AssignmentCapacity> Places(CancellationToken cancel)
    {
        var taken = ImmutableArray.CreateBuilder<Assignment>();
        IndexPosition? after = null;
        do
        {
            var page = await store.List(
                AssignmentIndexes.Kind,
                AssignmentIndexes.ByPlace,
                IndexKey.Empty.Then(0L),
                after,
                100,
                cancel
            );
            taken.AddRange(page.Items.Select(a => a.Value));
            after = page.Next;
        } while (after is not null);

        return new AssignmentCapacity(taken.DrainToImmutable(), settings.MostAtATime);
    }

    /// <summary>A customer's latest assignment, whatever became of it; null when they never had one.</summary>
    public async ValueTask<Assignment?> LatestOf(CustomerKey customer, CancellationToken cancel) =>
        (
            await store.List(
                AssignmentIndexes.Kind,
                AssignmentIndexes.ByCustomer,
                IndexKey.Empty.Then(customer.Value),
                null,
                1,
                cancel
            )
        )
            .Items.Select(a => a.Value)
            .FirstOrDefault();

    /// <summary>The one that a customer has or has asked for; with one at a time it is the latest.</summary>
    public async ValueTask<Assignment?> OpenOf(CustomerKey customer, CancellationToken cancel) =>
        await LatestOf(customer, cancel) is { IsOver: false } open ? open : null;

    private async ValueTask<AtCapacityGate> GoTo(string id, CancellationToken cancel) =>
        new(id, await store.Find(CapacityGate.Kind, id, cancel));
}
