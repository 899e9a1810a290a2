using Sidecar.Chat;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Checklists;

/// <summary>Whether a checklist fits into a post on every server, also on those with an old database.</summary>
internal static class ChecklistSize
{
    // As long as names, sealed payloads and our own address get.
    private static readonly string Name = new('n', 22);
    private static readonly string Seal = new('s', 420);
    private static readonly string Url = new('u', 120);

    private static readonly CardRenderer Renderer = new(_ => Name, _ => Seal, Url);

    private static readonly int Props = CardLimits
        .Current.After("model.post.is_valid.props.app_error")!
        .Props;

    public static bool Fits(Card card) =>
        Renderer
            .Render(Markdown.None, card, CardLimits.Current)
            .Attachments.Sum(a => AttachmentSize.Of(a)) <= Props;
}
