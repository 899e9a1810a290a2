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
    AwaitFile files,
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
        await files.Await(person, cancel);
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
            await Watch(change, person, cancel);
            committed = await store.Commit(change, cancel);
        } while (!committed);
    }

    /// <summary>Somebody goes on with it: it is looked at again for a while.</summary>
    public async Task Watch(UserId person, CancellationToken cancel)
    {
        await files.Await(person, cancel);
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

    /// <summary>It is time to look again.</summary>
    public async Task Look(DueCall call, CancellationToken cancel)
    {
        var person = new UserId(call.Id);
        await Refresh(person, cancel);
        var session = await store.Find(GuidedSession.Kind, call.Id, cancel);
        var goesOn = session is { Value: var current } && current.Until > call.Now;
        var change = new Change(call.Now, LookAgain).Due(
            LookAgain,
            call.Id,
            goesOn ? call.Now + LookEvery : null
        );

        // When somebody pressed meanwhile, it is still due.
        await store.Commit(change, cancel);
    }

    private async Task Watch(Change change, UserId person, CancellationToken cancel)
    {
        var read = await store.Find(GuidedSession.Kind, person.Value, cancel);
        var session = new GuidedSession(person, change.Now + LookFor);
        _ = read is null
            ? change.Add(GuidedSession.Kind, person.Value, session)
            : change.Replace(GuidedSession.Kind, read, session);
        change.Due(LookAgain, person.Value, change.Now + LookEvery);
    }

    private static string About(UserId person) => $"setup/{person.Value}";
}
