using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Links above a channel, as a server with a licence has them.</summary>
internal static class BookmarkRoutes
{
    private const string Path = "/api/v4/channels/{channel_id}/bookmarks";
    private const int MostInChannel = 50;
    private const int LongestTitle = 64;
    private const int LongestAddress = 1024;

    public static void MapBookmarks(this Api api)
    {
        api.Get(Path, List);
        api.Post(Path, Create);
        api.Patch(Path + "/{bookmark_id}", Change);
        api.Delete(Path + "/{bookmark_id}", Delete);
    }

    private static Answer List(Call call)
    {
        var channel = call.Id("channel_id");
        call.World.DemandRead(call.User, channel);
        return Answer.Json(
            new JsonArray([
                .. call.World.Bookmarks.Values.Where(b => IsIn(b, channel)).Select(Json),
            ])
        );
    }

    private static Answer Create(Call call)
    {
        var channel = Open(call);
        if (call.World.Bookmarks.Values.Count(b => IsIn(b, channel.Id)) >= MostInChannel)
        {
            throw Refuse.With("app.channel.bookmark.get_existing.limit_reached.app_error", 400);
        }

        var now = call.World.Now;
        var made = Read(
            call,
            new Bookmark(Ids.New(), channel.Id, call.User.Id, "", "") { CreateAt = now }
        );
        call.World.Bookmarks[made.Id] = made;
        return Answer.Created(Json(made));
    }

    private static Answer Change(Call call)
    {
        Open(call);
        var changed = Read(call, Of(call));
        call.World.Bookmarks[changed.Id] = changed;
        return Answer.Json(new JsonObject { ["updated"] = Json(changed) });
    }

    private static Answer Delete(Call call)
    {
        Open(call);
        var gone = Of(call) with { DeleteAt = call.World.Now };
        call.World.Bookmarks[gone.Id] = gone;
        return Answer.Json(Json(gone));
    }

    private static Channel Open(Call call)
    {
        var channel = call.World.Channels.Get(call.Id("channel_id"));
        call.World.DemandInChannel(call.User, channel.Id, Permission.CreatePost);
        return channel.DeleteAt == 0
            ? channel
            : throw Refuse.With(
                "api.channel.bookmark.create_channel_bookmark.deleted_channel.forbidden.app_error",
                403
            );
    }

    private static Bookmark Of(Call call) =>
        call.World.Bookmarks.TryGetValue(call.Id("bookmark_id"), out var found)
        && IsIn(found, call.Id("channel_id"))
            ? found
            : throw Refuse.With("app.channel.bookmark.get.app_error", 404);

    private static Bookmark Read(Call call, Bookmark before)
    {
        var body = call.Json("channelBookmark");
        var read = before with
        {
            DisplayName = body.Str("display_name") ?? before.DisplayName,
            LinkUrl = body.Str("link_url") ?? before.LinkUrl,
            UpdateAt = call.World.Now,
        };
        return read.DisplayName.Length is 0
            || read.DisplayName.EnumerateRunes().Count() > LongestTitle
                ? throw Refuse.With("model.channel_bookmark.is_valid.display_name.app_error", 400)
            : !Uri.TryCreate(read.LinkUrl, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || read.LinkUrl.Length > LongestAddress
                ? throw Refuse.With(
                    "model.channel_bookmark.is_valid.link_url.missing_or_invalid.app_error",
                    400
                )
            : read;
    }

    private static bool IsIn(Bookmark bookmark, string channel) =>
        bookmark.DeleteAt == 0 && bookmark.ChannelId == channel;

    private static JsonNode Json(Bookmark bookmark) =>
        new JsonObject
        {
            ["id"] = bookmark.Id,
            ["create_at"] = bookmark.CreateAt,
            ["update_at"] = bookmark.UpdateAt,
            ["delete_at"] = bookmark.DeleteAt,
            ["channel_id"] = bookmark.ChannelId,
            ["owner_id"] = bookmark.OwnerId,
            ["file_id"] = "",
            ["display_name"] = bookmark.DisplayName,
            ["sort_order"] = 0,
            ["link_url"] = bookmark.LinkUrl,
            ["type"] = "link",
        };
}
