namespace Sidecar.Storage.Sqlite;

/// <summary>
/// Answers that were given since the last commit. In an outage everybody looks at the same lists and the same
/// escalation, and between two commits the answer is the same. The data directory belongs to one process, so nobody
/// else's commit can be missed.
/// </summary>
/// <param name="commits">How many commits have been flushed; counted before any of their callers is told.</param>
internal sealed class RecentReads(Func<long> commits)
{
    private const int Places = 256;

    private readonly Entry?[] _entries = new Entry?[Places];
    private readonly int[] _seen = new int[Places];

    /// <summary>The answer to a question, from memory or by asking.</summary>
    public async ValueTask<T> Of<T>(object question, Func<ValueTask<T>> ask)
    {
        // Taken before asking: a commit that comes in between makes the answer old at once, never young.
        var asOf = commits();
        var hash = question.GetHashCode();
        var place = (uint)hash % Places;
        if (
            _entries[place] is { } entry
            && entry.AsOf == asOf
            && entry.Question.Equals(question)
            && entry.Answer is T known
        )
        {
            return known;
        }

        var answer = await ask();
        if (_seen[place] == hash)
        {
            _entries[place] = new Entry(question, asOf, answer);
        }

        // Kept from the second time on: what is asked once would only fill memory.
        _seen[place] = hash;
        return answer;
    }

    private sealed record Entry(object Question, long AsOf, object? Answer);
}
