using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Outbox;
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
    public static readonly TimeSpan Furthest = IdempotencyRecord.KeptFor - TimeSpan.FromHours(1);

    /// <summary>More changed posts than this are not told by one question, and not the newest of them.</summary>
    private const int MostChanged = 1000;
    private const int PageSize = 200;

    /// <summary>So often one is tried that can't be read, a few minutes in all.</summary>
    private const int MostTries = 8;

    /// <summary>After so many questions in a row without any answer the server is not asked about the others either.</summary>
    private const int MostSilent = 3;

    private readonly Store _store;
    private readonly OutboxPump _pump;
    private readonly ChatRequests _requests;
    private readonly ChatOptions _chat;
    private readonly EventListenerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    public MissedReactions(
        Store store,
        OutboxPump pump,
        IHttpClientFactory clients,
        ChatOptions chat,
        EventListenerOptions options,
        TimeProvider clock,
        ILogger<MissedReactions> log
    )
    {
        (_store, _pump, _chat, _options, _clock, _log) = (store, pump, chat, options, clock, log);
        _requests = new ChatRequests(clients, chat, clock);
    }

    /// <summary>Looks through all channels with cards that were shown lately.</summary>
    /// <param name="from">What came since is told; by our clock.</param>
    /// <param name="progress">How far earlier tries came.</param>
    /// <param name="handle">Told every reaction to a post of the bot's, some of them not for the first time; false: it failed.</param>
    /// <param name="cancel">Gives up.</param>
    /// <remarks>
    /// One channel, or one post in it, never holds up the others; whoever can't be read again and again, by a server that
    /// answers everything else, is set aside.
    /// </remarks>
    /// <exception cref="ChatException">Not everything was found out: try again with the same <paramref name="progress"/>.</exception>
    public async Task LookUp(
        DateTimeOffset from,
        LookUpProgress progress,
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
        var unhandled = 0;
        ChatException? unread = null;
        var silent = 0;
        foreach (var channel in progress.Left(channels))
        {
            var found = await In(channel, since, progress, cancel);
            var all = true;
            foreach (var reaction in found.Reactions)
            {
                all &= await handle(reaction);
            }

            if (!all)
            {
                unhandled++;
            }
            else if (
                found.Problem is not { } problem
                || await IsHopeless(channel, problem, progress, cancel)
            )
            {
                progress.Done(channel);
            }
            else
            {
                unread ??= problem;
                silent = ChatRequests.AnswerOf(problem)?.Status is null ? silent + 1 : 0;
                if (silent >= MostSilent)
                {
                    break;
                }
            }
        }

        if (unread is not null)
        {
            throw unread;
        }

        if (unhandled > 0)
        {
            throw new ChatException(
                ChatProblem.Uncertain,
                $"reactions in {unhandled} channels could not be handled"
            );
        }
    }

    /// <summary>It failed again and again, and the server is there: it is about this one, and the rest goes on without it.</summary>
    private async Task<bool> IsHopeless(
        ChannelId channel,
        ChatException problem,
        LookUpProgress progress,
        CancellationToken cancel
    )
    {
        if (progress.Failed(channel) < MostTries)
        {
            return false;
        }

        try
        {
            await Ping(cancel);
        }
        catch (ChatException)
        {
            return false;
        }

        Log.SetAside(_log, channel.Value, MostTries, problem.Message);
        return true;
    }

    /// <summary>The channels of the posts that were shown lately, and of those of which that is not known.</summary>
    private async Task<IReadOnlyCollection<ChannelId>> Channels(CancellationToken cancel)
    {
        var channels = new HashSet<ChannelId>();
        var oldest = _clock.GetUtcNow() - _options.ShownWithin;
        await AddPosts(IndexKey.Empty, post => post.ShownAt >= oldest);
        await AddPosts(IndexKey.Empty.ThenDescending(DateTimeOffset.UnixEpoch), _ => true);
        // Whoever is asked something by direct message reacts there.
        var questions = _store.Each(
            OpenMessage.Kind,
            OpenMessage.ByQuestion,
            IndexKey.Empty,
            PageSize,
            cancel
        );
        await foreach (var question in questions.WithCancellation(cancel))
        {
            if (channels.Count >= _options.MostChannels)
            {
                break;
            }

            if (
                question.Value.At >= oldest
                && await _store.Find(MessagePlace.Kind, question.Id, cancel)
                    is { Value.At.Channel: var channel }
            )
            {
                channels.Add(channel);
            }
        }

        return channels;

        async Task AddPosts(IndexKey prefix, Func<PostedAt, bool> isRecent)
        {
            var posts = _store.Each(PostedPosts.Kind, PostedPosts.ByTime, prefix, PageSize, cancel);
            await foreach (var post in posts.WithCancellation(cancel))
            {
                if (!isRecent(post.Value) || channels.Count >= _options.MostChannels)
                {
                    return;
                }

                channels.Add(post.Value.Channel);
            }
        }
    }

    /// <returns>What was found, and what kept the rest from being found.</returns>
    private async Task<(IEnumerable<HeardReaction> Reactions, ChatException? Problem)> In(
        ChannelId channel,
        long since,
        LookUpProgress progress,
        CancellationToken cancel
    )
    {
        try
        {
            var path = $"api/v4/channels/{Uri.EscapeDataString(channel.Value)}/posts?since={since}";
            var read = await Ask(path, EventListenerJson.Default.ReactedPosts, cancel);
            List<ReadReaction> found = [];
            var toAsk =
                Math.Max(read.Posts.Count, read.Order.Count) < MostChanged
                    ? Told(read.Posts.Values, found)
                    : await LatestPosts(channel, cancel);
            var problem = await OfEach(toAsk, found, progress, cancel);
            return (
                found
                    .Select(r => r.Heard())
                    .OfType<HeardReaction>()
                    .Where(r => r.At > since)
                    .OrderBy(r => r.At),
                problem
            );
        }
        catch (ChatException gone) when (gone.Problem is ChatProblem.Refused or ChatProblem.Missing)
        {
            Log.NotReadable(_log, channel.Value, gone.Message);
            return ([], null);
        }
        catch (ChatException unread) when (unread.Problem == ChatProblem.Uncertain)
        {
            return ([], unread);
        }
    }

    /// <returns>The posts whose reactions were not told with them.</returns>
    private List<PostId> Told(IEnumerable<ReactedPost> posts, List<ReadReaction> found)
    {
        List<PostId> untold = [];
        foreach (var post in posts.Where(p => p.UserId == _chat.Bot.Value && p.DeleteAt == 0))
        {
            if (post.Metadata?.Reactions is { Count: > 0 } told)
            {
                found.AddRange(told);
            }
            else if (post is { HasReactions: true, Id: { Length: > 0 } id })
            {
                untold.Add(new PostId(id));
            }
        }

        return untold;
    }

    /// <summary>So much has changed that not all of it is told: our latest posts are asked about one by one.</summary>
    private async Task<List<PostId>> LatestPosts(ChannelId channel, CancellationToken cancel) =>
        [.. (await _store.LatestPosts(channel, PageSize, cancel)).Select(post => post.At.Post)];

    /// <returns>What kept some of them from being read; those that were are not asked about again.</returns>
    private async Task<ChatException?> OfEach(
        IReadOnlyList<PostId> posts,
        List<ReadReaction> found,
        LookUpProgress progress,
        CancellationToken cancel
    )
    {
        ChatException? problem = null;
        var silent = 0;
        foreach (var post in posts.Where(p => !progress.IsDone(p)))
        {
            try
            {
                var told = await Of(post, cancel);
                found.AddRange(told);
                if (told.Count == 0)
                {
                    progress.Done(post);
                }
            }
            catch (ChatException unread) when (unread.Problem == ChatProblem.Uncertain)
            {
                problem ??= unread;
                silent = ChatRequests.AnswerOf(unread)?.Status is null ? silent + 1 : 0;
                if (silent >= MostSilent)
                {
                    break;
                }
            }
        }

        return problem;
    }

    private async Task<IReadOnlyList<ReadReaction>> Of(PostId post, CancellationToken cancel)
    {
        try
        {
            return await Ask(
                $"api/v4/posts/{Uri.EscapeDataString(post.Value)}/reactions",
                EventListenerJson.Default.IReadOnlyListReadReaction,
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
            await Ping(cancel);
        }
    }

    private async Task Ping(CancellationToken cancel)
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

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Reactions that were missed in channel {Channel} could not all be read in {Tries} tries, while Mattermost answers everything else. They are let go; whoever reacted there can react again. ({Problem})"
        )]
        public static partial void SetAside(ILogger log, string channel, int tries, string problem);
    }
}
