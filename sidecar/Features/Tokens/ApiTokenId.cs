using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Features.Tokens;

/// <summary>A token's number, written <c>TOK-3</c>. It is no secret.</summary>
[JsonConverter(typeof(ApiTokenIdConverter))]
public readonly record struct ApiTokenId(long Number) : IWritten
{
    /// <summary>The series that the store counts.</summary>
    public const string Series = "TOK";

    /// <summary>Reads what people write: <c>TOK-3</c>, <c>tok3</c>, <c>3</c>.</summary>
    public static ApiTokenId? Read(string typed) =>
        SeriesNumber.Read(Series, typed) is { } number ? new ApiTokenId(number) : null;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Series}-{Number}");
}

internal sealed class ApiTokenIdConverter : JsonConverter<ApiTokenId>
{
    public override ApiTokenId Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        ApiTokenId.Read(reader.GetString() ?? "")
        ?? throw new JsonException("This is not the number of a token.");

    public override void Write(
        Utf8JsonWriter writer,
        ApiTokenId value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.ToString());
}
