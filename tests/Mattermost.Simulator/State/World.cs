namespace Mattermost.Simulator;

/// <summary>
/// The state of the server. All of it is guarded by one gate, which is never held while something is awaited:
/// the values in it are immutable, so whoever has one may use it afterwards.
/// </summary>
internal sealed class World
{
    public World(SimulatorOptions options)
    {
        Options = options;
        Version = ServerVersion.Parse(options.ServerVersion);
        Config = new ServerConfig(Version, options.Config);
        Hub = new Hub(this);
        Lines = new WebSocketLines(this);
        Integrations = new Integrations(this);
        Users = new Users(this);
        Sessions = new Sessions(this);
        Statuses = new Statuses(this);
        Teams = new Teams(this);
        Channels = new Channels(this);
        Posts = new Posts(this);
        Threads = new Threads(this);
        Files = new Files(this);
        Ephemerals = new Ephemerals(this);
        Triggers = new Triggers(this);
        Commands = new Commands(this);
        CommandResponses = new CommandResponses(this);
        CommandRunner = new CommandRunner(this);
        ResponseUrls = new ResponseUrls(this);
        Actions = new Actions(this);
        Dialogs = new Dialogs(this);
        OutgoingHooks = new OutgoingHooks(this);
        OutgoingCalls = new OutgoingCalls(this);
        IncomingHooks = new IncomingHooks(this);
        Plugins = new Plugins(this);
        Requests = new Journal<ReceivedRequest>(options.LogLength);
        Violations = new Journal<string>(options.LogLength);
    }

    public SimulatorOptions Options { get; }
    public ServerVersion Version { get; }
    public Lock Gate { get; } = new();
    public Changes Changes { get; } = new();
    public ServerConfig Config { get; }
    public Hub Hub { get; }
    public Appearances Appearances { get; } = new();
    public WebSocketLines Lines { get; }
    public Integrations Integrations { get; }
    public Users Users { get; }
    public Sessions Sessions { get; }
    public Statuses Statuses { get; }
    public Teams Teams { get; }
    public Channels Channels { get; }
    public Posts Posts { get; }
    public Threads Threads { get; }
    public Files Files { get; }
    public Ephemerals Ephemerals { get; }
    public Triggers Triggers { get; }
    public Commands Commands { get; }
    public CommandResponses CommandResponses { get; }
    public CommandRunner CommandRunner { get; }
    public ResponseUrls ResponseUrls { get; }
    public Actions Actions { get; }
    public Dialogs Dialogs { get; }
    public OutgoingHooks OutgoingHooks { get; }
    public OutgoingCalls OutgoingCalls { get; }
    public IncomingHooks IncomingHooks { get; }
    public Plugins Plugins { get; }
    public Journal<ReceivedRequest> Requests { get; }
    public Journal<string> Violations { get; }

    public System.Collections.Concurrent.ConcurrentDictionary<string, Bookmark> Bookmarks { get; } =
        new(StringComparer.Ordinal);

    /// <summary>What nobody but administrators may do, whatever their roles say.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, bool> Forbidden { get; } =
        new(StringComparer.Ordinal);

    public long Now => Options.Time.GetUtcNow().ToUnixTimeMilliseconds();
}
