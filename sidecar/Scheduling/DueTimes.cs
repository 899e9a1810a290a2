using System.Collections.Concurrent;
using System.Collections.Frozen;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Scheduling;

/// <summary>
/// Runs what has fallen due (ALL-5). Due times are rows of the store, moved or removed by the task's own commit: a task
/// that was interrupted is still due, one that committed is not.
/// </summary>
/// <remarks>
/// One run at a time, whoever asks for it: Quartz, the heartbeat, a test. Different ids run side by side, one id never
/// with itself: what is due about one thing comes one after the other, and where several processes share a store, in
/// one of them. What goes wrong waits, longer each time, without keeping the others.
/// </remarks>
internal sealed partial class DueTimes : IDisposable
{
    private const int AtOnce = 4;
    private const int PageSize = 200;

    /// <summary>So often one runs in a look: somebody may set it again, for the same moment, while it runs.</summary>
    private const int MostRuns = 3;
    private static readonly TimeSpan LongestTask = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentDictionary<(string Kind, string Id), Task> _hanging = new();
    private readonly HashSet<string> _unknown = [];
    private readonly FrozenDictionary<string, RegisteredDueTask> _tasks;
    private readonly Store _store;
    private readonly IServiceProvider _parts;
    private readonly DueTimer _alarm;
    private readonly RetryBackoff _held;
    private readonly DueMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILeases _leases;
    private readonly ILogger _log;
    private int _unable;

    public DueTimes(
        RegisteredParts registered,
        IServiceProvider parts,
        Store store,
        DueTimer alarm,
        TimeProvider clock,
        ILogger<DueTimes> log,
        ILeases? leases = null
    )
    {
        _leases = leases ?? new AllLeases();
        (_parts, _store, _alarm, _clock, _log) = (parts, store, alarm, clock, log);
        _tasks = registered.DueTasks.ToFrozenDictionary(t => t.Kind);
        _held = new RetryBackoff(clock);
        _metrics = new DueMetrics(this, () => _held.Count, () => _alarm.Overdue);
    }

    /// <summary>Does what <see cref="Run"/> does, and logs once when it can't: it is called again in any case.</summary>
    public async Task Look(CancellationToken cancel)
    {
        try
        {
            await Run(cancel);
            if (Interlocked.Exchange(ref _unable, 0) == 1)
            {
                Log.AbleAgain(_log);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The process ends; what is still due is done by the next one.
        }
        catch (Exception problem)
        {
            if (Interlocked.Exchange(ref _unable, 1) == 0)
            {
                Log.Unable(_log, problem);
            }
        }
    }

    /// <summary>Runs everything that is due by now, and says when the next thing will be.</summary>
    public async Task Run(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        _alarm.Looking();
        try
        {
            var until = _clock.GetUtcNow();
            await RunUntil(until, cancel);
            _alarm.Asking();
            var next = await _store.Engine.NextDue(until, cancel);
            var retry = _held.NextRetry();
            _alarm.Looked(retry < next || next is null ? retry : next);
        }
        catch
        {
            _alarm.NotLooked();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    // The turn is left alone: a look that is still being given up while we stop hands it back, and it holds nothing.
    public void Dispose() => _metrics.Dispose();

    private async Task RunUntil(DateTimeOffset until, CancellationToken cancel)
    {
        var ran = new ConcurrentDictionary<(string Kind, string Id), int>();
        HashSet<(string Kind, string Id)> seen = [];
        // Rounds, since the last one is the proof that all have moved their due times; a round costs what is left.
        for (var started = 1; started > 0; )
        {
            (started, DueTime? last) = (0, null);
            seen.Clear();
            while (
                await _store.Engine.ReadDue(until, last, PageSize, cancel) is { Count: > 0 } page
            )
            {
                last = page[^1];
                seen.UnionWith(page.Select(Key));
                var ready = page.Where(due => IsReady(due))
                    .ToLookup(due => ran.GetValueOrDefault(Key(due)) >= MostRuns);
                foreach (var due in ready[true])
                {
                    Failed(
                        due,
                        new InvalidOperationException("It ran more than once, and is still due.")
                    );
                }

                started += await RunPage([.. ready[false]], ran, cancel);
            }
        }

        foreach (var (kind, id, reference) in _held.KeepOnly(seen))
        {
            Log.Over(_log, kind, id, reference);
        }
    }

    private async Task<int> RunPage(
        IReadOnlyList<DueTime> page,
        ConcurrentDictionary<(string Kind, string Id), int> ran,
        CancellationToken cancel
    )
    {
        // What is due about one thing is done in its order: it would only get into its own way.
        await Parallel.ForEachAsync(
            page.GroupBy(due => due.Id, StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (matter, _) =>
            {
                using var work = _leases.Begin(WorkShares.Of(matter.Key));
                if (work is null)
                {
                    return;
                }

                foreach (var due in matter)
                {
                    await Attempt(due, cancel);
                    ran.AddOrUpdate(Key(due), 1, (_, before) => before + 1);
                }
            }
        );
        return page.Count;
    }

    private bool IsReady(DueTime due)
    {
        if (_tasks.ContainsKey(due.Kind))
        {
            return !_held.Has(due)
                && !_hanging.ContainsKey(Key(due))
                && (!_leases.IsShared || _leases.Held(WorkShares.Of(due.Id)) is not null);
        }

        if (_unknown.Add(due.Kind))
        {
            Log.Unknown(_log, due.Kind, due.Id);
        }

        return false;
    }

    private static (string Kind, string Id) Key(DueTime due) => (due.Kind, due.Id);
}
