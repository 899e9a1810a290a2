using System.Collections.Frozen;

namespace Mattermost.Simulator;

/// <summary>The custom slash commands of all teams.</summary>
internal sealed class Commands(World world)
{
    private static readonly FrozenSet<string> BuiltIn = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            "away",
            "channel",
            "code",
            "collapse",
            "dnd",
            "echo",
            "expand",
            "groupmsg",
            "header",
            "help",
            "invite",
            "invite_people",
            "join",
            "kick",
            "leave",
            "logout",
            "me",
            "msg",
            "mute",
            "offline",
            "online",
            "open",
            "purpose",
            "remove",
            "rename",
            "search",
            "settings",
            "share-channel",
            "secure-connection",
            "shortcuts",
            "shrug",
            "status",
        ]
    );

    private readonly Dictionary<string, Command> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string TeamId, string Trigger), string> byTrigger = [];

    public Command Create(Command draft, User creator)
    {
        DemandEnabled();
        var command = draft with
        {
            Id = Ids.New(),
            Token = Ids.New(),
            CreatorId = creator.Id,
            CreateAt = world.Now,
            UpdateAt = world.Now,
            DeleteAt = 0,
            PluginId = "",
            Trigger = draft.Trigger.ToLowerInvariant(),
        };
        lock (world.Gate)
        {
            if (
                byTrigger.ContainsKey((command.TeamId, command.Trigger))
                || BuiltIn.Contains(command.Trigger)
            )
            {
                throw Refuse.With("api.command.duplicate_trigger.app_error", 400);
            }

            Check(command);
            byId.Add(command.Id, command);
            byTrigger.Add((command.TeamId, command.Trigger), command.Id);
            world.Changes.Signal();
            return command;
        }
    }

    public void DemandEnabled()
    {
        if (!world.Config.Current.EnableCommands)
        {
            throw Refuse.With("api.command.disabled.app_error", 501);
        }
    }

    private static void Check(Command command)
    {
        if (
            command.Trigger is "" or { Length: > 128 }
            || command.Trigger[0] == '/'
            || command.Trigger.Contains(' ', StringComparison.Ordinal)
        )
        {
            throw Refuse.With("model.command.is_valid.trigger.app_error", 400);
        }

        if (command.Url is "" or { Length: > 1024 })
        {
            throw Refuse.With("model.command.is_valid.url.app_error", 400);
        }

        if (!IsHttpUrl(command.Url))
        {
            throw Refuse.With("model.command.is_valid.url_http.app_error", 400);
        }

        if (command.Method is not ("P" or "G"))
        {
            throw Refuse.With("model.command.is_valid.method.app_error", 400);
        }
    }

    public static bool IsHttpUrl(string url) =>
        (
            url.StartsWith("http://", StringComparison.Ordinal)
            || url.StartsWith("https://", StringComparison.Ordinal)
        ) && Uri.TryCreate(url, UriKind.Absolute, out _);

    public Command? Find(string? id)
    {
        lock (world.Gate)
        {
            return id is not null && byId.TryGetValue(id, out var command) ? command : null;
        }
    }

    public Command? FindByTrigger(string teamId, string trigger)
    {
        lock (world.Gate)
        {
            return byTrigger.TryGetValue((teamId, trigger), out var id) ? byId[id] : null;
        }
    }

    public IReadOnlyList<Command> Of(string teamId)
    {
        lock (world.Gate)
        {
            return [.. byId.Values.Where(c => c.TeamId == teamId)];
        }
    }

    public Command Update(Command old, Command wanted)
    {
        var updated = wanted with
        {
            Id = old.Id,
            Token = old.Token,
            CreateAt = old.CreateAt,
            UpdateAt = world.Now,
            DeleteAt = old.DeleteAt,
            CreatorId = old.CreatorId,
            PluginId = old.PluginId,
            TeamId = old.TeamId,
            Trigger = wanted.Trigger.ToLowerInvariant(),
        };
        Check(updated);
        return Replace(old, updated);
    }

    public Command RegenerateToken(Command old) =>
        Replace(old, old with { Token = Ids.New(), UpdateAt = world.Now });

    private Command Replace(Command old, Command updated)
    {
        lock (world.Gate)
        {
            byTrigger.Remove((old.TeamId, old.Trigger));
            byTrigger[(updated.TeamId, updated.Trigger)] = updated.Id;
            byId[updated.Id] = updated;
            world.Changes.Signal();
            return updated;
        }
    }

    public void Delete(Command command)
    {
        lock (world.Gate)
        {
            byId.Remove(command.Id);
            byTrigger.Remove((command.TeamId, command.Trigger));
            world.Changes.Signal();
        }
    }
}
