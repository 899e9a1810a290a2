using Sidecar.Chat;
using Sidecar.Features.Customers.Import;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.GuidedSetup;

/// <summary>Who has the list before them, and until when it is looked at again by itself.</summary>
/// <param name="Person">Who.</param>
/// <param name="Until">Until when, UTC.</param>
internal sealed record GuidedSession(UserId Person, DateTimeOffset Until)
{
    /// <summary>The last file of customers that was there before, or was asked about; null while none is awaited.</summary>
    public string? LastFile { get; init; }

    public static DocumentKind<GuidedSession> Kind { get; } =
        new("guided-setup", GuidedJson.Default.GuidedSession);
}

/// <summary>
/// Keeps the list of steps current. Steps of other features end in their own forms, which know nothing of it: so for a
/// while after each press it looks again, and says something only when something has changed.
/// </summary>
internal sealed class GuidedList(
    Store store,
    GuidedQueries facts,
    SharedPosts posts,
    ImportCustomers import,
    TimeProvider clock
)
{
    /// <summary>The kind of due times of looking again.</summary>
    public const string LookAgain = "guided-setup.look";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookFor = TimeSpan.FromMinutes(20);

    /// <summary>Writes the list to somebody; one of before loses its buttons.</summary>
    public async Task Show(UserId person, string act, Markdown above, CancellationToken cancel)
    {
        var card = GuidedCard.Of(await facts.Now(cancel));
        var there = await LastSent(person, cancel);
        bool committed;
        do
        {
            if (await store.Find(IdempotencyRecord.Kind, act, cancel) is not null)
            {
                return;
            }

            var now = clock.GetUtcNow();
            var change = new Change(now, person.Value).Add(
                IdempotencyRecord.Kind,
                act,
                new IdempotencyRecord(About(person), now)
            );
            foreach (var before in await store.OpenAbout(About(person), cancel))
            {
                change.Settle(before, new Settlement(Markdown.Of($"The current list is below.")));
            }

            change.Do(
                new Effect.TellPerson(person, above, card)
                {
                    About = About(person),
                    OnBehalfOf = person,
                    IsInternal = true,
                }
            );
            await Watch(change, person, cancel, there);
            committed = await store.Commit(change, cancel);
        } while (!committed);
    }

    /// <summary>What lies there from before is no answer to the list; null when nobody can say.</summary>
    private async ValueTask<string?> LastSent(UserId person, CancellationToken cancel)
    {
        try
        {
            var sent = await posts.FindSent(person, ImportCustomers.Ending, cancel);
            return sent.Found?.Id.Value ?? "";
        }
        catch (ChatException)
        {
            return null;
        }
    }

    /// <summary>Somebody goes on with it: it is looked at again for a while.</summary>
    public async Task Watch(UserId person, CancellationToken cancel)
    {
        bool committed;
        do
        {
            var change = new Change(clock.GetUtcNow(), person.Value);
            await Watch(change, person, cancel);
            committed = await store.Commit(change, cancel);
        } while (!committed);
    }

    /// <summary>Brings somebody's list up to date.</summary>
    /// <returns>Whether anything was to be changed.</returns>
    public async Task<bool> Refresh(UserId person, CancellationToken cancel)
    {
        var card = GuidedCard.Of(await facts.Now(cancel));
        bool committed,
            isStale;
        do
        {
            var change = new Change(clock.GetUtcNow(), LookAgain);
            isStale = false;
            foreach (var open in await store.OpenAbout(About(person), cancel))
            {
                if (!GuidedCard.IsSame(open.Value.Card, card))
                {
                    isStale = true;
                    change.Show(open, card);
                }
            }

            committed = !isStale || await store.Commit(change, cancel);
        } while (!committed);

        return isStale;
    }

    /// <summary>Asks about a file with customers that somebody sent since they were last asked; from now on one is awaited.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> OfferSent(UserId person, CancellationToken cancel)
    {
        var sent = (await posts.FindSent(person, ImportCustomers.Ending, cancel)).Found;
        bool committed,
            isNew;
        do
        {
            var read = await store.Find(GuidedSession.Kind, person.Value, cancel);
            if (read is null)
            {
                return false;
            }

            var before = read.Value.LastFile;
            // What lies there from long ago was not sent as an answer to this list.
            isNew = sent is not null && before is not null && before != sent.Id.Value;
            if (!isNew && before is not null)
            {
                return false;
            }

            var change = new Change(clock.GetUtcNow(), person.Value).Replace(
                GuidedSession.Kind,
                read,
                read.Value with
                {
                    LastFile = sent?.Id.Value ?? "",
                }
            );
            if (isNew)
            {
                change.Do(await import.Offer(person, sent!, cancel));
            }

            committed = await store.Commit(change, cancel);
        } while (!committed);

        return isNew;
    }

    /// <summary>It is time to look again.</summary>
    public async Task Look(DueCall call, CancellationToken cancel)
    {
        var person = new UserId(call.Id);
        await Refresh(person, cancel);
        if (await store.Find(GuidedSession.Kind, call.Id, cancel) is { Value.LastFile: not null })
        {
            await OfferSent(person, cancel);
        }

        var session = await store.Find(GuidedSession.Kind, call.Id, cancel);
        // The document stays: a file that is sent later is known to be new when the list is asked for again.
        var goesOn = session is { Value: var current } && current.Until > call.Now;
        var change = new Change(call.Now, LookAgain).Due(
            LookAgain,
            call.Id,
            goesOn ? call.Now + LookEvery : null
        );

        // When somebody pressed meanwhile, it is still due.
        await store.Commit(change, cancel);
    }

    private async Task Watch(
        Change change,
        UserId person,
        CancellationToken cancel,
        string? lastFile = null
    )
    {
        var read = await store.Find(GuidedSession.Kind, person.Value, cancel);
        var until = change.Now + LookFor;
        var session = read?.Value ?? new GuidedSession(person, until);
        session = session with { Until = until, LastFile = session.LastFile ?? lastFile };
        _ = read is null
            ? change.Add(GuidedSession.Kind, person.Value, session)
            : change.Replace(GuidedSession.Kind, read, session);
        change.Due(LookAgain, person.Value, change.Now + LookEvery);
    }

    private static string About(UserId person) => $"setup/{person.Value}";
}
