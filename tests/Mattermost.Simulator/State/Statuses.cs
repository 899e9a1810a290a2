namespace Mattermost.Simulator;

/// <summary>Who is there. A status that was set by hand is not changed by activity.</summary>
internal sealed class Statuses(World world)
{
    private readonly Dictionary<string, UserStatus> byUser = new(StringComparer.Ordinal);

    public UserStatus Of(string userId)
    {
        lock (world.Gate)
        {
            return byUser.GetValueOrDefault(userId)
                ?? new UserStatus(userId, "offline", Manual: false, 0);
        }
    }

    public UserStatus Set(string userId, string status, bool manual, long dndEndTime = 0)
    {
        UserStatus changed;
        lock (world.Gate)
        {
            var old = Of(userId);
            if (!manual && old.Manual)
            {
                return old;
            }

            changed = new UserStatus(
                userId,
                status,
                manual,
                world.Now,
                status == "dnd" && world.Version.EndsDoNotDisturb
                    ? dndEndTime - (dndEndTime % 60)
                    : 0
            );
            byUser[userId] = changed;
            if (old.Status == changed.Status)
            {
                return changed;
            }
        }

        world.Changes.Signal();
        world.Hub.Publish(
            "status_change",
            Audience.User(userId),
            () => new() { ["status"] = changed.Status, ["user_id"] = userId }
        );
        return changed;
    }
}
