using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Chat;

/// <summary>What the product does in the chat, in its own verbs. The one process boundary: Mattermost's REST behind it.</summary>
/// <remarks>Every member throws <see cref="ChatException"/> when the chat does not do it.</remarks>
public interface IChat
{
    /// <summary>Posts as the bot.</summary>
    /// <param name="post">What and where.</param>
    /// <param name="effect">Sent along so that a repetition is recognised, at once and later.</param>
    /// <param name="cancel">Gives up; the outcome is then unknown.</param>
    /// <returns>The post's id; of the first delivery, when this is a repetition that the chat recognised.</returns>
    Task<PostedAt> Post(OutgoingPost post, EffectId effect, CancellationToken cancel);

    /// <summary>Replaces text and card of a post of the bot's own.</summary>
    /// <param name="post">Which post.</param>
    /// <param name="text">Its text from now on.</param>
    /// <param name="card">Its card from now on.</param>
    /// <param name="effect">By this effect the post is found from now on.</param>
    /// <param name="cancel">Gives up; the outcome is then unknown.</param>
    Task Update(
        PostedAt post,
        Markdown text,
        Card? card,
        EffectId effect,
        CancellationToken cancel
    );

    /// <summary>
    /// The bot's post that an effect left in a channel, when an earlier delivery got through after all; also one that
    /// somebody deleted since, unless there is another.
    /// </summary>
    /// <param name="channel">Where to look.</param>
    /// <param name="effect">Which effect.</param>
    /// <param name="since">Not before this time by our clock, UTC.</param>
    /// <param name="cancel">Gives up.</param>
    Task<PostedAt?> FindPost(
        ChannelId channel,
        EffectId effect,
        DateTimeOffset since,
        CancellationToken cancel
    );

    /// <summary>The channel of direct messages between the bot and a person.</summary>
    Task<ChannelId> DirectChannel(UserId person, CancellationToken cancel);

    /// <summary>Opens a dialog for the person to whom the trigger was given.</summary>
    Task OpenDialog(TriggerId trigger, OpenDialog dialog, CancellationToken cancel);

    /// <summary>Answers whoever typed a command where they typed it; nobody else sees it.</summary>
    Task AnswerLater(LateAnswer to, Markdown text, CancellationToken cancel);

    /// <summary>A person's account, or null when there is none with that id.</summary>
    Task<ChatPerson?> FindPerson(UserId person, CancellationToken cancel);

    /// <summary>
    /// The same with what they are in the teams in which the bot is (<see cref="ChatPerson.IsOutside"/>, guests of a team):
    /// what rights depend on.
    /// </summary>
    Task<ChatPerson?> FindMember(UserId person, CancellationToken cancel);

    /// <summary>The accounts with some ids, in any order; ids that nobody has are left out.</summary>
    Task<IReadOnlyList<ChatPerson>> FindAccounts(
        IReadOnlyCollection<UserId> people,
        CancellationToken cancel
    );

    /// <summary>A channel as it is now; null when there is none that the bot may see.</summary>
    Task<ChatChannel?> FindChannel(ChannelId channel, CancellationToken cancel);

    /// <summary>A channel of a team by its name as links have it; null when there is none that the bot may see.</summary>
    Task<ChatChannel?> FindChannelNamed(TeamId team, string name, CancellationToken cancel);

    /// <summary>The accounts with some user names, in any order; names that nobody has are left out.</summary>
    /// <param name="usernames">Without the at sign.</param>
    /// <param name="cancel">Gives up.</param>
    Task<IReadOnlyList<ChatPerson>> FindPeople(
        IReadOnlyCollection<string> usernames,
        CancellationToken cancel
    );

    /// <summary>Uploads a file that is then posted in that channel, with <see cref="OutgoingPost.Files"/>.</summary>
    /// <param name="channel">Where it will be posted.</param>
    /// <param name="name">The file's name as people see it.</param>
    /// <param name="content">Sent from its present position as it is read, never held in memory as a whole; closed afterwards.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ChatException">
    /// <see cref="ChatObstacle.NoFiles"/> or <see cref="ChatObstacle.FileTooLarge"/>: this server does not take it.
    /// </exception>
    Task<FileId> Upload(ChannelId channel, string name, Stream content, CancellationToken cancel);

    /// <summary>
    /// A post with its files, or null when there is none that the bot may read. That the bot may says nothing about
    /// anybody else: ask <see cref="IsMember"/> before telling a person of it.
    /// </summary>
    Task<ChatPost?> ReadPost(PostId post, CancellationToken cancel);

