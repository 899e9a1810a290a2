using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Mattermost.Plugin.Rpc;

namespace Sidecar.Mattermost.Plugin;

/// <summary>
/// What is asked of Mattermost beside its REST API: only what that has not, or what has to be known before there is a
/// token for it.
/// </summary>
internal sealed class PluginApi(RpcClient calls, RpcClient database)
{
    /// <summary>Makes a slash command ours, in all teams.</summary>
    public async Task RegisterCommand(GobValue command, CancellationToken cancel) =>
        Check(await Ask("RegisterCommand", PluginTypes.Command, cancel, command), "A");

    /// <summary>The plugin's own settings, as JSON. The server writes their names in small letters.</summary>
    public async Task<byte[]> LoadPluginConfiguration(CancellationToken cancel) =>
        (await Ask("LoadPluginConfiguration", cancel)).BytesOf("A");

    /// <summary>The server's settings, without what is secret.</summary>
    public async Task<GobValue> GetConfig(CancellationToken cancel) =>
        (await Ask("GetConfig", cancel))["A"] ?? GobValue.Empty;

    /// <summary>The server's settings with what is secret: asked for only where the database's address is needed.</summary>
    public async Task<GobValue> GetUnsanitizedConfig(CancellationToken cancel) =>
        (await Ask("GetUnsanitizedConfig", cancel))["A"] ?? GobValue.Empty;

    public async Task<string> GetServerVersion(CancellationToken cancel) =>
        (await Ask("GetServerVersion", cancel)).TextOf("A");

    public async Task<string> GetBundlePath(CancellationToken cancel) =>
        (await Ask("GetBundlePath", cancel)).TextOf("A");

    /// <summary>A line in the server's log; null when the server does not know this level.</summary>
    public Task Log(string method, string line, CancellationToken cancel) =>
        Ask(method, PluginTypes.Log, cancel, GobValue.Of(line));

    public async Task<byte[]?> KVGet(string key, CancellationToken cancel)
    {
        var answer = await Ask("KVGet", PluginTypes.OneText, cancel, GobValue.Of(key));
        Check(answer, "B");
        return answer["A"] is GobValue.BytesValue found ? found.Value : null;
    }

    public async Task KVSet(string key, byte[] value, CancellationToken cancel) =>
        Check(
            await Ask(
                "KVSet",
                PluginTypes.KeyAndBytes,
                cancel,
                GobValue.Of(key),
                GobValue.Of(value)
            ),
            "A"
        );

    /// <summary>Sets a key only if it is still what it was; false when somebody else was first.</summary>
    public async Task<bool> KVCompareAndSet(
        string key,
        byte[]? old,
        byte[] value,
        CancellationToken cancel
    )
    {
        var options = GobValue.Of(
            ("Atomic", GobValue.Of(true)),
            ("OldValue", old is null ? null : GobValue.Of(old))
        );
        var answer = await Ask(
            "KVSetWithOptions",
            PluginTypes.KeyBytesOptions,
            cancel,
            GobValue.Of(key),
            GobValue.Of(value),
            options
        );
        Check(answer, "B");
        return answer.BoolOf("A");
    }

    /// <summary>The account of a name; null when there is none.</summary>
    public async Task<(string Id, bool IsBot)?> GetUserByUsername(
        string name,
        CancellationToken cancel
    )
    {
        var answer = await Ask("GetUserByUsername", PluginTypes.OneText, cancel, GobValue.Of(name));
        return answer["A"] is { } user ? (user.TextOf("Id"), user.BoolOf("IsBot")) : null;
    }

    /// <summary>A channel's name, its team, and whether it is a direct or group message, which has no team.</summary>
    public async Task<(string Name, string Team, bool IsDirect)> GetChannel(
        string id,
        CancellationToken cancel
    )
    {
        var answer = await Ask("GetChannel", PluginTypes.OneText, cancel, GobValue.Of(id));
        Check(answer, "B");
        var channel = answer["A"] ?? GobValue.Empty;
        return (
            channel.TextOf("Name"),
            channel.TextOf("TeamId"),
            channel.TextOf("Type") is "D" or "G"
        );
    }

    /// <summary>Where the slash commands of a trigger go that somebody has set up by hand or by a program.</summary>
    public async Task<IReadOnlyList<string>> CustomCommands(
        string team,
        string trigger,
        CancellationToken cancel
    )
    {
        var answer = await Ask(
            "ListCustomCommands",
            PluginTypes.OneText,
            cancel,
            GobValue.Of(team)
        );
        Check(answer, "B");
        return answer["A"] is GobValue.ListValue commands
            ?
            [
                .. commands
                    .Items.Where(c => c.TextOf("Trigger") == trigger)
                    .Select(c => c.TextOf("URL")),
            ]
            : [];
    }

    /// <summary>The ids of all teams.</summary>
    public async Task<IReadOnlyList<string>> GetTeams(CancellationToken cancel)
    {
        var answer = await Ask("GetTeams", cancel);
        Check(answer, "B");
        return answer["A"] is GobValue.ListValue teams
            ? [.. teams.Items.Select(t => t.TextOf("Id"))]
            : [];
    }

    public async Task CreateTeamMember(string team, string user, CancellationToken cancel) =>
        Check(
            await Ask(
                "CreateTeamMember",
                PluginTypes.TwoTexts,
                cancel,
                GobValue.Of(team),
                GobValue.Of(user)
            ),
            "B"
        );

