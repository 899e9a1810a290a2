using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.People;

/// <summary>What accounts are, as Mattermost tells it: what somebody may do begins with it (ALL-3).</summary>
internal sealed partial class PeopleDirectory
{
    /// <summary>
    /// Somebody's account, for deciding what they may do: asked for with each act of theirs, since of a role that was
    /// changed Mattermost tells only whose it is. As it was known when Mattermost does not answer, or not soon. Null when
    /// Mattermost knows nobody with that id or does not show them.
    /// </summary>
    /// <exception cref="ChatException">Nobody ever asked for this account, and Mattermost does not answer now.</exception>
    public async ValueTask<KnownPerson?> Account(UserId id, CancellationToken cancel)
    {
        var known = await Read(id, cancel);
        if (known is { StandingIsKnown: true })
        {
            if (IsFresh(known, known.StandingAt, OneAct) || IsSilent)
            {
                return known;
            }
        }

        try
        {
            // Who presses twice waits for one answer, and giving up spoils it for nobody else.
            var asking = _asking.GetOrAdd(id, who => new Lazy<Task<KnownPerson?>>(() => Meet(who)));
            return known is { StandingIsKnown: true }
                ? await asking.Value.WaitAsync(Patience, clock, cancel)
                : await asking.Value.WaitAsync(cancel);
        }
        catch (Exception silence)
            when (silence is ChatException or TimeoutException && known is { StandingIsKnown: true }
            )
        {
            FellSilent(silence);
            return known;
        }
    }

    /// <summary>
    /// Somebody's account as it is at this moment, for what can't be taken back and for secrets: an answer from before
    /// does not count.
    /// </summary>
    /// <exception cref="ChatException">Mattermost does not answer.</exception>
    public Task<KnownPerson?> Now(UserId id, CancellationToken cancel) => AskAndKeep(id, cancel);

    /// <summary>
    /// Somebody's account as it is now; as it was known when Mattermost does not answer. What changed counts at once.
    /// </summary>
    /// <exception cref="ChatException">Nobody ever asked for this account, and Mattermost does not answer now.</exception>
    public async ValueTask<KnownPerson?> Latest(UserId id, CancellationToken cancel)
    {
        try
        {
            return await AskAndKeep(id, cancel);
        }
        catch (ChatException)
        {
            if (await Read(id, cancel) is { StandingIsKnown: true } known)
            {
                return known;
            }

            throw;
        }
    }

    /// <summary>
    /// Mattermost says that something about somebody's account changed: what was known of it does not count any more,
    /// and it is asked for again at once. Costs nothing for people of whom nothing is known.
    /// </summary>
    public void Doubt(UserId id)
    {
        if (_recent.Find(id) is { } known)
        {
            _recent.Change(id, k => (k ?? known) with { Doubts = (k ?? known).Doubts + 1 });
            _chores.Writer.TryWrite(new Chore(id, Ask: true));
        }
    }

    /// <summary>Mattermost's system administrators who ever did something here, in a fixed order.</summary>
    public async ValueTask<IReadOnlyList<UserId>> SystemAdministrators(
        int atMost,
        CancellationToken cancel
    )
    {
        var known = await store.List(
            KnownPerson.Kind,
            KnownPerson.Administrators,
            IndexKey.Empty,
            null,
            atMost,
            cancel
        );
        // What is in memory may be newer by a moment.
        return
        [
            .. known
                .Items.Select(p => p.Value.Id)
                .Where(id => _recent.Find(id) is not { IsRead: true, IsSystemAdmin: false }),
        ];
    }

    private async Task<KnownPerson?> Meet(UserId id)
    {
        try
        {
            return await AskAndKeep(id, CancellationToken.None);
        }
        catch (ChatException problem)
        {
            Log.NotMet(log, id.Value, problem.Message);
            throw;
        }
        finally
        {
            _asking.TryRemove(id, out _);
        }
    }

    /// <summary>Asks, and writes the answer down before anything is decided on it.</summary>
    private async Task<KnownPerson?> AskAndKeep(UserId id, CancellationToken cancel)
    {
        var known = await Ask(id, cancel);
        if (known is null)
        {
            return null;
        }

        try
        {
            await Write(id, cancel);
        }
        catch (StoreUnwritableException problem)
        {
            // Reading must go on while the disk is full: the answer is in memory.
            Log.PutOff(log, id.Value, problem.Message);
        }

        return known;
    }

    private async Task<KnownPerson?> Ask(UserId id, CancellationToken cancel)
    {
        // What changes while the answer is on its way may not be in it.
        var doubts = _recent.Find(id)?.Doubts ?? 0;
        if (await chat.FindMember(id, cancel) is not { } person)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        return Keep(
            id,
            doubts,
            known =>
                Told(known, person, doubts, now) with
                {
                    IsOutside = person.IsOutside,
                    IsGuest = person.IsGuest,
                    StandingIsKnown = true,
                    StandingAt = now,
                }
        );
    }

    /// <summary>Keeps an answer, unless what is known comes from a question that was asked upon more of what changed.</summary>
    private KnownPerson Keep(UserId id, int doubts, Func<KnownPerson?, KnownPerson> answer)
    {
        var known = _recent.Change(
            id,
            held => held is { Settled: var settled } && settled > doubts ? held : answer(held)
        );
        _chores.Writer.TryWrite(new Chore(id, Ask: false));
        return known;
    }

    /// <summary>What an account is, as Mattermost told it; what it is in teams stays as it was known.</summary>
    private static KnownPerson Told(
        KnownPerson? known,
        ChatPerson person,
        int doubts,
        DateTimeOffset now
    ) =>
        new(person.Id, person.Username)
        {
            TimeZone = person.TimeZone,
            IsBot = person.IsBot,
            IsDeactivated = person.IsDeactivated,
            IsSystemAdmin = person.IsSystemAdmin,
            // A guest of a team is told of only by what asks for teams, too.
            IsGuest = person.IsGuest || known is { IsGuest: true, StandingIsKnown: true },
            IsOutside = known?.IsOutside ?? false,
            StandingIsKnown = known?.StandingIsKnown ?? false,
            // A doubt may be about teams, for which only what rights depend on is asked.
            StandingAt = known is { IsDoubted: false } ? known.StandingAt : null,
            AskedAt = now,
            HeardAt = now,
            IsRead = true,
            Doubts = known?.Doubts ?? 0,
            Settled = doubts,
        };
}
