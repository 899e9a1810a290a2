using System.Text.Json.Serialization;

namespace Sidecar.Storage;

/// <summary>How the store's own values are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(Effect))]
[JsonSerializable(typeof(PostedAt))]
[JsonSerializable(typeof(Outcome))]
internal sealed partial class StorageJson : JsonSerializerContext;
