using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>An assignment's number, written <c>ASG-3</c>.</summary>
[JsonConverter(typeof(AssignmentIdConverter))]
public readonly record struct AssignmentId(long Number) : IWritten
{
    /// <summary>The series that the store counts.</summary>
    public const string Series = "ASG";

    /// <summary>Reads what people write: <c>ASG-3</c>, <c>asg3</c>, <c>#3</c>, <c>3</c>, with any dash that a phone makes.</summary>
    public static AssignmentId? Read(string typed) =>
        SeriesNumber.Read(Series, typed) is { } number ? new AssignmentId(number) : null;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Series}-{Number}");
}

internal sealed class AssignmentIdConverter : JsonConverter<AssignmentId>
{
    public override AssignmentId Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        AssignmentId.Read(reader.GetString() ?? "")
        ?? throw new JsonException("This is not the number of an assignment.");

    public override void Write(
        Utf8JsonWriter writer,
        AssignmentId value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.ToString());
}
