using System.Text.Json.Serialization;

namespace Sidecar.Chat;

/// <summary>How effects, and where their posts stand, are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(Effect))]
[JsonSerializable(typeof(PostedAt))]
internal sealed partial class EffectJson : JsonSerializerContext;
