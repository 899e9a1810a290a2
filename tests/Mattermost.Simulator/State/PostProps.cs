using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mattermost.Simulator;

/// <summary>What the server itself writes into a post's props.</summary>
internal static partial class PostProps
{
    public static JsonElement With(JsonElement props, string name, JsonNode? value)
    {
        var copy = AsObject(props);
        copy[name] = value;
        return Wire.Element(copy);
    }

    public static JsonElement Without(JsonElement props, string name)
    {
        if (props.Get(name) is null)
        {
            return props.ValueKind is JsonValueKind.Object ? props : Wire.EmptyObject;
        }

        var copy = AsObject(props);
        copy.Remove(name);
        return Wire.Element(copy);
    }

    public static JsonObject AsObject(JsonElement? props) =>
        props is { ValueKind: JsonValueKind.Object } value ? JsonObject.Create(value)! : [];

    public static JsonElement WithChannelMentions(
        World world,
        JsonElement props,
        string message,
        Channel channel
    )
    {
        var mentioned = new JsonObject();
        foreach (var name in ChannelMentions(message))
        {
            if (world.Channels.FindByName(channel.TeamId, name) is { IsOpen: true } found)
            {
                mentioned[name] = new JsonObject
                {
                    ["display_name"] = found.DisplayName,
                    ["team_name"] = world.Teams.Get(found.TeamId).Name,
                };
            }
        }

        return mentioned.Count > 0
            ? With(props, "channel_mentions", mentioned)
            : Without(props, "channel_mentions");
    }

    public static IEnumerable<string> ChannelMentions(string message) =>
        message.Contains('~', StringComparison.Ordinal)
            ? ChannelMention()
                .Matches(message)
                .Select(m => m.Value[1..])
                .Distinct(StringComparer.Ordinal)
            : [];

    public static IEnumerable<string> UserMentions(string message) =>
        message.Contains('@', StringComparison.Ordinal)
            ? UserMention()
                .Matches(message)
                .Select(m => m.Value[1..].ToLowerInvariant())
                .Distinct(StringComparer.Ordinal)
            : [];

    public static string Hashtags(string message) =>
        message.Contains('#', StringComparison.Ordinal)
            ? string.Join(' ', Hashtag().Matches(message).Select(m => m.Groups[1].Value))
            : "";

    [GeneratedRegex(@"\B~[a-zA-Z0-9\-_]+")]
    private static partial Regex ChannelMention();

    [GeneratedRegex(@"\B@[a-zA-Z0-9][a-zA-Z0-9.\-_:]*")]
    private static partial Regex UserMention();

    [GeneratedRegex(@"(?:^|\s)(#\p{L}[\w\-.]{1,}\w)")]
    private static partial Regex Hashtag();
}
