using Sidecar.Ids;

namespace Sidecar.Features.Webhooks;

/// <summary>A delivery that waits in the outbox.</summary>
/// <param name="Sequence">Its place in the order of commits.</param>
/// <param name="Effect">The effect.</param>
/// <param name="Delivery">What is delivered.</param>
/// <param name="QueuedAt">Since when, UTC.</param>
internal sealed record WaitingHook(
    long Sequence,
    EffectId Effect,
    string Delivery,
    DateTimeOffset QueuedAt
)
{
    /// <summary>Not tried before this time, UTC.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>How often it was said that it goes on at once.</summary>
    public int Woken { get; set; }
}

/// <summary>What waits for one receiver. Changed under the pump's lock alone.</summary>
internal sealed class HookLane(string name, WebhookId subscription)
{
    private const int Troubled = 3;

    private readonly SortedList<long, WaitingHook> _waiting = [];

    public string Name => name;

    public WebhookId Subscription => subscription;

    public int Count => _waiting.Count;

    public DateTimeOffset? Oldest => _waiting.Count > 0 ? _waiting.Values[0].QueuedAt : null;

    /// <summary>A delivery is at work.</summary>
    public bool IsRunning { get; set; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; set; }

    /// <summary>Nothing is sent there before this time, UTC.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    public void Add(WaitingHook waiting) => _waiting.TryAdd(waiting.Sequence, waiting);

    public void Remove(WaitingHook waiting) => _waiting.Remove(waiting.Sequence);

    /// <summary>The oldest that may be tried now; null when one is at work or all wait for a time.</summary>
    public WaitingHook? Next(DateTimeOffset now) =>
        IsRunning || NotBefore > now
            ? null
            : _waiting.Values.FirstOrDefault(w => !(w.NotBefore > now));

    /// <summary>When <see cref="Next"/> is something; null while one is at work, or nothing waits.</summary>
    public DateTimeOffset? NextAt(DateTimeOffset now)
    {
        if (IsRunning || _waiting.Count == 0)
        {
            return null;
        }

        var first = _waiting.Values.Min(w => w.NotBefore ?? now);
        return NotBefore > first ? NotBefore : first;
    }

    /// <summary>It takes what it is sent. What failed because it did not is tried again at once.</summary>
    public void Reached()
    {
        if (Failures >= Troubled)
        {
            Wake();
        }

        (Failures, NotBefore) = (0, null);
    }

    /// <summary>All that waits for a time waits no longer.</summary>
    public void Wake()
    {
        NotBefore = null;
        foreach (var waiting in _waiting.Values)
        {
            waiting.NotBefore = null;
            waiting.Woken++;
        }
    }
}
