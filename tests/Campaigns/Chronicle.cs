using System.Globalization;

namespace Campaigns;

/// <summary>What happened, by the clock of the campaign: the last of it is shown where something is wrong.</summary>
internal sealed class Chronicle(Action<string> print, Func<DateTimeOffset> now)
{
    private const int Shown = 60;
    private const int Kept = 4000;

    private readonly Queue<string> _lines = new();
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Note(string what)
    {
        lock (_lines)
        {
            _lines.Enqueue($"{now().ToString("u", CultureInfo.InvariantCulture)} {what}");
            if (_lines.Count > Kept)
            {
                _lines.Dequeue();
            }
        }
    }

    public void Count(string what, int more = 1)
    {
        lock (_lines)
        {
            _counts[what] = _counts.GetValueOrDefault(what) + more;
        }
    }

    public void Print(string line) => print(line);

    /// <summary>Everything that was counted whose name begins so.</summary>
    public string Counts(string start)
    {
        lock (_lines)
        {
            return string.Join(
                ", ",
                _counts
                    .Where(c => c.Key.StartsWith(start, StringComparison.Ordinal))
                    .Select(c => $"{c.Key[start.Length..]} {c.Value}")
            );
        }
    }

    /// <summary>The last lines, and those before that speak of something.</summary>
    public string About(string? what)
    {
        lock (_lines)
        {
            var before = _lines.SkipLast(Shown).Where(l => what is not null && l.Contains(what));
            return string.Join('\n', before.TakeLast(Shown).Concat(_lines.TakeLast(Shown)));
        }
    }
}

/// <summary>Something is not as it must be.</summary>
internal sealed class WrongException(string what, string? about = null) : Exception(what)
{
    public string? AboutCase { get; } = about;
}
