using System.Text.Json.Serialization;

namespace Sidecar.Storage;

/// <summary>
/// Says that a person's act has made something already, so that the same act, delivered again, makes nothing new.
/// Its document's id is the act. Committed with what was made; swept after <see cref="KeptFor"/>.
/// </summary>
/// <param name="Made">The id of what was made.</param>
/// <param name="At">When, UTC.</param>
public sealed record IdempotencyRecord(string Made, DateTimeOffset At)
{
    /// <summary>Longer than any dialog is valid and any delivery is retried.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(3);

    /// <summary>The oldest first.</summary>
    public static DocumentIndex<IdempotencyRecord> ByAge { get; } =
        new("by-age", r => [IndexKey.Empty.Then(r.At)]);

    /// <summary>Receipts in the store.</summary>
    public static DocumentKind<IdempotencyRecord> Kind { get; } =
        new("act", IdempotencyRecordJson.Default.IdempotencyRecord) { Indexes = [ByAge] };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IdempotencyRecord))]
internal sealed partial class IdempotencyRecordJson : JsonSerializerContext;
