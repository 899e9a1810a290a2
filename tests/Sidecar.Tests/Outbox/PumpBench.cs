using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Storage.LiteDb;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Storage;
using Sidecar.Text;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Outbox;

/// <summary>A store, a chat that fails on demand and a pump between them, which can crash and start again.</summary>
internal sealed class PumpBench : IAsyncDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private LiteDbStoreEngine _engine = null!;
    private Life _life = null!;

    private IChat _chat = null!;

    public ManualClock Clock { get; private init; } = new();

    /// <summary>Completes when a request hangs until time passes.</summary>
    public Func<Task> Hanging { get; set; } = () => Task.CompletedTask;

    /// <summary>Told when time has passed for requests that hung.</summary>
    public Action HangEnded { get; set; } = () => { };

    public ModelChat Chat { get; private set; } = null!;

    public Store Store { get; private set; } = null!;

    public MortalEngine Disk { get; private set; } = null!;

    public OutboxPump Pump { get; private set; } = null!;

    public OutboxOptions Options { get; set; } =
        new(new UserId("bot")) { PerSecond = 1000, Burst = 1000 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<PumpBench> Start(
        Func<OutboxOptions, OutboxOptions>? options = null,
        ManualClock? clock = null,
        IChat? chat = null
    )
    {
        var bench = new PumpBench { Clock = clock ?? new ManualClock() };
        bench.Options = options?.Invoke(bench.Options) ?? bench.Options;
        bench.Chat = new ModelChat(bench.Clock);
        bench._chat = chat ?? bench.Chat;
        bench.Hanging = bench.Chat.WhenHanging;
        bench._engine = await LiteDbStoreEngine.OpenAsync(
            new LiteDbStoreOptions { DataDirectory = bench._scratch["data"] },
            bench.Clock,
            NullLogger<LiteDbStoreEngine>.Instance,
            Cancel
        );
        await bench.Begin();
        // What is committed while the outbox is still being read counts as left by an earlier life.
        await bench.Pump.WhenIdle(Cancel);
        return bench;
    }

    /// <summary>Makes what is sent as a file of the kind “report”.</summary>
    public FileMaker Report { get; set; } =
        async (request, to, cancel) =>
        {
            await to.WriteAsync(Encoding.UTF8.GetBytes(request.Argument), cancel);
            return null;
        };

    /// <summary>Where files lie while they are on their way.</summary>
    public string Sending => _scratch["data/sending"];

    public OutboxFiles Files() =>
        new(
            _scratch["data"],
            [new("report", (request, to, cancel) => Report(request, to, cancel))]
        );

    /// <summary>A new life of the process on the same store.</summary>
    public async Task Begin()
    {
        _life = new Life();
        Disk = new MortalEngine(_engine, _life);
        Store = new Store(Disk);
        var chat = new MortalChat(_chat, _life);
        var people = new PeopleDirectory(
            Store,
            chat,
            new WorkingTime(new TeamTimeSettings()),
            Clock,
            NullLogger<PeopleDirectory>.Instance
        );
        Pump = new OutboxPump(
            Store,
            chat,
            people,
            Files(),
            Options,
            Clock,
            NullLogger<OutboxPump>.Instance
        );
        await Pump.StartAsync(Cancel);
    }

    /// <summary>The process is gone from one instant to the next: nothing that is at work ends.</summary>
    public async Task Crash()
    {
        _life.End();
        Pump.Dispose();
        await Chat.WhenQuiet();
    }

    /// <summary>
    /// What a process that crashed had sent has arrived or is lost: no server gets a request of the dead after those of
    /// the next life. Requests that hang run into their time limit.
    /// </summary>
    public async Task Buried()
    {
        while (_life.WhenQuiet() is { IsCompleted: false } quiet)
        {
            await Task.WhenAny(quiet, Hanging());
            if (!quiet.IsCompleted)
            {
                Clock.Advance(TimeSpan.FromSeconds(15));
                HangEnded();
                await Task.Yield();
            }
        }
    }

    /// <summary>The process ends as it should.</summary>
    public Task Stop() => Pump.StopAsync(Cancel);

    public async Task Commit(params IReadOnlyList<Effect> effects)
    {
        var change = new Change(Clock.GetUtcNow(), "test");
        foreach (var effect in effects)
        {
            change.Do(effect);
        }

        if (!await Store.Commit(change, Cancel))
        {
            throw new InvalidOperationException("A commit without documents can't conflict.");
        }
    }

    /// <summary>Waits until nothing can be delivered now; requests that hang run into their time limit.</summary>
    public async Task Settle()
    {
        var idle = Pump.WhenIdle(Cancel);
        while (!idle.IsCompleted)
        {
            await Task.WhenAny(idle, Hanging());
            if (!idle.IsCompleted)
            {
                Clock.Advance(TimeSpan.FromSeconds(15));
                HangEnded();
                await Task.Yield();
            }
        }

        await idle;
    }

    /// <summary>Lets time pass until everything is delivered or parked.</summary>
    public async Task Drain()
    {
        for (var step = 0; step < 10_000; step++)
        {
            await Settle();
            if (Pump.Health.Queued == 0)
            {
                return;
            }

            Clock.AdvanceTo(
                Clock.NextTimer ?? throw new InvalidOperationException("Stuck: nothing waits.")
            );
        }

        throw new InvalidOperationException("Stuck: it never ends.");
    }

    public async Task<IReadOnlyList<QueuedEffect>> Parked() =>
        await _engine.ReadParked(0, 1000, Cancel);

    public async Task<IReadOnlyList<QueuedEffect>> Outbox() =>
        await _engine.ReadOutbox(0, 1000, Cancel);

    public async ValueTask DisposeAsync()
    {
        await Crash();
        await _engine.DisposeAsync();
        _scratch.Dispose();
    }

    public static Effect.ShowCard Card(string name, string text, string channel = "war-room") =>
        new(
            new PostName(name),
            new ChannelId(channel),
            null,
            Markdown.Typed(text),
            new Card(Markdown.Typed(text), Tone.Danger)
        )
        {
            About = name,
            OnBehalfOf = new UserId("engineer"),
        };

    public static Effect.ReplyInThread Reply(
        string under,
        string text,
        string channel = "war-room"
    ) =>
        new(new PostName(under), new ChannelId(channel), Markdown.Typed(text))
        {
            About = under,
            OnBehalfOf = new UserId("engineer"),
        };

    public static Effect.TellPerson Tell(string to, string text) =>
        new(new UserId(to), Markdown.Typed(text)) { About = text };

    public static Effect.SendFile File(string to, string content) =>
        new(new UserId(to), Markdown.Typed("Here it is"), "report.csv", "report", content)
        {
            About = "the report",
            OnBehalfOf = new UserId(to),
            Otherwise = Markdown.Typed("Ask for less"),
        };
}
