using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Features.Webhooks;

/// <summary>The number of a subscription of another system, written <c>HOOK-3</c>.</summary>
[JsonConverter(typeof(WebhookIdConverter))]
public readonly record struct WebhookId(long Number) : IWritten
{
    /// <summary>The series that the store counts.</summary>
    public const string Series = "HOOK";

    /// <summary>Reads what people write: <c>HOOK-3</c>, <c>hook3</c>, <c>3</c>.</summary>
    public static WebhookId? Read(string typed) =>
        SeriesNumber.Read(Series, typed) is { } number ? new WebhookId(number) : null;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Series}-{Number}");
}

internal sealed class WebhookIdConverter : JsonConverter<WebhookId>
{
    public override WebhookId Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        WebhookId.Read(reader.GetString() ?? "")
        ?? throw new JsonException("This is not the number of a subscription.");

    public override void Write(
        Utf8JsonWriter writer,
        WebhookId value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.ToString());
}
