using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Features.Customers.Domain;

namespace Sidecar.Features.ServiceRequests;

using Told = FactTable<ServiceRequest, ServiceFact>;

/// <summary>What other systems are told of service requests (HOOK-1).</summary>
internal sealed class ServiceRequestsTold : IFactCatalog
{
    public static Told Table { get; } =
        new Told("serviceRequest", About, fact => fact.By)
            .Tell<ServiceFact.SowPrepared>(
                "service-request.prepared",
                "the statement of work was prepared"
            )
            .Tell<ServiceFact.SowChanged>("service-request.changed", "what it says was changed")
            .Tell<ServiceFact.SowSignedOff>(
                "service-request.signed-off",
                "the customer signed it off"
            )
            .Tell<ServiceFact.ServiceStarted>("service-request.started", "the work began")
            .Tell<ServiceFact.ServiceDelivered>("service-request.delivered", "it was delivered")
            .Tell<ServiceFact.DeliveryReturned>(
                "service-request.returned",
                "the customer does not accept it yet"
            )
            .Tell<ServiceFact.DeliveryAccepted>(
                "service-request.accepted",
                "the customer accepts it"
            )
            .Tell<ServiceFact.ServiceCompleted>("service-request.completed", "it is complete")
            .Tell<ServiceFact.MaintenanceMoved>(
                "service-request.maintenance-moved",
                "somebody else maintains it"
            )
            .Tell<ServiceFact.ServiceCancelled>("service-request.cancelled", "it was cancelled")
            .Withhold<ServiceFact.ServiceReminded>()
            .Withhold<ServiceFact.ServiceInMeeting>();

    public IReadOnlyList<ToldType> Types => Table.Types;

    private static JsonObject About(ServiceRequest it) =>
        new()
        {
            ["id"] = it.Id.ToString(),
            ["state"] = JsonNamingPolicy.KebabCaseLower.ConvertName($"{it.State}"),
            ["customer"] = it.CustomerName,
            ["customerKey"] = it.Customer.Value,
            ["title"] = it.Sow.Title,
            ["deliveredBy"] = Told.Person(it.Sow.By),
            ["startsOn"] = it.Sow.StartsOn is { } start ? Day(start) : null,
            ["dueOn"] = Day(it.Sow.DueOn),
            ["from"] = it.Former?.Id.ToString(),
            ["preparedAt"] = it.PreparedAt,
            ["maintainer"] = it.Maintenance is { } plan
                ? JsonNamingPolicy.KebabCaseLower.ConvertName($"{plan.By}")
                : null,
        };

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
