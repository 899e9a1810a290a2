namespace Mattermost.Simulator;

/// <summary>Teams and who is in them.</summary>
internal sealed class Teams(World world)
{
    private readonly Dictionary<string, Team> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, Member>> members = new(
        StringComparer.Ordinal
    );

    private readonly HashSet<(string Team, string User)> left = [];

    public Team Create(string name, string displayName, string type, string creatorId)
    {
        lock (world.Gate)
        {
            if (byName.ContainsKey(name))
            {
                throw Refuse.With("app.team.save.existing.app_error", 400);
            }

            var team = new Team
            {
                Id = Ids.New(),
                Name = name,
                DisplayName = displayName,
                Type = type,
                InviteId = Ids.New(),
                CreateAt = world.Now,
                UpdateAt = world.Now,
            };
            byId.Add(team.Id, team);
            byName.Add(name, team.Id);
            members.Add(team.Id, new(StringComparer.Ordinal));
            world.Channels.CreateDefaults(team, creatorId);
            world.Changes.Signal();
            return team;
        }
    }

    public Team? Find(string? id)
    {
        lock (world.Gate)
        {
            return id is not null && byId.TryGetValue(id, out var team) ? team : null;
        }
    }

    public Team? FindByName(string name)
    {
        lock (world.Gate)
        {
            return byName.TryGetValue(name, out var id) ? byId[id] : null;
        }
    }

    public Team Get(string? id) => Find(id) ?? throw Refuse.NoTeam();

    public IReadOnlyList<Team> All()
    {
        lock (world.Gate)
        {
            return [.. byId.Values];
        }
    }

    public Member? Membership(string teamId, string userId)
    {
        lock (world.Gate)
        {
            return members.TryGetValue(teamId, out var team)
                ? team.GetValueOrDefault(userId)
                : null;
        }
    }

    public IReadOnlyList<Member> MembersOf(string teamId)
    {
        lock (world.Gate)
        {
            return members.TryGetValue(teamId, out var team) ? [.. team.Values] : [];
        }
    }

    public IReadOnlyList<Team> Of(string userId)
    {
        lock (world.Gate)
        {
            return
            [
                .. byId.Values.Where(t => t.DeleteAt == 0 && members[t.Id].ContainsKey(userId)),
            ];
        }
    }

    /// <summary>Whether somebody was in a team and is not any more.</summary>
    public bool HasLeft(string teamId, string userId)
    {
        lock (world.Gate)
        {
            return left.Contains((teamId, userId));
        }
    }

    /// <summary>Joining a team joins its default channels.</summary>
    public Member Join(Team team, User user, bool asAdmin)
    {
        lock (world.Gate)
        {
            if (Membership(team.Id, user.Id) is { } already)
            {
                return already;
            }

            var member = new Member(user.Id, asAdmin, user.IsGuest, world.Now);
            members[team.Id].Add(user.Id, member);
            left.Remove((team.Id, user.Id));
            if (!user.IsGuest)
            {
                world.Channels.JoinDefaults(team, user);
            }

            world.Changes.Signal();
            return member;
        }
    }

    public void Leave(Team team, string userId)
    {
        lock (world.Gate)
        {
            if (members[team.Id].Remove(userId))
            {
                left.Add((team.Id, userId));
                world.Hub.Publish(
                    "leave_team",
                    Audience.Team(team.Id),
                    () => new() { ["user_id"] = userId, ["team_id"] = team.Id }
                );
            }

            world.Channels.LeaveAllOf(team, userId);
            world.Changes.Signal();
        }
    }
}
