using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Hosting;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Panel;

/// <summary>
/// Tells open panels that something has changed which their readers may see (UP-1). Told is that and no more, to those
/// who asked lately; changes that come together are told together. What is lost is no harm: panels ask now and then
/// anyway.
/// </summary>
internal sealed partial class PanelNews : IHostedService, IDisposable
{
    /// <summary>A panel that nobody looks at asks no more, and asks when somebody comes back.</summary>
    public static readonly TimeSpan WatchesFor = TimeSpan.FromMinutes(12);

    /// <summary>After the first change: a press makes several.</summary>
    public static readonly TimeSpan Settles = TimeSpan.FromMilliseconds(500);

    /// <summary>However much changes.</summary>
    public static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(2);
    private const int MostWatchers = 5_000;

    private readonly PanelPush _push;
    private readonly RoleStore _roles;
    private readonly TimeProvider _clock;
    private readonly ILogger<PanelNews> _log;
    private readonly FrozenDictionary<string, Permission> _readers;
    private readonly ConcurrentDictionary<UserId, DateTimeOffset> _watchers = new();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ITimer _timer;
    private HashSet<string> _changed = new(StringComparer.Ordinal);
    private DateTimeOffset? _firstChangeAt;
    private DateTimeOffset _toldAt = DateTimeOffset.MinValue;
    private Task _telling = Task.CompletedTask;

    public PanelNews(
        PanelPush push,
        Store store,
        RoleStore roles,
        IEnumerable<IPanelRequests> requests,
        TimeProvider clock,
        ILogger<PanelNews> log
    )
    {
        (_push, _roles, _clock, _log) = (push, roles, clock, log);
        var readers = new Dictionary<string, Permission>(StringComparer.Ordinal)
        {
            ["escalation"] = EscalationRights.Read,
            ["status-update"] = EscalationRights.Read,
            ["check-in"] = RequestRights.Read,
            ["check-in-left-out"] = RequestRights.Read,
            ["customer"] = RequestRights.Read,
        };
        foreach (var kind in requests)
        {
            readers[kind.Stored] = kind.Read;
        }

        _readers = readers.ToFrozenDictionary(StringComparer.Ordinal);
        _timer = clock.CreateTimer(
            _ => Due(),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        if (IsOn)
        {
            store.Changed += OnCommitted;
        }
    }

    /// <summary>Whether panels are told at all.</summary>
    public bool IsOn => _push.Tell is not null;

    /// <summary>Somebody's panel asked: it is open.</summary>
    public void Asked(UserId reader)
    {
        if (IsOn && (_watchers.ContainsKey(reader) || _watchers.Count < MostWatchers))
        {
            _watchers[reader] = _clock.GetUtcNow();
        }
    }

    /// <summary>Something changed on another server of the cluster.</summary>
    public void ChangedElsewhere(string kinds) => Take(kinds.Split(','));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _end.CancelAsync();
        await _timer.DisposeAsync();
        await _telling;
    }

    public void Dispose() => _end.Dispose();

    /// <summary>When all that has changed was told, for whoever waits for it.</summary>
    internal async Task Quiet()
    {
        while (true)
        {
            Task telling;
            lock (_gate)
            {
                telling = _telling;
            }

            await telling;
            lock (_gate)
            {
                if (_telling == telling)
                {
                    return;
                }
            }
        }
    }

    private void OnCommitted(IEnumerable<string> kinds)
    {
        List<string> known =
        [
            .. kinds.Where(_readers.ContainsKey).Distinct(StringComparer.Ordinal),
        ];
        if (known.Count == 0)
        {
            return;
        }

        Take(known);
        if (_push.TellServers is { } others && !_end.IsCancellationRequested)
        {
            _ = Hand(others, string.Join(',', known));
        }
    }

    private void Take(IEnumerable<string> kinds)
    {
        lock (_gate)
        {
            if (_watchers.IsEmpty || _end.IsCancellationRequested)
            {
                return;
            }

            _changed.UnionWith(kinds.Where(_readers.ContainsKey));
            if (_changed.Count > 0 && _firstChangeAt is null)
            {
                var now = _clock.GetUtcNow();
                _firstChangeAt = now;
                var at =
                    now + Settles > _toldAt + AtMostEvery ? Settles : _toldAt + AtMostEvery - now;
                _timer.Change(at, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Due()
    {
        lock (_gate)
        {
            if (_firstChangeAt is null || _end.IsCancellationRequested)
            {
                return;
            }

            var changed = _changed;
            (_changed, _firstChangeAt) = (new HashSet<string>(StringComparer.Ordinal), null);
            _toldAt = _clock.GetUtcNow();
            var before = _telling;
            _telling = Tell(changed, before);
        }
    }

    private async Task Tell(HashSet<string> changed, Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var now = _clock.GetUtcNow();
        List<Permission> rights = [.. changed.Select(kind => _readers[kind]).Distinct()];
        foreach (var (reader, askedAt) in _watchers)
        {
            if (askedAt + WatchesFor <= now)
            {
                _watchers.TryRemove(KeyValuePair.Create(reader, askedAt));
                continue;
            }

            try
            {
                var actor = await _roles.Of(reader, _end.Token);
                if (rights.Any(right => right.Allows(actor)))
                {
                    await _push.Tell!(reader, _end.Token);
                }
            }
            catch (Exception) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
                when (problem is IOException or Chat.ChatException or InvalidOperationException)
            {
                Log.NotTold(_log, problem.Message);
                return;
            }
        }
    }

    private async Task Hand(Func<string, CancellationToken, Task> others, string kinds)
    {
        try
        {
            await others(kinds, _end.Token);
        }
        catch (Exception problem)
            when (problem is IOException or OperationCanceledException or InvalidOperationException)
        {
            Log.NotTold(_log, problem.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Debug,
            Message = "Open panels could not be told of a change; they ask by themselves: {Problem}"
        )]
        public static partial void NotTold(ILogger log, string problem);
    }
}
