using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Mattermost;

/// <summary>Looks through a channel for the post that an effect left there.</summary>
/// <param name="requests">Asks Mattermost.</param>
/// <param name="options">Who we are: anybody can write our prop into a post of theirs, only the bot's posts count.</param>
internal sealed class PostSearch(ChatRequests requests, ChatOptions options)
{
    /// <summary>More changed posts than this are not told by one question, and not the newest of them.</summary>
    private const int MostChanged = 1000;
    private const int PageSize = 200;

    /// <param name="channel">Where.</param>
    /// <param name="effect">Which effect's.</param>
    /// <param name="ours">Not before this time by our clock.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<PostedAt?> Find(
        ChannelId channel,
        EffectId effect,
        DateTimeOffset ours,
        CancellationToken cancel
    )
    {
        if (!requests.Server.IsKnown)
        {
            await requests.Ask(options.ReadTimeout, Ping, cancel);
        }

        var since = requests.Server.NotAfter(ours);
        var path = $"api/v4/channels/{Uri.EscapeDataString(channel.Value)}/posts";
        // This question alone also tells deleted posts: what was delivered and then deleted is not posted again.
        var changed = await Ask($"{path}?since={since}", cancel);
        var found = In(changed, channel, effect);
        return found is not null || Math.Max(changed.Posts.Count, changed.Order.Count) < MostChanged
            ? found
            : await FindByPage(path, channel, effect, since, cancel);
    }

    private async Task<PostedAt?> FindByPage(
        string path,
        ChannelId channel,
        EffectId effect,
        long since,
        CancellationToken cancel
    )
    {
        for (var before = ""; ; )
        {
            var page = await Ask($"{path}?per_page={PageSize}{before}", cancel);
            if (In(page, channel, effect) is { } found)
            {
                return found;
            }

            if (Oldest(page) is not { } oldest || oldest.CreateAt < since)
            {
                return null;
            }

            before = $"&before={oldest.Id}";
        }
    }

    private Task<ReadPosts> Ask(string path, CancellationToken cancel) =>
        requests.Ask(
            options.ReadTimeout,
            (http, c) => http.Send(HttpMethod.Get, path, null, ChatWire.Json.ReadPosts, c),
            cancel
        );

    private static async Task<bool> Ping(MattermostHttp http, CancellationToken cancel)
    {
        await http.Send(HttpMethod.Get, "api/v4/system/ping", null, cancel);
        return true;
    }

    private static WirePost? Oldest(ReadPosts page) =>
        page
            .Order.Select(id => page.Posts.GetValueOrDefault(id))
            .LastOrDefault(post => post is not null);

    private PostedAt? In(ReadPosts posts, ChannelId channel, EffectId effect)
    {
        var ours = posts
            .Posts.Values.Where(p => p.UserId == options.Bot.Value && p.Effect == effect.Value)
            .OrderBy(p => p.DeleteAt)
            .FirstOrDefault();
        return ours is null ? null : At(channel, ours);
    }

    /// <summary>Where a post stands.</summary>
    public static PostedAt At(ChannelId channel, WirePost post) =>
        new(channel, new PostId(post.Id), new PostId(post.RootId is "" ? post.Id : post.RootId));
}
