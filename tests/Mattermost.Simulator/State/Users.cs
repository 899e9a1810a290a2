using System.Text.RegularExpressions;

namespace Mattermost.Simulator;

/// <summary>Users and bots.</summary>
internal sealed partial class Users(World world)
{
    private readonly Dictionary<string, User> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> byName = new(StringComparer.Ordinal);

    public User Create(User user)
    {
        lock (world.Gate)
        {
            if (!ValidName().IsMatch(user.Username))
            {
                throw Refuse.With(
                    user.IsBot
                        ? "model.bot.is_valid.username.app_error"
                        : "model.user.is_valid.username.app_error",
                    400
                );
            }

            if (byName.ContainsKey(user.Username))
            {
                throw Refuse.With("app.user.save.username_exists.app_error", 400);
            }

            var created = user with { CreateAt = world.Now, UpdateAt = world.Now };
            byId.Add(created.Id, created);
            byName.Add(created.Username, created.Id);
            world.Changes.Signal();
            return created;
        }
    }

    public User? Find(string? id)
    {
        lock (world.Gate)
        {
            return id is not null && byId.TryGetValue(id, out var user) ? user : null;
        }
    }

    public User? FindByName(string name)
    {
        lock (world.Gate)
        {
            return byName.TryGetValue(name.ToLowerInvariant(), out var id) ? byId[id] : null;
        }
    }

    public User Get(string? id) => Find(id) ?? throw Refuse.NoUser();

    public User Bot(string id) =>
        Find(id) is { IsBot: true } bot
            ? bot
            : throw Refuse.With("store.sql_bot.get.missing.app_error", 404);

    public IReadOnlyList<User> All()
    {
        lock (world.Gate)
        {
            return [.. byId.Values.OrderBy(u => u.Username, StringComparer.Ordinal)];
        }
    }

    public User Change(string id, Func<User, User> change)
    {
        lock (world.Gate)
        {
            var old = Get(id);
            var changed = change(old) with { UpdateAt = world.Now };
            if (changed.Username != old.Username)
            {
                if (byName.ContainsKey(changed.Username))
                {
                    throw Refuse.With("app.user.save.username_exists.app_error", 400);
                }

                byName.Remove(old.Username);
                byName.Add(changed.Username, id);
            }

            byId[id] = changed;
            world.Changes.Signal();
            Tell(old, changed);
            return changed;
        }
    }

    /// <summary>Of new roles only the user hears; of everything else everybody.</summary>
    private void Tell(User old, User changed)
    {
        if (changed.Roles != old.Roles)
        {
            world.Hub.Publish(
                "user_role_updated",
                Audience.User(changed.Id),
                () => new() { ["user_id"] = changed.Id, ["roles"] = changed.Roles }
            );
        }

        if (changed with { Roles = old.Roles, UpdateAt = old.UpdateAt } != old)
        {
            TellProfile(changed);
        }
    }

    private void TellProfile(User changed)
    {
        if (!world.Version.TellsOneselfApart)
        {
            Tell(new Audience(), viewer: null);
            return;
        }

        Tell(new Audience { OmitUser = changed.Id, IsSanitized = true }, viewer: null);
        Tell(Audience.User(changed.Id), viewer: changed);

        void Tell(Audience audience, User? viewer) =>
            world.Hub.Publish(
                "user_updated",
                audience,
                () => new() { ["user"] = UserJson.Of(world.Version, changed, viewer) }
            );
    }

    /// <summary>A deactivated user is logged out at once; the tokens of a bot work again when it is enabled again.</summary>
    public User SetActive(string id, bool active)
    {
        var changed = Change(id, u => u with { DeleteAt = active ? 0 : world.Now });
        if (!active && !changed.IsBot)
        {
            world.Sessions.EndAllOf(id);
        }

        return changed;
    }

    public static IEnumerable<User> Search(
        IEnumerable<User> among,
        string term,
        bool includeInactive
    )
    {
        var text = term.TrimStart('@');
        return among.Where(u =>
            (includeInactive || u.DeleteAt == 0)
            && (
                StartsWith(u.Username)
                || StartsWith(u.FirstName)
                || StartsWith(u.LastName)
                || StartsWith(u.Nickname)
            )
        );

        bool StartsWith(string name) => name.StartsWith(text, StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("^[a-z][a-z0-9._-]{0,63}$")]
    private static partial Regex ValidName();
}
