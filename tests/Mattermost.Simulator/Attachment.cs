using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mattermost.Simulator;

/// <summary>A message attachment with all fields that Mattermost fills in.</summary>
public sealed record Attachment
{
    public long Id { get; init; }
    public string Fallback { get; init; } = "";
    public string Color { get; init; } = "";
    public string Pretext { get; init; } = "";
    public string AuthorName { get; init; } = "";
    public string AuthorLink { get; init; } = "";
    public string AuthorIcon { get; init; } = "";
    public string Title { get; init; } = "";
    public string TitleLink { get; init; } = "";
    public string Text { get; init; } = "";
    public IReadOnlyList<AttachmentField>? Fields { get; init; }
    public string ImageUrl { get; init; } = "";
    public string ThumbUrl { get; init; } = "";
    public string Footer { get; init; } = "";
    public string FooterIcon { get; init; } = "";
    public JsonElement? Ts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PostAction>? Actions { get; init; }
}

/// <summary>A titled value in an attachment.</summary>
public sealed record AttachmentField
{
    public string Title { get; init; } = "";
    public JsonElement? Value { get; init; }

    [JsonConverter(typeof(SlackBool))]
    [JsonPropertyName("short")]
    public bool IsShort { get; init; }
}

/// <summary>A button or menu on a post. What is behind it (<c>integration</c>) is null wherever a client could look.</summary>
public sealed record PostAction
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Disabled { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Style { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tooltip { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DataSource { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Option>? Options { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DefaultOption { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Integration? Integration { get; init; }

    /// <summary>On ephemeral posts: the sealed integration that the client gives back with a click.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cookie { get; init; }
}

/// <summary>A choice in a menu or in a dialog.</summary>
public sealed record Option(string Text, string Value);

/// <summary>What a click calls, kept back from clients.</summary>
public sealed record Integration
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Context { get; init; }
}

/// <summary>Slack's integrations send booleans as strings too.</summary>
internal sealed class SlackBool : JsonConverter<bool>
{
    public override bool Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.String => string.Equals(
                reader.GetString(),
                "true",
                StringComparison.OrdinalIgnoreCase
            ),
            _ => false,
        };

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) =>
        writer.WriteBooleanValue(value);
}
