using Sidecar.Chat;
using Sidecar.Storage;

namespace Sidecar.Outbox;

/// <content>Messages with buttons, which change when what they ask is settled.</content>
internal sealed partial class OutboxDelivery
{
    private const string Actor = "outbox";

    /// <summary>Where it stands, so that it can be brought up to date; once, however often it is delivered.</summary>
    private async Task Remember(
        PostedAt at,
        Card? card,
        PostName name,
        OutboxEntry entry,
        CancellationToken cancel
    )
    {
        if (card is { Controls.Count: > 0 })
        {
            await store.Commit(
                new Change(entry.QueuedAt, Actor).Add(
                    MessagePlace.Kind,
                    entry.Id.Value,
                    new MessagePlace(at) { Name = name }
                ),
                cancel
            );
            store.Posted?.Invoke(at.Post);
        }
    }

    /// <remarks>
    /// It goes the way of the message itself, so it comes after it. One that somebody deleted does not come back: what
    /// it asked is asked elsewhere, or settled.
    /// </remarks>
    private async Task<Arrival> Revise(
        Effect.Revise revision,
        OutboxEntry entry,
        CancellationToken cancel
    )
    {
        var place = await store.Find(MessagePlace.Kind, revision.Message.Value, cancel);
        if (place is null)
        {
            return Arrival.Unnamed;
        }

        await Names(revision.Text, revision.Card, cancel);
        try
        {
            await chat.Update(place.Value.At, revision.Text, revision.Card, entry.Id, cancel);
        }
        catch (ChatException problem) when (problem.Problem == ChatProblem.Missing)
        {
            // Somebody deleted it.
        }

        if (revision.Card.Controls.Count == 0)
        {
            await store.Commit(
                new Change(entry.QueuedAt, Actor).Replace(
                    MessagePlace.Kind,
                    place,
                    place.Value with
                    {
                        SettledAt = entry.QueuedAt,
                    }
                ),
                cancel
            );
        }

        return Arrival.Unnamed;
    }
}
