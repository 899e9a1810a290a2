using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Features.Implementations.Domain;

/// <summary>An implementation request's number, written <c>IMP-7</c>.</summary>
[JsonConverter(typeof(SeriesIdConverter<ImplementationId>))]
public readonly record struct ImplementationId(long Number) : ISeriesId<ImplementationId>
{
    /// <summary>The series that the store counts.</summary>
    public const string Series = "IMP";

    static string ISeriesId<ImplementationId>.Letters => Series;

    static string ISeriesId<ImplementationId>.Numbered => "an implementation request";

    /// <summary>Reads what people write: <c>IMP-7</c>, <c>imp7</c>, <c>#7</c>, <c>7</c>, with any dash that a phone makes.</summary>
    public static ImplementationId? Read(string typed) =>
        SeriesNumber.Read(Series, typed) is { } number ? new ImplementationId(number) : null;

    /// <inheritdoc/>
    public override string ToString() => SeriesNumber.Write(Series, Number);
}
