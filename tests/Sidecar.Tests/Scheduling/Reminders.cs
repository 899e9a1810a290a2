using System.Collections.Concurrent;
using System.Threading.Channels;
using Sidecar.Chat;
using Sidecar.Features;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Scheduling;

/// <summary>Something of tests that falls due: posts a card that names it, and is done with.</summary>
internal sealed class Reminder(Store store, Reminders reminders) : IDueTask
{
    public static string Kind => "test.remind";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        using var running = reminders.Began(call);
        await reminders.Before(call, cancel);
        var change = new Change(call.Now, "reminder").Due(Kind, call.Id, reminders.Next(call));
        if (reminders.Channel is { } channel)
        {
            change.Do(
                new Effect.ShowCard(
                    new PostName($"{call.Id}/{call.DueAt:O}"),
                    channel,
                    null,
                    Markdown.Typed(call.Id),
                    new Card(Markdown.Typed(call.Id), Tone.Notice)
                )
                {
                    About = call.Id,
                }
            );
        }

        await store.Commit(change, cancel);
        reminders.Done(call);
    }
}

/// <summary>What tests know and decide about reminders, whichever life of the sidecar it is.</summary>
internal sealed class Reminders
{
    private readonly ConcurrentQueue<DueCall> _done = new();
    private readonly ConcurrentDictionary<string, int> _running = new();
    private readonly Channel<DueCall> _news =
        System.Threading.Channels.Channel.CreateUnbounded<DueCall>();
    private int _now;
    private int _most;

    /// <summary>In the way of a task, before it commits.</summary>
    public Func<DueCall, CancellationToken, Task> Before { get; set; } =
        static (_, _) => Task.CompletedTask;

    /// <summary>When it is due again; null for never.</summary>
    public Func<DueCall, DateTimeOffset?> Next { get; set; } = static _ => null;

    /// <summary>Where the cards go; null for no cards.</summary>
    public ChannelId? Channel { get; set; }

    public IReadOnlyCollection<DueCall> AllDone => _done;

    public IEnumerable<string> Ids => _done.Select(c => c.Id);

    /// <summary>How many ran side by side at the most.</summary>
    public int Most => _most;

    /// <summary>The product with reminders in it.</summary>
    public void With(FeatureBuilder product)
    {
        AllFeatures.Register(product);
        product.Due<Reminder>().Shares(this);
    }

    /// <summary>A desk with reminders, whose cards go to its square.</summary>
    public async Task<Desk> Open()
    {
        var desk = await Desk.Open(features: With);
        Channel = new ChannelId(desk.Mattermost.GetChannel(Desk.Square).Id);
        return desk;
    }

    /// <summary>Sets due times in one commit.</summary>
    public static async Task Set(
        Store store,
        params IEnumerable<(string Id, DateTimeOffset? At)> due
    )
    {
        var change = new Change(Desk.Morning, "test");
        foreach (var (id, at) in due)
        {
            change.Due(Reminder.Kind, id, at);
        }

        await store.Commit(change, TestContext.Current.CancellationToken);
    }

    /// <summary>Until one more is done, by whoever looks.</summary>
    /// <exception cref="TimeoutException">Nothing was.</exception>
    public async Task OneMore(TimeSpan? within = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(within ?? TimeSpan.FromSeconds(30));
        try
        {
            await _news.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException given) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException("Nothing was done.", given);
        }
    }

    public IDisposable Began(DueCall call)
    {
        if (_running.AddOrUpdate(call.Id, 1, (_, before) => before + 1) > 1)
        {
            throw new InvalidOperationException($"{call.Id} runs twice at the same time.");
        }

        var now = Interlocked.Increment(ref _now);
        InterlockedMax(now);
        return new Ending(() =>
        {
            Interlocked.Decrement(ref _now);
            _running.TryRemove(call.Id, out _);
        });
    }

    public void Done(DueCall call)
    {
        _done.Enqueue(call);
        _news.Writer.TryWrite(call);
    }

    private void InterlockedMax(int now)
    {
        for (var most = _most; now > most; most = _most)
        {
            Interlocked.CompareExchange(ref _most, now, most);
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
