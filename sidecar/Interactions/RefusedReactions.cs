using Sidecar.Chat;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>Tells people by direct message why their reaction did nothing: a reaction has no other answer.</summary>
internal sealed class RefusedReactions(Store store, TimeProvider clock)
{
    /// <summary>Tells it, once for each act.</summary>
    public async Task Tell(ReactionCall call, Refusal refusal, CancellationToken cancel)
    {
        // Not the act itself: what a reaction makes has its own receipt.
        var receipt = call.Envelope.Act + "/refused";
        if (await store.Find(IdempotencyRecord.Kind, receipt, cancel) is not null)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var about = call.Post.Value.Split('/')[0];
        // The emoji is one of ours, and escaped it would be none any more.
        var emoji = Markdown.FromTemplate($":{call.Emoji}:");
        var told = new Effect.TellPerson(
            call.Envelope.User,
            Markdown.Of($"Your {emoji} on {about} did nothing. {refusal.Sentence}")
        )
        {
            About = about,
        };
        // When somebody else was quicker, they told it.
        await store.Commit(
            new Change(now, call.Envelope.User.Value)
                .Add(IdempotencyRecord.Kind, receipt, new IdempotencyRecord(about, now))
                .Do(told),
            cancel
        );
    }
}
