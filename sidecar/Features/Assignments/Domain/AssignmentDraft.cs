using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>What somebody answered about an assignment that they want.</summary>
internal sealed record AssignmentDraft(
    CustomerKey Customer,
    string CustomerName,
    AssignmentKind Kind,
    DateOnly? EndsOn,
    string Why,
    UserId CustomerEngineer
)
{
    /// <summary>The customer is marked as strategic with it.</summary>
    public bool MarksStrategic { get; init; }

    public Assignment ToAssignment(AssignmentId id, UserId by, DateTimeOffset now) =>
        new()
        {
            Id = id,
            Customer = Customer,
            CustomerName = CustomerName,
            Kind = Kind,
            EndsOn = EndsOn,
            Why = Why,
            RequestedBy = by,
            RequestedAt = now,
            CustomerEngineer = CustomerEngineer,
        };
}
