using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Features.ServiceRequests;

/// <summary>A service request's number, written <c>SRV-4</c>.</summary>
[JsonConverter(typeof(ServiceRequestIdConverter))]
public readonly record struct ServiceRequestId(long Number) : IWritten
{
    /// <summary>The series that the store counts.</summary>
    public const string Series = "SRV";

    /// <summary>Reads what people write: <c>SRV-4</c>, <c>srv4</c>, <c>#4</c>, <c>4</c>, with any dash that a phone makes.</summary>
    public static ServiceRequestId? Read(string typed) =>
        SeriesNumber.Read(Series, typed) is { } number ? new ServiceRequestId(number) : null;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Series}-{Number}");
}

internal sealed class ServiceRequestIdConverter : JsonConverter<ServiceRequestId>
{
    public override ServiceRequestId Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        ServiceRequestId.Read(reader.GetString() ?? "")
        ?? throw new JsonException("This is not the number of a service request.");

    public override void Write(
        Utf8JsonWriter writer,
        ServiceRequestId value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.ToString());
}
