using System.Text.Json.Serialization;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;

namespace Sidecar.Features.Assignments.Requests;

/// <summary>What buttons and dialogs about an assignment carry.</summary>
internal sealed record RequestRef(AssignmentId Id);

/// <summary>What the forms for a new assignment remember.</summary>
/// <param name="Customer">For whom it was opened, as typed.</param>
internal sealed record NewRequest(string Customer);

/// <summary>Whom somebody wants to name although something speaks against it.</summary>
internal sealed record NamedEngineer(AssignmentId Id, UserId Engineer, UserId? BackUp);

/// <summary>What the form for a back-up who is overloaded remembers.</summary>
internal sealed record NamedBackUp(AssignmentId Id, UserId? BackUp);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(RequestRef))]
[JsonSerializable(typeof(NewRequest))]
[JsonSerializable(typeof(NamedBackUp))]
[JsonSerializable(typeof(NamedEngineer))]
[JsonSerializable(typeof(CapacityGate))]
internal sealed partial class RequestJson : JsonSerializerContext;
