using System.Collections.Concurrent;
using System.Threading.Channels;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Time;

namespace Sidecar.People;

/// <summary>
/// Who is who. Names come with everything people do and are kept; Mattermost is asked only for those who never did
/// anything, for what their accounts are, for time zones, and now and then whether something changed.
/// </summary>
internal sealed partial class PeopleDirectory(
    Store store,
    IChat chat,
    WorkingTime team,
    TimeProvider clock,
    ILogger<PeopleDirectory> log
) : BackgroundService
{
    /// <summary>The kind of due times that somebody sets who is none of ours any more.</summary>
    public const string WentAway = "people.gone";

    /// <summary>The kind of due times that an account sets when it becomes a guest's.</summary>
    public const string BecameGuest = "people.guest";

    private const int InMemory = 20_000;
    private const int Backlog = 10_000;
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromHours(12);
    internal static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>One act asks in several places, and twenty people press at once: what was told counts as long as that.</summary>
    private static readonly TimeSpan OneAct = TimeSpan.FromSeconds(1);

    /// <summary>Whoever does something about an outage does not wait longer for who they are.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan SilentFor = TimeSpan.FromSeconds(30);
    private const int AtOnce = 200;

    private readonly RecentByPerson<KnownPerson> _recent = new(InMemory);
    private readonly ConcurrentDictionary<UserId, Lazy<Task<KnownPerson?>>> _asking = new();

    /// <summary>Of whom something changed that could not be asked for yet: until then.</summary>
    private readonly ConcurrentDictionary<UserId, ITimer> _again = new();

    private long _silentUntil;

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

    /// <summary>
    /// Somebody's account, or null when there is none with that id. Good for showing and suggesting; what somebody may
    /// do is <see cref="RoleStore.Of"/>.
    /// </summary>
    /// <exception cref="ChatException">Nothing is known, and Mattermost could not be asked.</exception>
    public async ValueTask<ChatPerson?> Find(UserId id, CancellationToken cancel)
    {
        var known = await Read(id, cancel);
        if (known is { AskedAt: not null })
        {
            await Know([id], cancel);
            return (await Read(id, cancel))?.ToChatPerson();
        }

        try
        {
            return (await Ask(id, cancel))?.ToChatPerson();
        }
        catch (ChatException) when (known is not null)
        {
            return known.ToChatPerson();
        }
    }

    /// <summary>
    /// The zone in somebody's profile; the team’s when they set none, or when Mattermost has yet to be asked. Nobody waits for
    /// that answer: it is there the next time.
    /// </summary>
    public async ValueTask<TimeZoneInfo> ZoneOf(UserId id, CancellationToken cancel)
    {
        var known = await Read(id, cancel);
        if (known is { AskedAt: null })
        {
            AskLaterIfOld(known);
        }

        return known?.TimeZone is { } name ? Zones.Find(name) ?? team.Zone : team.Zone;
    }

    /// <summary>The zone that somebody’s profile names and this machine does not know; null when it is as it should be.</summary>
    public async ValueTask<string?> UnknownZoneOf(UserId id, CancellationToken cancel) =>
        (await Read(id, cancel))?.TimeZone is { Length: > 0 } name && Zones.Find(name) is null
            ? name
            : null;

    /// <summary>
    /// Makes names available to <see cref="NameOf"/> before something is shown, as Mattermost has them now: people are
    /// renamed, and names are taken by others. Mattermost is asked once for all whose name is older than a minute, and
    /// what they are comes with it.
    /// </summary>
    /// <exception cref="ChatException">Somebody's name was never known, and Mattermost does not answer.</exception>
    public async Task Know(IEnumerable<UserId> ids, CancellationToken cancel)
    {
        var stale = await Stale(ids, cancel);
        var named = stale.All(p => p.Known is not null);
        if (stale.Count == 0 || (named && IsSilent))
        {
            return;
        }

        try
        {
            await AskTogether(stale, cancel);
        }
        catch (ChatException problem) when (named)
        {
            FellSilent(problem);
        }
    }

    /// <summary>
    /// The same; when Mattermost does not answer, people count as what they were. Of whom Mattermost has just said that
    /// something changed, it is asked for all: that they have left the team stands in no account.
    /// </summary>
    public async Task TryToKnow(IEnumerable<UserId> ids, CancellationToken cancel)
    {
        UserId[] all = [.. ids.Distinct()];
        try
        {
            foreach (var id in all)
            {
                if (!IsSilent && _recent.Find(id) is { IsDoubted: true, StandingIsKnown: true })
                {
                    await Ask(id, cancel);
                }
            }

            await Know(all, cancel);
        }
        catch (ChatException problem)
        {
            FellSilent(problem);
        }
    }

    /// <summary>It is no person, as far as it is at hand.</summary>
    public bool IsBot(UserId id) => _recent.Find(id) is { IsBot: true };

    /// <summary>
    /// They are none of ours any more, as far as it is at hand (see <see cref="TryToKnow"/>): deactivated, a guest, or
    /// in no team of ours. Nobody is asked for anything who may do nothing about it.
    /// </summary>
    public bool IsGone(UserId id) => _recent.Find(id) is { IsGone: true };

    /// <summary>Nobody reads what is said to them, as far as it is at hand.</summary>
    public bool IsDeactivated(UserId id) => _recent.Find(id) is { IsDeactivated: true };

    /// <summary>The same before somebody is mentioned: a name that may be somebody else’s by now is not good enough.</summary>
    /// <exception cref="ChatException">Mattermost had to be asked and did not answer.</exception>
    public async Task KnowBeforeMentioning(IEnumerable<UserId> ids, CancellationToken cancel) =>
        await AskTogether(await Stale(ids, cancel), cancel);

    private async Task<List<(UserId Id, KnownPerson? Known)>> Stale(
        IEnumerable<UserId> ids,
        CancellationToken cancel
    )
    {
        List<(UserId, KnownPerson?)> stale = [];
        foreach (var id in ids.Distinct())
        {
            var known = await Read(id, cancel);
            if (known is null || !IsFresh(known, known.HeardAt, Fresh))
            {
                stale.Add((id, known));
            }
        }

        return stale;
    }

    private async Task AskTogether(
        IReadOnlyList<(UserId Id, KnownPerson? Known)> stale,
        CancellationToken cancel
    )
    {
        foreach (var some in stale.Chunk(AtOnce))
        {
            try
            {
                var now = clock.GetUtcNow();
                foreach (var person in await chat.FindAccounts([.. some.Select(p => p.Id)], cancel))
                {
                    var doubts = some.First(p => p.Id == person.Id).Known?.Doubts ?? 0;
                    Keep(person.Id, doubts, known => Told(known, person, doubts, now));
                }
            }
            catch (ChatException problem)
                when (problem.Problem is ChatProblem.Refused or ChatProblem.Missing)
            {
                // Who may not be seen stays unnamed; nothing must fail for it.
                Log.Unseen(log, some[0].Id.Value, problem.Message);
            }
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
                heard is { IsRead: true }
                    ? heard
                    : stored.Value with
                    {
                        Username = heard?.Username ?? stored.Value.Username,
                        IsRead = true,
                    }
        );
    }
}
