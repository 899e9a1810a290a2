using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace Mattermost.Simulator;

public sealed partial class MattermostSimulator
{
    private readonly ConcurrentDictionary<string, Person> clients = new(StringComparer.Ordinal);

    /// <summary>Adds a team with its default channels; the administrator is in it.</summary>
    public Team AddTeam(string name, string? displayName = null)
    {
        var team = world.Teams.Create(name, displayName ?? name, "O", Admin.Id);
        world.Teams.Join(team, Admin, asAdmin: true);
        return team;
    }

    /// <summary>Adds a user to a team (by name; the first one when left out) and to its default channels, without system messages.</summary>
    public User AddUser(
        string username,
        string? team = null,
        string roles = "system_user",
        string? timezone = null,
        string locale = "en",
        string password = DefaultPassword,
        string firstName = "",
        string lastName = "",
        bool teamAdmin = false,
        string? id = null
    )
    {
        var user = world.Users.Create(
            new User
            {
                Id = id ?? Ids.New(),
                Username = username,
                Email = username + "@example.test",
                Password = password,
                Roles = roles,
                Locale = locale,
                FirstName = firstName,
                LastName = lastName,
                Timezone = timezone is null
                    ? new UserTimezone()
                    : new UserTimezone("false", ManualTimezone: timezone),
            }
        );
        var into = team is null ? FirstTeam : TeamNamed(team);
        if (into is not null)
        {
            world.Teams.Join(into, user, teamAdmin);
        }

        return user;
    }

    /// <summary>Adds a bot to a team (the first one when left out) and returns its access token.</summary>
    public (User Bot, string Token) AddBot(string username, string? team = null, string? id = null)
    {
        var bot = world.Users.Create(
            new User
            {
                Id = id ?? Ids.New(),
                Username = username,
                Email = username + "@localhost",
                IsBot = true,
                BotOwnerId = Admin.Id,
            }
        );
        var into = team is null ? FirstTeam : TeamNamed(team);
        if (into is not null)
        {
            world.Teams.Join(into, bot, asAdmin: false);
        }

        return (bot, world.Sessions.CreateAccessToken(bot, "seeded").Token);
    }

    /// <summary>Adds a channel to a team (the first one when left out): O for public, P for private; members by name.</summary>
    public Channel AddChannel(
        string name,
        string? team = null,
        string type = "O",
        string? displayName = null,
        params ReadOnlySpan<string> members
    )
    {
        var into = team is null ? world.Teams.All()[0] : TeamNamed(team);
        var channel = world.Channels.Create(
            new Channel
            {
                Id = Ids.New(),
                Type = type,
                Name = name,
                DisplayName = displayName ?? name,
                TeamId = into.Id,
                CreatorId = Admin.Id,
            }
        );
        foreach (var member in members)
        {
            Join(channel.Id, member);
        }

        return channel;
    }

    /// <summary>Adds a channel with an id that is known already; as <see cref="AddChannel"/>.</summary>
    public Channel AddKnownChannel(string id, string name, params ReadOnlySpan<string> members)
    {
        var channel = world.Channels.Create(
            new Channel
            {
                Id = id,
                Type = "O",
                Name = name,
                DisplayName = name,
                TeamId = world.Teams.All()[0].Id,
                CreatorId = Admin.Id,
            }
        );
        foreach (var member in members)
        {
            Join(channel.Id, member);
        }

        return channel;
    }

    /// <summary>Adds a message with an id that is known already: one from before.</summary>
    public Post AddKnownPost(
        string id,
        string channel,
        string user,
        string message,
        string root = ""
    )
    {
        var place = ChannelNamed(channel);
        var author = UserNamed(user);
        return world.Posts.Create(
            new Post
            {
                Id = id,
                ChannelId = place.Id,
                UserId = author.Id,
                RootId = root,
                Message = message,
            },
            author,
            place,
            triggersHooks: false
        );
    }

    /// <summary>Puts a user into a channel, without a system message.</summary>
    public void Join(string channel, string user) =>
        world.Channels.Join(ChannelNamed(channel), UserNamed(user), asAdmin: false);

    /// <summary>Takes a user out of a channel, without a system message.</summary>
    public void Leave(string channel, string user) =>
        world.Channels.Leave(ChannelNamed(channel).Id, UserNamed(user).Id);

    /// <summary>The direct channel of two users, made when it is not there yet.</summary>
    public Channel DirectChannel(string one, string other) =>
        world.Channels.Direct(UserNamed(one), UserNamed(other));

    /// <summary>Changes a user as if somebody had edited the profile: time zone, locale, name, roles.</summary>
    public User ChangeUser(string user, Func<User, User> change) =>
        world.Users.Change(UserNamed(user).Id, change);

    /// <summary>Makes a guest a member, as Mattermost does it: the account, and the places in teams.</summary>
    public User Promote(string user)
    {
        var member = ChangeUser(user, u => u with { Roles = "system_user" });
        foreach (var team in world.Teams.Of(member.Id).ToList())
        {
            world.Teams.Leave(team, member.Id);
            world.Teams.Join(team, member, asAdmin: false);
        }

        return member;
    }

    /// <summary>Deactivates or reactivates a user.</summary>
    public User SetActive(string user, bool active) =>
        world.Users.SetActive(UserNamed(user).Id, active);

    /// <summary>Sets a user's status by hand: online, away, dnd, offline, ooo.</summary>
    public void SetStatus(string user, string status, DateTimeOffset? dndUntil = null) =>
        world.Statuses.Set(
            UserNamed(user).Id,
            status,
            manual: true,
            dndUntil?.ToUnixTimeSeconds() ?? 0
        );

