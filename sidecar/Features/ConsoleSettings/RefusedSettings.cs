using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Storage;

namespace Sidecar.Features.ConsoleSettings;

/// <summary>What is set in the System Console can't be used; what was set before goes on.</summary>
/// <param name="Problems">Each with its field, its value and what would be right.</param>
/// <param name="Since">When it was found, UTC.</param>
internal sealed record RefusedSettings(ImmutableArray<string> Problems, DateTimeOffset Since)
{
    /// <summary>There is one console, however many servers.</summary>
    public const string Id = "console";

    public static DocumentKind<RefusedSettings> Kind { get; } =
        new("refused-settings", ConsoleSettingsJson.Default.RefusedSettings);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RefusedSettings))]
internal sealed partial class ConsoleSettingsJson : JsonSerializerContext;
