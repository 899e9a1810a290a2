using System.Text;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Chat;

/// <summary>
/// Draws text and card as a Mattermost post: the only place that knows colours, styles and how a button is spelled.
/// What users typed is escaped already, by <see cref="Markdown"/>.
/// </summary>
/// <param name="nameOf">The user name of a person, without the at sign; null when nobody knows it.</param>
/// <param name="seal">What a control carries, sealed.</param>
/// <param name="actionsUrl">Where Mattermost reports a click.</param>
internal sealed class CardRenderer(
    Func<UserId, string?> nameOf,
    Func<CardControl, string> seal,
    string actionsUrl
)
{
    private const int TitleRunes = 300;
    private const int TextRunes = 12_000;
    private const int FieldRunes = 2_000;
    private const int FooterRunes = 300;
    private const string MessageCut = "\n\n*(shortened: too long for one message)*";

    /// <summary>The user name of a person.</summary>
    public Func<UserId, string?> NameOf => nameOf;

    /// <summary>The post.</summary>
    /// <param name="text">The line above the card.</param>
    /// <param name="card">The card; null for a post of words alone.</param>
    /// <param name="limits">What the server takes: what does not fit is shortened, longest first.</param>
    public RenderedPost Render(Markdown text, Card? card, CardLimits limits) =>
        new(
            CardLimits.Cut(text.Show(nameOf), limits.Message, MessageCut),
            card is null ? [] : [CardFit.Into(Draw(card), limits.Props)]
        );

    private Attachment Draw(Card card)
    {
        var title = CardLimits.Cut(card.Title.Show(nameOf), TitleRunes);
        var text = Part(card.Text, TextRunes);
        return new Attachment
        {
            Fallback = MarkdownEscaper.Plain(Fallback(title, text)),
            Color = Color(card.Tone),
            Title = title,
            Text = text,
            Fields = card.Fields.Count == 0 ? null : [.. card.Fields.Select(Field)],
            Actions = card.Controls.Count == 0 ? null : [.. card.Controls.Select(Control)],
            Footer = Part(card.Footer, FooterRunes),
        };
    }

    private string? Part(Markdown words, int runes) =>
        words.IsEmpty ? null : CardLimits.Cut(words.Show(nameOf), runes);

    private AttachmentField Field(CardField field) =>
        new(field.Name, CardLimits.Cut(field.Value.Show(nameOf), FieldRunes), !field.Wide);

    private AttachmentAction Control(CardControl control, int index)
    {
        var menu = control.OfPeople || control.Options.Count > 0;
        return new AttachmentAction
        {
            Id = ActionId(control.Action, index) + (menu ? control.Drawing : ""),
            Name = control.Label,
            Type = menu ? "select" : "button",
            Style = menu ? null : Style(control.Style),
            Disabled = control.IsSpent ? true : null,
            Options = control.Options.Count > 0 && !control.OfPeople ? Options(control) : null,
            DataSource = control.OfPeople ? "users" : null,
            Integration = new AttachmentIntegration(actionsUrl, new(seal(control))),
        };
    }

    private static List<AttachmentOption> Options(CardControl control) =>
        [.. control.Options.Select(o => new AttachmentOption(o.Text, o.Value))];

    /// <summary>
    /// The same at every drawing, so that a click on a card that is being redrawn still finds its button. Menus are the
    /// exception: see <see cref="CardControl.Drawing"/>.
    /// </summary>
    private static string ActionId(string action, int index) =>
        string.Concat(action.Where(char.IsAsciiLetterOrDigit)) + "x" + index;

    /// <summary>What is seen where cards are not: notifications of some clients, exports.</summary>
    private static string Fallback(string title, string? text)
    {
        var line = text is null ? "" : text.Split('\n', 2)[0];
        var all = line.Length == 0 ? title : $"{title}: {line}";
        return CardLimits.Cut(Plain(all), TitleRunes);
    }

    private static string Plain(string markdown)
    {
        var plain = new StringBuilder(markdown.Length);
        for (var at = 0; at < markdown.Length; at++)
        {
            var escapes = markdown[at] == '\\' && at + 1 < markdown.Length;
            at += escapes && char.IsAscii(markdown[at + 1]) ? 1 : 0;
            plain.Append(markdown[at]);
        }

        return plain.ToString();
    }

    private static string Color(Tone tone) =>
        tone switch
        {
            Tone.Notice => "#1c58d9",
            Tone.Warning => "#cc8f00",
            Tone.Danger => "#d24b4e",
            Tone.Success => "#339970",
            _ => "#8d93a5",
        };

    private static string Style(ControlStyle style) =>
        style switch
        {
            ControlStyle.Primary => "primary",
            ControlStyle.Good => "good",
            ControlStyle.Danger => "danger",
            _ => "default",
        };
}

/// <summary>A post as it goes over the wire.</summary>
/// <param name="Message">The text.</param>
/// <param name="Attachments">The card, or none.</param>
internal sealed record RenderedPost(string Message, IReadOnlyList<Attachment> Attachments);