    /// <summary>Sets what a user says they are doing; it ends when it is said to, or never.</summary>
    public void SetCustomStatus(
        string user,
        string text,
        string emoji = "calendar",
        DateTimeOffset? until = null
    ) =>
        world.Users.Change(
            UserNamed(user).Id,
            u =>
                u with
                {
                    CustomStatus = CustomStatus.Json(world.Version, emoji, text, null, until),
                }
        );

    /// <summary>
    /// From now on only administrators may do this, whatever the roles of others say; a permission as Mattermost names it:
    /// <c>create_private_channel</c>.
    /// </summary>
    public void Forbid(string permission) => world.Forbidden[permission] = true;

    /// <summary>Ends <see cref="Forbid"/>.</summary>
    public void Allow(string permission) => world.Forbidden.TryRemove(permission, out _);

    /// <summary>Archives a channel, without a system message.</summary>
    public void Archive(string channel) =>
        ChannelEvents.Deleted(
            world,
            world.Channels.Change(
                ChannelNamed(channel).Id,
                c => c with { DeleteAt = world.Now, UpdateAt = world.Now }
            )
        );

    /// <summary>Gives a channel another name in links, without a system message.</summary>
    public void Rename(string channel, string name) =>
        ChannelEvents.Updated(
            world,
            world.Channels.Change(
                ChannelNamed(channel).Id,
                c => c with { Name = name, UpdateAt = world.Now }
            )
        );

    /// <summary>Makes a public channel private (P), or a private one public (O), as an administrator can.</summary>
    public void Convert(string channel, string type)
    {
        var converted = world.Channels.Change(
            ChannelNamed(channel).Id,
            c => c with { Type = type, UpdateAt = world.Now }
        );
        world.Hub.Publish(
            "channel_converted",
            Audience.Team(converted.TeamId),
            () => new() { ["channel_id"] = converted.Id }
        );
    }

    /// <summary>Takes a user out of a team (the first one when left out) and its channels.</summary>
    public void LeaveTeam(string user, string? team = null) =>
        world.Teams.Leave(
            team is null ? world.Teams.All()[0] : TeamNamed(team),
            UserNamed(user).Id
        );

    /// <summary>Creates a slash command in a team (the first one when left out); its token is in the result.</summary>
    public Command AddCommand(string trigger, Uri url, string? team = null, string username = "") =>
        world.Commands.Create(
            new Command
            {
                Trigger = trigger,
                Url = url.AbsoluteUri,
                TeamId = (team is null ? world.Teams.All()[0] : TeamNamed(team)).Id,
                Username = username,
                AutoComplete = true,
            },
            Admin
        );

    /// <summary>Creates an outgoing webhook; its token is in the result.</summary>
    public OutgoingHook AddOutgoingHook(OutgoingHook hook) =>
        world.OutgoingHooks.Create(hook, Admin);

    /// <summary>Creates an incoming webhook for a channel.</summary>
    public IncomingHook AddIncomingHook(string channel, string displayName = "incoming") =>
        world.IncomingHooks.Create(
            new IncomingHook { ChannelId = ChannelNamed(channel).Id, DisplayName = displayName },
            Admin
        );

    /// <summary>Uploads and enables a plugin over REST, as an administrator does.</summary>
    /// <param name="archive">The <c>.tar.gz</c>.</param>
    /// <param name="id">As its manifest says.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="HttpRequestException">It was refused.</exception>
    public async Task InstallPluginAsync(byte[] archive, string id, CancellationToken cancel)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent("true"), "force");
        form.Add(new ByteArrayContent(archive), "plugin", "plugin.tar.gz");
        await Send("/api/v4/plugins", form);
        await Send($"/api/v4/plugins/{Uri.EscapeDataString(id)}/enable", null);

        async Task Send(string path, HttpContent? content)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url, path));
            request.Content = content;
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
            using var response = await http.SendAsync(request, cancel);
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>A client of a user, logged in.</summary>
    public Person As(string user)
    {
        var found = UserNamed(user);
        return clients.GetOrAdd(
            found.Id,
            _ => new Person(world, http, ChannelNamed, found, world.Sessions.Start(found).Token)
        );
    }

    /// <summary>A new session token of a user, as a login gives it.</summary>
    public string TokenOf(string user) => world.Sessions.Start(UserNamed(user)).Token;

    private Team? FirstTeam => world.Teams.All() is [var first, ..] ? first : null;

    private Team TeamNamed(string nameOrId) =>
        world.Teams.Find(nameOrId)
        ?? world.Teams.FindByName(nameOrId)
        ?? throw new ArgumentException($"There is no team '{nameOrId}'.", nameof(nameOrId));

    private User UserNamed(string nameOrId) =>
        world.Users.Find(nameOrId)
        ?? world.Users.FindByName(nameOrId.TrimStart('@'))
        ?? throw new ArgumentException($"There is no user '{nameOrId}'.", nameof(nameOrId));

    private Channel ChannelNamed(string nameOrId) =>
        world.Channels.Find(nameOrId)
        ?? world
            .Teams.All()
            .Select(t => world.Channels.FindByName(t.Id, nameOrId.TrimStart('~')))
            .FirstOrDefault(c => c is not null)
        ?? throw new ArgumentException($"There is no channel '{nameOrId}'.", nameof(nameOrId));
}
