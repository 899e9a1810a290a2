namespace Sidecar.Chat;

/// <summary>
/// How many runes an attachment takes in the server's database, never less than it really does: the server writes it
/// anew, with fields that we leave out and with its own escapes.
/// </summary>
internal static class AttachmentSize
{
    private const int EmptyAttachment = 300;
    private const int EmptyField = 40;
    private const int EmptyAction = 160;
    private const int EmptyOption = 24;

    /// <summary>Everything else in the post's props.</summary>
    private const int OtherProps = 250;

    public static int Of(Attachment attachment) =>
        OtherProps
        + EmptyAttachment
        + Of(attachment.Fallback)
        + Of(attachment.Color)
        + Of(attachment.Title)
        + Of(attachment.Text)
        + Of(attachment.Footer)
        + (attachment.Fields ?? []).Sum(f => EmptyField + Of(f.Title) + Of(f.Value))
        + (attachment.Actions ?? []).Sum(Of);

    private static int Of(AttachmentAction action) =>
        EmptyAction
        + Of(action.Id)
        + Of(action.Name)
        + Of(action.Integration.Url)
        + Of(action.Integration.Context.Sealed)
        + (action.Options ?? []).Sum(o => EmptyOption + Of(o.Text) + Of(o.Value));

    private static int Of(string? text)
    {
        var size = 0;
        foreach (var c in text ?? "")
        {
            size += c switch
            {
                '"' or '\\' or '\n' => 2,
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => 6,
                _ when char.IsLowSurrogate(c) => 0,
                _ => 1,
            };
        }

        return size;
    }
}
