using System.Net.Http.Json;
using System.Text.Json;
using Mattermost.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Playground;
using Shouldly;
using Sidecar.Features;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Help;
using Sidecar.Features.Webhooks;
using Sidecar.Hosting;
using Sidecar.Hosting.Plugin;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Mattermost;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Scheduling;
using Sidecar.Setup;
using Sidecar.Setup.Settings;
using Sidecar.Storage;
using Sidecar.Tests.Mattermost.Plugin;
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

    /// <summary>The system administrator of the stand-in.</summary>
    public const string Admin = "admin";

    /// <summary>Settings of a team that starts playbooks by hand: for tests of what has nothing to do with incidents.</summary>
    public const string WithoutIncidents = """{ "incidents": { "startByThemselves": false } }""";

    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Nothing in a test takes that long, on the busiest of machines.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(3);

    /// <summary>So often something may be due at a moment that has come already.</summary>
    private const int MostStill = 1000;

    private static readonly string[] People = ["tam", "engineer", "lead", "product", "executive"];

    private readonly TemporaryFolder _data = new();
    private readonly string _commandToken;
    private readonly string _triggerToken;
    private readonly string _botToken;
    private readonly Action<FeatureBuilder> _features;
    private readonly Func<SidecarSettings, TimeProvider, SidecarSettings> _given;
    private WebApplication? _sidecar;
    private PluginDesk? _plugin;
    private CollectedLog.OneLife? _life;
    private int _raised;

    private Desk(
        MattermostSimulator mattermost,
        ManualClock clock,
        Action<FeatureBuilder>? features,
        Func<SidecarSettings, TimeProvider, SidecarSettings>? given,
        Installation? before = null
    )
    {
        _given = given ?? ((settings, _) => settings);
        Mattermost = mattermost;
        Clock = clock;
        _features = features ?? AllFeatures.Register;
        Address = FreePort.NextAddress();
        mattermost.AddTeam(Team);
        foreach (var role in People)
        {
            mattermost.AddUser(role, id: before?.IdOf(role));
        }

        mattermost.AddUser("guest", roles: "system_guest");
        mattermost.Join(Square, "guest");
        (Bot, _botToken) = mattermost.AddBot("escalate", id: before?.IdOf("escalate"));
        _commandToken = mattermost
            .AddCommand("escalate", new Uri(Address, "/mattermost/command"))
            .Token;
        var declared = Declaration.Current.Props.OutgoingWebhooks.Single();
        _triggerToken = mattermost
            .AddOutgoingHook(
                new OutgoingHook
                {
                    TeamId = mattermost.Teams[0].Id,
                    DisplayName = "escalate",
                    TriggerWords = [.. declared.TriggerWords],
                    TriggerWhen = declared.TriggerWhen,
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

    public string TriggerToken => _triggerToken;

    public IReadOnlyList<string> Secrets => [_commandToken, _triggerToken, _botToken];

    /// <summary>All that the sidecar has logged.</summary>
    public CollectedLog Log { get; } = new();

    public Store Store => Sidecar.Services.GetRequiredService<Store>();

    /// <summary>What the sidecar, when it is started next, takes for Mattermost's address: for tests of what stands between.</summary>
    public Uri? Between { get; set; }

    /// <summary>What Prometheus proves itself with to the sidecar that is started next; null for nothing.</summary>
    public string? MetricsToken { get; set; }

    /// <summary>
    /// Whether the sidecar that is started next welcomes who is new. Most tests look at what people are told, and each
    /// would begin with it.
    /// </summary>
    public bool Welcomes { get; set; }

    /// <summary>How the sidecar listens when it is started next. It does not ask for signs of life: hours pass at once here.</summary>
    public Func<EventListenerOptions, EventListenerOptions> Listens { get; set; } =
        options => options with { PingEvery = Timeout.InfiniteTimeSpan };

    public EventListener Listening => Sidecar.Services.GetRequiredService<EventListener>();

    public OutboxPump Pump => Sidecar.Services.GetRequiredService<OutboxPump>();

    /// <summary>What tells other systems; null where the feature is left out.</summary>
    private WebhookPump? Hooks => Sidecar.Services.GetService<WebhookPump>();

    /// <summary>What runs whatever falls due: the same that Quartz calls.</summary>
    public DueTimes DueTimes => Sidecar.Services.GetRequiredService<DueTimes>();

    public IServiceProvider Parts => Sidecar.Services;

    private WebApplication Sidecar =>
        _sidecar
        ?? throw new InvalidOperationException("The sidecar is not running at the moment.");

    /// <summary>
    /// Everybody is at work: the people whom the bot has met, each with the roles that their name says. Besides them
    /// there are <see cref="Admin"/> and <c>guest</c>.
    /// </summary>
    /// <param name="options">How the stand-in for Mattermost behaves.</param>
    /// <param name="settings">What settings.json says; null for no such file.</param>
    /// <param name="features">What the product is made of; null for all that it has.</param>
    /// <param name="more">Parts of the product that exist for the test only.</param>
    /// <param name="at">What the clock says; null for <see cref="Morning"/>.</param>
    /// <param name="given">What the sidecar is told otherwise.</param>
    /// <param name="byPlugin">Whether Mattermost runs the sidecar itself; null for what the environment says.</param>
    public static async Task<Desk> Open(
        SimulatorOptions? options = null,
        string? settings = null,
        Action<FeatureBuilder>? features = null,
        Action<FeatureBuilder>? more = null,
        DateTimeOffset? at = null,
        Func<SidecarSettings, TimeProvider, SidecarSettings>? given = null,
        bool? byPlugin = null
    )
    {
        var clock = new ManualClock(at ?? Morning);
        var mattermost = await MattermostSimulator.StartAsync(
            (options ?? new SimulatorOptions()) with
            {
                Time = clock,
            }
        );
        var desk = new Desk(
            mattermost,
            clock,
            product =>
            {
                (features ?? AllFeatures.Register)(product);
                more?.Invoke(product);
            },
            given
        )
        {
            IsByPlugin = byPlugin ?? PluginDesk.IsWanted,
        };
        if (settings is not null)
        {
            await desk.Sets(settings);
        }

        await desk.StartSidecar();
        foreach (var person in (string[])[.. People, Admin, "guest"])
        {
            await desk.Meets(person);
        }

        await desk.Grants("lead", Role.DeploymentEngineeringLead);
        await desk.Grants("engineer", Role.DeploymentEngineer, Role.SupportEngineer);
        await desk.Grants("tam", Role.TechnicalAccountManager);
        await desk.Grants("product", Role.ProductEngineering);
        await desk.Grants("executive", Role.Executive);
        await desk.Knows("acme", "Acme", 120_000);
        await desk.Knows("acme-labs", "Acme Labs", 80_000);
        mattermost.ForgetRequests();
        return desk;
    }

    /// <summary>
    /// An installation goes on here, with the program of today: its people, places and messages are those that its
    /// data knows, and the clock says when it was left. Nobody has more roles than they had.
    /// </summary>
    public static async Task<Desk> GoOn(Installation before)
    {
        var clock = new ManualClock(before.At);
        var mattermost = await MattermostSimulator.StartAsync(
            new SimulatorOptions { Time = clock }
        );
        var desk = new Desk(mattermost, clock, null, null, before);
        before.Furnish(mattermost, [.. People, "escalate"]);
        before.CopyTo(desk.DataDirectory);
        await desk.StartSidecar();
        await desk.Settled();
        return desk;
    }

    /// <summary>An administrator writes settings.json; the sidecar reads it when it starts.</summary>
    public Task Sets(string settings) =>
        File.WriteAllTextAsync(
            Path.Combine(DataDirectory, SettingsFile.Name),
            settings,
            TestContext.Current.CancellationToken
        );

    public async Task StartSidecar()
    {
        _sidecar = await SidecarHost.Build(
            SettingsGiven(),
            Clock,
            Adjust,
            CancellationToken.None,
            _features
        );
        await _sidecar.StartAsync();
        if (IsByPlugin)
        {
            _plugin = await PluginDesk.Open(this, _sidecar, CancellationToken.None);
        }

        await Heard();
    }

    /// <summary>What the sidecar is told.</summary>
    public SidecarSettings SettingsGiven() =>
        _given(
            new SidecarSettings(
                DataDirectory,
                Between ?? Mattermost.Url,
                Address,
                new UserId(Bot.Id),
                _botToken,
                [_commandToken],
                [_triggerToken]
            )
            {
                // The clock stands still in tests: a limit would never let go.
                RequestsPerSecond = 100_000,
                MetricsToken = MetricsToken,
                AnswersLater = IsByPlugin
                    ? (to, text, cancel) => _plugin!.Late(to, text, cancel)
                    : null,
            },
            Clock
        );

    public async Task StopSidecar()
    {
        await ClosePlugin();
        if (_sidecar is not null)
        {
            await _sidecar.StopAsync();
            await _sidecar.DisposeAsync();
            _sidecar = null;
        }
    }

    /// <summary>
    /// The sidecar is killed: nobody waits for what it is doing, and nothing that it has begun is brought to an end.
    /// </summary>
    public async Task KillSidecar()
    {
        if (_sidecar is not { } killed)
        {
            return;
        }

        await ClosePlugin();
        _sidecar = null;
        // A dead process says nothing; what ours says while it is torn down is no news.
        _life?.Kill();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        try
        {
            await killed.StopAsync(atOnce.Token);
        }
        catch (OperationCanceledException)
        {
            // That is what no grace means.
        }

        await killed.DisposeAsync();
    }

    public async Task RestartSidecar()
    {
        await StopSidecar();
        await StartSidecar();
    }

    /// <summary>There is a customer, as if somebody had added them long ago.</summary>
    public async Task Knows(string key, string name, decimal? arr)
    {
        var customer = new Customer(new CustomerKey(key), name, Clock.GetUtcNow(), IdOf("tam"))
        {
            Arr = arr,
        };
        (
            await Store.Commit(
                new Change(Clock.GetUtcNow(), "test").Add(Customer.Kind, key, customer),
                TestContext.Current.CancellationToken
            )
        ).ShouldBeTrue();
    }

    public UserId IdOf(string who) => new(Mattermost.GetUser(who).Id);

    /// <summary>The product has met somebody: it need not ask Mattermost any more who they are.</summary>
    public async Task Meets(string who) =>
        (
            await Parts
                .GetRequiredService<PeopleDirectory>()
                .Latest(IdOf(who), TestContext.Current.CancellationToken)
        ).ShouldNotBeNull(who);

    /// <summary>Somebody has these roles too from now on. As if they had done it themselves: then nobody is told.</summary>
    public Task Grants(string who, params Role[] roles) =>
        Parts
            .GetRequiredService<RoleStore>()
            .Decide(IdOf(who), IdOf(who), granted => granted.Grant([.. roles], IdOf(who)));

    /// <summary>Somebody has these roles no more.</summary>
    public Task Revokes(string who, params Role[] roles) =>
        Parts
            .GetRequiredService<RoleStore>()
            .Decide(IdOf(who), IdOf(who), granted => granted.Revoke([.. roles], IdOf(who)));

    /// <summary>What the bot wrote to somebody by direct message, in order.</summary>
    public IReadOnlyList<string> ToldTo(string who) =>
        [
            .. Mattermost
                .Posts(Mattermost.DirectChannel("escalate", who).Id)
                .Where(p => p.UserId == Bot.Id)
                .Select(p => p.Message),
        ];

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

    /// <summary>
    /// Somebody's click that was on its way when the message lost its buttons: Mattermost had let it through already.
    /// </summary>
    /// <returns>What it is answered; its trigger opens nothing, so it is said in words.</returns>
    public async Task<string> PressesLate(string who, Post seen, string button)
    {
        using var mattermost = new HttpClient();
        var answer = await mattermost.PostAsJsonAsync(
            new Uri(Address, Inbound.ActionPath),
            new
            {
                user_id = IdOf(who).Value,
                user_name = who,
                channel_id = seen.ChannelId,
                post_id = seen.Id,
                trigger_id = "gone",
                context = seen
                    .FullAttachments.SelectMany(a => a.Actions ?? [])
                    .Single(a => a.Name == button)
                    .Integration!.Context,
            },
            TestContext.Current.CancellationToken
        );
        var body = await answer
            .EnsureSuccessStatusCode()
            .Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        await Settled();
        return body.TryGetProperty("ephemeral_text", out var text) ? text.GetString() ?? "" : "";
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

    /// <summary>
    /// Until everything that Mattermost has said to the sidecar is heard and handled, everything that is due now is done,
    /// and everything that can be delivered now is delivered.
    /// </summary>
    /// <exception cref="TimeoutException">It never comes to rest; it says what it waited for.</exception>
    public async Task Settled()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        limit.CancelAfter(Never);
        var waitsFor = "";
        try
        {
            do
            {
                waitsFor = "what Mattermost said to be heard";
                await Heard();
                waitsFor = "what is due to be done";
                await DueTimes.Look(limit.Token);
                limit.Token.ThrowIfCancellationRequested();
                // What becomes of these may be told to people.
                waitsFor = $"webhooks to be delivered, which go on at {Hooks?.WakesAt:O}";
                await (Hooks?.WhenIdle(limit.Token) ?? Task.CompletedTask);
                waitsFor = "the outbox to be delivered";
                await Pump.WhenIdle(limit.Token);
            } while (!Listening.IsQuietNow(Said()) || IsSomethingDue());
        }
        catch (OperationCanceledException gaveUp)
            when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"At {Clock.GetUtcNow():O} it waited for {waitsFor}; the next thing is due at {Parts.GetRequiredService<DueTimer>().At:O}, webhooks go on at {Hooks?.WakesAt:O}, the outbox: {Pump.Health}.",
                gaveUp
            );
        }
    }

    /// <summary>What becomes of an effect that somebody waits for is due at once.</summary>
    private bool IsSomethingDue() => Parts.GetRequiredService<DueTimer>().At <= Clock.GetUtcNow();

    /// <summary>Somebody reacts to a post.</summary>
    public async Task Reacts(string who, Post post, string emoji = "eyes")
    {
        await Mattermost.As(who).React(post.Id, emoji);
        await Settled();
    }

    /// <summary>The line to the sidecar is cut; it knows, and waits for a time before it comes back.</summary>
    public async Task LosesLine()
    {
        Mattermost.Lines.Cut(Bot.Id);
        await Listening.WhenIn(ListeningState.Waiting, TestContext.Current.CancellationToken);
    }

    /// <summary>The time passes after which the sidecar tries again.</summary>
    public async Task TriesAgain()
    {
        var trying = Listening.WhenIn(
            ListeningState.Connecting,
            TestContext.Current.CancellationToken
        );
        Clock.AdvanceTo(Listening.Health.RetryAt!.Value);
        await trying;
        await Settled();
    }

    /// <summary>The time passes after which missed reactions are looked up again.</summary>
    public async Task LooksAgain()
    {
        var looking = Listening.WhenLookingUp(TestContext.Current.CancellationToken);
        Clock.AdvanceTo(Listening.Health.LookUpAt!.Value);
        await looking;
        await Settled();
    }

    private async Task Heard()
    {
        // What changes at either end may be the last thing to wait for.
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        var here = Listening.WhenQuiet(Said, enough.Token);
        var there = Mattermost.WaitForAsync(() => Listening.IsQuietNow(Said()), enough.Token);
        await await Task.WhenAny(here, there);
        await enough.CancelAsync();
    }

    private (string Line, long Number)? Said() => Mattermost.Lines.Of(Bot.Id);

    /// <summary>Time passes. Whatever falls due on the way is done at its own time, and what it causes is delivered.</summary>
    public Task Passes(TimeSpan time) => PassesTo(Clock.GetUtcNow() + time);

    /// <summary>Time passes until an instant, as in <see cref="Passes"/>.</summary>
    public async Task PassesTo(DateTimeOffset until)
    {
        await Settled();
        var alarm = Parts.GetRequiredService<DueTimer>();
        var still = 0;
        while (Earlier(alarm.At, Hooks?.WakesAt) is { } next && next <= until)
        {
            still = next > Clock.GetUtcNow() ? 0 : still + 1;
            if (still > MostStill)
            {
                throw new TimeoutException(
                    $"At {Clock.GetUtcNow():O} time stands still: something is due at {alarm.At:O}, webhooks go on at {Hooks?.WakesAt:O}."
                );
            }

            Clock.AdvanceTo(next);
            await Settled();
        }

        Clock.AdvanceTo(until);
        await Settled();
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one < other || other is null ? one : other;

    /// <summary>Time passes while the sidecar is down; when it is back it catches up.</summary>
    public async Task PassesWhileDown(TimeSpan time)
    {
        await StopSidecar();
        Clock.Advance(time);
        await StartSidecar();
        await Settled();
    }

    /// <summary>The bot's posts in a channel that are not replies: the cards.</summary>
    public IReadOnlyList<Post> Cards(string channel = Square) =>
        [.. Mattermost.Posts(channel).Where(p => p.UserId == Bot.Id && p.RootId.Length == 0)];

    /// <summary>The one card in a channel, as it is now.</summary>
    public Post Card(string channel = Square) => Cards(channel).Single();

    /// <summary>What the thread of a post was told, in order, as people read it.</summary>
    public IReadOnlyList<string> Thread(Post post) =>
        [.. Mattermost.RepliesTo(post.Id).Select(p => AsRead(p.Message))];

    /// <summary>A text as people read it: that a name in it calls nobody is not to be seen.</summary>
    public static string AsRead(string message) =>
        message.Replace("@\u200B", "@", StringComparison.Ordinal);

    /// <summary>
    /// Raises a Sev 1 by command and returns its card: the first for <c>acme</c>, each later one for another customer,
    /// so that it is no duplicate.
    /// </summary>
    public async Task<Post> Raised(string summary = "Nobody can log in", string by = "tam")
    {
        var customer = _raised == 0 ? "acme" : $"client{_raised}";
        if (_raised++ > 0)
        {
            await Knows(customer, customer, 100_000);
        }

        await Types(by, $"/escalate new {customer} sev1 {summary}");
        return Cards()[^1];
    }

    public async ValueTask DisposeAsync()
    {
        await StopSidecar();
        await Mattermost.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>
    /// Whether Mattermost runs the sidecar that is started next itself, without a port: the same tests, the other door.
    /// </summary>
    public bool IsByPlugin { get; init; }

    private async ValueTask ClosePlugin()
    {
        if (_plugin is { } plugin)
        {
            _plugin = null;
            await plugin.DisposeAsync();
        }
    }

    private void Adjust(WebApplicationBuilder builder)
    {
        if (IsByPlugin)
        {
            builder.Services.AddSingleton<IServer>(new PluginServer());
        }

        builder.Services.AddSingleton(new HelpSettings { WelcomeNewcomers = Welcomes });
        builder.Services.AddSingleton(Listens(new EventListenerOptions(Mattermost.Url)));
        builder.WebHost.UseUrls(Address.ToString());
        builder
            .Logging.ClearProviders()
            .AddProvider(_life = Log.Life())
            .SetMinimumLevel(LogLevel.Debug);
    }
}
