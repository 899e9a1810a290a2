using System.Collections.Concurrent;

namespace Sidecar.Storage.Files;

/// <summary>
/// Answers that no commit has changed since. In an outage everybody looks at the same lists and the same escalation,
/// and until somebody changes a document of that kind the answer is the same. The data directory belongs to one
/// process, so nobody else's commit can be missed.
/// </summary>
internal sealed class RecentReads
{
    private const int Places = 256;

    /// <summary>With the number of places this bounds what the answers may take.</summary>
    private const int LargestAnswer = 64 * 1024;

    private readonly Entry?[] _entries = new Entry?[Places];
    private readonly int[] _seen = new int[Places];
    private readonly ConcurrentDictionary<string, long> _changes = new(StringComparer.Ordinal);

    /// <summary>A commit that writes documents of these kinds is on disk, or may be; told before any of its callers is.</summary>
    public void Changed(IEnumerable<DocumentWrite> writes)
    {
        foreach (var write in writes)
        {
            _changes.AddOrUpdate(write.Key.Kind, 1, static (_, count) => count + 1);
        }
    }

    /// <summary>The answer to a question, from memory or by asking.</summary>
    /// <param name="kind">Only writes to documents of this kind change the answer.</param>
    /// <param name="question">Equal for equal questions.</param>
    /// <param name="ask">Asks the engine.</param>
    public async ValueTask<T> Of<T>(string kind, object question, Func<ValueTask<T>> ask)
    {
        // Taken before asking: a commit that comes in between makes the answer old at once, never young.
        var asOf = _changes.GetValueOrDefault(kind);
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
        if (_seen[place] == hash && SizeOf(answer) <= LargestAnswer)
        {
            _entries[place] = new Entry(question, asOf, answer);
        }

        // Kept from the second time on: what is asked once would only fill memory.
        _seen[place] = hash;
        return answer;
    }

    private static long SizeOf(object? answer) =>
        answer switch
        {
            StoredDocument document => document.Body.Length,
            IReadOnlyList<IndexedDocument> page => page.Sum(static found =>
                (long)found.Document.Body.Length + found.At.Bytes.Length
            ),
            _ => 0,
        };

    private sealed record Entry(object Question, long AsOf, object? Answer);
}
