using System.Security.Cryptography;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>
/// Where one test plays: a channel of its own on a shared server, with tam and the engineer in it, a recorder in the
/// sidecar's place, and the things that people and bots do.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly bool _isOwner;
    private readonly List<WebClient> _clients = [];

    private Stage(Cast cast, RecordingEndpoint recorder, bool isOwner)
    {
        Cast = cast;
        Recorder = recorder;
        _isOwner = isOwner;
    }

    public Cast Cast { get; }
    public RecordingEndpoint Recorder { get; }
    public bool IsOld => Cast.IsOld;
    public string TeamId => Cast.TeamId;
    public string ChannelId { get; private set; } = "";
    public string ChannelName { get; private set; } = "";
    public Someone Admin => Cast.Admin;
    public Someone Tam => Cast.Tam;
    public Someone Engineer => Cast.Engineer;

    /// <summary>In the team, but not in the channel.</summary>
    public Someone Lead => Cast.Lead;
    public Someone Bot => Cast.Bot;
    public RestClient Anyone => Cast.Anyone;

    public static async Task<Stage> Open(
        Under server,
        string type = "O",
        bool ownServer = false,
        bool ownClock = true
    )
    {
        var servers = (await TestContext.Current.GetFixture<Servers>())!;
        ownServer = ownServer && server is not Under.Real;
        var cast = ownServer ? await Servers.Fresh(server, ownClock) : await servers.On(server);
        var stage = new Stage(cast, await RecordingEndpoint.Start(), ownServer);
        stage.ChannelName = Unique("c");
        stage.ChannelId = await stage.NewChannel(stage.ChannelName, type);
        return stage;
    }

    /// <summary>A name that nobody else uses.</summary>
    public static string Unique(string start) =>
        start + RandomNumberGenerator.GetHexString(8, lowercase: true);

    /// <summary>A channel with tam and the engineer in it; made by tam, so that it has an owner of flesh.</summary>
    public async Task<string> NewChannel(string name, string type = "O")
    {
        var channel = await Tam.Api.Done(
            HttpMethod.Post,
            "/channels",
            new
            {
                team_id = TeamId,
                name,
                display_name = name,
                type,
            }
        );
        await Invite(channel.Text("id"), Engineer);
        return channel.Text("id");
    }

    public Task Invite(string channel, Someone who) =>
        Tam.Api.Done(HttpMethod.Post, $"/channels/{channel}/members", new { user_id = who.Id });

    /// <summary>A slash command of our own; calls of it arrive at "/command".</summary>
    public async Task<JsonElement> NewCommand(string? trigger = null, object? more = null)
    {
        var body = new Dictionary<string, object?>
        {
            ["team_id"] = TeamId,
            ["trigger"] = trigger ?? Unique("t"),
            ["method"] = "P",
            ["url"] = Recorder.Url("/command"),
        };
        foreach (var property in more?.GetType().GetProperties() ?? [])
        {
            body[property.Name] = property.GetValue(more);
        }

        return await Admin.Api.Done(HttpMethod.Post, "/commands", body);
    }

    /// <summary>Types a command, as a client sends it.</summary>
    public Task<Answered> Types(
        Someone who,
        string text,
        string? channel = null,
        string? root = null
    ) =>
        who.Api.Post(
            "/commands/execute",
            new
            {
                channel_id = channel ?? ChannelId,
                team_id = TeamId,
                command = text,
                root_id = root ?? "",
            }
        );

    /// <summary>Makes a command, has tam type it, and gives what the integration received.</summary>
    public async Task<Called> Command(string arguments = "", Someone? who = null)
    {
        var command = await NewCommand();
        var answer = await Types(who ?? Tam, $"/{command.Text("trigger")}{arguments}");
        answer.Status.ShouldBe(200, answer.Body.GetRawText());
        return await Recorder.Next();
    }

    public Task<Answered> Posts(
        Someone who,
        string message,
        string? channel = null,
        string root = "",
        object? props = null
    ) =>
        who.Api.Post(
            "/posts",
            props is null
                ? new
                {
                    channel_id = channel ?? ChannelId,
                    message,
                    root_id = root,
                }
                : new
                {
                    channel_id = channel ?? ChannelId,
                    message,
                    root_id = root,
                    props,
                }
        );

    /// <summary>Posts, and it must work; gives the post.</summary>
    public async Task<JsonElement> Posted(
        Someone who,
        string message,
        string? channel = null,
        string root = "",
        object? props = null
    )
    {
        var answer = await Posts(who, message, channel, root, props);
        answer.Status.ShouldBe(201, answer.Body.GetRawText());
        return answer.Body;
    }

    public async Task<JsonElement> Post(string id, Someone? reader = null) =>
        (await (reader ?? Tam).Api.Get($"/posts/{id}")).Body;

    /// <summary>The posts of a channel, newest first, as its list endpoint gives them.</summary>
    public async Task<IReadOnlyList<JsonElement>> Read(
        string query = "",
        string? channel = null,
        Someone? reader = null
    )
    {
        var list = await (reader ?? Tam).Api.Done(
            HttpMethod.Get,
            $"/channels/{channel ?? ChannelId}/posts{query}"
        );
        return InOrder(list);
    }

    public static IReadOnlyList<JsonElement> InOrder(JsonElement list) =>
        [.. list.Texts("order").Select(id => list.At("posts." + id)!.Value)];

    /// <summary>What people wrote, oldest first, without Mattermost's own messages.</summary>
    public async Task<IReadOnlyList<JsonElement>> Said(string? channel = null) =>
        [
            .. (await Read(channel: channel))
                .Where(p => !p.Text("type").StartsWith("system_", StringComparison.Ordinal))
                .Reverse(),
        ];

    /// <summary>A card of the bot with a button, a menu of options and a menu of people.</summary>
    public async Task<JsonElement> Card(object? context = null)
    {
        await Invite(ChannelId, Bot);
        return await Posted(Bot, "card", props: CardProps(context));
    }

    public object CardProps(object? context = null)
    {
        var integration = new
        {
            url = Recorder.Url("/action"),
            context = context ?? new { sealed_ = "secret", n = 7 },
        };
        return new
        {
            mark = "kept",
            attachments = new[]
            {
                new
                {
                    title = "ESC-1",
                    text = "body",
                    color = "#ff0000",
                    actions = new object[]
                    {
                        new
                        {
                            id = "ack",
                            name = "Acknowledge",
                            type = "button",
                            style = "primary",
                            integration,
                        },
                        new
                        {
                            id = "sev",
                            name = "Severity",
                            type = "select",
                            options = new[]
                            {
                                new { text = "Sev 1", value = "sev1" },
                                new { text = "Sev 2", value = "sev2" },
                            },
                            integration,
                        },
                        new
                        {
                            id = "assign",
                            name = "Assign",
                            type = "select",
                            data_source = "users",
                            integration,
                        },
                    },
                },
            },
        };
    }

    public static Task<Answered> Clicks(
        Someone who,
        string post,
        string action,
        string? option = null
    ) => who.Api.Post($"/posts/{post}/actions/{action}", new { selected_option = option ?? "" });

    /// <summary>Somebody reacts to a post; what the server answers.</summary>
    public static Task<JsonElement> Reacts(Someone who, string post, string emoji = "eyes") =>
        who.Api.Done(
            HttpMethod.Post,
            "/reactions",
            new
            {
                user_id = who.Id,
                post_id = post,
                emoji_name = emoji,
            }
        );

    /// <summary>Somebody's client, connected.</summary>
    public async Task<WebClient> Client(Someone who)
    {
        var client = await WebClient.Connect(Cast.Server.Url, who.Api.Token);
        _clients.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await Recorder.DisposeAsync();
        if (_isOwner)
        {
            await Cast.DisposeAsync();
        }
    }
}
