using Sidecar.Chat;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>Says an answer as the bot: to a message in its thread, to what has no place for one by direct message.</summary>
internal sealed class SaidAloud(Store store, TimeProvider clock)
{
    /// <summary>Says by direct message what a form did, once for each time it was opened.</summary>
    public async Task Privately(Envelope to, Markdown text, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        try
        {
            // A conflict means that the same form was answered before.
            await store.Commit(
                new Change(now, to.User.Value)
                    .Add(
                        IdempotencyRecord.Kind,
                        to.Act + "/answer",
                        new IdempotencyRecord("an answer", now)
                    )
                    .Do(
                        new Effect.TellPerson(to.User, text)
                        {
                            About = "what a form did",
                            OnBehalfOf = to.User,
                            IsInternal = true,
                        }
                    ),
                cancel
            );
        }
        catch (StoreUnwritableException)
        {
            // What the form did was kept before the store was lost, and stands.
        }
    }

    /// <summary>Says it, once for each act.</summary>
    /// <returns>False when it could not be kept: whoever asked must get it another way.</returns>
    public async Task<bool> Aloud(Envelope to, Reply reply, CancellationToken cancel)
    {
        if (reply is not Reply.Whisper { Text: { IsEmpty: false } text })
        {
            return true;
        }

        // Not the act itself: what it makes has its own receipt.
        var receipt = to.Act + "/answer";
        var now = clock.GetUtcNow();
        try
        {
            // A conflict means that the same message was answered before.
            await store.Commit(
                new Change(now, to.User.Value)
                    .Add(IdempotencyRecord.Kind, receipt, new IdempotencyRecord("an answer", now))
                    .Do(
                        new Effect.Say(to.Channel, to.Thread, text.Quiet(to.User))
                        {
                            About = "an answer to a message",
                        }
                    ),
                cancel
            );
            return true;
        }
        catch (StoreUnwritableException)
        {
            return false;
        }
    }
}
