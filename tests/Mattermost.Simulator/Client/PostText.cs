namespace Mattermost.Simulator;

/// <summary>What can be read of a post on a screen.</summary>
internal static class PostText
{
    public static string Of(Post post) => string.Join('\n', Lines(post).Where(l => l.Length > 0));

    private static IEnumerable<string> Lines(Post post) =>
        [post.Message, .. post.Attachments.SelectMany(Lines)];

    private static IEnumerable<string> Lines(Attachment attachment) =>
        [
            attachment.Pretext,
            attachment.AuthorName,
            attachment.Title,
            attachment.Text,
            .. (attachment.Fields ?? []).Select(f => $"{f.Title}: {f.Value}"),
            .. (attachment.Actions ?? []).Select(Action),
            attachment.Footer,
        ];

    private static string Action(PostAction action)
    {
        var chosen = action.Options?.FirstOrDefault(o => o.Value == action.DefaultOption)?.Text;
        return chosen is null ? $"[{action.Name}]" : $"[{action.Name}: {chosen}]";
    }
}
