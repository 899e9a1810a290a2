using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Mattermost.Plugin;
using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Mattermost.Plugin.Rpc;
using Sidecar.Mattermost.Plugin.Yamux;
using Sidecar.Tests.Rules;
using Simulated = Mattermost.Simulator;

namespace Sidecar.Tests.Mattermost.Plugin;

/// <summary>
/// Mattermost's side of the plugin RPC: the order of streams, the calls and the shapes are those of the recorded real
/// one. What it answers is what the simulator knows.
/// </summary>
internal sealed class HostStandIn : IAsyncDisposable
{
    private static readonly GobType Texts = GobType.MapOf(GobType.Text, GobType.Text);

    private static readonly GobType CommandArgs = GobType.Struct(
        "Z_ExecuteCommandArgs",
        ("A", GobType.Struct("Context", ("RequestId", GobType.Text))),
        (
            "B",
            GobType.Struct(
                "CommandArgs",
                ("UserId", GobType.Text),
                ("ChannelId", GobType.Text),
                ("TeamId", GobType.Text),
                ("RootId", GobType.Text),
                ("TriggerId", GobType.Text),
                ("Command", GobType.Text),
                ("UserMentions", Texts),
                ("ChannelMentions", Texts)
            )
        )
    );

    private static readonly GobType ActivateArgs = GobType.Struct(
        "Z_OnActivateArgs",
        ("APIMuxId", GobType.UInt),
        ("DriverMuxId", GobType.UInt)
    );

    private static readonly GobType HttpArgs = GobType.Struct(
        "Z_ServeHTTPArgs",
        ("ResponseWriterStream", GobType.UInt),
        (
            "Request",
            GobType.Struct(
                "Request",
                ("Method", GobType.Text),
                ("URL", new GobType.MarshalledType()),
                ("Header", PluginTypes.Header)
            )
        ),
        ("RequestBodyStream", GobType.UInt)
    );

    private readonly YamuxSession _session;
    private readonly MuxBroker _broker;
    private readonly CancellationTokenSource _over = new();
    private readonly Simulated.MattermostSimulator? _mattermost;
    private readonly RpcClient _control;
    private RpcClient? _hooks;

    private HostStandIn(Stream connection, Simulated.MattermostSimulator? mattermost)
    {
        _mattermost = mattermost;
        _session = new YamuxSession(connection, new YamuxOptions { IsClient = true });
        _broker = new MuxBroker(_session, TimeProvider.System);
        _control = new RpcClient(_session.Open());
        _session.Open();
        _session.Open();
        _ = _broker.Run(_over.Token);
    }

