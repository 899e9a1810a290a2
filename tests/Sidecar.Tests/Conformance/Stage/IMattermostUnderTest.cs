using Mattermost.Simulator;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Conformance;

/// <summary>A server as its clients and bots meet it: an address and an administrator's token, nothing else.</summary>
internal interface IMattermostUnderTest : IAsyncDisposable
{
    /// <summary>Where its REST API and WebSocket are.</summary>
    Uri Url { get; }

    string AdminToken { get; }

    /// <summary>Lets time pass for the server; a real one makes us wait for it.</summary>
    Task Passes(TimeSpan time);

    /// <summary>What a stand-in noticed that a real server would not tell; empty for a real one.</summary>
    IReadOnlyList<string> Complaints { get; }
}

internal sealed class SimulatedMattermost : IMattermostUnderTest
{
    private readonly MattermostSimulator _server;
    private readonly ManualClock? _clock;

    private SimulatedMattermost(MattermostSimulator server, ManualClock? clock)
    {
        _server = server;
        _clock = clock;
    }

    public Uri Url => _server.Url;

    public string AdminToken => _server.AdminToken;

    public IReadOnlyList<string> Complaints => _server.Violations;

    /// <param name="version">What the server says it is.</param>
    /// <param name="ownClock">With a clock that <see cref="Passes"/> moves; otherwise with the machine's.</param>
    public static async Task<SimulatedMattermost> Start(string version, bool ownClock)
    {
        var clock = ownClock ? new ManualClock(Desk.Morning) : null;
        var server = await MattermostSimulator.StartAsync(
            new SimulatorOptions
            {
                ServerVersion = version,
                Time = (TimeProvider?)clock ?? TimeProvider.System,
            }
        );
        return new SimulatedMattermost(server, clock);
    }

    public Task Passes(TimeSpan time)
    {
        (
            _clock
            ?? throw new InvalidOperationException("This server runs on the machine's clock.")
        ).Advance(time);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

internal sealed class RealMattermost : IMattermostUnderTest
{
    private const string UrlName = "MATTERMOST_URL";
    private const string TokenName = "MATTERMOST_ADMIN_TOKEN";

    /// <summary>Why no real server can be tested, or null.</summary>
    public static string? WhyNot =>
        Variable(UrlName) is null ? $"{UrlName} is not set: no real server to compare with."
        : Variable(TokenName) is null ? $"{TokenName} is not set: the real server can't be used."
        : null;

    public Uri Url { get; } = new(Variable(UrlName) ?? "http://127.0.0.1:8065");

    public string AdminToken { get; } = Variable(TokenName) ?? "";

    public IReadOnlyList<string> Complaints => [];

    public Task Passes(TimeSpan time) => Task.Delay(time, TimeProvider.System);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value.Trim() : null;
}
