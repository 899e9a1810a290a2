using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Tests.Storage;

/// <summary>One life of the process. Once it has ended, nothing of it goes on: what it awaits never comes back.</summary>
internal sealed class Life
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly Lock _gate = new();
    private volatile bool _ended;
    private int _atWork;
    private TaskCompletionSource? _quiet;

    public void End() => _ended = true;

    /// <summary>Completes when nothing that it has sent is on its way any more.</summary>
    public Task WhenQuiet()
    {
        lock (_gate)
        {
            return _atWork == 0
                ? Task.CompletedTask
                : (_quiet ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Work that reaches the outside world or not, as chance has it, but never tells a dead process about it.</summary>
    public async Task<T> Live<T>(Func<Task<T>> work)
    {
        Works(+1);
        if (_ended)
        {
            Works(-1);
            await Never;
        }

        try
        {
            return await work();
        }
        finally
        {
            Works(-1);
            if (_ended)
            {
                await Never;
            }
        }
    }

    private void Works(int more)
    {
        lock (_gate)
        {
            _atWork += more;
            if (_atWork == 0)
            {
                _quiet?.TrySetResult();
                _quiet = null;
            }
        }
    }
}

/// <summary>The chat as one life of the process sees it.</summary>
internal sealed class MortalChat(IChat chat, Life life) : IChat
{
    public Task<PostedAt> Post(OutgoingPost post, EffectId effect, CancellationToken cancel) =>
        life.Live(() => chat.Post(post, effect, CancellationToken.None));

    public Task Update(
        PostedAt post,
        Markdown text,
        Card? card,
        EffectId effect,
        CancellationToken cancel
    ) =>
        life.Live(async () =>
        {
            await chat.Update(post, text, card, effect, CancellationToken.None);
            return true;
        });

    public Task<PostedAt?> FindPost(
        ChannelId channel,
        EffectId effect,
        DateTimeOffset since,
        CancellationToken cancel
    ) => life.Live(() => chat.FindPost(channel, effect, since, CancellationToken.None));

    public Task<ChannelId> DirectChannel(UserId person, CancellationToken cancel) =>
        life.Live(() => chat.DirectChannel(person, CancellationToken.None));

    public Task OpenDialog(TriggerId trigger, OpenDialog dialog, CancellationToken cancel) =>
        chat.OpenDialog(trigger, dialog, cancel);

    public Task AnswerLater(LateAnswer to, Markdown text, CancellationToken cancel) =>
        chat.AnswerLater(to, text, cancel);

    public Task<NamedChannel> OpenChannel(NewChannel wanted, CancellationToken cancel) =>
        life.Live(() => chat.OpenChannel(wanted, CancellationToken.None));

    public Task<ChatAudience?> Audience(ChannelId channel, CancellationToken cancel) =>
        life.Live(() => chat.Audience(channel, CancellationToken.None));

    public Task Admit(ChannelId channel, UserId person, CancellationToken cancel) =>
        Live(() => chat.Admit(channel, person, CancellationToken.None));

    public Task SetHeader(ChannelId channel, Markdown header, CancellationToken cancel) =>
        Live(() => chat.SetHeader(channel, header, CancellationToken.None));

    public Task Pin(PostedAt post, CancellationToken cancel) =>
        Live(() => chat.Pin(post, CancellationToken.None));

    public Task<IReadOnlyList<Bookmark>> Bookmarks(ChannelId channel, CancellationToken cancel) =>
        life.Live(() => chat.Bookmarks(channel, CancellationToken.None));

    public Task<Bookmark> Bookmark(
        ChannelId channel,
        Bookmark bookmark,
        CancellationToken cancel
    ) => life.Live(() => chat.Bookmark(channel, bookmark, CancellationToken.None));

    public Task RemoveBookmark(ChannelId channel, Bookmark bookmark, CancellationToken cancel) =>
        Live(() => chat.RemoveBookmark(channel, bookmark, CancellationToken.None));

    public Task<IReadOnlyList<ChatPresence>> Presences(
        IReadOnlyCollection<UserId> people,
        CancellationToken cancel
    ) => life.Live(() => chat.Presences(people, CancellationToken.None));

    private Task<bool> Live(Func<Task> act) =>
        life.Live(async () =>
        {
            await act();
            return true;
        });

    public Task<ChatPerson?> FindPerson(UserId person, CancellationToken cancel) =>
        life.Live(() => chat.FindPerson(person, CancellationToken.None));

    public Task<ChatPerson?> FindMember(UserId person, CancellationToken cancel) =>
        life.Live(() => chat.FindMember(person, CancellationToken.None));

    public Task<IReadOnlyList<ChatPerson>> FindAccounts(
        IReadOnlyCollection<UserId> people,
        CancellationToken cancel
    ) => life.Live(() => chat.FindAccounts(people, CancellationToken.None));

    public Task<ChatChannel?> FindChannel(ChannelId channel, CancellationToken cancel) =>
        life.Live(() => chat.FindChannel(channel, CancellationToken.None));

    public Task<ChatChannel?> FindChannelNamed(
        TeamId team,
        string name,
        CancellationToken cancel
    ) => life.Live(() => chat.FindChannelNamed(team, name, CancellationToken.None));

    public Task<IReadOnlyList<ChatPerson>> FindPeople(
        IReadOnlyCollection<string> usernames,
        CancellationToken cancel
    ) => life.Live(() => chat.FindPeople(usernames, CancellationToken.None));

    public Task<FileId> Upload(
        ChannelId channel,
        string name,
        Stream content,
        CancellationToken cancel
    ) => life.Live(() => chat.Upload(channel, name, content, CancellationToken.None));

    public Task<ChatPost?> ReadPost(PostId post, CancellationToken cancel) =>
        life.Live(() => chat.ReadPost(post, CancellationToken.None));

    public Task<IReadOnlyList<ChatPost>> LatestPosts(
        ChannelId channel,
        int atMost,
        CancellationToken cancel
    ) => life.Live(() => chat.LatestPosts(channel, atMost, CancellationToken.None));

    public Task Download(FileId file, Stream to, long atMost, CancellationToken cancel) =>
        life.Live(async () =>
        {
            await chat.Download(file, to, atMost, CancellationToken.None);
            return true;
        });

    public Task<bool> IsMember(ChannelId channel, UserId person, CancellationToken cancel) =>
        life.Live(() => chat.IsMember(channel, person, CancellationToken.None));

    public Task<ChatServer> Server(CancellationToken cancel) =>
        life.Live(() => chat.Server(CancellationToken.None));
}

/// <summary>The store as one life of the process sees it.</summary>
internal sealed class MortalEngine(IStoreEngine engine, Life life) : IStoreEngine
{
    public ValueTask<StoredDocument?> Get(DocumentKey key, CancellationToken cancel) =>
        new(life.Live(() => engine.Get(key, CancellationToken.None).AsTask()));

    public ValueTask<IReadOnlyList<IndexedDocument>> Scan(
        IndexScan scan,
        CancellationToken cancel
    ) => engine.Scan(scan, cancel);

    public ValueTask<int> Count(
        string kind,
        string index,
        IndexKey prefix,
        int atMost,
        CancellationToken cancel
    ) => engine.Count(kind, index, prefix, atMost, cancel);

    public ValueTask<int> CountBefore(
        string kind,
        string index,
        IndexKey prefix,
        IndexPosition place,
        int atMost,
        CancellationToken cancel
    ) => engine.CountBefore(kind, index, prefix, place, atMost, cancel);

    public ValueTask<IndexJoinPage> Join(IndexJoin join, CancellationToken cancel) =>
        engine.Join(join, cancel);

    public ValueTask<IReadOnlyList<string>> ReadIds(
        string kind,
        string? after,
        int limit,
        CancellationToken cancel
    ) => engine.ReadIds(kind, after, limit, cancel);

    public ValueTask<IReadOnlyList<IndexKey>> TextsUnder(
        string kind,
        string index,
        IndexKey prefix,
        int atMost,
        CancellationToken cancel
    ) => engine.TextsUnder(kind, index, prefix, atMost, cancel);

    public ValueTask<IReadOnlyList<RecordedAudit>> ReadAudit(
        string subject,
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) => engine.ReadAudit(subject, afterSequence, limit, cancel);

    public ValueTask<IReadOnlyList<RecordedAudit>> ReadLatestAudit(
        string subject,
        long? beforeSequence,
        int limit,
        CancellationToken cancel
    ) => engine.ReadLatestAudit(subject, beforeSequence, limit, cancel);

    public ValueTask<IReadOnlyList<RecordedAudit>> ReadAudit(
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) => engine.ReadAudit(afterSequence, limit, cancel);

    public ValueTask<IReadOnlyList<QueuedEffect>> ReadOutbox(
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) =>
        new(
            life.Live(() =>
                engine.ReadOutbox(afterSequence, limit, CancellationToken.None).AsTask()
            )
        );

    public ValueTask<IReadOnlyList<QueuedEffect>> ReadParked(
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) =>
        new(
            life.Live(() =>
                engine.ReadParked(afterSequence, limit, CancellationToken.None).AsTask()
            )
        );

    public ValueTask<IReadOnlyList<DueTime>> ReadDue(
        DateTimeOffset until,
        DueTime? after,
        int limit,
        CancellationToken cancel
    ) => engine.ReadDue(until, after, limit, cancel);

    public ValueTask<DateTimeOffset?> NextDue(DateTimeOffset after, CancellationToken cancel) =>
        engine.NextDue(after, cancel);

    public ValueTask<long> NextNumber(string series, CancellationToken cancel) =>
        engine.NextNumber(series, cancel);

    /// <summary>The disk is full: a commit that this says yes to changes nothing.</summary>
    public Func<StoreCommit, bool> IsFull { get; set; } = _ => false;

    public ValueTask<CommitOutcome> Commit(StoreCommit commit, CancellationToken cancel) =>
        IsFull(commit)
            ? throw new StoreUnwritableException("The disk is full.")
            : new(life.Live(() => engine.Commit(commit, CancellationToken.None).AsTask()));

    public ValueTask Backup(string path, CancellationToken cancel) => engine.Backup(path, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
