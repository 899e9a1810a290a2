namespace Mattermost.Simulator;

/// <summary>Channels and who is in them.</summary>
internal sealed class Channels(World world)
{
    private readonly Dictionary<string, Channel> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string TeamId, string Name), string> byName = [];
    private readonly Dictionary<string, Dictionary<string, Member>> members = new(
        StringComparer.Ordinal
    );
    private readonly Dictionary<string, HashSet<string>> ofUser = new(StringComparer.Ordinal);

    public const string Default = "town-square";

    public Channel Create(Channel draft)
    {
        lock (world.Gate)
        {
            if (byName.ContainsKey((draft.TeamId, draft.Name)))
            {
                throw Refuse.With("store.sql_channel.save_channel.exists.app_error", 400);
            }

            var channel = draft with { CreateAt = world.Now, UpdateAt = world.Now };
            byId.Add(channel.Id, channel);
            byName.Add((channel.TeamId, channel.Name), channel.Id);
            members.Add(channel.Id, new(StringComparer.Ordinal));
            world.Posts.Open(channel.Id);
            world.Changes.Signal();
            return channel;
        }
    }

    public void CreateDefaults(Team team, string creatorId)
    {
        foreach (
            var (name, display) in (ReadOnlySpan<(string, string)>)
                [(Default, "Town Square"), ("off-topic", "Off-Topic")]
        )
        {
            Create(
                new Channel
                {
                    Id = Ids.New(),
                    Type = "O",
                    Name = name,
                    DisplayName = display,
                    TeamId = team.Id,
                    CreatorId = creatorId,
                }
            );
        }
    }

    public void JoinDefaults(Team team, User user)
    {
        foreach (var name in (ReadOnlySpan<string>)[Default, "off-topic"])
        {
            if (FindByName(team.Id, name) is { } channel)
            {
                Join(channel, user, asAdmin: false);
            }
        }
    }

    public Channel? Find(string? id)
    {
        lock (world.Gate)
        {
            return id is not null && byId.TryGetValue(id, out var channel) ? channel : null;
        }
    }

    public Channel Get(string? id) => Find(id) ?? throw Refuse.NoChannel();

    public Channel? FindByName(string teamId, string name)
    {
        lock (world.Gate)
        {
            return byName.TryGetValue((teamId, name), out var id) ? byId[id] : null;
        }
    }

    public IReadOnlyList<Channel> All()
    {
        lock (world.Gate)
        {
            return [.. byId.Values];
        }
    }

    public Channel Change(string id, Func<Channel, Channel> change)
    {
        lock (world.Gate)
        {
            var old = Get(id);
            var changed = change(old);
            if (changed.Name != old.Name)
            {
                if (byName.ContainsKey((old.TeamId, changed.Name)))
                {
                    throw Refuse.With("store.sql_channel.save_channel.exists.app_error", 400);
                }

                byName.Remove((old.TeamId, old.Name));
                byName.Add((old.TeamId, changed.Name), id);
            }

            byId[id] = changed;
            world.Changes.Signal();
            return changed;
        }
    }

    public Member? Membership(string channelId, string userId)
    {
        lock (world.Gate)
        {
            return members.TryGetValue(channelId, out var inside)
                ? inside.GetValueOrDefault(userId)
                : null;
        }
    }

    public IReadOnlyList<Member> MembersOf(string channelId)
    {
        lock (world.Gate)
        {
            return members.TryGetValue(channelId, out var inside) ? [.. inside.Values] : [];
        }
    }

    public IReadOnlyList<Channel> Of(string userId)
    {
        lock (world.Gate)
        {
            return ofUser.TryGetValue(userId, out var ids) ? [.. ids.Select(id => byId[id])] : [];
        }
    }

    public Member Join(Channel channel, User user, bool asAdmin)
    {
        lock (world.Gate)
        {
            var member = new Member(user.Id, asAdmin, user.IsGuest, world.Now);
            members[channel.Id][user.Id] = member;
            if (!ofUser.TryGetValue(user.Id, out var ids))
            {
                ofUser.Add(user.Id, ids = new(StringComparer.Ordinal));
            }

            ids.Add(channel.Id);
            world.Changes.Signal();
            return member;
        }
    }

    public void Leave(string channelId, string userId)
    {
        lock (world.Gate)
        {
            members[channelId].Remove(userId);
            ofUser.GetValueOrDefault(userId)?.Remove(channelId);
            world.Changes.Signal();
        }
    }

    public void LeaveAllOf(Team team, string userId)
    {
        foreach (var channel in Of(userId).Where(c => c.TeamId == team.Id))
        {
            Leave(channel.Id, userId);
        }
    }

    public Channel Direct(User one, User other)
    {
        var ids = new[] { one.Id, other.Id }.Order(StringComparer.Ordinal).ToArray();
        return Personal(
            "D",
            ids[0] + "__" + ids[1],
            "",
            one,
            one.Id == other.Id ? [one] : [one, other]
        );
    }

    public Channel Group(User creator, IReadOnlyList<User> users)
    {
        var ids = string.Concat(users.Select(u => u.Id).Order(StringComparer.Ordinal));
        var display = string.Join(
            ", ",
            users.Select(u => u.Username).Order(StringComparer.Ordinal)
        );
        // Mattermost names a group channel by the SHA-1 of its members' ids; nothing secret hangs on it.
#pragma warning disable CA5350
        var name = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA1.HashData(System.Text.Encoding.UTF8.GetBytes(ids))
        );
#pragma warning restore CA5350
        return Personal("G", name, display, creator, users);
    }

    private Channel Personal(
        string type,
        string name,
        string display,
        User creator,
        IReadOnlyList<User> users
    )
    {
        lock (world.Gate)
        {
            if (FindByName("", name) is { } existing)
            {
                return existing;
            }

            var channel = Create(
                new Channel
                {
                    Id = Ids.New(),
                    Type = type,
                    Name = name,
                    DisplayName = display,
                    CreatorId = creator.Id,
                }
            );
            foreach (var user in users)
            {
                Join(channel, user, asAdmin: false);
            }

            return channel;
        }
    }
}
