using Microsoft.Extensions.Logging.Abstractions;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Storage.Postgres;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Storage.Postgres;

/// <summary>A machine with a sidecar's store, leases and pump, a clock of its own, and a way to the chat that is everybody's.</summary>
internal sealed class Machine : IAsyncDisposable
{
    private readonly Life _life;
    private bool _isGone;

    private Machine(PostgresStoreEngine engine, ManualClock own, Life life) =>
        (Engine, Own, _life) = (engine, own, life);

    public PostgresStoreEngine Engine { get; }

    /// <summary>The clock on its wall.</summary>
    public ManualClock Own { get; }

    /// <summary>The time it goes by.</summary>
    public SharedClock Time { get; private init; } = null!;

    public Store Store { get; private init; } = null!;

    public PostgresLeases Leases { get; private init; } = null!;

    public OutboxPump Pump { get; private init; } = null!;

    public GatedChat Gate { get; private init; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Machine> Start(
        string schema,
        IChat chat,
        TimeProvider common,
        ManualClock own,
        Func<PostgresStoreOptions, PostgresStoreOptions>? options = null
    )
    {
        var given = new PostgresStoreOptions(
            PostgresAddress.Parse(PostgresCluster.Shared.Store(schema))
        )
        {
            Name = NameIn(schema),
        };
        var engine = await PostgresStoreEngine.OpenAsync(
            options?.Invoke(given) ?? given,
            NullLogger<PostgresStoreEngine>.Instance,
            Cancel
        );
        var (life, time) = (new Life(), new SharedClock(own));
        var store = new Store(new MortalEngine(engine, life));
        var (gated, gate) = GatedChat.Before(new MortalChat(chat, life));
        var leases = new PostgresLeases(
            engine,
            store,
            new LeaseOptions { CommonTime = common, Beat = Timeout.InfiniteTimeSpan },
            time,
            NullLogger<PostgresLeases>.Instance
        );
        var people = new PeopleDirectory(
            store,
            gated,
            new WorkingTime(new TeamTimeSettings()),
            time,
            NullLogger<PeopleDirectory>.Instance
        );
        var machine = new Machine(engine, own, life)
        {
            Time = time,
            Store = store,
            Leases = leases,
            Gate = gate,
            Pump = new OutboxPump(
                store,
                gated,
                people,
                new OutboxFiles(Path.GetTempPath(), []),
                new OutboxOptions(new UserId("bot")) { PerSecond = 10_000, Burst = 10_000 },
                time,
                NullLogger<OutboxPump>.Instance,
                leases
            ),
        };
        await leases.StartAsync(Cancel);
        await machine.Pump.StartAsync(Cancel);
        await leases.Hears.WaitAsync(Cancel);
        return machine;
    }

    /// <summary>Says one thing in a channel; which channel it is decides whose share it is.</summary>
    public Task Says(string channel, string text) =>
        Commit(
            new Effect.Say(new ChannelId(channel), null, Markdown.Typed(text), null)
            {
                About = text,
            }
        );

    public async Task Commit(params IReadOnlyList<Effect> effects)
    {
        var change = new Change(Time.GetUtcNow(), "test");
        foreach (var effect in effects)
        {
            change.Do(effect);
        }

        if (!await Store.Commit(change, Cancel))
        {
            throw new InvalidOperationException("A commit without documents can't conflict.");
        }
    }

    /// <summary>By what the server knows the connections of the machines of one test.</summary>
    public static string NameIn(string schema) => $"escalate in {schema}";

    /// <summary>How many parts of the work it has.</summary>
    public int Holds() => WorkShares.All.Count(name => Leases.Held(name) is not null);

    /// <summary>It stops as it should.</summary>
    public async Task Stop()
    {
        await Pump.StopAsync(Cancel);
        await Leases.StopAsync(Cancel);
        await End();
    }

    /// <summary>It is gone from one instant to the next, and tells nobody.</summary>
    public async Task Kill()
    {
        _life.End();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        try
        {
            await Leases.StopAsync(atOnce.Token);
        }
        catch (OperationCanceledException)
        {
            // That is what no grace means.
        }

        await End();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isGone)
        {
            await Kill();
        }
    }

    private async Task End()
    {
        _isGone = true;
        Pump.Dispose();
        await Engine.DisposeAsync();
    }
}
