using System.Security.Cryptography;
using Sidecar.Storage;
using Sidecar.Time;

namespace Sidecar.Scheduling;

/// <summary>
/// What fell due and went wrong, and when it is tried again. In memory: after a restart everything is tried at once.
/// </summary>
internal sealed class RetryBackoff(TimeProvider clock)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Kind, string Id), Hold> _holds = [];

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _holds.Count;
            }
        }
    }

    /// <summary>It has to wait.</summary>
    public bool Has(DueTime due)
    {
        lock (_gate)
        {
            return _holds.TryGetValue((due.Kind, due.Id), out var hold)
                && Left(hold) > TimeSpan.Zero;
        }
    }

    /// <summary>It went wrong; after each time in a row it waits longer.</summary>
    public Trouble Add(DueTime due)
    {
        lock (_gate)
        {
            var before = _holds.GetValueOrDefault((due.Kind, due.Id));
            var failures = (before?.Failures ?? 0) + 1;
            var wait = Backoff.After(failures, FirstRetry, LongestRetry);
            var reference =
                before?.Reference ?? RandomNumberGenerator.GetHexString(6, lowercase: true);
            _holds[(due.Kind, due.Id)] = new Hold(failures, reference, clock.GetTimestamp(), wait);
            return new Trouble(reference, clock.GetUtcNow() + wait, before is null);
        }
    }

    /// <summary>Forgets what is not due any more.</summary>
    /// <param name="stillDue">What is.</param>
    /// <returns>What is forgotten, with the reference of its trouble.</returns>
    public IReadOnlyList<(string Kind, string Id, string Reference)> KeepOnly(
        IReadOnlySet<(string Kind, string Id)> stillDue
    )
    {
        lock (_gate)
        {
            var over = _holds.Where(h => !stillDue.Contains(h.Key)).ToList();
            over.ForEach(h => _holds.Remove(h.Key));
            return [.. over.Select(h => (h.Key.Kind, h.Key.Id, h.Value.Reference))];
        }
    }

    /// <summary>When the first of them is tried again, UTC; null when there are none.</summary>
    public DateTimeOffset? NextRetry()
    {
        lock (_gate)
        {
            // One whose wait is over and that still could not be tried hangs: it is tried at some heartbeat.
            var left = _holds.Values.Select(Left).Where(l => l > TimeSpan.Zero).ToList();
            return left.Count == 0 ? null : clock.GetUtcNow() + left.Min();
        }
    }

    // By what has elapsed: a clock that is set back must not put a retry off.
    private TimeSpan Left(Hold hold) => hold.Wait - clock.GetElapsedTime(hold.Since);

    private sealed record Hold(int Failures, string Reference, long Since, TimeSpan Wait);
}

/// <summary>How something that went wrong goes on.</summary>
/// <param name="Reference">By which an administrator finds it in the log.</param>
/// <param name="RetryAt">When it is tried again, UTC.</param>
/// <param name="IsNew">It had not gone wrong before.</param>
internal sealed record Trouble(string Reference, DateTimeOffset RetryAt, bool IsNew);
