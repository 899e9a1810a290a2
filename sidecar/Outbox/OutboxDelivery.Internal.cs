using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Outbox;

/// <content>What only people of ours may read (ASG-4).</content>
internal sealed partial class OutboxDelivery
{
    /// <summary>
    /// The effect as whoever can read the place at this moment may read it; null when nothing is shown there.
    /// </summary>
    private async Task<Effect?> ForReaders(Effect effect, CancellationToken cancel)
    {
        if (!effect.IsInternal || await IsAmongUs(effect, cancel))
        {
            return effect;
        }

        return (effect, effect.Outside) switch
        {
            (_, null) => null,
            (Effect.ShowCard show, { } outside) => show with
            {
                Text = outside.Text,
                Card = outside.Card ?? new Card(outside.Text, Tone.Neutral),
            },
            (Effect.Say say, { } outside) => say with { Text = outside.Text, Card = outside.Card },
            (Effect.ReplyInThread reply, { } outside) => reply with { Text = outside.Text },
            (Effect.TellPerson tell, { } outside) => tell with
            {
                Text = outside.Text,
                Card = outside.Card,
            },
            (Effect.SendFiles files, { } outside) => files with
            {
                Text = outside.Text,
                Files = files.FilesOutside,
            },
            _ => null,
        };
    }

    private async Task<bool> IsAmongUs(Effect effect, CancellationToken cancel)
    {
        ChannelId? place = effect switch
        {
            Effect.ShowCard show => show.Channel,
            Effect.Say say => say.Channel,
            Effect.ReplyInThread reply => reply.Channel,
            Effect.TellPerson tell => await chat.DirectChannel(tell.To, cancel),
            Effect.Revise { To: { } to } => await chat.DirectChannel(to, cancel),
            Effect.Revise revision => revision.Channel,
            Effect.SendFile file => await chat.DirectChannel(file.To, cancel),
            Effect.SendFiles files => files.Channel ?? await chat.DirectChannel(files.For, cancel),
            _ => null,
        };
        if (place is not { } channel)
        {
            return false;
        }

        more();
        return await store.IsAmongUs(chat, channel, cancel);
    }
}
