using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Outbox;

/// <content>Direct messages with files.</content>
internal sealed partial class OutboxDelivery
{
    /// <remarks>
    /// Whoever asked for a file gets the file or a message that says why not, in its place and under its id: a repeated
    /// delivery finds either.
    /// </remarks>
    private async Task<Arrival> Send(
        Effect.SendFile file,
        OutboxEntry entry,
        CancellationToken cancel
    )
    {
        await Names(Markdown.Lines([file.Text, file.Otherwise]), null, cancel);
        var channel = await chat.DirectChannel(file.To, cancel);
        if (await Found(channel, entry, cancel) is null)
        {
            await PostSomewhere(await Message(file, channel, cancel), entry, cancel);
        }

        return Arrival.Unnamed;
    }

    /// <summary>As many of the files as can be made and are taken; what is said is said in any case.</summary>
    private async Task<Arrival> Send(
        Effect.SendFiles message,
        OutboxEntry entry,
        CancellationToken cancel
    )
    {
        await Names(message.Text, null, cancel);
        var channel = message.Channel ?? await chat.DirectChannel(message.For, cancel);
        if (await Found(channel, entry, cancel) is not null)
        {
            return Arrival.Unnamed;
        }

        var text = message.Text;
        List<FileId> uploaded = [];
        Markdown? missing = null;
        foreach (var file in message.Files)
        {
            var (content, why) = await files.Make(
                new FileRequest(message.For, file.Argument),
                file.Source,
                cancel
            );
            if (content is null)
            {
                if (message is { Channel: not null, Outside: { } outside })
                {
                    // Whoever asked may not see all of it any more: then it is what everybody may see.
                    return await Send(
                        message with
                        {
                            Text = outside.Text,
                            Files = message.FilesOutside,
                            Outside = null,
                        },
                        entry,
                        cancel
                    );
                }

                // The same reason holds for all of them; in a channel it is nobody's business.
                text = message.Channel is null ? why!.Sentence : text;
                uploaded.Clear();
                break;
            }

            await using (content)
            {
                try
                {
                    more();
                    uploaded.Add(await chat.Upload(channel, file.Name, content, cancel));
                }
                catch (ChatException refused) when (NotTaken(refused.Obstacle) is { } reason)
                {
                    missing = Markdown.Of($"\nFiles are missing here, since {reason}.");
                }
            }

            if (missing is not null && uploaded.Count == 0)
            {
                break;
            }
        }

        more();
        await PostSomewhere(
            new OutgoingPost(
                channel,
                null,
                missing is null ? text : Markdown.Lines([text, missing]),
                null
            )
            {
                Files = [.. uploaded],
            },
            entry,
            cancel
        );
        return Arrival.Unnamed;
    }

    private async Task<OutgoingPost> Message(
        Effect.SendFile file,
        ChannelId channel,
        CancellationToken cancel
    )
    {
        var (content, why) = await files.Make(
            new FileRequest(file.To, file.Argument),
            file.Source,
            cancel
        );
        if (content is null)
        {
            await Names(why!.Sentence, null, cancel);
            return new OutgoingPost(channel, null, why.Sentence, null);
        }

        await using (content)
        {
            try
            {
                more();
                more();
                var uploaded = await chat.Upload(channel, file.FileName, content, cancel);
                return new OutgoingPost(channel, null, file.Text, null) { Files = [uploaded] };
            }
            catch (ChatException refused) when (NotTaken(refused.Obstacle) is { } reason)
            {
                return new OutgoingPost(
                    channel,
                    null,
                    Markdown.Lines([
                        Markdown.Of(
                            $"I made the file {Markdown.Code(file.FileName)} for you, but {reason}."
                        ),
                        file.Otherwise,
                    ]),
                    null
                );
            }
        }
    }

    private static Markdown? NotTaken(ChatObstacle obstacle) =>
        obstacle switch
        {
            ChatObstacle.NoFiles => Markdown.Of(
                $"this Mattermost takes no files. An administrator can change that: the setting is {Markdown.Code("FileSettings.EnableFileAttachments")}"
            ),
            ChatObstacle.FileTooLarge => Markdown.Of(
                $"it is larger than this Mattermost takes. An administrator can raise {Markdown.Code("FileSettings.MaxFileSize")}, and the limit of a proxy before it"
            ),
            _ => null,
        };
}