    /// <summary>The posts of a channel with their files, the newest first; empty when the bot may not read it.</summary>
    /// <param name="channel">Whose.</param>
    /// <param name="atMost">So many at the most, up to 200.</param>
    /// <param name="cancel">Gives up.</param>
    Task<IReadOnlyList<ChatPost>> LatestPosts(
        ChannelId channel,
        int atMost,
        CancellationToken cancel
    );

    /// <summary>Copies a file's content as it comes.</summary>
    /// <param name="file">Which file.</param>
    /// <param name="to">Where to; holds a part of the file when this fails.</param>
    /// <param name="atMost">
    /// In bytes. A larger one is refused with <see cref="ChatObstacle.FileTooLarge"/>, whatever its size was said to be.
    /// </param>
    /// <param name="cancel">Gives up.</param>
    Task Download(FileId file, Stream to, long atMost, CancellationToken cancel);

    /// <summary>
    /// Whether somebody is a member of a channel. False also where the bot can't know, since it is no member itself.
    /// </summary>
    Task<bool> IsMember(ChannelId channel, UserId person, CancellationToken cancel);

    /// <summary>What the server says about itself, asked anew.</summary>
    Task<ChatServer> Server(CancellationToken cancel);

    /// <summary>
    /// Opens a channel of the bot's own, or finds the one that an earlier try opened: it is known by
    /// <see cref="NewChannel.Marker"/>. A name that is taken, by an archived channel too, gets <c>-2</c>, <c>-3</c> …
    /// </summary>
    /// <remarks>
    /// Known again is what the bot itself opened, in the same team and under the same name, unless it was archived,
    /// its purpose does not begin with the marker any more, or somebody has removed the bot from it.
    /// </remarks>
    /// <exception cref="ChatException">
    /// <see cref="ChatObstacle.MayNotOpenChannels"/> or <see cref="ChatObstacle.TooManyChannels"/>, among others.
    /// </exception>
    Task<NamedChannel> OpenChannel(NewChannel wanted, CancellationToken cancel);

    /// <summary>Who could read what is posted in a channel; null when the bot can't know.</summary>
    Task<ChatAudience?> Audience(ChannelId channel, CancellationToken cancel);

    /// <summary>
    /// Makes somebody a member of a channel; nothing happens when they are one. Deactivated people and archived
    /// channels are refused, though Mattermost would do it: nobody would ever see it.
    /// </summary>
    /// <exception cref="ChatException">
    /// <see cref="ChatObstacle.MayNotAdd"/>, <see cref="ChatObstacle.NotInTeam"/>, <see cref="ChatObstacle.Archived"/>,
    /// <see cref="ChatObstacle.NoAccount"/>, <see cref="ChatObstacle.TooManyMembers"/>, among others.
    /// </exception>
    Task Admit(ChannelId channel, UserId person, CancellationToken cancel);

    /// <summary>
    /// Sets what stands above a channel, its first 1,024 characters. Does nothing when it stands there already: everybody
    /// sees a note of each change.
    /// </summary>
    /// <exception cref="ChatException">
    /// <see cref="ChatObstacle.MayNotChangeHeader"/> or <see cref="ChatObstacle.Archived"/>, among others.
    /// </exception>
    Task SetHeader(ChannelId channel, Markdown header, CancellationToken cancel);

    /// <summary>Pins a post to its channel; nothing happens when it is pinned.</summary>
    Task Pin(PostedAt post, CancellationToken cancel);

    /// <summary>The links above a channel that the bot has put there.</summary>
    /// <exception cref="ChatException">
    /// <see cref="ChatObstacle.NotOnThisServer"/> where the server has none, or only with a licence.
    /// </exception>
    Task<IReadOnlyList<Bookmark>> Bookmarks(ChannelId channel, CancellationToken cancel);

    /// <summary>Puts a link above a channel, or changes the one whose id it has.</summary>
    /// <returns>With its id.</returns>
    /// <exception cref="ChatException"><see cref="ChatProblem.Missing"/> when somebody has taken it away.</exception>
    Task<Bookmark> Bookmark(ChannelId channel, Bookmark bookmark, CancellationToken cancel);

    /// <summary>Takes a link away that the bot has put above a channel; nothing happens when it is gone.</summary>
    Task RemoveBookmark(ChannelId channel, Bookmark bookmark, CancellationToken cancel);

    /// <summary>
    /// Whether people can be asked something now, as they let Mattermost show it, in the order in which they were asked
    /// about. Who has no account, or a deactivated one, is left out.
    /// </summary>
    Task<IReadOnlyList<ChatPresence>> Presences(
        IReadOnlyCollection<UserId> people,
        CancellationToken cancel
    );
}

