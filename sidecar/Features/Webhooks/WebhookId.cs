using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Features.Webhooks;

/// <summary>The number of a subscription of another system, written <c>HOOK-3</c>.</summary>
[JsonConverter(typeof(SeriesIdConverter<WebhookId>))]
public readonly record struct WebhookId(long Number) : ISeriesId<WebhookId>
{
    /// <summary>The series that the store counts.</summary>
    public const string Series = "HOOK";

    static string ISeriesId<WebhookId>.Letters => Series;

    static string ISeriesId<WebhookId>.Numbered => "a subscription";

    /// <summary>Reads what people write: <c>HOOK-3</c>, <c>hook3</c>, <c>3</c>.</summary>
    public static WebhookId? Read(string typed) =>
        SeriesNumber.Read(Series, typed) is { } number ? new WebhookId(number) : null;

    /// <inheritdoc/>
    public override string ToString() => SeriesNumber.Write(Series, Number);
}
