using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>
/// A user at a client: everything goes over HTTP, through the same code as any client's requests. The client is of
/// the server's age: it shows and sends what Mattermost's own web client of that age does.
/// </summary>
public sealed partial class Person
{
    private readonly World world;
    private readonly ClientConnection connection;
    private readonly Func<string, Channel> channelNamed;
    private string openThread = "";
    private Sight? lastSight;

    internal Person(
        World world,
        HttpClient http,
        Func<string, Channel> channelNamed,
        User user,
        string token
    )
    {
        this.world = world;
        connection = new ClientConnection(world, http, token);
        this.channelNamed = channelNamed;
        User = user;
        Token = token;
        forms = new FormClient(
            world,
            user,
            (path, body) => connection.SendAsync(HttpMethod.Post, path, body),
            Pick,
            () => TeamFor(null),
            () => OnPhone
        );
    }

    public User User { get; }

    /// <summary>
    /// They use a phone's app that has no calendars and no lists that ask or take several: a line of text stands in their
    /// place, and what is typed in it is sent as it is.
    /// </summary>
    public bool OnPhone { get; set; }

    /// <summary>The session token that this client uses.</summary>
    public string Token { get; }

    /// <summary>Opens the thread of a post beside the channel: from now on what is said in it is on the screen.</summary>
    public void OpenThread(string postId) =>
        openThread = world.Posts.Get(postId) is { RootId.Length: > 0 } reply
            ? reply.RootId
            : postId;

    /// <summary>Closes the thread that is open.</summary>
    public void CloseThread() => openThread = "";

    /// <summary>The posts that this person reads in a channel or direct message: with collapsed threads, no replies.</summary>
    public IReadOnlyList<Post> Reads(string channel)
    {
        var where = channelNamed(channel);
        var view = new View(PlaceOf(where), where.Id, "");
        return world.Posts.Read(
            where.Id,
            (timeline, post) =>
                Enumerable
                    .Range(0, timeline.Count)
                    .Select(i => post(timeline[i]))
                    .Where(p => p.DeleteAt == 0 && !p.IsSystemMessage && IsShown(world, view, p))
                    .ToList()
        );
    }

    /// <summary>Types a slash command into a channel, or into a thread of it.</summary>
    public async Task<CommandOutcome> Execute(
        string channel,
        string text,
        string rootId = "",
        string? team = null
    )
    {
        var where = channelNamed(channel);
        var teamId = where.TeamId.Length > 0 ? where.TeamId : TeamFor(team);
        var began = Begin();
        var sent = await connection.SendAsync(
            HttpMethod.Post,
            "/api/v4/commands/execute",
            new
            {
                channel_id = where.Id,
                command = text,
                team_id = teamId,
                root_id = rootId,
            }
        );
        return new CommandOutcome(
            sent.Status,
            sent.Body,
            sent.Error,
            sent.Ephemerals,
            Saw(where, rootId, began, sent)
        );
    }

    private string TeamFor(string? name) =>
        (
            name is not null ? world.Teams.FindByName(name)
            : world.Teams.Of(User.Id) is [var first, ..] ? first
            : null
        )?.Id
        ?? "";

    /// <summary>
    /// Clicks a button or chooses in a menu, named by its id or by its label; an option is named by its value or
    /// text, a user or channel by its id or name.
    /// Works on ephemeral posts too.
    /// </summary>
    public async Task<ClickOutcome> Click(
        string postId,
        string action,
        string? selectedOption = null
    )
    {
        var post =
            world.Posts.Find(postId)
            ?? world.Ephemerals.Of(User.Id).LastOrDefault(e => e.Id == postId);
        var found =
            post?.Actions.FirstOrDefault(a => a.Id == action)
            ?? post?.Actions.FirstOrDefault(a => a.Name == action);
        if (post is not null && found is null)
        {
            var there = string.Join(", ", post.Actions.Select(a => $"{a.Id} '{a.Name}'"));
            throw new ArgumentException(
                $"The post has no button '{action}'; it has: {there}.",
                nameof(action)
            );
        }

        var value =
            found?.Options?.FirstOrDefault(o => o.Text == selectedOption)?.Value
            ?? (selectedOption is null ? null : Pick(found?.DataSource ?? "", selectedOption));
        return await ClickRaw(postId, found?.Id ?? action, value, found?.Cookie);
    }

