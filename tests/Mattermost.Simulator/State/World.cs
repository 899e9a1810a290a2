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
        Config = new ServerConfig(options.Config);
        Hub = new Hub(this);
        Lines = new WebSocketLines(this);
        Integrations = new Integrations(this);
        Users = new Users(this);
        Sessions = new Sessions(this);
        Statuses = new Statuses(this);
        Teams = new Teams(this);
        Channels = new Channels(this);
        Posts = new Posts(this);
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
    public WebSocketLines Lines { get; }
    public Integrations Integrations { get; }
    public Users Users { get; }
    public Sessions Sessions { get; }
    public Statuses Statuses { get; }
    public Teams Teams { get; }
    public Channels Channels { get; }
    public Posts Posts { get; }
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

    /// <summary>What nobody but administrators may do, whatever their roles say.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, bool> Forbidden { get; } =
        new(StringComparer.Ordinal);

    public long Now => Options.Time.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>The version that the server claims, as far as behaviour depends on it.</summary>
internal sealed record ServerVersion(string Text, int Major, int Minor)
{
    public static ServerVersion Parse(string text)
    {
        var parts = text.Split('.');
        return new ServerVersion(
            text,
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0
        );
    }

    /// <summary>Since 6.0 posts have no <c>parent_id</c>.</summary>
    public bool HasParentIds => Major < 6;

    /// <summary>Before, only lists that leave the threads out told how many replies a post has.</summary>
    public bool CountsRepliesOfSinglePosts => Major >= 6;

    /// <summary>Before, a command's ephemeral answer lost what is behind its buttons on the way back to the caller.</summary>
    public bool ReturnsIntegrationsOfEphemeralAnswers => Major >= 6;

    public bool RefusesCommandsInArchivedChannels => Major >= 6;

    public bool SendsRootIdWithCommands => Major >= 10;

    /// <summary>Before, every trigger lived 3 seconds; now as long as integrations may take to answer.</summary>
    public bool TriggersLiveAsLongAsRequests => Major >= 10;

    public bool HasDateElements => Major >= 11;

    public bool HasMultiStepDialogs => Major >= 11;

    /// <summary>Since 9.x reading a public channel needs membership of its team only.</summary>
    public bool TeamReadsPublicChannels => Major >= 9;

    /// <summary>Before, what was told about a file left its channel empty.</summary>
    public bool TellsChannelsOfFiles => Major >= 6;

    /// <summary>Before, files that are switched off counted as something not implemented.</summary>
    public bool ForbidsSwitchedOffFiles => Major >= 10;

    /// <summary>Before, “do not disturb” did not end by itself.</summary>
    public bool EndsDoNotDisturb => Major >= 6;

    public int MaxPropsRunes => Major >= 9 ? 800_000 : 8_000;
}
