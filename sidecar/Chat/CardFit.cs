namespace Sidecar.Chat;

/// <summary>Makes an attachment fit a server: the longest text gives way first, buttons last.</summary>
internal static class CardFit
{
    /// <summary>Below this a text that has to give way goes altogether.</summary>
    private const int WorthKeeping = 80;

    public static Attachment Into(Attachment attachment, int limit)
    {
        while (AttachmentSize.Of(attachment) > limit)
        {
            if (Shorter(attachment) is not { } shorter)
            {
                return attachment;
            }

            attachment = shorter;
        }

        return attachment;
    }

    private static Attachment? Shorter(Attachment a)
    {
        var longest = a.Fields?.MaxBy(f => f.Value.Length);
        var (text, footer, field) = (
            a.Text?.Length ?? 0,
            a.Footer?.Length ?? 0,
            longest?.Value.Length ?? 0
        );
        if (text > 0 && text >= Math.Max(field, footer))
        {
            return a with { Text = Half(a.Text!) };
        }

        if (field > 0 && field >= footer)
        {
            return a with { Fields = Without(a.Fields!, longest!) };
        }

        return footer > 0 ? a with { Footer = Half(a.Footer!) } : WithoutLastControl(a);
    }

    private static List<AttachmentField> Without(
        IReadOnlyList<AttachmentField> fields,
        AttachmentField longest
    ) =>
        [
            .. fields
                .Select(f =>
                    ReferenceEquals(f, longest) ? f with { Value = Half(f.Value) ?? "" } : f
                )
                .Where(f => f.Value.Length > 0 || !ReferenceEquals(f, longest)),
        ];

    private static string? Half(string text)
    {
        var runes = CardLimits.Runes(text) / 2;
        return runes < WorthKeeping ? null : CardLimits.Cut(text, runes);
    }

    /// <summary>Only a card made of nothing but controls comes here.</summary>
    private static Attachment? WithoutLastControl(Attachment a) =>
        a.Actions is { Count: > 0 } actions
            ? a with
            {
                Actions = actions.Count == 1 ? null : [.. actions.Take(actions.Count - 1)],
            }
            : null;
}
