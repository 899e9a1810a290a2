using System.Globalization;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.ServiceRequests;
using Sidecar.Time;

namespace Sidecar.Features.Exports;

/// <summary>All service requests in the order in which they were prepared (SRV-1 to SRV-3).</summary>
internal static class ServiceExport
{
    public static Export<ServiceRequest> Table { get; } =
        new(
            "services",
            "all service requests",
            ExportRights.Services,
            [
                new("id", r => r.Id.ToString()),
                new("customer", r => r.Customer.Value),
                new("customer_name", r => r.CustomerName),
                new("title", r => r.Sow.Title),
                new("delivers", r => r.Sow.Delivers),
                new("state", r => r.State.Label()),
                new("delivered_by", r => r.Sow.By),
                new("starts_on", r => Day(r.Sow.StartsOn)),
                new("due_on", r => Day(r.Sow.DueOn)),
                new("days", r => r.Sow.Days.ToString("0.##", CultureInfo.InvariantCulture)),
                new("prepared_by", r => r.PreparedBy),
                new("prepared_at", r => r.PreparedAt),
                new("escalation", r => r.Former?.Id.ToString() ?? ""),
                new("signed_off_by", r => r.SignOff?.Who ?? ""),
                new("signed_off_how", r => How(r.SignOff?.How)),
                new("signed_off_on", r => Day(r.SignOff?.On)),
                new("delivery", r => r.Delivery),
                new("accepted_by", r => r.Acceptance?.Who ?? ""),
                new("accepted_on", r => Day(r.Acceptance?.On)),
                new(
                    "maintained_by",
                    r => r.Maintenance is { } plan ? ServiceWords.Maintainers.Code(plan.By) : ""
                ),
                new("maintainer", r => r.Maintenance?.Who ?? ""),
                new("maintenance", r => r.Maintenance?.What ?? ""),
                new("maintenance_decided_by", r => r.Maintenance?.DecidedBy),
                new("maintenance_decided_at", r => r.Maintenance?.DecidedAt),
                new("state_since", r => r.StateSince),
                new("state_by", r => r.StateBy),
                new("state_reason", r => r.StateReason),
            ],
            StoredPages.Of(
                ServiceIndexes.Kind,
                id => ServiceRequestId.Read(id)?.Number ?? long.MaxValue
            )
        );

    private static string Day(DateOnly? day) => day is { } on ? CalendarDay.Write(on) : "";

    private static string How(SaidHow? how) =>
        how switch
        {
            SaidHow.Verbally => "verbally",
            SaidHow.InWriting => "in writing",
            _ => "",
        };
}
