using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Mattermost;

/// <content>Links above a channel, on servers that have them: newer ones, with a licence.</content>
internal sealed partial class ChatChannels
{
    public async Task<IReadOnlyList<Bookmark>> Bookmarks(
        ChannelId channel,
        CancellationToken cancel
    )
    {
        var all = await Read(
            $"channels/{Part(channel.Value)}/bookmarks",
            ChatWire.Json.IReadOnlyListReadBookmark,
            cancel
        );
        return
        [
            .. all.Where(b => b is { DeleteAt: 0 } && b.OwnerId == options.Bot.Value)
                .Select(b => new Bookmark(b.DisplayName, b.LinkUrl) { Id = b.Id }),
        ];
    }

    public async Task<Bookmark> Bookmark(
        ChannelId channel,
        Bookmark bookmark,
        CancellationToken cancel
    )
    {
        var path = $"api/v4/channels/{Part(channel.Value)}/bookmarks";
        var body = new NewBookmark(
            CardLimits.Cut(bookmark.Title, TitleRunes),
            bookmark.Address,
            "link"
        );
        var json = MattermostHttp.Json(body, ChatWire.Json.NewBookmark);
        if (bookmark.Id.Length == 0)
        {
            var made = await requests.Ask(
                options.WriteTimeout,
                (http, c) => http.Send(HttpMethod.Post, path, json, ChatWire.Json.ReadBookmark, c),
                cancel
            );
            return bookmark with { Id = made.Id };
        }

        await Write(
            HttpMethod.Patch,
            $"channels/{Part(channel.Value)}/bookmarks/{Part(bookmark.Id)}",
            json,
            cancel
        );
        return bookmark;
    }

    public async Task RemoveBookmark(ChannelId channel, Bookmark bookmark, CancellationToken cancel)
    {
        try
        {
            await Write(
                HttpMethod.Delete,
                $"channels/{Part(channel.Value)}/bookmarks/{Part(bookmark.Id)}",
                null,
                cancel
            );
        }
        catch (ChatException gone) when (gone.Problem == ChatProblem.Missing)
        {
            // That is what was wanted.
        }
    }
}
