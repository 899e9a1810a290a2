using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mattermost.Simulator;

/// <summary>Channels: creating, finding, changing, archiving.</summary>
internal static partial class ChannelRoutes
{
    public static void MapChannels(this Api api)
    {
        api.Post("/api/v4/channels", Create);
        api.Post("/api/v4/channels/direct", Direct);
        api.Post("/api/v4/channels/group", Group);
        api.Get("/api/v4/channels/{channel_id}", c => Answer.Json(ChannelJson.Of(Readable(c))));
        api.Get("/api/v4/teams/{team_id}/channels/name/{channel_name}", ByName);
        api.Get("/api/v4/teams/name/{team_name}/channels/name/{channel_name}", ByNames);
        api.Get("/api/v4/teams/{team_id}/channels", PublicOf);
        api.Get("/api/v4/users/{user_id}/teams/{team_id}/channels", OfUserInTeam);
        api.Get("/api/v4/users/{user_id}/channels", OfUser);
        api.Put("/api/v4/channels/{channel_id}/patch", Patch);
        api.Delete("/api/v4/channels/{channel_id}", Archive);
        api.Post("/api/v4/channels/{channel_id}/restore", Restore);
        api.Post("/api/v4/channels/members/{user_id}/view", View);
    }

    private static Answer Create(Call call)
    {
        var body = call.Json("channel");
        var (type, team) = (body.Str("type") ?? "", body.Str("team_id") ?? "");
        var name = body.Str("name") ?? "";
        if (type is "O" or "P")
        {
            call.World.DemandInTeam(
                call.User,
                team,
                type == "O" ? Permission.CreatePublicChannel : Permission.CreatePrivateChannel
            );
        }
        else
        {
            throw Refuse.With("api.channel.create_channel.direct_channel.app_error", 400);
        }

        if (!ValidName().IsMatch(name))
        {
            throw Refuse.With("model.channel.is_valid.2_or_more.app_error", 400);
        }

        var channel = call.World.Channels.Create(
            Checked(
                new Channel
                {
                    Id = Ids.New(),
                    Type = type,
                    TeamId = call.World.Teams.Get(team).Id,
                    Name = name,
                    DisplayName = body.Str("display_name") ?? name,
                    Header = body.Str("header") ?? "",
                    Purpose = body.Str("purpose") ?? "",
                    CreatorId = call.User.Id,
                }
            )
        );
        call.World.Channels.Join(channel, call.User, asAdmin: true);
        SystemMessages.Joined(call.World, channel, call.User);
        ChannelEvents.Created(call.World, channel, call.User);
        return Answer.Created(ChannelJson.Of(channel));
    }

    private static Channel Checked(Channel channel) =>
        channel.DisplayName.Length > 64
            ? throw Refuse.With("model.channel.is_valid.display_name.app_error", 400)
        : channel.Header.Length > 1024
            ? throw Refuse.With("model.channel.is_valid.header.app_error", 400)
        : channel.Purpose.Length > 250
            ? throw Refuse.With("model.channel.is_valid.purpose.app_error", 400)
        : channel;

    private static Answer Direct(Call call)
    {
        var ids = call.Strings("user_ids");
        if (ids.Count != 2)
        {
            throw Refuse.Body("user_ids");
        }

        call.World.Demand(call.User, Permission.CreateDirect);
        if (!ids.Contains(call.User.Id))
        {
            call.World.Demand(call.User, Permission.ManageSystem);
        }

        var users = ids.Select(id =>
                call.World.Users.Find(id)
                ?? throw Refuse.With(
                    "api.channel.create_direct_channel.invalid_user.app_error",
                    400
                )
            )
            .ToList();
        return Answer.Created(ChannelJson.Of(call.World.Channels.Direct(users[0], users[1])));
    }

    private static Answer Group(Call call)
    {
        var ids = call.Strings("user_ids")
            .Append(call.User.Id)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        call.World.Demand(call.User, Permission.CreateGroup);
        return ids.Count is < 3 or > 8
            ? throw Refuse.With("api.channel.create_group.bad_size.app_error", 400)
            : Answer.Created(
                ChannelJson.Of(
                    call.World.Channels.Group(call.User, [.. ids.Select(call.World.Users.Get)])
                )
            );
    }

    internal static Channel Readable(Call call, Channel? found = null)
    {
        var channel = found ?? call.World.Channels.Get(call.Id("channel_id"));
        var readable =
            call.World.MayInChannel(call.User, channel.Id, Permission.ReadChannel)
            || (
                channel.IsOpen
                && call.World.MayInTeam(call.User, channel.TeamId, Permission.ReadPublicChannel)
            );
        return readable
            ? channel
            : throw Refuse.Permission(
                channel.IsOpen ? Permission.ReadPublicChannel : Permission.ReadChannel
            );
    }

    private static Answer ByName(Call call) => ByName(call, call.Id("team_id"));

    private static Answer ByNames(Call call) =>
        ByName(
            call,
            (call.World.Teams.FindByName(call.Route("team_name")) ?? throw Refuse.NoTeam()).Id
        );

    private static Answer ByName(Call call, string teamId)
    {
        var found = call.World.Channels.FindByName(
            teamId,
            call.Route("channel_name").ToLowerInvariant()
        );
        if (found is null || (found.DeleteAt != 0 && !call.Flag("include_deleted")))
        {
            throw Refuse.With("app.channel.get_by_name.missing.app_error", 404);
        }

        return Answer.Json(ChannelJson.Of(Readable(call, found)));
    }

    private static Answer PublicOf(Call call)
    {
        var team = call.Id("team_id");
        call.World.DemandInTeam(call.User, team, Permission.ListTeamChannels);
        var channels = call
            .World.Channels.All()
            .Where(c => c.TeamId == team && c is { IsOpen: true, DeleteAt: 0 })
            .OrderBy(c => c.DisplayName, StringComparer.Ordinal);
        return Answer.Json(ChannelJson.List(call.Paged(channels)));
    }

    private static Answer OfUserInTeam(Call call)
    {
        var (user, team) = (call.UserId(), call.Id("team_id"));
        call.World.DemandSelf(call.User, user);
        call.World.DemandInTeam(call.User, team, Permission.ViewTeam);
        var channels = call
            .World.Channels.Of(user)
            .Where(c =>
                (c.TeamId == team || c.IsPersonal)
                && (c.DeleteAt == 0 || call.Flag("include_deleted"))
            );
        return Answer.Json(ChannelJson.List(channels));
    }

    private static Answer OfUser(Call call)
    {
        call.World.DemandSelf(call.User, call.UserId());
        return Answer.Json(
            ChannelJson.List(call.World.Channels.Of(call.UserId()).Where(c => c.DeleteAt == 0))
        );
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
        var changed = call.World.Channels.Change(
            old.Id,
            c => Patched(c, body) with { UpdateAt = call.World.Now }
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
        return Answer.Json(ChannelJson.Of(changed));
    }

    private static Channel Patched(Channel channel, JsonElement body) =>
        Checked(
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
        return Answer.Json(ChannelJson.Of(restored));
    }

    private static Answer View(Call call)
    {
        call.World.DemandSelf(call.User, call.UserId());
        if (call.Json("channel_view").Str("channel_id") is { Length: > 0 } id)
        {
            call.World.Hub.Publish(
                "channel_viewed",
                Audience.User(call.UserId()),
                () => new() { ["channel_id"] = id }
            );
        }

        return Answer.Ok();
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,62}[a-z0-9]?$")]
    private static partial Regex ValidName();
}
