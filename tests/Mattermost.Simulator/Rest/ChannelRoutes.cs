using System.Text.RegularExpressions;

namespace Mattermost.Simulator;

/// <summary>Channels: creating and finding.</summary>
internal static partial class ChannelRoutes
{
    private const int MostCompleted = 50;

    public static void MapChannels(this Api api)
    {
        api.Post("/api/v4/channels", Create);
        api.Post("/api/v4/channels/direct", Direct);
        api.Post("/api/v4/channels/group", Group);
        api.Get(
            "/api/v4/channels/{channel_id}",
            c => Answer.Json(ChannelJson.Of(c.World.Version, Readable(c)))
        );
        api.Get("/api/v4/channels/{channel_id}/stats", Stats);
        api.Get("/api/v4/teams/{team_id}/channels/name/{channel_name}", ByName);
        api.Get("/api/v4/teams/name/{team_name}/channels/name/{channel_name}", ByNames);
        api.Get("/api/v4/teams/{team_id}/channels", PublicOf);
        api.Get("/api/v4/teams/{team_id}/channels/autocomplete", Autocomplete);
        api.Get("/api/v4/users/{user_id}/teams/{team_id}/channels", OfUserInTeam);
        api.Get("/api/v4/users/{user_id}/channels", OfUser);
    }

    private static Answer Stats(Call call)
    {
        // How many are in a public channel only its members learn, though all of its team may read it.
        var channel = Readable(call);
        call.World.DemandInChannel(call.User, channel.Id, Permission.ReadChannel);
        var members = call.World.Channels.MembersOf(channel.Id);
        var stats = new System.Text.Json.Nodes.JsonObject
        {
            ["channel_id"] = channel.Id,
            ["member_count"] = members.Count,
            ["guest_count"] = members.Count(m => m.IsGuest),
            ["pinnedpost_count"] = 0,
        };
        if (call.World.Version.TellsMoreOfChannels)
        {
            stats["files_count"] = 0;
        }

        return Answer.Json(stats);
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

        var most = call.World.Config.Current.MaxChannelsPerTeam;
        // Archived ones count too.
        if (call.World.Channels.All().Count(c => c.TeamId == team) >= most)
        {
            throw Refuse.With(
                "api.channel.create_channel.max_channel_limit.app_error",
                400,
                ("MaxChannelsPerTeam", most.ToString(CultureInfo.InvariantCulture))
            );
        }

        if (
            call.World.Version.DemandsDisplayNames
            && body.Str("display_name") is not { Length: > 0 }
        )
        {
            throw Refuse.Body("display_name");
        }

        var channel = call.World.Channels.Create(
            Checked(
                call.World.Version,
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
        return Answer.Created(ChannelJson.Of(call.World.Version, channel));
    }

    internal static Channel Checked(ServerVersion version, Channel channel) =>
        Runes(channel.DisplayName) > 64
            ? throw Refuse.With("model.channel.is_valid.display_name.app_error", 400)
        : !(version.TakesShortChannelNames ? ShortName() : ValidName()).IsMatch(channel.Name)
            ? throw Refuse.With(
                version.TakesShortChannelNames
                    ? "model.channel.is_valid.1_or_more.app_error"
                    : "model.channel.is_valid.2_or_more.app_error",
                400
            )
        : Runes(channel.Header) > 1024
            ? throw Refuse.With("model.channel.is_valid.header.app_error", 400)
        : Runes(channel.Purpose) > 250
            ? throw Refuse.With("model.channel.is_valid.purpose.app_error", 400)
        // What the check forgets the database refuses.
        : channel.Name.Length > 64
            ? throw Refuse.With("app.channel.create_channel.internal_error", 500)
        : channel;

    private static int Runes(string text) => text.EnumerateRunes().Count();

    private static Answer Direct(Call call)
    {
        var ids = call.Strings("user_ids");
        if (ids is [var self] && call.World.Version.HasDirectChannelsWithOneself)
        {
            ids = [self, self];
        }

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
        return Answer.Created(
            ChannelJson.Of(call.World.Version, call.World.Channels.Direct(users[0], users[1]))
        );
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
                    call.World.Version,
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

        // Whoever may not see a private channel is not told that there is one.
        return found.IsOpen || call.World.MayInChannel(call.User, found.Id, Permission.ReadChannel)
            ? Answer.Json(ChannelJson.Of(call.World.Version, Readable(call, found)))
            : throw Refuse.With("app.channel.get_by_name.missing.app_error", 404);
    }

    private static Answer PublicOf(Call call)
    {
        var team = call.Id("team_id");
        call.World.DemandInTeam(call.User, team, Permission.ListTeamChannels);
        var channels = call
            .World.Channels.All()
            .Where(c => c.TeamId == team && c is { IsOpen: true, DeleteAt: 0 })
            .OrderBy(c => c.DisplayName, StringComparer.Ordinal);
        return Answer.Json(ChannelJson.List(call.World.Version, call.Paged(channels)));
    }

    /// <summary>Public channels that contain what was typed, or in which each word of it begins a word.</summary>
    private static Answer Autocomplete(Call call)
    {
        var team = call.Id("team_id");
        call.World.DemandInTeam(call.User, team, Permission.ListTeamChannels);
        var typed = call.Query("name");
        var found = call
            .World.Channels.All()
            .Where(c =>
                c.TeamId == team
                && c is { IsOpen: true, DeleteAt: 0 }
                && (
                    c.Name.Contains(typed, StringComparison.OrdinalIgnoreCase)
                    || c.DisplayName.Contains(typed, StringComparison.OrdinalIgnoreCase)
                    || Words(typed)
                        .All(word =>
                            Words($"{c.Name} {c.DisplayName}")
                                .Any(w => w.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                        )
                )
            )
            .OrderBy(c => c.DisplayName, StringComparer.Ordinal)
            .Take(MostCompleted);
        return Answer.Json(ChannelJson.List(call.World.Version, found));
    }

    private static string[] Words(string text) =>
        text.Split([' ', '-', '_', '.'], StringSplitOptions.RemoveEmptyEntries);

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
        return Answer.Json(ChannelJson.List(call.World.Version, channels));
    }

    private static Answer OfUser(Call call)
    {
        call.World.DemandSelf(call.User, call.UserId());
        return Answer.Json(
            ChannelJson.List(
                call.World.Version,
                call.World.Channels.Of(call.UserId()).Where(c => c.DeleteAt == 0)
            )
        );
    }

    [GeneratedRegex("^[a-z0-9]+([a-z\\-_0-9]+|(__)?)[a-z0-9]+$")]
    private static partial Regex ValidName();

    [GeneratedRegex("^[a-z0-9]+[a-z\\-_0-9]*$")]
    private static partial Regex ShortName();
}
