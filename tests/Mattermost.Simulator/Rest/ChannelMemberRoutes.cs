using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Who is in a channel.</summary>
internal static class ChannelMemberRoutes
{
    public static void MapChannelMembers(this Api api)
    {
        api.Post("/api/v4/channels/{channel_id}/members", Add);
        api.Get("/api/v4/channels/{channel_id}/members", List);
        api.Get("/api/v4/channels/{channel_id}/members/{user_id}", Get);
        api.Delete("/api/v4/channels/{channel_id}/members/{user_id}", Remove);
        api.Get("/api/v4/users/{user_id}/teams/{team_id}/channels/members", Of);
    }

    private static Answer Add(Call call)
    {
        var body = call.Json("channel_member");
        var ids =
            call.World.Version.AddsManyAtOnce
            && body.Get("user_ids").Strings() is { Count: > 0 } many
                ? many
                : [body.Str("user_id") ?? ""];
        if (!ids.All(Ids.IsValid))
        {
            throw Refuse.Body("user_id");
        }

        var channel = call.World.Channels.Get(call.Id("channel_id"));
        if (channel.IsPersonal)
        {
            throw Refuse.With("api.channel.add_user_to_channel.type.app_error", 400);
        }

        var members = ids.Select(id => (JsonNode)Add(call, channel, id)).ToList();
        return body.Get("user_ids") is null
            ? Answer.Created(members[0])
            : Answer.Created(new JsonArray([.. members]));
    }

    /// <remarks>It lets people into archived channels.</remarks>
    private static JsonObject Add(Call call, Channel channel, string userId)
    {
        var world = call.World;
        var already = world.Channels.Membership(channel.Id, userId);
        if (already is null || userId != call.User.Id)
        {
            DemandAdd(call, channel, userId);
        }

        if (already is not null)
        {
            return ChannelJson.Of(call.World.Version, channel.Id, already, call.User.Id);
        }

        var user = world.Users.Get(userId);
        if (world.Teams.Membership(channel.TeamId, user.Id) is null)
        {
            throw world.Teams.HasLeft(channel.TeamId, user.Id)
                ? Refuse.With("api.channel.add_user.to.channel.failed.deleted.app_error", 400)
                : Refuse.With("app.team.get_member.missing.app_error", 404);
        }

        if (user.DeleteAt != 0 && world.Version.RefusesToAddDeactivatedPeople)
        {
            throw Refuse.With("app.channel.add_member.deleted_user.app_error", 403);
        }

        var member = world.Channels.Join(channel, user, asAdmin: false);
        if (user.Id == call.User.Id)
        {
            SystemMessages.Joined(world, channel, user);
        }
        else
        {
            SystemMessages.Added(world, channel, user, call.User);
        }

        ChannelEvents.Added(world, channel, user);
        return ChannelJson.Of(call.World.Version, channel.Id, member, call.User.Id);
    }

    private static void DemandAdd(Call call, Channel channel, string userId)
    {
        var isSelf = userId == call.User.Id;
        if (channel.IsOpen && isSelf)
        {
            call.World.DemandInTeam(call.User, channel.TeamId, Permission.JoinPublicChannels);
        }
        else
        {
            call.World.DemandInChannel(
                call.User,
                channel.Id,
                channel.IsOpen ? Permission.ManagePublicMembers : Permission.ManagePrivateMembers
            );
        }
    }

    private static Answer List(Call call)
    {
        var id = call.Id("channel_id");
        call.World.DemandRead(call.User, id);
        var page = call.Paged(call.World.Channels.MembersOf(id))
            .Select(m => (JsonNode)ChannelJson.Of(call.World.Version, id, m, call.User.Id));
        return Answer.Json(new JsonArray([.. page]));
    }

    private static Answer Get(Call call)
    {
        var id = call.Id("channel_id");
        call.World.DemandRead(call.User, id);
        var member =
            call.World.Channels.Membership(id, call.UserId())
            ?? throw Refuse.With("app.channel.get_member.missing.app_error", 404);
        return Answer.Json(ChannelJson.Of(call.World.Version, id, member, call.User.Id));
    }

    private static Answer Remove(Call call)
    {
        var channel = call.World.Channels.Get(call.Id("channel_id"));
        var user = call.World.Users.Get(call.UserId());
        if (channel.IsPersonal)
        {
            throw Refuse.With("api.channel.remove_channel_member.type.app_error", 400);
        }

        if (user.Id != call.User.Id)
        {
            call.World.DemandInChannel(
                call.User,
                channel.Id,
                channel.IsOpen ? Permission.ManagePublicMembers : Permission.ManagePrivateMembers
            );
        }

        if (channel.Name == Channels.Default && !user.IsGuest)
        {
            throw Refuse.With(
                "api.channel.remove.default.app_error",
                400,
                ("Channel", Channels.Default)
            );
        }

        if (call.World.Channels.Membership(channel.Id, user.Id) is null)
        {
            throw Refuse.With("app.channel.get_member.missing.app_error", 404);
        }

        call.World.Channels.Leave(channel.Id, user.Id);
        SystemMessages.Left(call.World, channel, user, call.User);
        ChannelEvents.Removed(call.World, channel, user, call.User);
        return Answer.Ok();
    }

    private static Answer Of(Call call)
    {
        var (user, team) = (call.UserId(), call.Id("team_id"));
        call.World.DemandSelf(call.User, user);
        var memberships = call
            .World.Channels.Of(user)
            .Where(c => c.TeamId == team || c.IsPersonal)
            .Select(c =>
                (JsonNode)
                    ChannelJson.Of(
                        call.World.Version,
                        c.Id,
                        call.World.Channels.Membership(c.Id, user)!,
                        call.User.Id
                    )
            );
        return Answer.Json(new JsonArray([.. memberships]));
    }
}