/// <summary>A channel to be opened.</summary>
/// <param name="Beside">It is opened in this channel's team; in the bot's first team when that one is a direct message.</param>
/// <param name="Name">Its name in links: <c>sev1-abc-20260131</c>; made to fit what Mattermost takes.</param>
/// <param name="Title">As people see it; cut to 64 characters.</param>
/// <param name="Marker">What it is about, <c>ESC-12</c>: its purpose begins with this, and by this it is known again.</param>
/// <param name="Purpose">What follows the marker in its purpose; cut so that both have 250 characters.</param>
/// <param name="IsPrivate">Only who is added sees it.</param>
public sealed record NewChannel(
    ChannelId Beside,
    string Name,
    string Title,
    string Marker,
    string Purpose,
    bool IsPrivate
)
{
    /// <summary>
    /// What stands above it from the beginning; empty for nothing. Set afterwards, it costs a line of Mattermost's own
    /// among the first messages.
    /// </summary>
    public Markdown Header { get; init; } = Markdown.None;
}

/// <summary>Who could read what is posted in a channel (ASG-4).</summary>
/// <param name="HasGuests">A guest of the server is a member.</param>
/// <param name="IsShared">It is shared with another server, or a member comes from one.</param>
/// <param name="IsDirect">A direct message: only its members read it.</param>
public sealed record ChatAudience(bool HasGuests, bool IsShared, bool IsDirect)
{
    /// <summary>The channel's name in links; empty for direct messages.</summary>
    public string Name { get; init; } = "";

    /// <summary>How many accounts are members; null where nobody counts them.</summary>
    public int? Members { get; init; }

    /// <summary>Whoever belongs to its team can come in without being invited.</summary>
    public bool IsPublic { get; init; }
}

/// <summary>Whether somebody can be asked something, as they let Mattermost show it.</summary>
/// <param name="Person">Who.</param>
/// <param name="Status">Their status.</param>
/// <param name="Until">
/// When <see cref="ChatStatus.DoNotDisturb"/> ends, and with any other status the custom one, UTC; null when nobody
/// knows. Older servers never know when the first ends.
/// </param>
/// <param name="CustomText">The text of their custom status; empty when they set none or it has run out.</param>
/// <param name="CustomEmoji">Its emoji's name, without colons.</param>
public sealed record ChatPresence(
    UserId Person,
    ChatStatus Status,
    DateTimeOffset? Until,
    string CustomText,
    string CustomEmoji
);

/// <summary>A person's status.</summary>
public enum ChatStatus
{
    /// <summary>Mattermost calls it <c>online</c>.</summary>
    Online,

    /// <summary><c>away</c>.</summary>
    Away,

    /// <summary><c>dnd</c>.</summary>
    DoNotDisturb,

    /// <summary><c>ooo</c>: they answer automatically that they are out of office.</summary>
    OutOfOffice,

    /// <summary><c>offline</c>, and whatever a newer server calls otherwise.</summary>
    Offline,
}

/// <summary>A post to be made.</summary>
/// <param name="Channel">Where.</param>
/// <param name="Thread">The first post of the thread it goes into; null for a post of its own.</param>
/// <param name="Text">Its text; may be empty when there is a card.</param>
/// <param name="Card">Its card.</param>
public sealed record OutgoingPost(ChannelId Channel, PostId? Thread, Markdown Text, Card? Card)
{
    /// <summary>Files uploaded to the same channel, each for one post.</summary>
    public ImmutableArray<FileId> Files { get; init; } = [];

    /// <summary>It is marked as urgent where the server has such, and posted all the same where not. No reply is.</summary>
    public bool IsUrgent { get; init; }
}

/// <summary>A post as it is read.</summary>
/// <param name="Id">Which.</param>
/// <param name="Channel">Where it stands.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Message">Its text as it was typed.</param>
/// <param name="Files">What is attached to it.</param>
public sealed record ChatPost(
    PostId Id,
    ChannelId Channel,
    UserId Author,
    string Message,
    ImmutableArray<ChatFile> Files
);

/// <summary>A file of a post.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">As its owner named it.</param>
/// <param name="Size">In bytes.</param>
public sealed record ChatFile(FileId Id, string Name, long Size);

/// <summary>What a server says about itself.</summary>
/// <param name="Site">Where people find it: what links to its posts begin with. Null when nobody has set it.</param>
/// <param name="TakesFiles">Files may be attached to posts.</param>
/// <param name="LargestFile">In bytes; null when it does not say.</param>
public sealed record ChatServer(Uri? Site, bool TakesFiles, long? LargestFile)
{
    /// <summary>Its clients draw lists that ask, calendars and lists of several (DLG-1).</summary>
    public bool DrawsFormsAsApps { get; init; }
}

