using System.Collections.Concurrent;
using System.Threading.Channels;
using Sidecar.Interactions;
using Sidecar.Scheduling;
using Sidecar.Storage;

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
    private const int InMemory = 20_000;
    private const int Backlog = 10_000;
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromHours(12);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(5);

    private readonly RecentByPerson<KnownPerson> _recent = new(InMemory);
    private readonly ConcurrentDictionary<UserId, Lazy<Task<KnownPerson?>>> _asking = new();

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
    /// do is <see cref="RoleBook.Of"/>.
    /// </summary>
    /// <exception cref="ChatException">Nothing is known, and Mattermost could not be asked.</exception>
    public async ValueTask<ChatPerson?> Find(UserId id, CancellationToken cancel)
    {
        var known = await Read(id, cancel);
        if (known is { AskedAt: not null })
        {
            AskLaterIfOld(known);
            return known.ToChatPerson();
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
