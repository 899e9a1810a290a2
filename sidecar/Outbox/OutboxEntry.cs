using System.Text.Json;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Outbox;

/// <summary>A queued effect as the pump keeps it in mind. Changed only under the pump's lock or by the one delivery at work on it.</summary>
internal sealed class OutboxEntry
{
    private Effect? _effect;

    /// <param name="queued">As read from the store.</param>
    /// <param name="lane">Its lane, where it is about to be the last.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="keep">The effect stays in memory; else it is read again when its turn comes.</param>
    public OutboxEntry(QueuedEffect queued, OutboxLane lane, EffectOrigin origin, bool keep)
    {
        Sequence = queued.Sequence;
        Id = queued.Effect.Id;
        LaneName = lane.Name;
        QueuedAt = queued.Effect.QueuedAt;
        MayHaveArrived = origin switch
        {
            EffectOrigin.Released or EffectOrigin.Found => true,
            EffectOrigin.Inherited => queued.Attempts > 0,
            _ => false,
        };
        var effect = Parse(queued);
        Shows = lane.Shared(ShownBy(effect));
        IsAwaited = effect?.Awaited is not null;
        _effect = keep ? effect : null;
        IsReadable = effect is not null;
    }

    public long Sequence { get; }

    public EffectId Id { get; }

    public string LaneName { get; }

    public DateTimeOffset QueuedAt { get; }

    /// <summary>What it shows, a card or a header; of several waiting ones that show the same only the last matters.</summary>
    public PostName? Shows { get; }

    /// <summary>Somebody waits for what becomes of it, and will tell people.</summary>
    public bool IsAwaited { get; }

    /// <summary>False: written by a newer version of the program, or damaged.</summary>
    public bool IsReadable { get; }

    /// <summary>It was sent, and nobody knows what became of it: look before sending it again.</summary>
    public bool MayHaveArrived { get; set; }

    /// <summary>How often it failed through a fault of ours.</summary>
    public int Faults { get; set; }

    /// <summary>What Mattermost itself failed with again and again; null when it never did.</summary>
    public ServersFaults? ServersFaults { get; set; }

    /// <summary>What it is about; empty while the effect has not been read.</summary>
    public string About => _effect?.About ?? "";

    /// <summary>Who asked for it; nobody while the effect has not been read.</summary>
    public UserId? OnBehalfOf => _effect?.OnBehalfOf;

    /// <summary>The effect, from memory or from the store; null when it is not in the outbox any more.</summary>
    public async ValueTask<Effect?> Effect(IStoreEngine engine, CancellationToken cancel)
    {
        if (_effect is null && IsReadable)
        {
            var read = await engine.ReadOutbox(Sequence - 1, 1, cancel);
            // Whoever asks is at work on it: soon it is settled and gone.
            _effect = read is [var queued] && queued.Sequence == Sequence ? Parse(queued) : null;
        }

        return _effect;
    }

    // Within the lane of its channel there is but one header; no post is called that.
    private static readonly PostName Header = new("/header");

    private static PostName? ShownBy(Effect? effect) =>
        effect switch
        {
            Sidecar.Chat.Effect.ShowCard card => card.Post,
            Sidecar.Chat.Effect.SetHeader => Header,
            _ => null,
        };

    private static Effect? Parse(QueuedEffect queued)
    {
        try
        {
            return JsonSerializer.Deserialize(queued.Effect.Body.Span, EffectJson.Default.Effect);
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}

/// <summary>Where an effect comes from, which tells whether it may have been sent before.</summary>
internal enum EffectOrigin
{
    /// <summary>Committed in this life of the process.</summary>
    Fresh,

    /// <summary>Left by an earlier life of the process.</summary>
    Inherited,

    /// <summary>Given up once, and released by an administrator.</summary>
    Released,

    /// <summary>Released by way of another process, or overlooked: it is there, and nobody says what happened to it.</summary>
    Found,
}

/// <summary>Mattermost failed with something, although it is there.</summary>
/// <param name="Since">When it first did, UTC.</param>
/// <param name="Times">How often it did after others had been delivered in between.</param>
/// <param name="DeliveredThen">How many had been delivered when it last did.</param>
internal sealed record ServersFaults(DateTimeOffset Since, int Times, long DeliveredThen);
