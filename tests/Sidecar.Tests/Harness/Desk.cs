using Mattermost.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Playground;
using Sidecar.Hosting;
using Sidecar.Interactions;
using Sidecar.Storage;
using Xunit;

namespace Sidecar.Tests.Harness;

/// <summary>
/// The whole product at a desk: a stand-in for Mattermost, a real sidecar on a real port, and the clock in hand. Tests
/// do what people do and look at what people see.
/// </summary>
internal sealed class Desk : IAsyncDisposable
{
    public const string Team = "ops";
    public const string Square = "town-square";
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _data = new();
    private readonly string _commandToken;
    private readonly string _triggerToken;
    private readonly string _botToken;
    private WebApplication? _sidecar;

    private Desk(MattermostSimulator mattermost, ManualClock clock)
    {
        Mattermost = mattermost;
        Clock = clock;
        Address = SidecarProcess.FreeAddress();
        mattermost.AddTeam(Team);
        foreach (var role in (string[])["tam", "engineer", "lead"])
        {
            mattermost.AddUser(role);
        }

        (Bot, _botToken) = mattermost.AddBot("escalate");
        _commandToken = mattermost
            .AddCommand("escalate", new Uri(Address, "/mattermost/command"))
            .Token;
        _triggerToken = mattermost
            .AddOutgoingHook(
                new OutgoingHook
                {
                    TeamId = mattermost.Teams[0].Id,
                    DisplayName = "escalate",
                    TriggerWords = ["sev1!"],
                    CallbackUrls = [new Uri(Address, "/mattermost/trigger").ToString()],
                    ContentType = "application/json",
                }
            )
            .Token;
    }

    public MattermostSimulator Mattermost { get; }

    public User Bot { get; }

    public ManualClock Clock { get; }

    public Uri Address { get; }

    public string DataDirectory => _data.Path;

    public string CommandToken => _commandToken;

    public IReadOnlyList<string> Secrets => [_commandToken, _triggerToken, _botToken];

    /// <summary>All that the sidecar has logged.</summary>
    public CollectedLog Log { get; } = new();

    public Store Store => Sidecar.Services.GetRequiredService<Store>();

    public OutboxPump Pump => Sidecar.Services.GetRequiredService<OutboxPump>();

    public IServiceProvider Parts => Sidecar.Services;

    private WebApplication Sidecar =>
        _sidecar
        ?? throw new InvalidOperationException("The sidecar is not running at the moment.");

    public static async Task<Desk> Open(SimulatorOptions? options = null)
    {
        var clock = new ManualClock(Morning);
        var mattermost = await MattermostSimulator.StartAsync(
            (options ?? new SimulatorOptions()) with
            {
                Time = clock,
            }
        );
        var desk = new Desk(mattermost, clock);
        await desk.StartSidecar();
        return desk;
    }

    public async Task StartSidecar()
    {
        var settings = new SidecarSettings(
            DataDirectory,
            Mattermost.Url,
            Address,
            new UserId(Bot.Id),
            _botToken,
            [_commandToken],
            [_triggerToken]
        )
        {
            // The clock stands still in tests: a limit would never let go.
            RequestsPerSecond = 100_000,
        };
        _sidecar = await SidecarHost.Build(settings, Clock, Adjust, CancellationToken.None);
        await _sidecar.StartAsync();
    }

    public async Task StopSidecar()
    {
        if (_sidecar is not null)
        {
            await _sidecar.StopAsync();
            await _sidecar.DisposeAsync();
            _sidecar = null;
        }
    }

    public async Task RestartSidecar()
    {
        await StopSidecar();
        await StartSidecar();
    }

    /// <summary>Somebody types a command; all that it causes is delivered before this returns.</summary>
    public async Task<CommandOutcome> Types(
        string who,
        string text,
        string channel = Square,
        string root = ""
    )
    {
        var outcome = await Mattermost.As(who).Execute(channel, text, root);
        await Settled();
        return outcome;
    }

    /// <summary>Somebody presses a button or chooses from a menu of a post.</summary>
    public async Task<ClickOutcome> Presses(
        string who,
        Post post,
        string button,
        string? choice = null
    )
    {
        var outcome = await Mattermost.As(who).Click(post.Id, button, choice);
        await Settled();
        return outcome;
    }

    /// <summary>Somebody fills in the dialog that is open at their client, and submits it.</summary>
    public async Task<DialogOutcome> Submits(
        string who,
        params (string Field, object? Value)[] values
    )
    {
        var outcome = await Mattermost.As(who).SubmitDialog(values);
        await Settled();
        return outcome;
    }

    /// <summary>Until everything that can be delivered now is delivered.</summary>
    public Task Settled() => Pump.WhenIdle(TestContext.Current.CancellationToken);

    /// <summary>The bot's posts in a channel that are not replies: the cards.</summary>
    public IReadOnlyList<Post> Cards(string channel = Square) =>
        [.. Mattermost.Posts(channel).Where(p => p.UserId == Bot.Id && p.RootId.Length == 0)];

    /// <summary>The one card in a channel, as it is now.</summary>
    public Post Card(string channel = Square) => Cards(channel).Single();

    /// <summary>What the thread of a post was told, in order.</summary>
    public IReadOnlyList<string> Thread(Post post) =>
        [.. Mattermost.RepliesTo(post.Id).Select(p => p.Message)];

    /// <summary>Raises a Sev 1 by command and returns its card.</summary>
    public async Task<Post> Raised(string summary = "Nobody can log in", string by = "tam")
    {
        await Types(by, $"/escalate new acme sev1 {summary}");
        return Cards()[^1];
    }

    public async ValueTask DisposeAsync()
    {
        await StopSidecar();
        await Mattermost.DisposeAsync();
        _data.Dispose();
    }

    private void Adjust(WebApplicationBuilder builder)
    {
        builder.WebHost.UseUrls(Address.ToString());
        builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Debug);
    }
}
