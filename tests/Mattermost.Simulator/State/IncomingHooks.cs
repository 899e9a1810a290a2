using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>An incoming webhook: whoever knows its URL may post to its channel.</summary>
public sealed record IncomingHook
{
    public string Id { get; init; } = "";
    public long CreateAt { get; init; }
    public long UpdateAt { get; init; }
    public long DeleteAt { get; init; }
    public string UserId { get; init; } = "";
    public string ChannelId { get; init; } = "";
    public string TeamId { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string Description { get; init; } = "";
    public string Username { get; init; } = "";
    public string IconUrl { get; init; } = "";
    public bool ChannelLocked { get; init; }
}

internal sealed record WebhookDress(string DisplayName, string Username, string IconUrl);

internal sealed class IncomingHooks(World world)
{
    private readonly Dictionary<string, IncomingHook> byId = new(StringComparer.Ordinal);

    /// <summary>What a real server would only have logged about posts of webhooks.</summary>
    public Journal<string> Problems { get; } = new(1_000);

    public IncomingHook Create(IncomingHook draft, User creator)
    {
        if (!world.Config.Current.EnableIncomingWebhooks)
        {
            throw Refuse.With("api.incoming_webhook.disabled.app_error", 501);
        }

        lock (world.Gate)
        {
            var hook = draft with
            {
                Id = Ids.New(),
                UserId = creator.Id,
                TeamId = world.Channels.Get(draft.ChannelId).TeamId,
                CreateAt = world.Now,
                UpdateAt = world.Now,
            };
            byId.Add(hook.Id, hook);
            world.Changes.Signal();
            return hook;
        }
    }

    public IncomingHook? Find(string id)
    {
        lock (world.Gate)
        {
            return byId.GetValueOrDefault(id);
        }
    }

    public IncomingHook Get(string id) =>
        Find(id) ?? throw Refuse.With("app.webhooks.get_incoming.app_error", 404);

    public IReadOnlyList<IncomingHook> All()
    {
        lock (world.Gate)
        {
            return [.. byId.Values];
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

    public void Handle(string id, JsonElement request)
    {
        if (!world.Config.Current.EnableIncomingWebhooks)
        {
            throw Refuse.With("web.incoming_webhook.disabled.app_error", 501);
        }

        if (request.Str("text") is null or "" && request.Get("attachments") is null)
        {
            throw Refuse.With("web.incoming_webhook.text.app_error", 400);
        }

        var hook = Find(id) ?? throw Refuse.With("web.incoming_webhook.invalid.app_error", 400);
        var owner =
            world.Users.Find(hook.UserId)
            ?? throw Refuse.With("web.incoming_webhook.user.app_error", 403);
        var channel = ChannelFor(hook, owner, request.Str("channel") ?? "");
        if (hook.ChannelLocked && hook.ChannelId != channel.Id)
        {
            throw Refuse.With("web.incoming_webhook.channel_locked.app_error", 403);
        }

        if (!channel.IsOpen && !world.MayInChannel(owner, channel.Id, Permission.ReadChannel))
        {
            throw Refuse.With("web.incoming_webhook.permissions.app_error", 403);
        }

        var dress = new WebhookDress(
            hook.DisplayName,
            request.Str("username") is { Length: > 0 } name ? name : hook.Username,
            request.Str("icon_url") is { Length: > 0 } icon ? icon : hook.IconUrl
        );
        Post(hook.UserId, channel, request, dress, "");
    }

    private Channel ChannelFor(IncomingHook hook, User owner, string name)
    {
        if (name.StartsWith('@'))
        {
            var other =
                world.Users.FindByName(name[1..])
                ?? throw Refuse.With("web.incoming_webhook.user.app_error", 400);
            return world.Channels.Direct(owner, other);
        }

        return name.Length == 0
            ? world.Channels.Get(hook.ChannelId)
            : world.Channels.FindByName(hook.TeamId, name.TrimStart('#'))
                ?? throw Refuse.With("web.incoming_webhook.channel.app_error", 404);
    }

    /// <summary>Posts what a webhook says, in the name of its owner; such posts trigger no outgoing webhooks.</summary>
    public void Post(
        string ownerId,
        Channel channel,
        JsonElement said,
        WebhookDress dress,
        string rootId
    )
    {
        var type = said.Str("type") ?? "";
        if (type.StartsWith("system_", StringComparison.Ordinal))
        {
            throw Refuse.Param("post.type");
        }

        if (channel.DeleteAt != 0)
        {
            throw Refuse.With("api.post.create_post.can_not_post_to_deleted.error", 400);
        }

        var attachments = SlackText.Announcements(
            world,
            SlackText.WithTextValues(AttachmentRules.In(said.Get("attachments")))
        );
        var props = Props(said, dress);
        if (!attachments.IsEmpty)
        {
            props["attachments"] = JsonSerializer.SerializeToNode(
                SlackText.Links(attachments),
                Wire.Options
            );
        }

        var draft = new Post
        {
            Id = "",
            ChannelId = channel.Id,
            UserId = ownerId,
            RootId = rootId,
            Message = SlackText.Links(SlackText.Announcements(world, said.Str("text") ?? "")),
            Type = !attachments.IsEmpty && type.Length == 0 ? "slack_attachment" : type,
            FullProps = Wire.Element(props),
        };
        world.Posts.Create(draft, world.Users.Get(ownerId), channel, triggersHooks: false);
    }

    private JsonObject Props(JsonElement said, WebhookDress dress)
    {
        var props = PostProps.AsObject(said.Get("props"));
        foreach (
            var reserved in (ReadOnlySpan<string>)
                ["override_icon_url", "override_username", "from_webhook", "attachments"]
        )
        {
            props.Remove(reserved);
        }

        props["webhook_display_name"] = dress.DisplayName;
        props["from_webhook"] = "true";
        if (world.Config.Current.EnablePostUsernameOverride)
        {
            props["override_username"] = dress.Username.Length > 0 ? dress.Username : "webhook";
        }

        if (world.Config.Current.EnablePostIconOverride && dress.IconUrl.Length > 0)
        {
            props["override_icon_url"] = dress.IconUrl;
        }

        return props;
    }
}
