using System.Threading.Channels;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.People;

/// <summary>
/// Who is who. Names come with everything people do and are kept; Mattermost is asked only for those who never did
/// anything, for time zones, and now and then whether something changed.
/// </summary>
internal sealed partial class PeopleDirectory(
    Store store,
    IChat chat,
    TimeProvider clock,
    ILogger<PeopleDirectory> log
) : BackgroundService
{
    private const int InMemory = 20_000;
    private const int Backlog = 10_000;
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromHours(12);

    private readonly RecentPeople _recent = new(InMemory);

    // What is dropped here is learned again the next time the person does something.
    private readonly Channel<Chore> _chores =
        System.Threading.Channels.Channel.CreateBounded<Chore>(
            new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest }
        );

    /// <summary>The user name, without the at sign, as far as it is at hand; see <see cref="Know"/>.</summary>
    public string? NameOf(UserId id) => _recent.Find(id)?.Username;

    /// <summary>Notes the name under which somebody did something. Costs nothing and never fails.</summary>
    public void Learn(UserId id, string? username)
    {
        if (string.IsNullOrEmpty(username) || NameOf(id) == username)
        {
            return;
        }

        _recent.Change(
            id,
            known => (known ?? new KnownPerson(id, username)) with { Username = username }
        );
        _chores.Writer.TryWrite(new Chore(id, Ask: false));
    }

    /// <summary>Somebody's account, or null when there is none with that id.</summary>
    /// <exception cref="ChatException">Nothing is known, and Mattermost could not be asked.</exception>
    public async ValueTask<ChatPerson?> Find(UserId id, CancellationToken cancel)
    {
        var known = await Read(id, cancel);
        if (known?.AskedAt is { } asked)
        {
            if (clock.GetUtcNow() - asked > AskAgainAfter)
            {
                AskLater(id);
            }

            return known.ToChatPerson();
        }

        try
        {
            return await Ask(id, cancel);
        }
        catch (ChatException) when (known is not null)
        {
            return known.ToChatPerson();
        }
    }

    /// <summary>
    /// The zone in somebody's profile; UTC when they set none, or when Mattermost has yet to be asked. Nobody waits for
    /// that answer: it is there the next time.
    /// </summary>
    public async ValueTask<TimeZoneInfo> ZoneOf(UserId id, CancellationToken cancel)
    {
        var known = await Read(id, cancel);
        if (known is { AskedAt: null })
        {
            AskLater(id);
        }

        return
            known?.TimeZone is { } name
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : TimeZoneInfo.Utc;
    }

    /// <summary>Makes names available to <see cref="NameOf"/> before something is shown.</summary>
    /// <exception cref="ChatException">Mattermost had to be asked and did not answer.</exception>
    public async Task Know(IEnumerable<UserId> ids, CancellationToken cancel)
    {
        foreach (var id in ids.Distinct())
        {
            try
            {
                if (NameOf(id) is null && await Read(id, cancel) is null)
                {
                    await Ask(id, cancel);
                }
            }
            catch (ChatException problem) when (problem.Problem == ChatProblem.Refused)
            {
                // Who may not be seen stays unnamed; nothing must fail for it.
                Log.Unseen(log, id.Value, problem.Message);
            }
        }
    }

    /// <summary>Does what was put off: writes names down, asks again.</summary>
    internal async Task CatchUp(CancellationToken cancel)
    {
        while (_chores.Reader.TryRead(out var chore))
        {
            try
            {
                if (chore.Ask)
                {
                    await Ask(chore.Id, cancel);
                }
                else
                {
                    await Write(chore.Id, cancel);
                }
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                Log.PutOff(log, chore.Id.Value, problem.Message);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _chores.Reader.WaitToReadAsync(stoppingToken))
        {
            await CatchUp(stoppingToken);
        }
    }

    private async ValueTask<KnownPerson?> Read(UserId id, CancellationToken cancel)
    {
        var known = _recent.Find(id);
        if (known is { IsRead: true })
        {
            return known;
        }

        var stored = await store.Find(KnownPerson.Kind, id.Value, cancel);
        if (stored is null)
        {
            return known;
        }

        return _recent.Change(
            id,
            heard =>
                stored.Value with
                {
                    Username = heard?.Username ?? stored.Value.Username,
                    IsRead = true,
                }
        );
    }

    private async Task<ChatPerson?> Ask(UserId id, CancellationToken cancel)
    {
        if (await chat.FindPerson(id, cancel) is not { } person)
        {
            return null;
        }

        _recent.Change(
            id,
            _ => new KnownPerson(id, person.Username)
            {
                TimeZone = person.TimeZone,
                IsBot = person.IsBot,
                IsDeactivated = person.IsDeactivated,
                AskedAt = clock.GetUtcNow(),
                IsRead = true,
            }
        );
        _chores.Writer.TryWrite(new Chore(id, Ask: false));
        return person;
    }

    private void AskLater(UserId id)
    {
        // As if asked already, or every look at this person until the answer is there would ask once more.
        _recent.Change(id, known => known! with { AskedAt = clock.GetUtcNow() });
        _chores.Writer.TryWrite(new Chore(id, Ask: true));
    }

    private async Task Write(UserId id, CancellationToken cancel)
    {
        for (var written = false; !written; )
        {
            var stored = await store.Find(KnownPerson.Kind, id.Value, cancel);
            if (await Read(id, cancel) is not { } known || Same(stored?.Value, known))
            {
                return;
            }

            var change = new Change(clock.GetUtcNow(), nameof(PeopleDirectory));
            written = await store.Commit(
                stored is null
                    ? change.Add(KnownPerson.Kind, id.Value, known)
                    : change.Replace(KnownPerson.Kind, stored, known),
                cancel
            );
        }
    }

    private static bool Same(KnownPerson? stored, KnownPerson known) =>
        stored is not null && stored with { IsRead = known.IsRead } == known;

    private readonly record struct Chore(UserId Id, bool Ask);

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "The account of {Person} may not be read: {Problem}"
        )]
        public static partial void Unseen(ILogger logger, string person, string problem);

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "The account of {Person} is noted later: {Problem}"
        )]
        public static partial void PutOff(ILogger logger, string person, string problem);
    }
}
