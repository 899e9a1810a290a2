using System.Text.Json.Serialization;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Storage;

namespace Sidecar.Features.Implementations;

/// <summary>
/// The latest request of a customer and type: two that are made at one moment meet in it, one of them fails, and looks
/// again for an open one.
/// </summary>
internal sealed record LatestRequest(ImplementationId Id)
{
    public static DocumentKind<LatestRequest> Kind { get; } =
        new("implementation-latest", LatestRequestJson.Default.LatestRequest);

    public static string IdOf(CustomerKey customer, ImplementationType type) =>
        $"{customer}/{type}";

    /// <summary>Fails the change when somebody else has claimed since it was read.</summary>
    /// <param name="change">The change that makes the request.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="type">Of which type.</param>
    /// <param name="id">The request.</param>
    /// <param name="read">As it was read before it was looked for an open one.</param>
    public static void Claim(
        Change change,
        CustomerKey customer,
        ImplementationType type,
        ImplementationId id,
        Versioned<LatestRequest>? read
    )
    {
        if (read is null)
        {
            change.Add(Kind, IdOf(customer, type), new LatestRequest(id));
        }
        else
        {
            change.Replace(Kind, read, new LatestRequest(id));
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LatestRequest))]
internal sealed partial class LatestRequestJson : JsonSerializerContext;
