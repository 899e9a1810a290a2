using System.Collections.Immutable;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Storage;

namespace Sidecar.Features.Assignments.CheckIns;

/// <summary>The open Sev 1 of a customer, and where their cards are.</summary>
internal sealed class OpenEmergencies(Store store, CardLinks links)
{
    // Open ones stand first, the most urgent before the others.
    private const int LookedThrough = 20;

    public async ValueTask<ImmutableArray<EmergencyBeside>> Of(
        CustomerKey customer,
        CancellationToken cancel
    )
    {
        var found = await store.List(
            EscalationIndexes.Kind,
            EscalationIndexes.ByCustomer,
            EscalationIndexes.Of(customer),
            null,
            LookedThrough,
            cancel
        );
        var all = ImmutableArray.CreateBuilder<EmergencyBeside>();
        foreach (var escalation in found.Items.Select(e => e.Value).Where(IsEmergency))
        {
            all.Add(
                new EmergencyBeside(escalation.Id.ToString(), await links.To(escalation, cancel))
            );
        }

        return all.ToImmutable();
    }

    public static bool IsEmergency(Escalation escalation) =>
        escalation is { IsOpen: true, Severity: Severity.Sev1 };
}
