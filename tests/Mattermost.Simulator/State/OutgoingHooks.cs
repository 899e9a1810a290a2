namespace Mattermost.Simulator;

/// <summary>The outgoing webhooks of all teams.</summary>
internal sealed class OutgoingHooks(World world)
{
    private readonly Dictionary<string, OutgoingHook> byId = new(StringComparer.Ordinal);

    public OutgoingHook Create(OutgoingHook draft, User creator)
    {
        DemandEnabled();
        var hook = draft with
        {
            Id = Ids.New(),
            Token = Ids.New(),
            CreatorId = creator.Id,
            CreateAt = world.Now,
            UpdateAt = world.Now,
            DeleteAt = 0,
        };
        lock (world.Gate)
        {
            Check(hook);
            byId.Add(hook.Id, hook);
            world.Changes.Signal();
            return hook;
        }
    }

    private void DemandEnabled()
    {
        if (!world.Config.Current.EnableOutgoingWebhooks)
        {
            throw Refuse.With("api.outgoing_webhook.disabled.app_error", 501);
        }
    }

    private void Check(OutgoingHook hook)
    {
        if (hook.ChannelId.Length > 0)
        {
            var channel = world.Channels.Get(hook.ChannelId);
            if (!channel.IsOpen)
            {
                throw Refuse.With("api.outgoing_webhook.disabled.app_error", 403);
            }

            if (channel.TeamId != hook.TeamId)
            {
                throw Refuse.With("api.webhook.create_outgoing.permissions.app_error", 403);
            }
        }
        else if (hook.TriggerWords.Count == 0)
        {
            throw Refuse.With("api.webhook.create_outgoing.triggers.app_error", 400);
        }

        var twin = byId.Values.Any(other =>
            other.Id != hook.Id
            && other.TeamId == hook.TeamId
            && other.ChannelId == hook.ChannelId
            && other.CallbackUrls.Intersect(hook.CallbackUrls, StringComparer.Ordinal).Any()
            && other.TriggerWords.Intersect(hook.TriggerWords, StringComparer.Ordinal).Any()
        );
        if (twin)
        {
            throw Refuse.With("api.webhook.create_outgoing.intersect.app_error", 500);
        }

        if (hook.CallbackUrls.Count == 0)
        {
            throw Refuse.With("model.outgoing_hook.is_valid.callback.app_error", 400);
        }

        if (!hook.CallbackUrls.All(Commands.IsHttpUrl))
        {
            throw Refuse.With("model.outgoing_hook.is_valid.url.app_error", 400);
        }
    }

    public OutgoingHook Get(string? id)
    {
        lock (world.Gate)
        {
            return id is not null && byId.TryGetValue(id, out var hook)
                ? hook
                : throw Refuse.With("app.webhooks.get_outgoing.app_error", 404);
        }
    }

    public IReadOnlyList<OutgoingHook> All()
    {
        lock (world.Gate)
        {
            return [.. byId.Values];
        }
    }

    public OutgoingHook Update(string id, Func<OutgoingHook, OutgoingHook> change)
    {
        DemandEnabled();
        lock (world.Gate)
        {
            var updated = change(Get(id)) with { UpdateAt = world.Now };
            Check(updated);
            byId[id] = updated;
            world.Changes.Signal();
            return updated;
        }
    }

    public void Delete(string id)
    {
        lock (world.Gate)
        {
            byId.Remove(id);
            world.Changes.Signal();
        }
    }

    public OutgoingHook RegenerateToken(string id) => Update(id, h => h with { Token = Ids.New() });
}
