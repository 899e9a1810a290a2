using Sidecar.Storage.Postgres;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Outbox;
using Xunit;

namespace Sidecar.Tests.Storage.Postgres;

/// <summary>Machines that share a database and a chat, and the clock in hand.</summary>
internal sealed class SharedBench : IAsyncDisposable
{
    private static readonly TimeSpan Beat = new LeaseOptions().Beat;

    private readonly string _schema = PostgresCluster.NewSchema();
    private readonly List<Machine> _all = [];

    public SharedBench() => Chat = new ModelChat(Clock);

    /// <summary>The time that counts.</summary>
    public ManualClock Clock { get; } = new();

    public ModelChat Chat { get; }

    public string Schema => _schema;

    /// <summary>Those that neither died nor are frozen.</summary>
    public List<Machine> Awake { get; } = [];

    /// <summary>One more machine; its clock may be wrong.</summary>
    public async Task<Machine> Start(
        TimeSpan wrongBy = default,
        Func<PostgresStoreOptions, PostgresStoreOptions>? options = null
    )
    {
        var own = new ManualClock(Clock.GetUtcNow() + wrongBy);
        var machine = await Machine.Start(_schema, Chat, Clock, own, options);
        _all.Add(machine);
        Awake.Add(machine);
        return machine;
    }

    /// <summary>It is gone, and tells nobody.</summary>
    public async Task Kill(Machine machine)
    {
        Awake.Remove(machine);
        await machine.Kill();
    }

    /// <summary>Time passes, one beat after the other; what can be delivered is.</summary>
    public async Task Passes(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Beat)
        {
            PassAtOnce(Beat);
            await Look();
        }
    }

    /// <summary>Everybody who is awake beats, and delivers what can be delivered.</summary>
    public async Task Look()
    {
        foreach (var machine in Awake)
        {
            await machine.Leases.Beat(TestContext.Current.CancellationToken);
        }

        while (true)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await Task.WhenAll(Awake.Select(machine => machine.Pump.WhenIdle(limit.Token)));
                return;
            }
            catch (OperationCanceledException)
            {
                // One could not read, and looks again after a time.
                PassAtOnce(TimeSpan.FromSeconds(6));
            }
        }
    }

    /// <summary>Those who neither beat nor died: their time passes all the same.</summary>
    public List<Machine> Stalled { get; } = [];

    private void PassAtOnce(TimeSpan time)
    {
        Clock.Advance(time);
        foreach (var machine in Awake.Concat(Stalled))
        {
            machine.Own.Advance(time);
        }
    }

    /// <summary>The work is shared among those who are awake.</summary>
    public async Task Shared()
    {
        for (var i = 0; i < 3; i++)
        {
            await Look();
        }
    }

    /// <summary>How long it takes until something is so.</summary>
    public async Task<TimeSpan> Until(Func<bool> isSo)
    {
        var began = Clock.GetUtcNow();
        while (!isSo())
        {
            if (Clock.GetUtcNow() - began > TimeSpan.FromMinutes(10))
            {
                throw new InvalidOperationException("It never comes to that.");
            }

            await Passes(Beat);
        }

        return Clock.GetUtcNow() - began;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in _all)
        {
            await machine.DisposeAsync();
        }

        PostgresCluster.Shared.Drop(_schema);
    }
}
