using System.Collections.Frozen;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sidecar.Ids;

namespace Sidecar.Storage.Postgres;

/// <summary>
/// Shares the work among the sidecars on one database. Each beats every few seconds: says that it lives, looks who else
/// does, and takes or gives back leases. Notices of the others' commits come in between; without them the next beat finds
/// what waits.
/// </summary>
internal sealed partial class PostgresLeases : BackgroundService, ILeases
{
    private readonly PostgresStoreEngine _engine;
    private readonly LeaseTable _table;
    private readonly LeaseOptions _options;
    private readonly SharedClock _common;
    private readonly Store _store;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Liveness _liveness;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _atWork = new(StringComparer.Ordinal);
    private readonly HashSet<string> _leaving = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);
    private FrozenDictionary<string, LeaseToken> _held = FrozenDictionary<string, LeaseToken>.Empty;
    private long _beatAt;
    private long _beats;
    private bool _hasBeaten;
    private bool _isCutOff;
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _hears = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public PostgresLeases(
        PostgresStoreEngine engine,
        Store store,
        LeaseOptions options,
        SharedClock common,
        ILogger<PostgresLeases> log
    )
    {
        (_engine, _store, _options, _common, _log) = (engine, store, options, common, log);
        // By its own clock: what is common is set here.
        _clock = common.Own;
        _table = new LeaseTable(engine);
        _liveness = new Liveness(options.DeadAfter, _clock);
        store.TellAccountChanged = account => _ = Tell(account);
    }

    /// <inheritdoc/>
    public event EventHandler? Look;

    public bool IsShared => true;

    public int Sidecars { get; private set; } = 1;

    /// <inheritdoc/>
    public LeaseToken? Held(string name)
    {
        lock (_gate)
        {
            return IsCurrent && !_leaving.Contains(name) ? _held.GetValueOrDefault(name) : null;
        }
    }

    /// <inheritdoc/>
    public LeasedWork? Begin(string name)
    {
        lock (_gate)
        {
            if (Held(name) is not { } lease)
            {
                return null;
            }

            _atWork[name] = _atWork.GetValueOrDefault(name) + 1;
            return new LeasedWork(lease, () => IsStill(lease), () => End(name)).Entered();
        }
    }

    /// <summary>Completes when the others' notices arrive.</summary>
    internal Task Hears => _hears.Task;

    /// <summary>Beats once: for the start, and for tests.</summary>
    public async Task Beat(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await BeatOnce(cancel);
        }
        catch (Exception problem) when (problem is NpgsqlException or IOException)
        {
            CutOff(problem);
        }
        finally
        {
            _turn.Release();
        }

        Look?.Invoke(this, EventArgs.Empty);
    }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Whatever starts after this finds its leases.
        await Beat(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _ending.CancelAsync();
        lock (_gate)
        {
            _held = FrozenDictionary<string, LeaseToken>.Empty;
        }

        try
        {
            await _table.Leave(cancellationToken);
        }
        catch (Exception left) when (left is NpgsqlException or OperationCanceledException)
        {
            // The others find out by themselves.
            Log.NotLeft(_log, left.Message);
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        _ending.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var beats = new PeriodicTimer(_options.Beat, _clock);
            var hearing = _table.Hear(Heard, _clock, stoppingToken);
            while (await beats.WaitForNextTickAsync(stoppingToken))
            {
                await Beat(stoppingToken);
                if (_beats % _options.BeatsPerSweep == 0)
                {
                    _store.QueuedElsewhere?.Invoke(true);
                }
            }

            await hearing;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Work has ended before: services stop in the reverse order of their start.
        }
    }

    private bool IsCurrent => _hasBeaten && _clock.GetElapsedTime(_beatAt) < _options.HeldFor;

    private bool IsStill(LeaseToken lease)
    {
        lock (_gate)
        {
            return IsCurrent && _held.GetValueOrDefault(lease.Name) == lease;
        }
    }

    private void End(string name)
    {
        lock (_gate)
        {
            _atWork[name]--;
        }
    }

    private async Task BeatOnce(CancellationToken cancel)
    {
        var began = _clock.GetTimestamp();
        var asked = _clock.GetUtcNow();
        var seen = await _table.Beat(cancel);
        var answered = _clock.GetUtcNow();
        _common.Set(
            (_options.CommonTime?.GetUtcNow() ?? seen.Now) - (asked + ((answered - asked) / 2))
        );
        var alive = _liveness.Look(seen.Beats);
        var before = _held;
        var plan = LeasePlan.Of(_engine.Sidecar, alive, seen.Leases);
        var mine = seen
            .Leases.Where(lease => lease.Holder == _engine.Sidecar)
            .ToDictionary(lease => lease.Name, lease => new LeaseToken(lease.Name, lease.Token));
        Keep(mine, began);
        Sidecars = Math.Max(1, alive.Count);
        foreach (var lease in plan.Take)
        {
            if (await _table.Take(lease, cancel) is { } token)
            {
                mine[lease.Name] = new LeaseToken(lease.Name, token);
            }
        }

        foreach (var lease in plan.Give)
        {
            if (IsIdle(lease.Name))
            {
                mine.Remove(lease.Name);
                Keep(mine, began);
                await _table.GiveBack(lease, cancel);
            }
        }

        Keep(mine, began);
        Gained(before);
    }

    private void Keep(IReadOnlyDictionary<string, LeaseToken> mine, long began)
    {
        lock (_gate)
        {
            _held = mine.ToFrozenDictionary(StringComparer.Ordinal);
            _leaving.RemoveWhere(name => !_held.ContainsKey(name));
            (_beatAt, _hasBeaten) = (began, true);
            _beats++;
        }
    }

    /// <summary>Nothing begins under it from now on; it is given away once what has begun has ended.</summary>
    private bool IsIdle(string name)
    {
        lock (_gate)
        {
            _leaving.Add(name);
            return _atWork.GetValueOrDefault(name) == 0;
        }
    }

    private void Gained(FrozenDictionary<string, LeaseToken> before)
    {
        if (_isCutOff)
        {
            _isCutOff = false;
            Log.Back(_log);
        }

        if (_held.Values.Except(before.Values).Any())
        {
            Log.Holds(_log, _held.Count, Sidecars);
            // Something of it may be due already.
            _store.DueSet?.Invoke([new DueTime("", "", _common.GetUtcNow())]);
        }
    }

    private async Task Tell(UserId account)
    {
        try
        {
            await _table.TellAccountChanged(account, _ending.Token);
        }
        catch (Exception untold)
            when (untold is NpgsqlException or OperationCanceledException or ObjectDisposedException
            )
        {
            // What the others know of the account is too old to count within a minute.
            Log.NotTold(_log, untold.Message);
        }
    }

    private void Heard(string? said)
    {
        if (said is not null && LeaseTable.AccountIn(said) is { } account)
        {
            _store.AccountChangedElsewhere?.Invoke(account);
            return;
        }

        Heard(said is null ? null : PostgresNotice.Parse(said));
    }

    private void Heard(PostgresNotice? notice)
    {
        if (notice is null)
        {
            // Some may have been missed, or somebody left.
            _ = BeatNow();
            return;
        }

        if (notice.Sidecar == _engine.Sidecar)
        {
            return;
        }

        if (notice.Effects != NoticedEffects.None)
        {
            _store.QueuedElsewhere?.Invoke(notice.Effects == NoticedEffects.Released);
        }

        if (notice.Due is { } due)
        {
            _store.DueSet?.Invoke([new DueTime("", "", Sql.Time(due))]);
        }
    }

    private async Task BeatNow()
    {
        try
        {
            await Beat(_ending.Token);
        }
        catch (Exception ended)
            when (ended is OperationCanceledException or ObjectDisposedException)
        {
            // The process ends.
        }

        _hears.TrySetResult();
    }

    private void CutOff(Exception problem)
    {
        if (!_isCutOff)
        {
            _isCutOff = true;
            Log.CutOff(_log, PostgresRemedy.Reason(problem));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Debug,
            Message = "The other sidecars were not told that an account changed: {Reason}"
        )]
        public static partial void NotTold(ILogger log, string reason);

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "This sidecar does {Count} parts of the work; {Sidecars} share it"
        )]
        public static partial void Holds(ILogger log, int count, int sidecars);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "The database does not answer: messages and reminders wait, or another sidecar takes them over ({Reason})"
        )]
        public static partial void CutOff(ILogger log, string reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "The database answers again")]
        public static partial void Back(ILogger log);

        [LoggerMessage(
            Level = LogLevel.Debug,
            Message = "The leases were not given back; the others take them over: {Reason}"
        )]
        public static partial void NotLeft(ILogger log, string reason);
    }
}
