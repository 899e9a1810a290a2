using Sidecar.Chat;

namespace Sidecar.Outbox;

/// <summary>What waits to be delivered in one channel or to one person, in the order in which it was committed.</summary>
internal sealed class OutboxLane(string name)
{
    // They come at the end and go from the front, nearly always.
    private readonly SortedList<long, OutboxEntry> _entries = [];

    public string Name => name;

    /// <summary>It holds errands, which go nowhere near Mattermost.</summary>
    public bool IsOfErrands { get; } =
        name.StartsWith(Effect.Errand.LanePrefix, StringComparison.Ordinal);

    public int Count => _entries.Count;

    public OutboxEntry Head => _entries.Values[0];

    /// <summary>Failures in a row.</summary>
    public int Failures { get; set; }

    /// <summary>It is tried before its time, since others got through: failing then says nothing new.</summary>
    public bool IsEarly { get; set; }

    /// <summary>A delivery is at work.</summary>
    public bool IsRunning { get; set; }

    /// <summary>Not served before this time.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>Tells a place in the queue of waiting lanes that was given up from the one that counts.</summary>
    public int Ticket { get; set; }

    /// <summary>What Mattermost did already and the store could not take down: it must not be done again.</summary>
    public OutboxBatch? Unsettled { get; set; }

    /// <summary>The same name, in the memory of the last entry's when that has it: what belongs together comes together.</summary>
    public PostName? Shared(PostName? shown) =>
        Count > 0 && _entries.Values[Count - 1].Shows is { } last && last == shown ? last : shown;

    /// <returns>Whether it is one more; one that is there already stays.</returns>
    public bool Add(OutboxEntry entry) => _entries.TryAdd(entry.Sequence, entry);

    /// <summary>Like <see cref="Add"/>, in place of one that is there: that one was given up, and is about to be removed.</summary>
    public bool AddAnew(OutboxEntry entry)
    {
        var known = _entries.ContainsKey(entry.Sequence);
        _entries[entry.Sequence] = entry;
        return !known;
    }

    public bool Remove(OutboxEntry entry) =>
        _entries.TryGetValue(entry.Sequence, out var there)
        && ReferenceEquals(there, entry)
        && _entries.Remove(entry.Sequence);

    /// <summary>What is delivered next: the first effect, and with it all waiting ones that show the same.</summary>
    public OutboxBatch Next()
    {
        if (Unsettled is { } batch)
        {
            return batch;
        }

        var head = Head;
        return head.Shows is { } shown
            ? new OutboxBatch(head, [.. _entries.Values.Where(e => e.Shows == shown)])
            : new OutboxBatch(head, [head]);
    }
}

/// <summary>Effects that one delivery settles.</summary>
/// <param name="Head">The first: its place in the order counts, and by its id the post is recognised.</param>
/// <param name="All">All of them in order; what the last one shows is shown.</param>
internal sealed record OutboxBatch(OutboxEntry Head, IReadOnlyList<OutboxEntry> All)
{
    public OutboxEntry Last => All[^1];

    /// <summary>What it is about, for logs; all of them are about the same.</summary>
    public string About => Last.About;

    /// <summary>What Mattermost did.</summary>
    public Arrival? Arrived { get; set; }
}

/// <summary>An effect has arrived.</summary>
/// <param name="Name">The named post that it made or moved; null when it made none.</param>
/// <param name="At">Where that stands now.</param>
internal sealed record Arrival(PostName? Name, PostedAt? At)
{
    public static Arrival Unnamed { get; } = new(null, null);

    /// <summary>What whoever waits for it is told.</summary>
    public Outcome Outcome { get; init; } = Outcome.Done;
}
