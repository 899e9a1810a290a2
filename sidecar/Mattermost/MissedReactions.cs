using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Mattermost;

/// <summary>
/// Looks up who reacted to our posts while nobody listened. A reaction makes its post a changed one, so a question per
/// channel tells all that came since a time.
/// </summary>
internal sealed partial class MissedReactions
{
    /// <summary>
    /// Receipts are kept for a time, and beyond it nothing tells what was handled. The hour is for clocks that differ.
    /// </summary>
    public static readonly TimeSpan Furthest = ActReceipt.KeptFor - TimeSpan.FromHours(1);

    /// <summary>More changed posts than this are not told by one question, and not the newest of them.</summary>
    private const int MostChanged = 1000;
    private const int PageSize = 200;

    private readonly Store _store;
    private readonly OutboxPump _pump;
    private readonly ChatRequests _requests;
    private readonly ChatOptions _chat;
    private readonly ListeningOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    public MissedReactions(
        Store store,
        OutboxPump pump,
        IHttpClientFactory clients,
        ChatOptions chat,
        ListeningOptions options,
        TimeProvider clock,
        ILogger<MissedReactions> log
    )
    {
        (_store, _pump, _chat, _options, _clock, _log) = (store, pump, chat, options, clock, log);
        _requests = new ChatRequests(clients, chat, clock);
    }

    /// <summary>Looks through all channels with cards that were shown lately.</summary>
    /// <param name="from">What came since is told; by our clock.</param>
    /// <param name="done">Channels that were looked through already; those that are now are added.</param>
    /// <param name="handle">Told every reaction to a post of the bot's, some of them not for the first time; false: it failed.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ChatException">Mattermost does not answer: try again with the same <paramref name="done"/>.</exception>
    public async Task LookUp(
        DateTimeOffset from,
        HashSet<ChannelId> done,
        Func<HeardReaction, Task<bool>> handle,
        CancellationToken cancel
    )
    {
        var channels = await Channels(cancel);
        if (channels.Count == 0)
        {
            return;
        }

        await KnowTheTime(cancel);
        var oldest = _clock.GetUtcNow() - Furthest;
        var since = _requests.Server.NotAfter(from > oldest ? from : oldest);
        var failed = 0;
        foreach (var channel in channels.Where(c => !done.Contains(c)))
        {
            var all = true;
            foreach (var reaction in await In(channel, since, cancel))
            {
                all &= await handle(reaction);
            }

            if (all)
            {
                done.Add(channel);
            }
            else
            {
                failed++;
            }
        }

        if (failed > 0)
        {
            throw new ChatException(
                ChatProblem.Uncertain,
                $"reactions in {failed} channels could not be handled"
            );
        }
    }

    /// <summary>The channels of the posts that were shown lately, and of those of which that is not known.</summary>
    private async Task<IReadOnlyCollection<ChannelId>> Channels(CancellationToken cancel)
    {
        var channels = new HashSet<ChannelId>();
        var oldest = _clock.GetUtcNow() - _options.ShownWithin;
        await Walk(IndexKey.Empty, post => post.ShownAt >= oldest);
        await Walk(IndexKey.Empty.ThenDescending(DateTimeOffset.UnixEpoch), _ => true);
        return channels;

        async Task Walk(IndexKey prefix, Func<PostedAt, bool> isRecent)
        {
            IndexPosition? next = null;
            do
            {
                var page = await _store.List(
                    PostedPosts.Kind,
                    PostedPosts.ByTime,
                    prefix,
                    next,
                    PageSize,
                    cancel
                );
                foreach (var post in page.Items)
                {
                    if (!isRecent(post.Value) || channels.Count >= _options.MostChannels)
                    {
                        return;
                    }

                    channels.Add(post.Value.Channel);
                }

                next = page.Next;
            } while (next is not null);
        }
    }

    private async Task<IEnumerable<HeardReaction>> In(
        ChannelId channel,
        long since,
        CancellationToken cancel
    )
    {
        try
        {
            var path = $"api/v4/channels/{Uri.EscapeDataString(channel.Value)}/posts?since={since}";
            var read = await Ask(path, ListeningJson.Default.ReactedPosts, cancel);
            var posts = read.Posts ?? new Dictionary<string, ReactedPost>();
            var found =
                posts.Count < MostChanged
                    ? await Told(posts.Values, cancel)
                    : await OfEachPost(channel, cancel);
            return found
                .Select(r => r.Heard())
                .OfType<HeardReaction>()
                .Where(r => r.At > since)
                .OrderBy(r => r.At);
        }
        catch (ChatException gone) when (gone.Problem is ChatProblem.Refused or ChatProblem.Missing)
        {
            Log.NotReadable(_log, channel.Value, gone.Message);
            return [];
        }
    }

    private async Task<List<ReadReaction>> Told(
        IEnumerable<ReactedPost> posts,
        CancellationToken cancel
    )
    {
        List<ReadReaction> found = [];
        foreach (var post in posts.Where(p => p.UserId == _chat.Bot.Value && p.DeleteAt == 0))
        {
            if (post.Metadata?.Reactions is { } told)
            {
                found.AddRange(told);
            }
            else if (post is { HasReactions: true, Id: { } id })
            {
                found.AddRange(await Of(new PostId(id), cancel));
            }
        }

        return found;
    }

    /// <summary>So much has changed that not all of it is told: our latest posts are asked about one by one.</summary>
    private async Task<List<ReadReaction>> OfEachPost(ChannelId channel, CancellationToken cancel)
    {
        var page = await _store.List(
            PostedPosts.Kind,
            PostedPosts.ByChannel,
            IndexKey.Empty.Then(channel.Value),
            null,
            PageSize,
            cancel
        );
        List<ReadReaction> found = [];
        foreach (var post in page.Items)
        {
            found.AddRange(await Of(post.Value.Post, cancel));
        }

        return found;
    }

    private async Task<IReadOnlyList<ReadReaction>> Of(PostId post, CancellationToken cancel)
    {
        try
        {
            return await Ask(
                $"api/v4/posts/{Uri.EscapeDataString(post.Value)}/reactions",
                ListeningJson.Default.IReadOnlyListReadReaction,
                cancel
            );
        }
        catch (ChatException gone) when (gone.Problem is ChatProblem.Refused or ChatProblem.Missing)
        {
            return [];
        }
    }

    private async Task KnowTheTime(CancellationToken cancel)
    {
        if (!_requests.Server.IsKnown)
        {
            await _pump.Turn(cancel);
            await _requests.Ask(
                _chat.ReadTimeout,
                async (http, c) =>
                {
                    await http.Send(HttpMethod.Get, "api/v4/system/ping", null, c);
                    return true;
                },
                cancel
            );
        }
    }

    private async Task<T> Ask<T>(
        string path,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type,
        CancellationToken cancel
    )
    {
        await _pump.Turn(cancel);
        try
        {
            return await _requests.Ask(
                _chat.ReadTimeout,
                (http, c) => http.Send(HttpMethod.Get, path, null, type, c),
                cancel
            );
        }
        catch (ChatException busy) when (busy.Problem == ChatProblem.Busy)
        {
            _pump.Pause(busy.RetryAfter ?? _options.FirstRetry);
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Debug,
            Message = "Channel {Channel} is not looked through for reactions: {Problem}"
        )]
        public static partial void NotReadable(ILogger log, string channel, string problem);
    }
}
