using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mattermost.Simulator;

/// <summary>Turns Slack's markup in integrations' texts into Mattermost's, unless they ask to leave it.</summary>
internal static partial class SlackText
{
    public static string Announcements(World world, string text)
    {
        if (!text.Contains('<', StringComparison.Ordinal))
        {
            return text;
        }

        var expanded = text.Replace("<!channel>", "@channel", StringComparison.Ordinal)
            .Replace("<!here>", "@here", StringComparison.Ordinal)
            .Replace("<!all>", "@all", StringComparison.Ordinal);
        return UserId()
            .Replace(
                expanded,
                m => world.Users.Find(m.Groups[1].Value) is { } user ? "@" + user.Username : m.Value
            );
    }

    public static string Links(string text) =>
        text.Contains('<', StringComparison.Ordinal) ? Link().Replace(text, "[$2]($1)") : text;

    public static ImmutableArray<Attachment> Announcements(
        World world,
        ImmutableArray<Attachment> attachments
    ) =>
        [
            .. attachments.Select(a =>
                a with
                {
                    Pretext = Announcements(world, a.Pretext),
                    Text = Announcements(world, a.Text),
                    Title = Announcements(world, a.Title),
                    Fields = a
                        .Fields?.Select(f => Value(f, text => Announcements(world, text)))
                        .ToList(),
                }
            ),
        ];

    public static ImmutableArray<Attachment> Links(ImmutableArray<Attachment> attachments) =>
        [
            .. attachments.Select(a =>
                a with
                {
                    Pretext = Links(a.Pretext),
                    Text = Links(a.Text),
                    Fields = a.Fields?.Select(f => Value(f, Links)).ToList(),
                }
            ),
        ];

    /// <summary>Integrations may send numbers as field values; Mattermost makes them text.</summary>
    public static ImmutableArray<Attachment> WithTextValues(
        ImmutableArray<Attachment> attachments
    ) =>
        [
            .. attachments.Select(a =>
                a.Fields is null
                    ? a
                    : a with
                    {
                        Fields = [.. a.Fields.Select(f => Value(f, text => text))],
                    }
            ),
        ];

    private static AttachmentField Value(AttachmentField field, Func<string, string> change) =>
        field.Value switch
        {
            null or { ValueKind: JsonValueKind.Null } => field,
            { ValueKind: JsonValueKind.String } text => field with
            {
                Value = Wire.Element(change(text.GetString()!)),
            },
            { } other => field with { Value = Wire.Element(change(other.GetRawText())) },
        };

    [GeneratedRegex("<@([a-zA-Z0-9]+)>")]
    private static partial Regex UserId();

    [GeneratedRegex(@"<([^<\|]+)\|([^>]+)>")]
    private static partial Regex Link();
}
