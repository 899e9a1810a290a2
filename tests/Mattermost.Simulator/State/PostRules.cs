using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mattermost.Simulator;

/// <summary>How long a post may be, and when a change of it counts as an edit.</summary>
internal static partial class PostRules
{
    private const int MaxMessageRunes = 16_383;

    public static void CheckSize(ServerVersion version, Post post)
    {
        if (Runes(post.Message) > MaxMessageRunes)
        {
            throw Refuse.With(version.MessageTooLong, 400);
        }

        if (!IsKnown(post.Type))
        {
            throw Refuse.With("model.post.is_valid.type.app_error", 400);
        }

        // The database knows no U+0000.
        if (
            post.Message.Contains('\0', StringComparison.Ordinal)
            || (
                version.RefusesNullCharactersInProps
                && post.FullProps.GetRawText().Contains("\\u0000", StringComparison.Ordinal)
            )
        )
        {
            throw Refuse.With("app.post.save.app_error", 500);
        }

        // Go writes characters beyond the basic plane as they are; here each is two escapes of six letters.
        var props = Wire.Text(post.FullProps);
        if (Runes(props) - (11 * EscapedPair().Count(props)) > version.MaxPropsRunes)
        {
            throw Refuse.With("model.post.is_valid.props.app_error", 400);
        }
    }

    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")]
    private static partial Regex EscapedPair();

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
