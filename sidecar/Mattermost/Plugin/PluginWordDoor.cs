using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;

namespace Sidecar.Mattermost.Plugin;

/// <summary>
/// The door by which words come that raise at once, as <c>sev1!</c>: what an outgoing webhook does for a sidecar beside
/// Mattermost, in private channels as well. Every message of the server passes here, so most are left at their first letters.
/// </summary>
/// <param name="conversation">Answers.</param>
/// <param name="api">Tells where a channel is, and whispers when nothing can be kept.</param>
/// <param name="bot">The product's own account: what it says must never set it off.</param>
/// <param name="words">The words, in small letters.</param>
/// <param name="clock">The time.</param>
internal sealed class PluginWordDoor(
    Conversation conversation,
    PluginApi api,
    string bot,
    ImmutableArray<string> words,
    TimeProvider clock
)
{
    public async Task Heard(PluginPost post, CancellationToken cancel)
    {
        if (
            post.Type.Length > 0
            || post.User == bot
            || SpokenWord.Read(post.Text, words) is not { } heard
            || !IdForm.Fits(post.Id)
            || !IdForm.Fits(post.User)
            || !IdForm.Fits(post.Channel)
        )
        {
            return;
        }

        var channel = await api.GetChannel(post.Channel, cancel);
        if (channel.IsDirect)
        {
            return;
        }

        var whisper = await conversation.Word(
            new Envelope(
                $"post:{post.Id}",
                new UserId(post.User),
                channel.Team.Length == 0 ? null : new TeamId(channel.Team),
                new ChannelId(post.Channel),
                new PostId(post.Id),
                null,
                clock.GetUtcNow()
            ),
            heard.Word,
            heard.Behind,
            cancel
        );
        if (whisper is { Text: { Length: > 0 } text })
        {
            await api.SendEphemeralPost(post.User, bot, post.Channel, post.Id, text, cancel);
        }
    }
}
