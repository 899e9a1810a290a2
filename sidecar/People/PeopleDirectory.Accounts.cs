using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.People;

/// <summary>What accounts are, as Mattermost tells it: what somebody may do begins with it (ALL-3).</summary>
internal sealed partial class PeopleDirectory
{
    /// <summary>
    /// Somebody's account as Mattermost told it, for deciding what they may do; null when Mattermost knows nobody with
    /// that id or does not show them. Who was asked for once is answered from memory and asked for again behind it.
    /// </summary>
    /// <exception cref="ChatException">Nobody ever asked for this account, and Mattermost does not answer now.</exception>
    public async ValueTask<KnownPerson?> Account(UserId id, CancellationToken cancel)
    {
        var known = await Read(id, cancel);
        if (known is not { StandingIsKnown: true })
        {
            // Who presses twice waits for one answer, and giving up spoils it for nobody else.
            var asking = _asking.GetOrAdd(id, who => new Lazy<Task<KnownPerson?>>(() => Meet(who)));
            return await asking.Value.WaitAsync(cancel);
        }

        AskLaterIfOld(known);
        return known;
    }

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
        if (await chat.FindPerson(id, cancel) is not { } person)
        {
            return null;
        }

        var known = _recent.Change(
            id,
            _ => new KnownPerson(id, person.Username)
            {
                TimeZone = person.TimeZone,
                IsBot = person.IsBot,
                IsDeactivated = person.IsDeactivated,
                IsSystemAdmin = person.IsSystemAdmin,
                IsGuest = person.IsGuest,
                StandingIsKnown = true,
                AskedAt = clock.GetUtcNow(),
                IsRead = true,
            }
        );
        _chores.Writer.TryWrite(new Chore(id, Ask: false));
        return known;
    }
}
