using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>Channels: changing, archiving, restoring.</summary>
internal static class ChannelChangeRoutes
{
    public static void MapChannelChanges(this Api api)
    {
        api.Put("/api/v4/channels/{channel_id}/patch", Patch);
        api.Delete("/api/v4/channels/{channel_id}", Archive);
        api.Post("/api/v4/channels/{channel_id}/restore", Restore);
        api.Post("/api/v4/channels/members/{user_id}/view", View);
    }

    private static Answer Patch(Call call)
    {
        var old = call.World.Channels.Get(call.Id("channel_id"));
        DemandChange(
            call,
            old,
            Permission.ManagePublicProperties,
            Permission.ManagePrivateProperties
        );
        var body = call.Json("channel");
        if (old.DeleteAt != 0)
        {
            throw Refuse.With("app.channel.update.bad_id", 400);
        }

        var changed = call.World.Channels.Change(
            old.Id,
            c => Patched(call.World.Version, c, body) with { UpdateAt = call.World.Now }
        );
        foreach (
            var (what, before, after) in (ReadOnlySpan<(string, string, string)>)
                [
                    ("displayname", old.DisplayName, changed.DisplayName),
                    ("header", old.Header, changed.Header),
                    ("purpose", old.Purpose, changed.Purpose),
                ]
        )
        {
            if (before != after)
            {
                SystemMessages.Changed(call.World, changed, call.User, what, before, after);
            }
        }

        ChannelEvents.Updated(call.World, changed);
        return Answer.Json(ChannelJson.Of(call.World.Version, changed));
    }

    private static Channel Patched(ServerVersion version, Channel channel, JsonElement body) =>
        ChannelRoutes.Checked(
            version,
            channel with
            {
                Name = body.Str("name") ?? channel.Name,
                DisplayName = body.Str("display_name") ?? channel.DisplayName,
                Header = body.Str("header") ?? channel.Header,
                Purpose = body.Str("purpose") ?? channel.Purpose,
            }
        );

    private static void DemandChange(
        Call call,
        Channel channel,
        string forPublic,
        string forPrivate
    )
    {
        if (!channel.IsPersonal)
        {
            call.World.DemandInChannel(
                call.User,
                channel.Id,
                channel.IsOpen ? forPublic : forPrivate
            );
        }
        else if (call.World.Channels.Membership(channel.Id, call.User.Id) is null)
        {
            throw Refuse.With("api.channel.patch_update_channel.forbidden.app_error", 403);
        }
    }

    private static Answer Archive(Call call)
    {
        var channel = call.World.Channels.Get(call.Id("channel_id"));
        if (channel.IsPersonal)
        {
            throw Refuse.With("api.channel.delete_channel.type.invalid", 400);
        }

        DemandChange(
            call,
            channel,
            Permission.DeletePublicChannel,
            Permission.DeletePrivateChannel
        );
        if (channel.DeleteAt != 0)
        {
            throw Refuse.With("api.channel.delete_channel.deleted.app_error", 400);
        }

        if (channel.Name == Channels.Default)
        {
            throw Refuse.With(
                "api.channel.delete_channel.cannot.app_error",
                400,
                ("Channel", Channels.Default)
            );
        }

        SystemMessages.Say(
            call.World,
            channel,
            call.User,
            "system_channel_deleted",
            $"{call.User.Username} archived the channel."
        );
        var now = call.World.Now;
        ChannelEvents.Deleted(
            call.World,
            call.World.Channels.Change(channel.Id, c => c with { DeleteAt = now, UpdateAt = now })
        );
        return Answer.Ok();
    }

    private static Answer Restore(Call call)
    {
        var channel = call.World.Channels.Get(call.Id("channel_id"));
        call.World.DemandInTeam(call.User, channel.TeamId, Permission.ManageTeam);
        if (channel.DeleteAt == 0)
        {
            throw Refuse.With("api.channel.restore_channel.restored.app_error", 400);
        }

        var restored = call.World.Channels.Change(
            channel.Id,
            c => c with { DeleteAt = 0, UpdateAt = call.World.Now }
        );
        SystemMessages.Say(
            call.World,
            restored,
            call.User,
            "system_channel_restored",
            $"{call.User.Username} unarchived the channel."
        );
        ChannelEvents.Restored(call.World, restored);
        return Answer.Json(ChannelJson.Of(call.World.Version, restored));
    }

    private static Answer View(Call call)
    {
        call.World.DemandSelf(call.User, call.UserId());
        if (call.Json("channel_view").Str("channel_id") is { Length: > 0 } id)
        {
            ChannelEvents.Viewed(call.World, id, call.World.Users.Get(call.UserId()));
        }

        return Answer.Ok();
    }
}
