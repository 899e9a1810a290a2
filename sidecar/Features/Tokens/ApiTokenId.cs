using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Features.Tokens;

/// <summary>A token's number, written <c>TOK-3</c>. It is no secret.</summary>
[JsonConverter(typeof(SeriesIdConverter<ApiTokenId>))]
public readonly record struct ApiTokenId(long Number) : ISeriesId<ApiTokenId>
{
    /// <summary>The series that the store counts.</summary>
    public const string Series = "TOK";

    static string ISeriesId<ApiTokenId>.Letters => Series;

    static string ISeriesId<ApiTokenId>.Numbered => "a token";

    /// <summary>Reads what people write: <c>TOK-3</c>, <c>tok3</c>, <c>3</c>.</summary>
    public static ApiTokenId? Read(string typed) =>
        SeriesNumber.Read(Series, typed) is { } number ? new ApiTokenId(number) : null;

    /// <inheritdoc/>
    public override string ToString() => SeriesNumber.Write(Series, Number);
}
