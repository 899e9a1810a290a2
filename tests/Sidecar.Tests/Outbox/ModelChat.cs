using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Tests.Harness;
using Sidecar.Text;

namespace Sidecar.Tests.Outbox;

/// <summary>What goes wrong with a request.</summary>
public enum Mishap
{
    None,
    Busy,
    LostRequest,
    LostAnswer,
    HangsBefore,
    HangsAfter,
    LockedOut,
}

/// <summary>
/// A chat in memory that fails on demand, before or after it did what was asked. Like Mattermost it recognises a
/// repeated delivery for 30 seconds and then no more, so a pump that posts without looking is found out.
/// </summary>
internal sealed partial class ModelChat(ManualClock clock) : IChat
{
    private readonly Lock _gate = new();
    private readonly Dictionary<EffectId, (PostedAt At, DateTimeOffset Until)> _pending = [];
    private readonly List<ModelPost> _posts = [];
    private TaskCompletionSource _hangs = New();
    private int _hanging;
    private int _ids;

    /// <summary>Chooses what goes wrong, by the name of the request and the channel or post it is about.</summary>
    public Func<string, string, Mishap> Mishaps { get; set; } = (_, _) => Mishap.None;

    /// <summary>Channels that refuse the bot.</summary>
    public Dictionary<string, ChatObstacle> Closed { get; } = new(StringComparer.Ordinal);

    /// <summary>What people let Mattermost show.</summary>
    public Func<
        IReadOnlyCollection<UserId>,
        CancellationToken,
        Task<IReadOnlyList<ChatPresence>>
    > Presence { get; set; } = (_, _) => throw new NotSupportedException();

    /// <summary>Who exists by what name; everybody does.</summary>
    public Func<UserId, string?> Names { get; set; } = id => id.Value;

    /// <summary>What an answer waits for that is there already; null for nothing.</summary>
    public Func<Task>? Late { get; set; }

    /// <summary>What the accounts are besides their name; plain members.</summary>
    public Func<ChatPerson, ChatPerson> Account { get; set; } = person => person;

    /// <summary>Every request, in order: its name and what it is about.</summary>
    public List<string> Requests { get; } = [];

    public int MostAtOnce { get; private set; }

    public TimeSpan? RetryAfter { get; set; }

    private int AtOnce { get; set; }

    public IReadOnlyList<ModelPost> In(string channel)
    {
        lock (_gate)
        {
            return [.. _posts.Where(p => p.At.Channel.Value == channel && !p.IsDeleted)];
        }
    }

    public IReadOnlyList<string> Texts(string channel) => [.. In(channel).Select(p => p.Text)];

    public void Delete(PostId post)
    {
        lock (_gate)
        {
            _posts.Single(p => p.At.Post == post).IsDeleted = true;
        }
    }

    /// <summary>Completes as soon as a request hangs.</summary>
    public Task WhenHanging()
    {
        lock (_gate)
        {
            return _hangs.Task;
        }
    }

    /// <summary>Waits until what is on its way has arrived or hangs: a network keeps nothing back for minutes.</summary>
    public async Task WhenQuiet()
    {
        while (IsBusy())
        {
            await Task.Yield();
        }

        bool IsBusy()
        {
            lock (_gate)
            {
                return AtOnce > _hanging;
            }
        }
    }

    public Task<PostedAt> Post(OutgoingPost post, EffectId effect, CancellationToken cancel) =>
        Request(
            "post",
            post.Channel.Value,
            () =>
            {
                Admit(post.Channel);
                if (_pending.TryGetValue(effect, out var known) && known.Until > clock.GetUtcNow())
                {
                    return known.At;
                }

                if (
                    post.Thread is { } thread
                    && _posts.All(p => p.At.Post != thread || p.IsDeleted)
                )
                {
                    throw new ChatException(ChatProblem.Missing, "no thread")
                    {
                        Obstacle = ChatObstacle.NoPost,
                    };
                }

                var id = new PostId($"post{++_ids}");
                var at = new PostedAt(post.Channel, id, post.Thread ?? id);
                _posts.Add(
                    new ModelPost(at, effect, clock.GetUtcNow())
                    {
                        Text = post.Text.Show(Names),
                        Card = post.Card,
                        Files = post.Files,
                        Effect = effect,
                    }
                );
                _pending[effect] = (at, clock.GetUtcNow().AddSeconds(30));
                return at;
            },
            cancel
        );

