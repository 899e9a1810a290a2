using System.Collections.Concurrent;
using Sidecar.Features.Tokens;
using Sidecar.Storage;

namespace Sidecar.Api;

/// <summary>
/// How fast one token may go on: a bucket that refills with time. A program that runs away takes the product away from
/// nobody else, and is told in headers how far it may go.
/// </summary>
/// <param name="settings">How fast.</param>
/// <param name="shared">Keeps the buckets where several processes share a store; null for this one's memory.</param>
internal sealed class TokenRateLimit(TokenSettings settings, ISharedPaces? shared = null)
{
    private const int Remembered = 10_000;

    // One time says how full a bucket is: the moment at which it would be full again.
    private readonly ConcurrentDictionary<ApiTokenId, DateTimeOffset> _fullAt = new();

    private TimeSpan Cost { get; } = TimeSpan.FromSeconds(1.0 / settings.RequestsPerSecond);

    private TimeSpan Capacity => settings.Burst * Cost;

    /// <summary>What is allowed, as the header tells it: so many in so many seconds.</summary>
    public string Policy =>
        $"\"token\";q={settings.Burst};w={Math.Max(1, (int)Math.Ceiling(Capacity.TotalSeconds))}";

    /// <summary>Counts a request.</summary>
    /// <param name="token">Of which token.</param>
    /// <param name="requests">As how many it counts; a full bucket is always enough.</param>
    /// <param name="now">When, UTC.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<RateLeft> Spend(
        ApiTokenId token,
        int requests,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var cost = Cost * Math.Min(requests, settings.Burst);
        var here = SpendHere(token, cost, now);
        if (shared is null)
        {
            return here;
        }

        try
        {
            return await shared.Spend($"token {token}", cost, Capacity, now, cancel) is { } wait
                ? new RateLeft(0, wait)
                : here with
                {
                    Wait = null,
                };
        }
        catch (IOException)
        {
            // Without the database each process counts for itself.
            return here;
        }
    }

    private RateLeft SpendHere(ApiTokenId token, TimeSpan cost, DateTimeOffset now)
    {
        if (_fullAt.Count > Remembered)
        {
            foreach (var (known, fullAt) in _fullAt)
            {
                if (fullAt < now)
                {
                    _fullAt.TryRemove(known, out _);
                }
            }
        }

        while (true)
        {
            var known = _fullAt.TryGetValue(token, out var fullAt);
            var afterwards = (fullAt < now ? now : fullAt) + cost;
            var over = afterwards - now - Capacity;
            if (over > TimeSpan.Zero)
            {
                return new RateLeft(0, over);
            }

            if (
                known
                    ? _fullAt.TryUpdate(token, afterwards, fullAt)
                    : _fullAt.TryAdd(token, afterwards)
            )
            {
                return new RateLeft((int)Math.Round(-over / Cost), null);
            }
        }
    }
}

/// <summary>What is left after a request.</summary>
/// <param name="Requests">So many more at once.</param>
/// <param name="Wait">It was one too many: how long to wait; null when it was not.</param>
internal sealed record RateLeft(int Requests, TimeSpan? Wait)
{
    public int WaitSeconds => Math.Max(1, (int)Math.Ceiling((Wait ?? TimeSpan.Zero).TotalSeconds));
}
