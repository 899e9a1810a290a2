using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mattermost.Simulator;

/// <summary>
/// A stateful stand-in for a Mattermost server, in process, on Kestrel. Everything people do goes through its REST
/// API and WebSocket as with a real one; besides, tests can fill it, look into it and make it fail. Thread-safe;
/// nothing is written to disk.
/// </summary>
public sealed partial class MattermostSimulator : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly World world;
    private readonly HttpClient http;

    private MattermostSimulator(WebApplication app, World world, Faults faults)
    {
        this.app = app;
        this.world = world;
        Faults = faults;
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        Url = new Uri(address);
        world.Config.Set("ServiceSettings.SiteURL", Url.GetLeftPart(UriPartial.Authority));
        foreach (var (name, value) in world.Options.Config)
        {
            world.Config.Set(name, value);
        }

        http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false })
        {
            BaseAddress = Url,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        Admin = world.Users.Create(
            new User
            {
                Id = Ids.New(),
                Username = "admin",
                Email = "admin@localhost",
                Password = DefaultPassword,
                Roles = "system_admin system_user",
            }
        );
        AdminToken = world.Sessions.Start(Admin).Token;
    }

    /// <summary>The password of all users that were added without one.</summary>
    public const string DefaultPassword = "Passw0rd!";

    /// <summary>Where the server listens, without a trailing path.</summary>
    public Uri Url { get; }

    /// <summary>The system administrator who is there from the start.</summary>
    public User Admin { get; }

    /// <summary>A session token of <see cref="Admin"/>.</summary>
    public string AdminToken { get; }

    /// <summary>Makes requests fail on demand.</summary>
    public Faults Faults { get; }

    /// <summary>Starts a server; it listens when the task completes.</summary>
    public static async Task<MattermostSimulator> StartAsync(SimulatorOptions? options = null)
    {
        var chosen = options ?? new SimulatorOptions();
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions
            {
                EnvironmentName = "Production",
                // Hundreds run in one test run, and systems have few watchers.
                Args = ["--hostBuilder:reloadConfigOnChange=false"],
            }
        );
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, chosen.Port);
            kestrel.Limits.MaxRequestBodySize = 100 * 1024 * 1024;
        });
        var server = builder.Build();
        var state = new World(chosen);
        var faults = new Faults(chosen, state.Changes);
        server.UseWebSockets();
        var screens = new Screens(state);
        Map(server, state, faults, screens);
        chosen.Extend?.Invoke(server);
        await server.StartAsync();
        var simulator = new MattermostSimulator(server, state, faults);
        screens.Client = (user, token) =>
            new Person(state, simulator.http, simulator.ChannelNamed, user, token);
        return simulator;
    }

    private static void Map(WebApplication app, World world, Faults faults, Screens screens)
    {
        var check = world.Options.CheckDescription ? new OpenApiCheck(world) : null;
        var api = new Api(app, world, faults, check);
        api.MapLogin();
        api.MapUsers();
        api.MapUserChanges();
        api.MapStatuses();
        api.MapPreferences();
        api.MapTokens();
        api.MapBots();
        api.MapTeams();
        api.MapChannels();
        api.MapChannelChanges();
        api.MapChannelMembers();
        api.MapPosts();
        api.MapPostLists();
        api.MapReactions();
        api.MapFiles();
        api.MapCommands();
        api.MapInteractions();
        api.MapHooks();
        api.MapPlugins();
        api.MapSystem();
        if (world.Version.HasLicensedFeatures)
        {
            api.MapLicence(world.Options.IsLicensed);
        }

        app.MapWebSocket(world, faults);
        app.MapWebApp();
        app.MapScreens(world, screens);
        api.RefuseTheRest();
    }

    /// <summary>Completes when the condition holds; it is asked again after every change of state or received request.</summary>
    public Task WaitForAsync(Func<bool> condition, CancellationToken cancellationToken) =>
        world.Changes.WaitForAsync(condition, cancellationToken);

    /// <summary>Completes when all outgoing webhooks that posts have triggered are delivered and answered.</summary>
    public Task IdleAsync() => world.Integrations.IdleAsync();

    /// <summary>Changes a setting by its dotted name, as an administrator in the system console.</summary>
    public void Configure(string dottedName, object value)
    {
        world.Config.Set(dottedName, value);
        world.Changes.Signal();
    }

    /// <summary>The WebSocket connections, and what can be done to them.</summary>
    public WebSocketLines Lines => world.Lines;

    /// <summary>Cuts all WebSocket connections; what happens until clients return is lost to them.</summary>
    public void DropWebSockets() => world.Hub.DropAll();

    /// <summary>Stops the server and cuts what is still running.</summary>
    public async ValueTask DisposeAsync()
    {
        DropWebSockets();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
        await world.Integrations.DisposeAsync();
        http.Dispose();
    }
}
