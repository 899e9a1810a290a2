using System.Collections.Immutable;
using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>What a command (or its response_url) answers, with every field that Mattermost gives back to the caller.</summary>
internal sealed record CommandAnswer
{
    public string ResponseType { get; init; } = "";
    public string Text { get; init; } = "";
    public string Username { get; init; } = "";
    public string ChannelId { get; init; } = "";
    public string IconUrl { get; init; } = "";
    public string Type { get; init; } = "";
    public JsonElement? Props { get; init; }
    public string GotoLocation { get; init; } = "";
    public string TriggerId { get; init; } = "";
    public bool SkipSlackParsing { get; init; }
    public IReadOnlyList<Attachment>? Attachments { get; init; }
    public IReadOnlyList<CommandAnswer>? ExtraResponses { get; init; }

    /// <summary>Null when the body is JSON by its media type and cannot be read.</summary>
    public static CommandAnswer? Read(string mediaType, string body)
    {
        if (mediaType != "application/json")
        {
            return new CommandAnswer { Text = body };
        }

        try
        {
            return Read(Wire.Parse(body));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CommandAnswer Read(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Null)
        {
            return new CommandAnswer();
        }

        if (json.ValueKind is not JsonValueKind.Object)
        {
            throw new JsonException("A command answers an object.");
        }

        var attachments = SlackText.WithTextValues(ReadAttachments(json));
        return new CommandAnswer
        {
            ResponseType = String(json, "response_type"),
            Text = String(json, "text"),
            Username = String(json, "username"),
            ChannelId = String(json, "channel_id"),
            IconUrl = String(json, "icon_url"),
            Type = String(json, "type"),
            Props = Kind(json, "props", JsonValueKind.Object),
            GotoLocation = String(json, "goto_location"),
            TriggerId = String(json, "trigger_id"),
            SkipSlackParsing = json.Flag("skip_slack_parsing") ?? false,
            Attachments = attachments.IsEmpty ? null : attachments,
            ExtraResponses = Kind(json, "extra_responses", JsonValueKind.Array) is { } extra
                ?
                [
                    .. extra
                        .EnumerateArray()
                        .Where(e => e.ValueKind is not JsonValueKind.Null)
                        .Select(Read),
                ]
                : null,
        };
    }

    private static ImmutableArray<Attachment> ReadAttachments(JsonElement json) =>
        Kind(json, "attachments", JsonValueKind.Array) is not { } list ? []
        : list.EnumerateArray().Count(a => a.ValueKind is not JsonValueKind.Null) is var given
        && AttachmentRules.In(list) is var read
        && read.Length == given
            ? read
        : throw new JsonException("An attachment does not decode.");

    private static string String(JsonElement json, string name) =>
        Kind(json, name, JsonValueKind.String)?.GetString() ?? "";

    private static JsonElement? Kind(JsonElement json, string name, JsonValueKind kind) =>
        json.Get(name) is not { } value ? null
        : value.ValueKind == kind ? value
        : throw new JsonException($"{name} is not of kind {kind}.");
}
