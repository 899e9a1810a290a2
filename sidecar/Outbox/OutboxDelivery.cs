using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Outbox;

/// <summary>Does in the chat what an effect asks for; it is there once, however often this is tried.</summary>
/// <param name="store">Knows where named posts stand.</param>
/// <param name="chat">The chat.</param>
/// <param name="people">Names of those who are mentioned.</param>
/// <param name="files">Makes what is sent as a file.</param>
/// <param name="errands">Does what takes long.</param>
/// <param name="more">Told before each request beyond the first, for the pace.</param>
internal sealed partial class OutboxDelivery(
    Store store,
    IChat chat,
    PeopleDirectory people,
    OutboxFiles files,
    OutboxErrands errands,
    Action more
)
{
    private readonly ShownCards _shown = new();

    /// <summary>Delivers a batch.</summary>
    /// <exception cref="ChatException">The chat did not do it.</exception>
    /// <exception cref="UndeliverableException">It can't be done as things are.</exception>
    public async Task<Arrival> Deliver(OutboxBatch batch, CancellationToken cancel)
    {
        LeasedWork.Verify();
        if (!batch.Last.IsReadable)
        {
            throw new UndeliverableException(
                "It can't be read: it was written by a newer version, or is damaged."
            );
        }

        var effect =
            await batch.Last.Effect(store.Engine, cancel)
            ?? throw new UndeliverableException("It is not in the outbox any more.");
        return await ForReaders(effect, cancel) switch
        {
            null => Arrival.Unnamed,
            Effect.ShowCard card => await Show(card, batch, cancel),
            Effect.ReplyInThread reply => await Reply(reply, batch.Head, cancel),
            Effect.TellPerson message => await Tell(message, batch.Head, cancel),
            Effect.Revise revision => await Revise(revision, batch.Head, cancel),
            Effect.Say say => await Say(say, batch.Head, cancel),
            Effect.SendFile file => await Send(file, batch.Head, cancel),
            Effect.SendFiles files => await Send(files, batch.Head, cancel),
            Effect.Errand errand => await Run(errand, cancel),
            Effect.OpenChannel open => await Open(open, cancel),
            Effect.Admit admit => await Admit(admit, cancel),
            Effect.SetHeader header => await SetHeader(header, cancel),
            _ => throw new UndeliverableException("It is not in the outbox any more."),
        };
    }

    private async Task<Arrival> Run(Effect.Errand errand, CancellationToken cancel)
    {
        await errands.Run(errand, cancel);
        return Arrival.Unnamed;
    }

    /// <remarks>
    /// A card that somebody deleted comes back with its next change: the work it shows goes on, and without the card
    /// nobody could act on it. Until something changes, it stays deleted.
    /// </remarks>
    private async Task<Arrival> Show(
        Effect.ShowCard show,
        OutboxBatch batch,
        CancellationToken cancel
    )
    {
        await Names(show.Text, show.Card, cancel);
        var stored = await store.Find(PostedPosts.Kind, show.Post.Value, cancel);
        if (stored is { Value: var newer } && _shown.Overtook(show.Post, batch.Last.Sequence))
        {
            return new Arrival(show.Post, newer);
        }

        _shown.Shows(show.Post, batch.Last.Sequence);
        if (stored is { Value: var there } && await Update(there, show, batch.Head, cancel))
        {
            return new Arrival(show.Post, there);
        }

        var post = new OutgoingPost(show.Channel, show.Thread, show.Text, show.Card)
        {
            IsUrgent = show.IsUrgent,
        };
        var (at, wasThere) = await PostOnce(post, batch.Head, cancel);
        if (wasThere && batch.All.Count > 1)
        {
            // An earlier try left it there, perhaps before the later changes. If somebody deleted it since, so be it.
            await Update(at, show, batch.Head, cancel);
        }

        if (show.IsPinned)
        {
            await Pin(at, cancel);
        }

        return new Arrival(show.Post, at);
    }

    private async Task<bool> Update(
        PostedAt at,
        Effect.ShowCard show,
        OutboxEntry head,
        CancellationToken cancel
    )
    {
        try
        {
            await chat.Update(at, show.Text, show.Card, head.Id, cancel);
            return true;
        }
        catch (ChatException problem) when (problem.Problem == ChatProblem.Missing)
        {
            return false;
        }
    }

    /// <remarks>
    /// When the card was deleted, its thread went with it: the reply then stands in the channel, and what follows goes
    /// below it.
    /// </remarks>
    private async Task<Arrival> Reply(
        Effect.ReplyInThread reply,
        OutboxEntry entry,
        CancellationToken cancel
    )
    {
        await Names(reply.Text, null, cancel);
        if (
            await store.Find(PostedPosts.Kind, reply.Under.Value, cancel) is not { Value: var card }
        )
        {
            throw new UndeliverableException("The card that it belongs below was never posted.");
        }

        var post = new OutgoingPost(reply.Channel, card.Thread, reply.Text, null);
        var (at, _) = await PostOnce(post, entry, cancel);
        return at.Thread == card.Thread
            ? Arrival.Unnamed
            : new Arrival(reply.Under, card with { Thread = at.Thread });
    }

    private async Task<Arrival> Say(Effect.Say say, OutboxEntry entry, CancellationToken cancel)
    {
        await Names(say.Text, say.Card, cancel);
        var post = new OutgoingPost(say.Channel, say.Thread, say.Text, say.Card);
        try
        {
            var (at, _) = await PostOnce(post, entry, cancel);
            await Remember(at, say.Card, OpenMessage.NameOf(say.About, say.Asks), entry, cancel);
            return Arrival.Unnamed;
        }
        catch (ChatException refused)
            when (say.Otherwise is { } card
                && refused.Obstacle
                    is ChatObstacle.Archived
                        or ChatObstacle.NoChannel
                        or ChatObstacle.NotAdmitted
            )
        {
            var instead = new Effect.ReplyInThread(card.Under, card.Channel, card.Text ?? say.Text)
            {
                About = say.About,
            };
            return await Reply(instead, entry, cancel);
        }
    }

    private async Task<Arrival> Tell(
        Effect.TellPerson message,
        OutboxEntry entry,
        CancellationToken cancel
    )
    {
        if (people.IsDeactivated(message.To))
        {
            // Nobody reads it, and whoever is asked in their place is asked by who asks.
            return Arrival.Unnamed;
        }

        await Names(message.Text, message.Card, cancel);
        var channel = await chat.DirectChannel(message.To, cancel);
        var post = new OutgoingPost(channel, null, message.Text, message.Card);
        var (at, _) = await PostOnce(post, entry, cancel);
        await Remember(
            at,
            message.Card,
            OpenMessage.NameOf(message.About, message.Asks),
            entry,
            cancel
        );
        return Arrival.Unnamed;
    }

    private async Task<(PostedAt At, bool WasThere)> PostOnce(
        OutgoingPost post,
        OutboxEntry entry,
        CancellationToken cancel
    )
    {
        if (await Found(post.Channel, entry, cancel) is { } found)
        {
            return (found, true);
        }

        return (await PostSomewhere(post, entry, cancel), false);
    }

    private async Task<PostedAt?> Found(
        ChannelId channel,
        OutboxEntry entry,
        CancellationToken cancel
    )
    {
        if (!entry.MayHaveArrived)
        {
            return null;
        }

        more();
        return await chat.FindPost(channel, entry.Id, entry.QueuedAt, cancel);
    }

    private async Task<PostedAt> PostSomewhere(
        OutgoingPost post,
        OutboxEntry entry,
        CancellationToken cancel
    )
    {
        try
        {
            return await Post(post, entry, cancel);
        }
        catch (ChatException problem)
            when (problem.Problem == ChatProblem.Missing && post.Thread is not null)
        {
            return await Post(post with { Thread = null }, entry, cancel);
        }
    }

    private async Task<PostedAt> Post(
        OutgoingPost post,
        OutboxEntry entry,
        CancellationToken cancel
    )
    {
        LeasedWork.Verify();
        var before = entry.MayHaveArrived;
        entry.MayHaveArrived = true;
        try
        {
            return await chat.Post(post, entry.Id, cancel);
        }
        catch (ChatException problem) when (IsVerdict(problem))
        {
            entry.MayHaveArrived = before;
            throw;
        }
    }

    /// <summary>
    /// It was not done, and whoever says so must know. That there were too many requests is said by anybody on the way,
    /// also of a post that got through: a gateway that tries again by itself says what came of the last try.
    /// </summary>
    private static bool IsVerdict(ChatException problem) =>
        problem.Problem is not (ChatProblem.Uncertain or ChatProblem.Busy);

    private Task Names(Markdown text, Card? card, CancellationToken cancel) =>
        people.KnowBeforeMentioning(text.Mentioned().Concat(card?.Mentioned() ?? []), cancel);
}

/// <summary>An effect that can't be delivered as things are; the message is for an administrator.</summary>
internal sealed class UndeliverableException(string message) : Exception(message);
