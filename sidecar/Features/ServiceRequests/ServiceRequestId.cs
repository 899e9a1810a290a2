using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Features.ServiceRequests;

/// <summary>A service request's number, written <c>SRV-4</c>.</summary>
[JsonConverter(typeof(SeriesIdConverter<ServiceRequestId>))]
public readonly record struct ServiceRequestId(long Number) : ISeriesId<ServiceRequestId>
{
    /// <summary>The series that the store counts.</summary>
    public const string Series = "SRV";

    static string ISeriesId<ServiceRequestId>.Letters => Series;

    static string ISeriesId<ServiceRequestId>.Numbered => "a service request";

    /// <summary>Reads what people write: <c>SRV-4</c>, <c>srv4</c>, <c>#4</c>, <c>4</c>, with any dash that a phone makes.</summary>
    public static ServiceRequestId? Read(string typed) =>
        SeriesNumber.Read(Series, typed) is { } number ? new ServiceRequestId(number) : null;

    /// <inheritdoc/>
    public override string ToString() => SeriesNumber.Write(Series, Number);
}
