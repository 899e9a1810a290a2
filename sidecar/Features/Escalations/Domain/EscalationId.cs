using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>An escalation's number, written <c>ESC-12</c>.</summary>
[JsonConverter(typeof(EscalationIdConverter))]
public readonly record struct EscalationId(long Number) : IWritten
{
    /// <summary>The series that the store counts.</summary>
    public const string Series = "ESC";

    /// <summary>Reads what people write: <c>ESC-12</c>, <c>esc12</c>, <c>#12</c>, <c>12</c>, with any dash that a phone makes.</summary>
    public static EscalationId? Read(string typed) =>
        SeriesNumber.Read(Series, typed) is { } number ? new EscalationId(number) : null;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Series}-{Number}");
}

internal sealed class EscalationIdConverter : JsonConverter<EscalationId>
{
    public override EscalationId Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        EscalationId.Read(reader.GetString() ?? "")
        ?? throw new JsonException("This is not the number of an escalation.");

    public override void Write(
        Utf8JsonWriter writer,
        EscalationId value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.ToString());
}