    public Task Update(
        PostedAt post,
        Markdown text,
        Card? card,
        EffectId effect,
        CancellationToken cancel
    ) =>
        Request(
            "update",
            post.Post.Value,
            () =>
            {
                var there =
                    _posts.SingleOrDefault(p => p.At.Post == post.Post && !p.IsDeleted)
                    ?? throw new ChatException(ChatProblem.Missing, "no post");
                Admit(there.At.Channel);
                (there.Text, there.Card, there.Effect) = (text.Show(Names), card, effect);
                return true;
            },
            cancel
        );

    public Task<PostedAt?> FindPost(
        ChannelId channel,
        EffectId effect,
        DateTimeOffset since,
        CancellationToken cancel
    ) =>
        Request(
            "find",
            channel.Value,
            () =>
                _posts
                    .Where(p =>
                        p.Effect == effect && p.At.Channel == channel && p.PostedAt >= since
                    )
                    .OrderBy(p => p.IsDeleted)
                    .FirstOrDefault()
                    ?.At,
            cancel
        );

    public Task<ChannelId> DirectChannel(UserId person, CancellationToken cancel) =>
        Request("direct", person.Value, () => new ChannelId("dm-" + person.Value), cancel);

    public Task OpenDialog(TriggerId trigger, OpenDialog dialog, CancellationToken cancel) =>
        throw new NotSupportedException("The outbox opens no dialogs.");

    public Task AnswerLater(LateAnswer to, Markdown text, CancellationToken cancel) =>
        throw new NotSupportedException("The outbox answers no commands.");

    public Task<ChatPerson?> FindPerson(UserId person, CancellationToken cancel) =>
        Request(
            "person",
            person.Value,
            () =>
                Names(person) is { } name
                    ? Account(new ChatPerson(person, name, null, false, false))
                    : null,
            cancel
        );

    public Task<ChatPerson?> FindMember(UserId person, CancellationToken cancel) =>
        FindPerson(person, cancel);

    public Task<IReadOnlyList<ChatPerson>> FindAccounts(
        IReadOnlyCollection<UserId> people,
        CancellationToken cancel
    ) =>
        Request(
            "person",
            string.Join(' ', people.Select(p => p.Value)),
            () =>
                (IReadOnlyList<ChatPerson>)
                    [
                        .. people
                            .Where(p => Names(p) is not null)
                            .Select(p => Account(new ChatPerson(p, Names(p)!, null, false, false))),
                    ],
            cancel
        );

    public Task<ChatChannel?> FindChannel(ChannelId channel, CancellationToken cancel) =>
        Request("channel", channel.Value, () => (ChatChannel?)null, cancel);

    public Task<ChatChannel?> FindChannelNamed(
        TeamId team,
        string name,
        CancellationToken cancel
    ) => Request("channel", name, () => (ChatChannel?)null, cancel);

    /// <summary>Nobody is known by name here.</summary>
    public Task<IReadOnlyList<ChatPerson>> FindPeople(
        IReadOnlyCollection<string> usernames,
        CancellationToken cancel
    ) =>
        Request("people", string.Join(' ', usernames), () => (IReadOnlyList<ChatPerson>)[], cancel);

    /// <summary>Why files are not taken; null when they are.</summary>
    public ChatObstacle? FilesRefused { get; set; }

    /// <summary>What was uploaded, by id; a file can be attached to one post.</summary>
    public Dictionary<FileId, (string Name, byte[] Content)> Files { get; } = [];

