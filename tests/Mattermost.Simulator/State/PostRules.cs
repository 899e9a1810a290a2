using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>How long a post may be, and when a change of it counts as an edit.</summary>
internal static class PostRules
{
    private const int MaxMessageRunes = 16_383;

    public static void CheckSize(ServerVersion version, Post post)
    {
        if (Runes(post.Message) > MaxMessageRunes)
        {
            throw Refuse.With("model.post.is_valid.msg.app_error", 400);
        }

        if (!IsKnown(post.Type))
        {
            throw Refuse.With("model.post.is_valid.type.app_error", 400);
        }

        if (Runes(Wire.Text(post.FullProps)) > version.MaxPropsRunes)
        {
            throw Refuse.With("model.post.is_valid.props.app_error", 400);
        }
    }

    private static bool IsKnown(string type) =>
        type is "" or "slack_attachment" or "me"
        || type.StartsWith("custom_", StringComparison.Ordinal)
        || type.StartsWith("system_", StringComparison.Ordinal);

    private static int Runes(string text) =>
        text.Length < 4000 ? text.Length : text.EnumerateRunes().Count();

    public static bool SameAttachments(Post one, Post other) =>
        (one.FullProps.Get("attachments"), other.FullProps.Get("attachments")) switch
        {
            (null, null) => true,
            ({ } left, { } right) => JsonElement.DeepEquals(left, right),
            _ => false,
        };
}