    /// <summary>The plugin's bot, made when it is not there.</summary>
    /// <exception cref="RpcException">The server is too old to know how.</exception>
    public async Task<string> EnsureBotUser(
        string name,
        string shown,
        string about,
        CancellationToken cancel
    )
    {
        var answer = await Ask("EnsureBotUser", PluginTypes.Bot, cancel, Bot(name, shown, about));
        Check(answer, "B");
        return answer.TextOf("A");
    }

    public async Task<string> CreateBot(
        string name,
        string shown,
        string about,
        CancellationToken cancel
    )
    {
        var answer = await Ask("CreateBot", PluginTypes.Bot, cancel, Bot(name, shown, about));
        Check(answer, "B");
        return answer["A"]?.TextOf("UserId") ?? "";
    }

    /// <summary>A new access token of an account, and its id.</summary>
    /// <exception cref="RpcException">The server is too old to know how.</exception>
    public async Task<(string Id, string Token)> CreateUserAccessToken(
        string user,
        string label,
        CancellationToken cancel
    )
    {
        var answer = await Ask(
            "CreateUserAccessToken",
            PluginTypes.AccessToken,
            cancel,
            GobValue.Of(("UserId", GobValue.Of(user)), ("Description", GobValue.Of(label)))
        );
        Check(answer, "B");
        return (answer["A"]?.TextOf("Id") ?? "", answer["A"]?.TextOf("Token") ?? "");
    }

    /// <summary>Takes an access token away.</summary>
    /// <exception cref="RpcException">The server is too old to know how.</exception>
    public async Task RevokeUserAccessToken(string id, CancellationToken cancel) =>
        Check(
            await Ask("RevokeUserAccessToken", PluginTypes.OneText, cancel, GobValue.Of(id)),
            "A"
        );

    /// <summary>Shows a message to one person only; it is gone when they reload.</summary>
    public Task SendEphemeralPost(
        string to,
        string by,
        string channel,
        string root,
        string message,
        CancellationToken cancel
    ) =>
        Ask(
            "SendEphemeralPost",
            PluginTypes.EphemeralPost,
            cancel,
            GobValue.Of(to),
            GobValue.Of(
                ("UserId", GobValue.Of(by)),
                ("ChannelId", GobValue.Of(channel)),
                ("RootId", GobValue.Of(root)),
                ("Message", GobValue.Of(message))
            )
        );

    /// <summary>Tells all browsers of one person; nothing is in it. In the browser its name has the plugin's id in front.</summary>
    public Task PublishWebSocketEvent(string name, string user, CancellationToken cancel) =>
        Ask(
            "PublishWebSocketEvent",
            PluginTypes.SocketEvent,
            cancel,
            GobValue.Of(name),
            // Empty, and there: some of the web app's own code looks into it.
            new GobValue.MapValue([]),
            GobValue.Of(("UserId", GobValue.Of(user)))
        );

    /// <summary>Tells the other servers of the cluster. That it arrives is not certain.</summary>
    public async Task PublishPluginClusterEvent(string id, string data, CancellationToken cancel) =>
        Check(
            await Ask(
                "PublishPluginClusterEvent",
                PluginTypes.ClusterEvent,
                cancel,
                GobValue.Of(
                    ("Id", GobValue.Of(id)),
                    ("Data", GobValue.Of(System.Text.Encoding.UTF8.GetBytes(data)))
                ),
                GobValue.Of(("SendType", GobValue.Of("best_effort")))
            ),
            "A"
        );

    /// <summary>Runs one statement on the server's database.</summary>
    public async Task Sql(string statement, CancellationToken cancel)
    {
        var opened = await database.Call(
            "Plugin.Conn",
            new RpcValue(GobType.Bool, GobValue.Of(true)),
            cancel
        );
        Check(opened, "B");
        var connection = GobValue.Of(opened.TextOf("A"));
        try
        {
            var done = await database.Call(
                "Plugin.ConnExec",
                new RpcValue(
                    PluginTypes.Sql,
                    GobValue.Of(("A", connection), ("B", GobValue.Of(statement)))
                ),
                cancel
            );
            Check(done, "B");
        }
        finally
        {
            await database.Call("Plugin.ConnClose", new RpcValue(GobType.Text, connection), cancel);
        }
    }

    private Task<GobValue> Ask(string method, CancellationToken cancel) =>
        calls.Call($"Plugin.{method}", RpcValue.Nothing, cancel);

    private Task<GobValue> Ask(
        string method,
        GobType type,
        CancellationToken cancel,
        params ReadOnlySpan<GobValue> arguments
    )
    {
        var fields = new Dictionary<string, GobValue>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i++)
        {
            fields.Add(((char)('A' + i)).ToString(), arguments[i]);
        }

        return calls.Call(
            $"Plugin.{method}",
            new RpcValue(type, new GobValue.StructValue(fields)),
            cancel
        );
    }

    private static GobValue Bot(string name, string shown, string about) =>
        GobValue.Of(
            ("Username", GobValue.Of(name)),
            ("DisplayName", GobValue.Of(shown)),
            ("Description", GobValue.Of(about))
        );

    /// <summary>An error stands in a field of its own, as the server's own kind or as a plain sentence.</summary>
    private static void Check(GobValue answer, string field)
    {
        if (answer[field]?.Held is { } error)
        {
            var said = string.Join(
                ": ",
                new[]
                {
                    error.TextOf("Message"),
                    error.TextOf("DetailedError"),
                    error.TextOf("Err"),
                }.Where(t => t.Length > 0)
            );
            throw new PluginApiException(said.Length > 0 ? said : error.TextOf("Id"));
        }
    }
}

/// <summary>Mattermost understood what was asked and says why it did not do it.</summary>
internal sealed class PluginApiException(string message) : Exception(message);