    public Task<FileId> Upload(
        ChannelId channel,
        string name,
        Stream content,
        CancellationToken cancel
    )
    {
        var copy = new MemoryStream();
        content.CopyTo(copy);
        return Request(
            "upload",
            channel.Value,
            () =>
            {
                if (FilesRefused is { } obstacle)
                {
                    throw new ChatException(ChatProblem.Refused, "no") { Obstacle = obstacle };
                }

                content.Dispose();
                var id = new FileId($"file{++_ids}");
                Files[id] = (name, copy.ToArray());
                return id;
            },
            cancel
        );
    }

    public Task<ChatPost?> ReadPost(PostId post, CancellationToken cancel) =>
        throw new NotSupportedException("The outbox reads no posts of others.");

    public Task<IReadOnlyList<ChatPost>> LatestPosts(
        ChannelId channel,
        int atMost,
        CancellationToken cancel
    ) => throw new NotSupportedException("The outbox reads no posts of others.");

    public Task Download(FileId file, Stream to, long atMost, CancellationToken cancel) =>
        throw new NotSupportedException("The outbox downloads nothing.");

    public Task<bool> IsMember(ChannelId channel, UserId person, CancellationToken cancel) =>
        throw new NotSupportedException("The outbox asks nobody's membership.");

    public Task<ChatServer> Server(CancellationToken cancel) =>
        Request("server", "", () => new ChatServer(null, true, null), cancel);

    private static TaskCompletionSource New() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Admit(ChannelId channel)
    {
        if (Closed.TryGetValue(channel.Value, out var obstacle))
        {
            throw new ChatException(ChatProblem.Refused, "403 not here") { Obstacle = obstacle };
        }
    }

    private async Task<T> Request<T>(
        string name,
        string about,
        Func<T> apply,
        CancellationToken cancel
    )
    {
        await Task.Yield();
        Mishap mishap;
        lock (_gate)
        {
            Requests.Add($"{name} {about}");
            MostAtOnce = Math.Max(MostAtOnce, ++AtOnce);
            mishap = Mishaps(name, about);
        }

        try
        {
            return await Suffer(mishap, apply, cancel);
        }
        finally
        {
            lock (_gate)
            {
                AtOnce--;
            }
        }
    }

    private async Task<T> Suffer<T>(Mishap mishap, Func<T> apply, CancellationToken cancel)
    {
        switch (mishap)
        {
            case Mishap.None:
                var answer = Apply(apply);
                await (Late?.Invoke() ?? Task.CompletedTask);
                return answer;
            case Mishap.Busy:
                throw new ChatException(ChatProblem.Busy, "429") { RetryAfter = RetryAfter };
            case Mishap.LockedOut:
                throw new ChatException(ChatProblem.LockedOut, "401");
            case Mishap.LostAnswer:
                Apply(apply);
                break;
            case Mishap.HangsAfter:
                Apply(apply);
                await Hang(cancel);
                break;
            case Mishap.HangsBefore:
                await Hang(cancel);
                break;
        }

        throw new ChatException(ChatProblem.Uncertain, "connection lost");
    }

    private T Apply<T>(Func<T> apply)
    {
        lock (_gate)
        {
            return apply();
        }
    }

    private async Task Hang(CancellationToken cancel)
    {
        var delay = Task.Delay(TimeSpan.FromSeconds(15), clock, cancel);
        lock (_gate)
        {
            _hanging++;
            _hangs.TrySetResult();
        }

        try
        {
            await delay;
        }
        finally
        {
            lock (_gate)
            {
                _hangs = --_hanging == 0 ? New() : _hangs;
            }
        }
    }
}

/// <summary>A post of the bot as people see it.</summary>
internal sealed record ModelPost(PostedAt At, EffectId First, DateTimeOffset PostedAt)
{
    /// <summary>The effect that touched it last.</summary>
    public EffectId Effect { get; set; }

    public string Text { get; set; } = "";

    public Card? Card { get; set; }

    public ImmutableArray<FileId> Files { get; init; } = [];

    public bool IsDeleted { get; set; }
}
