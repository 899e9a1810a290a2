using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Features.Tokens;

/// <summary>A token's number, written <c>TOK-3</c>. It is no secret.</summary>
[JsonConverter(typeof(TokenIdConverter))]
public readonly record struct TokenId(long Number) : IWritten
{
    /// <summary>The series that the store counts.</summary>
    public const string Series = "TOK";

    /// <summary>Reads what people write: <c>TOK-3</c>, <c>tok3</c>, <c>3</c>.</summary>
    public static TokenId? Read(string typed) =>
        SeriesNumber.Read(Series, typed) is { } number ? new TokenId(number) : null;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Series}-{Number}");
}

internal sealed class TokenIdConverter : JsonConverter<TokenId>
{
    public override TokenId Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        TokenId.Read(reader.GetString() ?? "")
        ?? throw new JsonException("This is not the number of a token.");

    public override void Write(
        Utf8JsonWriter writer,
        TokenId value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.ToString());
}
