using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Features.Implementations.Domain;

/// <summary>An implementation request's number, written <c>IMP-7</c>.</summary>
[JsonConverter(typeof(ImplementationIdConverter))]
public readonly record struct ImplementationId(long Number) : IWritten
{
    /// <summary>The series that the store counts.</summary>
    public const string Series = "IMP";

    /// <summary>Reads what people write: <c>IMP-7</c>, <c>imp7</c>, <c>#7</c>, <c>7</c>, with any dash that a phone makes.</summary>
    public static ImplementationId? Read(string typed) =>
        SeriesNumber.Read(Series, typed) is { } number ? new ImplementationId(number) : null;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Series}-{Number}");
}

internal sealed class ImplementationIdConverter : JsonConverter<ImplementationId>
{
    public override ImplementationId Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        ImplementationId.Read(reader.GetString() ?? "")
        ?? throw new JsonException("This is not the number of an implementation request.");

    public override void Write(
        Utf8JsonWriter writer,
        ImplementationId value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.ToString());
}
