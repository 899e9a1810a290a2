using System.Runtime.InteropServices;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Mattermost;

/// <summary>
/// How fast one person may go on: a bucket of <see cref="Burst"/> acts that refills with <see cref="PerSecond"/> a second.
/// A person never notices it; a script that runs away does not take the product away from everybody else.
/// </summary>
/// <param name="shared">Keeps the buckets where several processes share a store; null for this one's memory.</param>
/// <param name="burst">How many acts at once.</param>
/// <param name="perSecond">How many acts a second in the long run.</param>
internal sealed class PersonalRateLimit(
    ISharedPaces? shared = null,
    int burst = PersonalRateLimit.Burst,
    int perSecond = PersonalRateLimit.PerSecond
)
{
    /// <summary>How many acts at once.</summary>
    public const int Burst = 30;

    /// <summary>How many acts a second in the long run.</summary>
    public const int PerSecond = 5;

    private const int PeopleRemembered = 10_000;

    private readonly TimeSpan _cost = TimeSpan.FromSeconds(1.0 / perSecond);
    private readonly TimeSpan _capacity = burst * TimeSpan.FromSeconds(1.0 / perSecond);
    private readonly Lock _gate = new();

    // One time says how full a bucket is: the moment at which it would be full again.
    private readonly Dictionary<UserId, DateTimeOffset> _fullAt = [];
    private int _sweptFrom = PeopleRemembered;

    /// <summary>How long the person must wait, in words; null when they may go on.</summary>
    public async ValueTask<string?> TooFast(
        UserId person,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (shared is null)
        {
            return TooFastHere(person, now);
        }

        try
        {
            var over = await shared.Spend($"person {person.Value}", _cost, _capacity, now, cancel);
            return over is { } wait ? InWords(wait) : null;
        }
        catch (IOException)
        {
            // Without the database each process counts for itself.
            return TooFastHere(person, now);
        }
    }

    internal string? TooFastHere(UserId person, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_fullAt.Count > _sweptFrom)
            {
                Forget(now);
            }

            ref var fullAt = ref CollectionsMarshal.GetValueRefOrAddDefault(_fullAt, person, out _);
            var afterwards = (fullAt < now ? now : fullAt) + _cost;
            var over = afterwards - now - _capacity;
            if (over > TimeSpan.Zero)
            {
                return InWords(over);
            }

            fullAt = afterwards;
            return null;
        }
    }

    private static string InWords(TimeSpan wait) =>
        wait.TotalSeconds <= 1 ? "a second" : $"{(int)Math.Ceiling(wait.TotalSeconds)} seconds";

    private void Forget(DateTimeOffset now)
    {
        foreach (var (person, fullAt) in _fullAt)
        {
            if (fullAt < now)
            {
                _fullAt.Remove(person);
            }
        }

        // When all of them are busy, looking again at once would find nothing more to forget.
        _sweptFrom = Math.Max(PeopleRemembered, _fullAt.Count * 2);
    }
}