/// <summary>A person as Mattermost knows them.</summary>
/// <param name="Id">Who.</param>
/// <param name="Username">The name after the at sign.</param>
/// <param name="TimeZone">IANA name of the zone in their profile; null when they set none.</param>
/// <param name="IsBot">Not a person at all.</param>
/// <param name="IsDeactivated">Can't log in any more.</param>
public sealed record ChatPerson(
    UserId Id,
    string Username,
    string? TimeZone,
    bool IsBot,
    bool IsDeactivated
)
{
    /// <summary>A system administrator of the Mattermost server.</summary>
    public bool IsSystemAdmin { get; init; }

    /// <summary>A guest of the Mattermost server, or of a team in which the bot is: the stricter of the two counts.</summary>
    public bool IsGuest { get; init; }

    /// <summary>
    /// A member of no team in which the bot is. Only <see cref="IChat.FindMember"/> tells; administrators of the server
    /// belong to all teams.
    /// </summary>
    public bool IsOutside { get; init; }
}

/// <summary>A channel as it is now.</summary>
/// <param name="Named">Which, by the name it has now; empty for direct messages.</param>
/// <param name="IsArchived">Nobody can write there.</param>
/// <param name="IsPrivate">Only its members see it.</param>
public sealed record ChatChannel(NamedChannel Named, bool IsArchived, bool IsPrivate)
{
    /// <summary>Its name as people read it; empty when the server does not say.</summary>
    public string Title { get; init; } = "";

    /// <summary>The team it belongs to; null for direct and group messages.</summary>
    public TeamId? Team { get; init; }
}

/// <summary>The chat did not do what was asked.</summary>
/// <param name="problem">What kind of problem it is, which decides what happens next.</param>
/// <param name="message">What Mattermost said, for logs and administrators; holds no secret.</param>
public sealed class ChatException(ChatProblem problem, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What kind of problem it is.</summary>
    public ChatProblem Problem { get; } = problem;

    /// <summary>How long Mattermost asked to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What stands in the way, as far as it is known, when it was refused or something is missing.</summary>
    public ChatObstacle Obstacle { get; init; }

    /// <summary>
    /// Somebody answered, if not with a verdict of the chat's: the server failed with it, or something in front of it
    /// does not let it through. Whoever that is may never manage this one.
    /// </summary>
    public bool WasAnswered { get; init; }
}

/// <summary>What stands in the way of a request, so that the person who can remove it can be told how.</summary>
public enum ChatObstacle
{
    /// <summary>Only the message tells.</summary>
    Unknown,

    /// <summary>The bot is not a member of the channel, or may not write there.</summary>
    NotAdmitted,

    /// <summary>The channel is archived.</summary>
    Archived,

    /// <summary>There is no such channel any more.</summary>
    NoChannel,

    /// <summary>The post, or the first post of the thread, was deleted.</summary>
    NoPost,

    /// <summary>The server takes no files: an administrator has switched that off.</summary>
    NoFiles,

    /// <summary>The file is larger than the server, a proxy before it, or whoever asked for it allows.</summary>
    FileTooLarge,

    /// <summary>The bot may not open channels of that kind.</summary>
    MayNotOpenChannels,

    /// <summary>The team has as many channels as it may have.</summary>
    TooManyChannels,

    /// <summary>The bot may not add people to the channel.</summary>
    MayNotAdd,

    /// <summary>The person is not in the channel's team.</summary>
    NotInTeam,

    /// <summary>The person has no account any more.</summary>
    NoAccount,

    /// <summary>The channel has as many members as it may have.</summary>
    TooManyMembers,

    /// <summary>The bot may not change what stands above the channel.</summary>
    MayNotChangeHeader,

    /// <summary>Text or card is longer than the server takes, cut as it is.</summary>
    TooLong,

    /// <summary>This edition or release of the server does not do that: it takes a licence, or another setting.</summary>
    NotOnThisServer,
}

/// <summary>Kinds of problem with the chat.</summary>
public enum ChatProblem
{
    /// <summary>Not reached, or an answer that says nothing about the outcome: it may have happened. Try again, look first.</summary>
    Uncertain,

    /// <summary>Certainly not done, for now: too many requests or a server that is starting. Try again later.</summary>
    Busy,

    /// <summary>Certainly not done, and the same request will not be: no permission, archived channel, gone post.</summary>
    Refused,

    /// <summary>The post, channel or person is gone.</summary>
    Missing,

    /// <summary>The bot's own token is not accepted any more: nothing will work until an administrator mends it.</summary>
    LockedOut,
}

/// <summary>What stood in the way of something in the chat.</summary>
/// <param name="Obstacle">As far as it is known.</param>
/// <param name="Said">What Mattermost said, for an administrator.</param>
public sealed record Hindrance(ChatObstacle Obstacle, string Said);

/// <summary>Somebody who could not be added to a channel.</summary>
public sealed record Unadmitted(UserId Person, Hindrance Why);
