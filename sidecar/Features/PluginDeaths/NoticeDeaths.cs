using Microsoft.Extensions.Hosting;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.PluginDeaths;

/// <summary>
/// A process that Mattermost starts looks whether the one before it ended in good order (UP-1): who dies can’t say so.
/// While it runs it says so now and then, which dates a death that is found much later.
/// </summary>
internal sealed partial class NoticeDeaths(
    RunBy runBy,
    Store store,
    TimeProvider clock,
    ILogger<NoticeDeaths> log
) : IHostedLifecycleService
{
    /// <summary>A death is dated to within this. One small document each time: the disk has other things to do.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private ITimer? _timer;
    private int _beats;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (runBy.Server is not { } server)
        {
            return;
        }

        await Tried(() => Begin(server, cancellationToken));
        _timer = clock.CreateTimer(_ => _ = Beat(server), null, Every, Every);
    }

    /// <summary>
    /// Before anything else ends: what takes all the time that there is has ended in good order none the less. What has
    /// no time left at all is cut off, which is none.
    /// </summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_timer is { } timer)
        {
            _timer = null;
            await timer.DisposeAsync();
        }

        if (runBy.Server is { } server && !cancellationToken.IsCancellationRequested)
        {
            await Tried(() =>
                Keep(server, (life, _) => life.Ended(), (_, _, _) => { }, CancellationToken.None)
            );
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Begin(RunningServer server, CancellationToken cancel)
    {
        var seen = await store.Find(ProcessSeen.Kind, server.Machine, cancel);
        await Keep(
            server,
            (life, now) => life.Begun(server.Id, seen?.Value.At, now),
            (change, before, next) =>
            {
                if (before.Runs && next.IsSerious(change.Now))
                {
                    // Mattermost may be starting itself: who its administrators are is asked when it answers.
                    change.Due(
                        TellOfDeaths.Kind,
                        TellOfDeaths.Id(server.Machine, next.Deaths.Length),
                        change.Now
                    );
                }
            },
            cancel
        );
        await See(server, cancel);
    }

    /// <summary>It is still there. One at a time; when it was time again meanwhile, once more.</summary>
    private async Task Beat(RunningServer server)
    {
        if (Interlocked.Increment(ref _beats) > 1)
        {
            return;
        }

        int done;
        do
        {
            done = Volatile.Read(ref _beats);
            try
            {
                await Tried(() => See(server, CancellationToken.None));
            }
            catch (Exception ended)
                when (ended is ObjectDisposedException or OperationCanceledException)
            {
                // The store was closed meanwhile.
            }
        } while (Interlocked.CompareExchange(ref _beats, 0, done) != done);
    }

    private async Task See(RunningServer server, CancellationToken cancel)
    {
        while (true)
        {
            var read = await store.Find(ProcessSeen.Kind, server.Machine, cancel);
            var next = new ProcessSeen(clock.GetUtcNow());
            var change = new Change(next.At, TellOfDeaths.Kind);
            _ = read is null
                ? change.Add(ProcessSeen.Kind, server.Machine, next)
                : change.Replace(ProcessSeen.Kind, read, next);
            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }

    /// <summary>Whether deaths are counted is worth no start and no end.</summary>
    private async Task Tried(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception problem)
            when (problem is StoreUnwritableException or StoreUncertainException)
        {
            Log.NotNoted(log, problem.Message);
        }
    }

    private async Task Keep(
        RunningServer server,
        Func<ProcessLife, DateTimeOffset, ProcessLife> become,
        Action<Change, ProcessLife, ProcessLife> also,
        CancellationToken cancel
    )
    {
        while (true)
        {
            var read = await store.Find(ProcessLife.Kind, server.Machine, cancel);
            var now = clock.GetUtcNow();
            var before = read?.Value ?? ProcessLife.None;
            var next = become(before, now);
            var change = new Change(now, TellOfDeaths.Kind);
            _ = read is null
                ? change.Add(ProcessLife.Kind, server.Machine, next)
                : change.Replace(ProcessLife.Kind, read, next);
            also(change, before, next);
            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "That this process begins, runs or ends could not be noted, so it may be taken for one that died: {Problem}"
        )]
        public static partial void NotNoted(ILogger log, string problem);
    }
}
