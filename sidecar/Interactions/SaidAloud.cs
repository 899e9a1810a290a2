using Sidecar.Chat;
using Sidecar.Storage;

namespace Sidecar.Interactions;

/// <summary>Says the answer to a message in its thread, as the bot.</summary>
internal sealed class SaidAloud(Store store, TimeProvider clock)
{
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
