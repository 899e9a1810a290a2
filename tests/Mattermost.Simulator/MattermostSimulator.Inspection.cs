namespace Mattermost.Simulator;

public sealed partial class MattermostSimulator
{
    /// <summary>The REST requests received, oldest first.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => world.Requests.Snapshot();

    /// <summary>The REST requests received with a token, oldest first.</summary>
    public IReadOnlyList<ReceivedRequest> RequestsWith(string token) =>
        [.. Requests.Where(r => r.Token == token)];

    /// <summary>Forgets the requests received so far.</summary>
    public void ForgetRequests() => world.Requests.Clear();

    /// <summary>Requests and answers that do not fit the description of the REST API. Tests assert that it is empty.</summary>
    public IReadOnlyList<string> Violations => world.Violations.Snapshot();

    /// <summary>What a real server only logs about the dialogs it was asked to open. Tests assert that it is empty.</summary>
    public IReadOnlyList<string> DialogProblems => world.Dialogs.Problems.Snapshot();

    /// <summary>What a real server only logs about answers of outgoing webhooks.</summary>
    public IReadOnlyList<string> WebhookProblems => world.IncomingHooks.Problems.Snapshot();

    /// <summary>The posts of a channel as clients see them, oldest first; Mattermost's own ("… joined") are left out unless asked for.</summary>
    public IReadOnlyList<Post> Posts(string channel, bool withSystemMessages = false) =>
        world.Posts.Read(
            ChannelNamed(channel).Id,
            (timeline, post) =>
                Enumerable
                    .Range(0, timeline.Count)
                    .Select(i => post(timeline[i]))
                    .Where(p => p.DeleteAt == 0 && (withSystemMessages || !p.IsSystemMessage))
                    .ToList()
        );

    /// <summary>The newest post of a channel.</summary>
    public Post LastPost(string channel) => Posts(channel)[^1];

    /// <summary>A post by its id, or null when it does not exist or was deleted.</summary>
    public Post? FindPost(string id) => world.Posts.Find(id);

    /// <summary>The content of a post's only file.</summary>
    public byte[] FileOf(Post post) => [.. world.Files.Of(post).Single().Content];

    /// <summary>The contents of a post's files, in their order.</summary>
    public IReadOnlyList<byte[]> ContentsOf(Post post) =>
        [.. world.Files.Of(post).Select(f => f.Content.ToArray())];

    /// <summary>The names of a post's files.</summary>
    public IReadOnlyList<string> FileNamesOf(Post post) =>
        [.. world.Files.Of(post).Select(f => f.Name)];

    /// <summary>The replies in a thread, oldest first, without the root.</summary>
    public IReadOnlyList<Post> RepliesTo(string rootId) =>
        [.. Posts(world.Posts.Get(rootId).ChannelId).Where(p => p.RootId == rootId)];

    /// <summary>
    /// The names of those who follow a post's thread, or will when somebody replies: only they are told of its replies
    /// on 11.6.
    /// </summary>
    public IReadOnlyList<string> FollowersOf(string rootId) =>
        [
            .. world
                .Threads.FollowersOf(world.Posts.Get(rootId))
                .Select(id => world.Users.Get(id).Username),
        ];

    /// <summary>What no client may ever see: the addresses and contexts behind a post's buttons and menus, by action id.</summary>
    public IReadOnlyDictionary<string, Integration?> HiddenIntegrationsOf(string postId) =>
        world
            .Posts.Get(postId)
            .FullAttachments.SelectMany(a => a.Actions ?? [])
            .ToDictionary(a => a.Id!, a => a.Integration, StringComparer.Ordinal);

    /// <summary>The ephemeral posts that a user was shown, oldest first.</summary>
    public IReadOnlyList<Post> EphemeralsOf(string user) => world.Ephemerals.Of(UserNamed(user).Id);

    /// <summary>The dialog that is open at a user's client, or null.</summary>
    public OpenedDialog? OpenDialogOf(string user) => world.Dialogs.OpenFor(UserNamed(user).Id);

    /// <summary>What the server says it is.</summary>
    public string ServerVersion => world.Options.ServerVersion;

    /// <summary>Whether replies, and answers to presses on a card, are shown in the thread only.</summary>
    public bool CollapsesThreads => world.Config.Current.CollapsesThreads;

    /// <summary>All users, or one by name or id.</summary>
    public IReadOnlyList<User> Users => world.Users.All();

    /// <summary>A user by name or id.</summary>
    public User GetUser(string nameOrId) => UserNamed(nameOrId);

    /// <summary>All teams.</summary>
    public IReadOnlyList<Team> Teams => world.Teams.All();

    /// <summary>All channels, archived and direct ones too.</summary>
    public IReadOnlyList<Channel> Channels => world.Channels.All();

    /// <summary>A channel by name or id.</summary>
    public Channel GetChannel(string nameOrId) => ChannelNamed(nameOrId);

    /// <summary>The links above a channel, the oldest first, on a server with a licence.</summary>
    public IReadOnlyList<Bookmark> BookmarksOf(string channel) =>
        [
            .. world
                .Bookmarks.Values.Where(b =>
                    b.DeleteAt == 0 && b.ChannelId == ChannelNamed(channel).Id
                )
                .OrderBy(b => b.CreateAt)
                .ThenBy(b => b.DisplayName, StringComparer.Ordinal),
        ];

    /// <summary>Somebody puts a link above a channel, or takes one away by its title.</summary>
    public void SetBookmark(string channel, string owner, string title, string? address)
    {
        if (address is null)
        {
            var gone = BookmarksOf(channel).Single(b => b.DisplayName == title);
            world.Bookmarks[gone.Id] = gone with { DeleteAt = world.Now };
            return;
        }

        var made = new Bookmark(
            Ids.New(),
            ChannelNamed(channel).Id,
            world.Users.FindByName(owner)!.Id,
            title,
            address
        )
        {
            CreateAt = world.Now,
        };
        world.Bookmarks[made.Id] = made;
    }

    /// <summary>The names of those in a channel.</summary>
    public IReadOnlyList<string> MembersOf(string channel) =>
        [
            .. world
                .Channels.MembersOf(ChannelNamed(channel).Id)
                .Select(m => world.Users.Get(m.UserId).Username),
        ];

    /// <summary>What stands above a channel.</summary>
    public string ChannelHeader(string channel) => ChannelNamed(channel).Header;

    /// <summary>The pinned posts of a channel, oldest first.</summary>
    public IReadOnlyList<Post> Pinned(string channel) => [.. Posts(channel).Where(p => p.IsPinned)];

    /// <summary>The slash commands of a team.</summary>
    public IReadOnlyList<Command> CommandsOf(string team) => world.Commands.Of(TeamNamed(team).Id);

    /// <summary>All outgoing webhooks.</summary>
    public IReadOnlyList<OutgoingHook> OutgoingHooks => world.OutgoingHooks.All();

    /// <summary>All incoming webhooks.</summary>
    public IReadOnlyList<IncomingHook> IncomingHooks => world.IncomingHooks.All();

    /// <summary>How many WebSocket clients are connected and logged in.</summary>
    public int ConnectedClients => world.Hub.Connected;
}