    /// <summary>What plugins keep: in the database, so one for all servers of a cluster.</summary>
    public ConcurrentDictionary<string, byte[]> Keys { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The server's database as its own settings name it; null where it is asked by nobody.</summary>
    public string? Database { get; set; }

    /// <summary>Several servers work together.</summary>
    public bool IsCluster { get; set; }

    public ConcurrentQueue<string> Called { get; } = [];

    public ConcurrentQueue<string> Logged { get; } = [];

    /// <summary>What was saved of the plugin's settings.</summary>
    public string Configuration { get; set; } = "{}";

    public string DataDirectory { get; set; } = "./data/";

    /// <summary>Shows a message to one person only.</summary>
    public Func<string, string, string, Task>? Whispers { get; set; }

    /// <summary>Starts a plugin's protocol in this process and speaks with it as far as its hooks.</summary>
    public static async Task<(HostStandIn Host, Task Plugin)> Connect(
        IPluginHooks hooks,
        Simulated.MattermostSimulator? mattermost,
        CancellationToken cancel
    )
    {
        var (host, plugin) = await Wire.Pair();
        var running = new PluginSession(hooks, TimeProvider.System).Run(
            plugin,
            CancellationToken.None
        );
        var standIn = new HostStandIn(host, mattermost);
        await standIn.Dispense(cancel);
        return (standIn, running);
    }

    public async Task<string?> Activate(CancellationToken cancel)
    {
        var api = _broker.Expect(s => new RpcServer(s, Api).Run(_over.Token));
        var driver = _broker.Expect(s => new RpcServer(s, Api).Run(_over.Token));
        var answer = await Hooks.Call(
            "Plugin.OnActivate",
            new RpcValue(
                ActivateArgs,
                GobValue.Of(
                    ("APIMuxId", GobValue.Of((ulong)api)),
                    ("DriverMuxId", GobValue.Of((ulong)driver))
                )
            ),
            cancel
        );
        var refused = answer["A"]?.Held?.TextOf("Err");
        if (refused is null)
        {
            // As a server does, which only logs what it is answered.
            await Ask("OnConfigurationChange", cancel);
        }

        return refused;
    }

    /// <summary>An administrator saves the plugin's settings. What is answered is only logged, here as there.</summary>
    public async Task<string?> Saves(object settings, CancellationToken cancel)
    {
        Configuration = JsonSerializer.Serialize(settings);
        return (await Ask("OnConfigurationChange", cancel))["A"]?.Held?.TextOf("Err");
    }

    /// <summary>Names in small letters, and the default of what nobody has saved, as a server hands them over.</summary>
    private byte[] Loaded()
    {
        var loaded = new JsonObject();
        foreach (var (key, value) in Defaults)
        {
            loaded[key.ToLowerInvariant()] = value?.DeepClone();
        }

        foreach (var (key, value) in JsonNode.Parse(Configuration)!.AsObject())
        {
            loaded[key.ToLowerInvariant()] = value?.DeepClone();
        }

        return Encoding.UTF8.GetBytes(loaded.ToJsonString());
    }

    private static IReadOnlyList<KeyValuePair<string, JsonNode?>> Defaults { get; } =
    [
        .. JsonNode.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "plugin-manifest/server.json"))
        )!["settings_schema"]!["settings"]!
            .AsArray()
            .Select(s => KeyValuePair.Create(s!["key"]!.GetValue<string>(), s["default"])),
    ];

    public Task<GobValue> Ask(string hook, CancellationToken cancel) =>
        Hooks.Call($"Plugin.{hook}", RpcValue.Nothing, cancel);

    public Task<GobValue> Control(string method, RpcValue argument, CancellationToken cancel) =>
        _control.Call(method, argument, cancel);

    public async Task<GobValue> Execute(
        (string User, string Channel, string Team, string Root, string Trigger) where,
        string command,
        IReadOnlyDictionary<string, string> users,
        IReadOnlyDictionary<string, string> channels,
        CancellationToken cancel
    )
    {
        var answer = await Hooks.Call(
            "Plugin.ExecuteCommand",
            new RpcValue(
                CommandArgs,
                GobValue.Of(
                    (
                        "B",
                        GobValue.Of(
                            ("UserId", GobValue.Of(where.User)),
                            ("ChannelId", GobValue.Of(where.Channel)),
                            ("TeamId", GobValue.Of(where.Team)),
                            ("RootId", GobValue.Of(where.Root)),
                            ("TriggerId", GobValue.Of(where.Trigger)),
                            ("Command", GobValue.Of(command)),
                            ("UserMentions", Map(users)),
                            ("ChannelMentions", Map(channels))
                        )
                    )
                )
            ),
            cancel
        );
        return answer["A"] ?? throw new InvalidOperationException("No response.");
    }

    /// <summary>Somebody posted a message.</summary>
    public Task<GobValue> Post(
        (string Id, string User, string Channel, string Type) post,
        string text,
        CancellationToken cancel
    ) =>
        Hooks.Call(
            "Plugin.MessageHasBeenPosted",
            new RpcValue(
                GobType.Struct(
                    "Z_MessageHasBeenPostedArgs",
                    (
                        "B",
                        GobType.Struct(
                            "Post",
                            ("Id", GobType.Text),
                            ("UserId", GobType.Text),
                            ("ChannelId", GobType.Text),
                            ("Type", GobType.Text),
                            ("Message", GobType.Text)
                        )
                    )
                ),
                GobValue.Of(
                    (
                        "B",
                        GobValue.Of(
                            ("Id", GobValue.Of(post.Id)),
                            ("UserId", GobValue.Of(post.User)),
                            ("ChannelId", GobValue.Of(post.Channel)),
                            ("Type", GobValue.Of(post.Type)),
                            ("Message", GobValue.Of(text))
                        )
                    )
                )
            ),
            cancel
        );

    /// <summary>A request as Mattermost hands it on.</summary>
    public async Task<(int Status, Dictionary<string, string> Headers, byte[] Body)> Serve(
        string method,
        string address,
        IReadOnlyDictionary<string, string> headers,
        byte[] body,
        CancellationToken cancel
    )
    {
        var status = 0;
        Dictionary<string, string> answered = new(StringComparer.OrdinalIgnoreCase);
        var written = new MemoryStream();
        var writer = _broker.Expect(s =>
            new RpcServer(
                s,
                (called, argument, _) =>
                {
                    switch (called)
                    {
                        case "Plugin.SyncHeader":
                            answered.Clear();
                            foreach (var (key, value) in ((GobValue.MapValue)argument).Pairs)
                            {
                                answered[((GobValue.TextValue)key).Value] = string.Join(
                                    ',',
                                    ((GobValue.ListValue)value)
                                        .Items.OfType<GobValue.TextValue>()
                                        .Select(t => t.Value)
                                );
                            }

                            break;
                        case "Plugin.WriteHeader":
                            status = (int)((GobValue.IntValue)argument).Value;
                            break;
                        case "Plugin.Write":
                            written.Write(((GobValue.BytesValue)argument).Value);
                            break;
                        default:
                            throw RpcException.NoMethod(called);
                    }

                    return Task.FromResult(RpcValue.Nothing);
                }
            ).Run(_over.Token)
        );
        var reader = _broker.Expect(s => Give(body, s));
        var sent = headers.Select(h =>
            KeyValuePair.Create(GobValue.Of(h.Key), GobValue.Of(GobValue.Of(h.Value)))
        );
        await Hooks.Call(
            "Plugin.ServeHTTP",
            new RpcValue(
                HttpArgs,
                GobValue.Of(
                    ("ResponseWriterStream", GobValue.Of((ulong)writer)),
                    (
                        "Request",
                        GobValue.Of(
                            ("Method", GobValue.Of(method)),
                            ("URL", new GobValue.OpaqueValue(Encoding.UTF8.GetBytes(address))),
                            ("Header", new GobValue.MapValue([.. sent]))
                        )
                    ),
                    ("RequestBodyStream", GobValue.Of((ulong)reader))
                )
            ),
            cancel
        );
        return (status, answered, written.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _session.DisposeAsync();
    }

    private RpcClient Hooks =>
        _hooks ?? throw new InvalidOperationException("Nothing was dispensed.");

    private async Task Dispense(CancellationToken cancel)
    {
        var id = await _control.Call(
            "Dispenser.Dispense",
            new RpcValue(GobType.Text, GobValue.Of("hooks")),
            cancel
        );
        _hooks = new RpcClient(await _broker.Dial((uint)((GobValue.UIntValue)id).Value, cancel));
    }

    /// <summary>Gives as many bytes as are asked for, and closes at the end.</summary>
    private static async Task Give(byte[] body, Stream to)
    {
        await using var stream = to;
        var given = 0;
        while (given < body.Length)
        {
            var wish = 0UL;
            var part = new byte[1];
            for (var shift = 0; ; shift += 7)
            {
                if (await stream.ReadAsync(part) == 0)
                {
                    return;
                }

                wish |= (ulong)(part[0] & 0x7F) << shift;
                if (part[0] < 0x80)
                {
                    break;
                }
            }

            var count = (int)Math.Min((ulong)(body.Length - given), wish >> 1);
            await stream.WriteAsync(body.AsMemory(given, count));
            given += count;
        }
    }

    /// <summary>Before a call of the plugin's is answered.</summary>
    public Func<string, Task>? Holds { get; set; }

    private async Task<RpcValue> Api(string method, GobValue argument, CancellationToken cancel)
    {
        Called.Enqueue(method);
        if (Holds is { } holds)
        {
            await holds(method);
        }

        return await Answered(method, argument);
    }

    private Task<RpcValue> Answered(string method, GobValue argument) =>
        method switch
        {
            "Plugin.GetConfig" => Answer(Config()),
            "Plugin.GetUnsanitizedConfig" when Database is { } database => Answer(
                One(
                    "A",
                    GobType.Struct(
                        "Config",
                        (
                            "SqlSettings",
                            GobType.Struct(
                                "SqlSettings",
                                ("DriverName", GobType.Text),
                                ("DataSource", GobType.Text)
                            )
                        )
                    ),
                    GobValue.Of(
                        (
                            "SqlSettings",
                            GobValue.Of(
                                ("DriverName", GobValue.Of("postgres")),
                                ("DataSource", GobValue.Of(database))
                            )
                        )
                    )
                )
            ),
            "Plugin.LoadPluginConfiguration" => Answer(
                One("A", GobType.Bytes, GobValue.Of(Loaded()))
            ),
            "Plugin.GetUserByUsername" => Answer(User(argument.TextOf("A"))),
            "Plugin.EnsureBotUser" => Answer(
                One("A", GobType.Text, GobValue.Of(_mattermost!.GetUser("escalate").Id))
            ),
            "Plugin.CreateUserAccessToken" => Answer(
                One(
                    "A",
                    GobType.Struct(
                        "UserAccessToken",
                        ("Id", GobType.Text),
                        ("Token", GobType.Text)
                    ),
                    GobValue.Of(("Id", GobValue.Of("made")), ("Token", GobValue.Of(BotToken)))
                )
            ),
            "Plugin.KVGet" => Answer(
                Keys.TryGetValue(argument.TextOf("A"), out var kept)
                    ? One("A", GobType.Bytes, GobValue.Of(kept))
                    : RpcValue.Nothing
            ),
            "Plugin.KVSet" => Answer(Keep(argument)),
            "Plugin.KVSetWithOptions" => Answer(KeepIfSame(argument)),
            "Plugin.RevokeUserAccessToken" => Answer(RpcValue.Nothing),
            "Plugin.GetTeams" => Answer(
                One(
                    "A",
                    GobType.SliceOf(GobType.Struct("Team", ("Id", GobType.Text))),
                    new GobValue.ListValue([
                        .. _mattermost!.Teams.Select(t => GobValue.Of(("Id", GobValue.Of(t.Id)))),
                    ])
                )
            ),
            "Plugin.ListCustomCommands" => Answer(Commands()),
            "Plugin.GetChannel" => Answer(Channel(argument.TextOf("A"))),
            "Plugin.SendEphemeralPost" => Whispered(argument),
            "Plugin.LogDebug" or "Plugin.LogInfo" or "Plugin.LogWarn" or "Plugin.LogError" =>
                Answer(Line(argument)),
            "Plugin.CreateTeamMember" => Answer(RpcValue.Nothing),
            "Plugin.PublishWebSocketEvent" => Published(argument),
            "Plugin.PublishPluginClusterEvent" => HandedOn(argument),
            "Plugin.RegisterCommand" => Registered(argument),
            _ => throw RpcException.NoMethod(method),
        };

    public string BotToken { get; set; } = "";

    /// <summary>Where a slash command goes that somebody has set up; null when nobody has.</summary>
    public string? CustomCommand { get; set; }

    /// <summary>The slash command as it was registered; null before.</summary>
    public GobValue? Command { get; private set; }

    /// <summary>What browsers were told: the event, and whose.</summary>
    public ConcurrentQueue<(string Event, string User)> Pushed { get; } = [];

    /// <summary>What another server of the cluster is told.</summary>
    public Func<GobValue, Task>? Cluster { get; set; }

    private Task<RpcValue> Published(GobValue argument)
    {
        var (name, user) = (argument.TextOf("A"), argument["C"]?.TextOf("UserId") ?? "");
        // Without a person it would be for everybody on the server; and nothing is in it.
        if (user.Length == 0 || argument["B"] is GobValue.MapValue { Pairs.Length: > 0 })
        {
            throw new InvalidOperationException("An event for everybody, or with content.");
        }

        Pushed.Enqueue((name, user));
        _mattermost!.Lines.Tell(user, "escalate", name);
        return Answer(RpcValue.Nothing);
    }

    private async Task<RpcValue> HandedOn(GobValue argument)
    {
        await (Cluster?.Invoke(argument["A"] ?? GobValue.Empty) ?? Task.CompletedTask);
        return RpcValue.Nothing;
    }

    /// <summary>Another server of the cluster said something.</summary>
    public Task<GobValue> Hears(GobValue told, CancellationToken cancel) =>
        Hooks.Call(
            "Plugin.OnPluginClusterEvent",
            new RpcValue(
                GobType.Struct(
                    "Z_OnPluginClusterEventArgs",
                    (
                        "B",
                        GobType.Struct(
                            "PluginClusterEvent",
                            ("Id", GobType.Text),
                            ("Data", GobType.Bytes)
                        )
                    )
                ),
                GobValue.Of(("B", told))
            ),
            cancel
        );

    private Task<RpcValue> Registered(GobValue argument)
    {
        Command = argument["A"];
        return Answer(RpcValue.Nothing);
    }

    private RpcValue Commands() =>
        One(
            "A",
            GobType.SliceOf(
                GobType.Struct("Command", ("Trigger", GobType.Text), ("URL", GobType.Text))
            ),
            CustomCommand is { } url
                ? GobValue.Of(
                    GobValue.Of(("Trigger", GobValue.Of("escalate")), ("URL", GobValue.Of(url)))
                )
                : GobValue.Of((ReadOnlySpan<GobValue>)[])
        );

    private static Task<RpcValue> Answer(RpcValue value) => Task.FromResult(value);

    private async Task<RpcValue> Whispered(GobValue argument)
    {
        var post = argument["B"] ?? GobValue.Empty;
        await Whispers!(argument.TextOf("A"), post.TextOf("ChannelId"), post.TextOf("Message"));
        return RpcValue.Nothing;
    }

    private RpcValue Line(GobValue argument)
    {
        Logged.Enqueue(argument.TextOf("A"));
        return RpcValue.Nothing;
    }

    private RpcValue Keep(GobValue argument)
    {
        Keys[argument.TextOf("A")] = argument.BytesOf("B");
        return RpcValue.Nothing;
    }

    /// <summary>Only if it still is what it was, as is asked for.</summary>
    private RpcValue KeepIfSame(GobValue argument)
    {
        var (key, value) = (argument.TextOf("A"), argument.BytesOf("B"));
        var old = argument["C"]?["OldValue"] is GobValue.BytesValue was ? was.Value : null;
        MeanwhileOthersDo?.Invoke(key);
        var isSame = Keys.TryGetValue(key, out var kept)
            ? old is not null && kept.AsSpan().SequenceEqual(old)
            : old is null;
        if (isSame)
        {
            Keys[key] = value;
        }

        return One("A", GobType.Bool, GobValue.Of(isSame));
    }

    /// <summary>What another server of the cluster does just before a key is set.</summary>
    public Action<string>? MeanwhileOthersDo { get; set; }

    private RpcValue User(string name) =>
        _mattermost!.Users.FirstOrDefault(u => u.Username == name) is { } user
            ? One(
                "A",
                GobType.Struct("User", ("Id", GobType.Text), ("IsBot", GobType.Bool)),
                GobValue.Of(("Id", GobValue.Of(user.Id)), ("IsBot", GobValue.Of(user.IsBot)))
            )
            : RpcValue.Nothing;

    private RpcValue Channel(string id)
    {
        var channel = _mattermost!.GetChannel(id);
        return One(
            "A",
            GobType.Struct(
                "Channel",
                ("Name", GobType.Text),
                ("Type", GobType.Text),
                ("TeamId", GobType.Text)
            ),
            GobValue.Of(
                ("Name", GobValue.Of(channel.Name)),
                ("Type", GobValue.Of(channel.Type)),
                ("TeamId", GobValue.Of(channel.TeamId))
            )
        );
    }

    private RpcValue Config() =>
        One(
            "A",
            GobType.Struct(
                "Config",
                (
                    "ServiceSettings",
                    GobType.Struct(
                        "ServiceSettings",
                        ("ListenAddress", GobType.Text),
                        ("SiteURL", GobType.Text)
                    )
                ),
                ("FileSettings", GobType.Struct("FileSettings", ("Directory", GobType.Text))),
                ("ClusterSettings", GobType.Struct("ClusterSettings", ("Enable", GobType.Bool)))
            ),
            GobValue.Of(
                (
                    "ServiceSettings",
                    GobValue.Of(
                        ("ListenAddress", GobValue.Of(_mattermost!.Url.Authority)),
                        ("SiteURL", GobValue.Of(_mattermost.Url.AbsoluteUri))
                    )
                ),
                ("FileSettings", GobValue.Of(("Directory", GobValue.Of(DataDirectory)))),
                ("ClusterSettings", GobValue.Of(("Enable", GobValue.Of(IsCluster))))
            )
        );

    private static RpcValue One(string field, GobType type, GobValue value) =>
        new(GobType.Struct("Z_Returns", (field, type)), GobValue.Of((field, value)));

    private static GobValue.MapValue Map(IReadOnlyDictionary<string, string> pairs) =>
        new([.. pairs.Select(p => KeyValuePair.Create(GobValue.Of(p.Key), GobValue.Of(p.Value)))]);
}
