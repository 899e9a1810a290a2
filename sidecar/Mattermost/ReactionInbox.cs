using System.Threading.Channels;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Outbox;
using Sidecar.Storage;

namespace Sidecar.Mattermost;

/// <summary>
/// Takes reactions that were heard or looked up, and lets each be handled once: one after the other, and not again when
/// its act has a receipt. Whoever hears never waits for whoever handles.
/// </summary>
internal sealed partial class ReactionInbox : IDisposable
{
    private const int MostFaults = 5;

    private readonly Lock _gate = new();
    private readonly Queue<(HeardReaction Reaction, DateTimeOffset At)> _waiting = [];
    private readonly PendingReactions _strangers = new();
    private readonly Dictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _oneByOne = new(1);
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    private readonly Store _store;
    private readonly Router _router;
    private readonly UserId _bot;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    public ReactionInbox(
        Store store,
        Router router,
        ChatOptions chat,
        TimeProvider clock,
        ILogger<ReactionInbox> log
    )
    {
        (_store, _router, _bot, _clock, _log) = (store, router, chat.Bot, clock, log);
        store.Posted = Known;
    }

    /// <summary>How many reactions have been handled.</summary>
    public long Handled { get; private set; }

    /// <summary>When the oldest of those that wait was heard; null when none waits, and none is at work.</summary>
    public DateTimeOffset? OldestWaiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.TryPeek(out var oldest) ? oldest.At : null;
            }
        }
    }

    /// <summary>Whether a reaction can mean anything: most on a server have nothing to do with us.</summary>
    public bool Concerns(HeardReaction reaction) =>
        reaction.User != _bot && _router.ReactsTo(reaction.Emoji);

    /// <summary>Takes a reaction; returns at once.</summary>
    /// <param name="reaction">What was heard.</param>
    /// <param name="most">How many may wait.</param>
    /// <returns>False: too many wait, so this one is not kept.</returns>
    public bool Take(HeardReaction reaction, int most)
    {
        lock (_gate)
        {
            if (_waiting.Count >= most)
            {
                return false;
            }

            _waiting.Enqueue((reaction, _clock.GetUtcNow()));
        }

        _signal.Writer.TryWrite(true);
        return true;
    }

    /// <summary>Handles what was taken, until it is told to stop; what waits then keeps its place.</summary>
    /// <param name="failed">Told when one could not be handled, with the time at which it was heard.</param>
    /// <param name="handled">Told after each.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task Work(Action<DateTimeOffset> failed, Action handled, CancellationToken cancel)
    {
        while (true)
        {
            await _signal.Reader.ReadAsync(cancel);
            while (Next() is { } next)
            {
                if (!await Handle(next.Reaction, cancel))
                {
                    failed(next.At);
                }

                lock (_gate)
                {
                    _waiting.Dequeue();
                }

                handled();
            }
        }
    }

    /// <summary>Lets a reaction be handled, unless that was done before or it is not to one of our posts.</summary>
    /// <returns>False: it failed, and should be tried again.</returns>
    public async Task<bool> Handle(HeardReaction reaction, CancellationToken cancel)
    {
        await _oneByOne.WaitAsync(cancel);
        try
        {
            if (await OurPost(reaction, cancel) is { } post)
            {
                // What was begun is ended: half-way stopped it would be done again.
                await Once(reaction, post.Name, post.At, CancellationToken.None);
            }

            return true;
        }
        catch (Exception fault)
            when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            return await GivesUp(reaction, fault, cancel);
        }
        finally
        {
            _oneByOne.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneByOne.Dispose();

    private (HeardReaction Reaction, DateTimeOffset At)? Next()
    {
        lock (_gate)
        {
            return _waiting.TryPeek(out var next) ? next : null;
        }
    }

    private async Task Once(
        HeardReaction reaction,
        PostName name,
        PostedAt at,
        CancellationToken cancel
    )
    {
        if (await _store.Find(IdempotencyRecord.Kind, reaction.Act, cancel) is not null)
        {
            return;
        }

        var now = _clock.GetUtcNow();
        var envelope = new Envelope(
            reaction.Act,
            reaction.User,
            null,
            at.Channel,
            at.Thread,
            null,
            now
        );
        await _router.Reaction(new ReactionCall(envelope, name, reaction.Emoji), cancel);
        await Receipt(reaction.Act, "", now, cancel);
        lock (_gate)
        {
            _faults.Remove(reaction.Act);
            Handled++;
        }
    }

    /// <summary>What changed something has a receipt already; what was refused must not be told twice either.</summary>
    private async Task Receipt(
        string act,
        string made,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (await _store.Find(IdempotencyRecord.Kind, act, cancel) is null)
        {
            var change = new Change(now, "listening");
            // Lost against another receipt of the same act: that one serves as well.
            await _store.Commit(
                change.Add(IdempotencyRecord.Kind, act, new IdempotencyRecord(made, now)),
                cancel
            );
        }
    }

    private async Task<(PostName Name, PostedAt At)?> OurPost(
        HeardReaction reaction,
        CancellationToken cancel
    )
    {
        // Before asking: what becomes known while the store is asked must find it here.
        _strangers.Add(reaction);
        var post =
            await _store.FindPost(reaction.Post, cancel)
            ?? await _store.FindMessage(reaction.Post, cancel);
        if (post is not null)
        {
            _strangers.Remove(reaction);
        }

        return post;
    }

    private void Known(PostId post)
    {
        foreach (var ours in _strangers.Take(post))
        {
            Take(ours, int.MaxValue);
        }
    }

    /// <summary>What fails through the disk is tried until it works; what fails through us a few times only.</summary>
    private async Task<bool> GivesUp(
        HeardReaction reaction,
        Exception fault,
        CancellationToken cancel
    )
    {
        if (fault is StoreUnwritableException)
        {
            Log.NotWritable(_log, reaction.Emoji, reaction.User.Value, fault);
            return false;
        }

        int faults;
        lock (_gate)
        {
            faults = _faults[reaction.Act] = _faults.GetValueOrDefault(reaction.Act) + 1;
        }

        Log.Failed(_log, reaction.Emoji, reaction.User.Value, faults, fault);
        if (faults < MostFaults)
        {
            return false;
        }

        try
        {
            await Receipt(reaction.Act, "", _clock.GetUtcNow(), cancel);
            return true;
        }
        catch (StoreUnwritableException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "Reaction {Emoji} by {User} failed, try {Try}"
        )]
        public static partial void Failed(
            ILogger log,
            string emoji,
            string user,
            int @try,
            Exception problem
        );

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "Reaction {Emoji} by {User} waits: the store can't be written"
        )]
        public static partial void NotWritable(
            ILogger log,
            string emoji,
            string user,
            Exception problem
        );
    }
}
