using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.Outbox;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Cards;

/// <summary>Where the card of an escalation is, for sentences that name it elsewhere.</summary>
internal sealed class CardLinks(Store store, SharedPosts posts)
{
    /// <summary>The address of its card; empty when nobody can say: nothing waits for it.</summary>
    public async ValueTask<string> To(Escalation escalation, CancellationToken cancel)
    {
        try
        {
            return await store.Find(PostedPosts.Kind, escalation.Card.Value, cancel) is { } card
                ? await posts.LinkTo(card.Value.Post, cancel)
                : "";
        }
        catch (ChatException)
        {
            return "";
        }
    }

    /// <summary>The number, as a link where there is one.</summary>
    public static Markdown Named(string number, string link) =>
        link.Length == 0 ? Markdown.Of($"**{number}**") : Markdown.Of($"[**{number}**]({link})");
}
