using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Tests.Outbox;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>The outbox, the real client, a gateway, and a stand-in behind it.</summary>
internal sealed class GatewayBench : IAsyncDisposable
{
    private readonly ChatBench _mattermost;
    private readonly PumpBench _pump;
    private readonly RoughLine? _line;

    private GatewayBench(
        ChatBench mattermost,
        PumpBench pump,
        Gateway gateway,
        RoughLine? line = null
    ) => (_mattermost, _pump, Gateway, _line) = (mattermost, pump, gateway, line);

    public Gateway Gateway { get; }

    /// <summary>The cable to the gateway.</summary>
    public RoughLine Line =>
        _line ?? throw new InvalidOperationException("It was started without one.");

    public IReadOnlyList<string> Messages => _mattermost.Messages;

    /// <summary>What the bot wrote to the engineer.</summary>
    public IReadOnlyList<string> TellsOf =>
        [
            .. _mattermost
                .Server.Posts(_mattermost.Server.DirectChannel("escalate", "engineer").Id)
                .Select(p => p.Message),
        ];

    public string Header => _mattermost.Server.GetChannel("war-room").Header;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<GatewayBench> Start()
    {
        Gateway? gateway = null;
        var mattermost = await ChatBench.Start(through: behind =>
            (gateway = new Gateway(behind)).Url
        );
        var pump = await PumpBench.Start(
            o => o with { Bot = new UserId(mattermost.Bot.Id) },
            mattermost.Clock,
            mattermost.Chat
        );
        return new GatewayBench(mattermost, pump, gateway!);
    }

    public Task Says(string text) =>
        _pump.Commit(
            new Effect.Say(_mattermost.Room, null, Markdown.Typed(text))
            {
                About = "ESC-1",
                OnBehalfOf = Engineer,
            }
        );

    public Task Tells(string text) =>
        _pump.Commit(
            new Effect.TellPerson(Engineer, Markdown.Typed(text)) { About = "something else" }
        );

    public Task HasHeader(string text) =>
        _pump.Commit(
            new Effect.SetHeader(_mattermost.Room, Markdown.Typed(text)) { About = "ESC-1" }
        );

    /// <summary>Time passes, and all that falls due on the way is done.</summary>
    public async Task Goes(TimeSpan time)
    {
        var until = _pump.Clock.GetUtcNow() + time;
        await _pump.Settle();
        while (_pump.Clock.NextTimer is { } next && next <= until)
        {
            _pump.Clock.AdvanceTo(next);
            await _pump.Settle();
        }

        _pump.Clock.AdvanceTo(until);
        await _pump.Settle();
    }

    /// <summary>The sidecar is gone from one instant to the next, and another one starts on the same store.</summary>
    public async Task StartsAgain()
    {
        await _pump.Crash();
        await _pump.Begin();
    }

    public async Task Drained()
    {
        await _pump.Drain();
        Assert.Empty(await _pump.Parked());
        Assert.Empty(await _pump.Outbox());
    }

    public Task<IReadOnlyList<QueuedEffect>> SetAside() => _pump.Parked();

    public async Task Releases()
    {
        await _pump.Pump.ReleaseLane("channel:" + _mattermost.Room.Value, Cancel);
        await _pump.Drain();
    }

    /// <summary>The same with a cable in front of the gateway. Whoever hears nothing on it gives up after its time.</summary>
    public static async Task<GatewayBench> StartOnALine()
    {
        Gateway? gateway = null;
        RoughLine? line = null;
        var mattermost = await ChatBench.Start(through: behind =>
        {
            gateway = new Gateway(behind);
            line = new RoughLine(gateway.Url);
            return line.Url;
        });
        var pump = await PumpBench.Start(
            o => o with { Bot = new UserId(mattermost.Bot.Id) },
            mattermost.Clock,
            mattermost.Chat
        );
        pump.Hanging = line!.WhenSilent;
        return new GatewayBench(mattermost, pump, gateway!, line);
    }

    public async ValueTask DisposeAsync()
    {
        await _pump.DisposeAsync();
        await _mattermost.DisposeAsync();
        if (_line is not null)
        {
            await _line.DisposeAsync();
        }

        Gateway.Dispose();
    }

    private UserId Engineer => new(_mattermost.Server.GetUser("engineer").Id);
}