    /// <summary>Clicks by ids as they are, whether or not a client would show such a button.</summary>
    public async Task<ClickOutcome> ClickRaw(
        string postId,
        string actionId,
        string? selected = null,
        string? cookie = null
    )
    {
        var began = Begin();
        var post =
            world.Posts.FindEvenDeleted(postId)
            ?? world.Ephemerals.Of(User.Id).LastOrDefault(e => e.Id == postId);
        var sent = await connection.SendAsync(
            HttpMethod.Post,
            $"/api/v4/posts/{postId}/actions/{actionId}",
            new { selected_option = selected ?? "", cookie = cookie ?? "" }
        );
        return new ClickOutcome(
            sent.Status,
            sent.Error,
            sent.Ephemerals,
            world.Posts.Find(postId),
            Saw(world.Channels.Find(post?.ChannelId ?? ""), post?.RootId ?? "", began, sent)
        );
    }

    // Clients show names of users and channels, and send their ids.
    private string Pick(string dataSource, string chosen) =>
        dataSource switch
        {
            "users" => world.Users.FindByName(chosen.TrimStart('@'))?.Id ?? chosen,
            "channels" => world.Channels.Find(chosen)?.Id ?? channelNamed(chosen).Id,
            _ => chosen,
        };

    /// <summary>Uploads a file and posts it with a message.</summary>
    public async Task<Post> PostFile(
        string channel,
        string fileName,
        byte[] content,
        string message = ""
    )
    {
        var where = channelNamed(channel).Id;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(where), "channel_id" },
            { new ByteArrayContent(content), "files", fileName },
        };
        var uploaded = await connection.SendAsync(HttpMethod.Post, "/api/v4/files", form);
        var file = uploaded.Error is null
            ? uploaded.Body.Get("file_infos")!.Value[0].Str("id")
            : throw new InvalidOperationException(uploaded.Error.Message);
        var sent = await connection.SendAsync(
            HttpMethod.Post,
            "/api/v4/posts",
            new
            {
                channel_id = where,
                message,
                file_ids = new[] { file },
            }
        );
        return world.Posts.Find(sent.Body.Str("id"))
            ?? throw new InvalidOperationException(sent.Error?.Message);
    }

    /// <summary>Posts a message into a channel, or as a reply.</summary>
    public async Task<Post> Post(string channel, string message, string rootId = "")
    {
        var sent = await connection.SendAsync(
            HttpMethod.Post,
            "/api/v4/posts",
            new
            {
                channel_id = channelNamed(channel).Id,
                message,
                root_id = rootId,
            }
        );
        return world.Posts.Find(Accepted(sent).Str("id"))!;
    }

    /// <summary>Reacts to a post with an emoji, by name without colons.</summary>
    public async Task React(string postId, string emoji) =>
        Accepted(
            await connection.SendAsync(
                HttpMethod.Post,
                "/api/v4/reactions",
                new
                {
                    user_id = User.Id,
                    post_id = postId,
                    emoji_name = emoji,
                }
            )
        );

    /// <summary>Any other request of this user's client; refusals come back as a status, not as an exception.</summary>
    public async Task<(int Status, JsonElement Body)> Request(
        HttpMethod method,
        string path,
        object? body = null
    )
    {
        var sent = await connection.SendAsync(method, path, body);
        return (sent.Status, sent.Body);
    }

    private static JsonElement Accepted(Sent sent) =>
        sent.Error is null ? sent.Body : throw new ClientRefusedException(sent.Error);

    /// <summary>Whether a post is on a screen: with collapsed threads, replies are in the thread only.</summary>
    internal static bool IsShown(World world, View view, Post post) =>
        post.ChannelId == view.ChannelId
        && (
            post.RootId.Length == 0
            || post.RootId == view.ThreadId
            || !world.Config.Current.CollapsesThreads
        );

    private static Place PlaceOf(Channel? channel) =>
        channel is { IsPersonal: true } ? Place.DirectMessage : Place.Channel;

    /// <summary>The next thing begins, and what was seen of the one before is over.</summary>
    private long Begin()
    {
        lastSight?.End();
        return world.Appearances.Last;
    }

    private Sight Saw(Channel? channel, string rootId, long began, Sent sent)
    {
        // Whoever does something in a thread has it open.
        var view = new View(
            rootId.Length > 0 && world.Config.Current.CollapsesThreads
                ? Place.Thread
                : PlaceOf(channel),
            channel?.Id ?? "",
            rootId.Length > 0 ? rootId : openThread
        );
        return lastSight = new Sight(world, view, began, sent);
    }
}
