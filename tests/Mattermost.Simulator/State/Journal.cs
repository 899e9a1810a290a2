namespace Mattermost.Simulator;

/// <summary>A log that keeps the newest entries only, so that hours of load do not fill the memory.</summary>
internal sealed class Journal<T>(int capacity)
{
    private readonly Lock gate = new();
    private readonly Queue<T> entries = new();

    public void Add(T entry)
    {
        lock (gate)
        {
            entries.Enqueue(entry);
            if (entries.Count > capacity)
            {
                entries.Dequeue();
            }
        }
    }

    public IReadOnlyList<T> Snapshot()
    {
        lock (gate)
        {
            return [.. entries];
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
        }
    }
}
