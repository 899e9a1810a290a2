using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.People;

/// <summary>
/// Who said in Mattermost that they are away. What was heard holds for five minutes; while Mattermost does not answer,
/// for an hour, and then nothing is known. Nobody waits for it longer than three seconds.
/// </summary>
internal sealed partial class KnownPresences(
    IChat chat,
    PeopleSettings settings,
    TimeProvider clock,
    ILogger<KnownPresences> log
)
{
    private const int InMemory = 2_000;
    private const int AtOnce = 100;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Useful = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(30);

    private readonly RecentByPerson<Heard> _recent = new(InMemory);
    private long _silentUntil;

    /// <summary>The absences of those who are away, by person. Nothing of Mattermost's troubles comes out of here.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async ValueTask<IReadOnlyDictionary<UserId, Absence>> Of(
        IReadOnlyCollection<UserId> people,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        UserId[] stale =
        [
            .. people.Distinct().Where(person => !(now - _recent.Find(person)?.At < Fresh)),
        ];
        var news = stale.Length > 0 ? await Ask(stale, now, cancel) : [];
        var away = new Dictionary<UserId, Absence>();
        foreach (var person in people)
        {
            var heard = news.GetValueOrDefault(person) ?? _recent.Find(person);
            if (
                heard is { Presence: { } presence }
                && now - heard.At < Useful
                && Read(presence, now) is { } absence
            )
            {
                away[person] = absence;
            }
        }

        return away;
    }

    /// <summary>What a presence says.</summary>
    private Absence? Read(ChatPresence presence, DateTimeOffset now)
    {
        if (presence.Status == ChatStatus.OutOfOffice)
        {
            return new Absence(IsLong: true, Until: null);
        }

        if (presence.Until <= now)
        {
            return null;
        }

        return settings.SaysAway(presence.CustomText, presence.CustomEmoji)
                ? new Absence(IsLong: true, presence.Until)
            : presence.Status == ChatStatus.DoNotDisturb
                ? new Absence(IsLong: false, presence.Until)
            : null;
    }

    private async Task<Dictionary<UserId, Heard>> Ask(
        UserId[] people,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var news = new Dictionary<UserId, Heard>();
        // Whoever comes while Mattermost is silent must not wait for it again.
        if (now.UtcTicks < Volatile.Read(ref _silentUntil))
        {
            return news;
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            foreach (var some in people.Chunk(AtOnce))
            {
                var answer = await chat.Presences(some, either.Token).WaitAsync(either.Token);
                foreach (var person in some)
                {
                    var presence = answer.FirstOrDefault(p => p.Person == person);
                    news[person] = _recent.Change(person, _ => new Heard(presence, now));
                }
            }
        }
        catch (Exception silence)
            when (silence is ChatException or NotSupportedException
                || (silence is OperationCanceledException && !cancel.IsCancellationRequested)
            )
        {
            Volatile.Write(ref _silentUntil, (clock.GetUtcNow() + LeftAlone).UtcTicks);
            Log.Silent(log, silence.Message);
        }

        return news;
    }

    /// <param name="Presence">Null when Mattermost knows nobody with that id.</param>
    /// <param name="At">When it was heard.</param>
    private sealed record Heard(ChatPresence? Presence, DateTimeOffset At);

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "Mattermost did not say who is away; what was last heard counts for up to an hour: {Problem}"
        )]
        public static partial void Silent(ILogger log, string problem);
    }
}
