using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sidecar.Setup;

/// <summary>
/// What <c>plugin.json</c> declares, built into the program: set-up creates exactly this, and the browser's part shows
/// the same.
/// </summary>
internal sealed record Declaration
{
    private const string Resource = "plugin.json";

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string Version { get; init; }

    public required string MinServerVersion { get; init; }

    public required DeclaredIntegrations Props { get; init; }

    /// <summary>The one that this program was built with.</summary>
    public static Declaration Current { get; } = Load();

    private static Declaration Load()
    {
        using var json =
            typeof(Declaration).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not built in.");
        return JsonSerializer.Deserialize(json, DeclarationJson.Default.Declaration)
            ?? throw new InvalidOperationException($"{Resource} is empty.");
    }
}

/// <summary>The free-form part of the manifest. Every user can read it.</summary>
internal sealed record DeclaredIntegrations
{
    public required IReadOnlyList<DeclaredCommand> Commands { get; init; }

    public required IReadOnlyList<DeclaredWebhook> OutgoingWebhooks { get; init; }
}

/// <summary>A slash command, without what differs per installation.</summary>
internal sealed record DeclaredCommand
{
    public required string Trigger { get; init; }

    public required string DisplayName { get; init; }

    public required string Description { get; init; }

    public required bool AutoComplete { get; init; }

    public required string AutoCompleteDesc { get; init; }

    public required string AutoCompleteHint { get; init; }
}

/// <summary>An outgoing webhook, without what differs per installation.</summary>
internal sealed record DeclaredWebhook
{
    public required string DisplayName { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<string> TriggerWords { get; init; }

    /// <summary>0: the first word is a trigger word; 1: it begins with one.</summary>
    public required int TriggerWhen { get; init; }

    public required string ContentType { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Declaration))]
internal sealed partial class DeclarationJson : JsonSerializerContext;
