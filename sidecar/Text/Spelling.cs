namespace Sidecar.Text;

/// <summary>How far apart two spellings are. It costs little, whatever somebody types: lengths are compared first.</summary>
public static class Spelling
{
    /// <summary>What is longer is no slip of anything.</summary>
    public const int Longest = 80;

    /// <summary>
    /// The number of letters to add, drop, replace or swap with their neighbour to get from one to the other (optimal
    /// string alignment); null when there are more than so many.
    /// </summary>
    /// <param name="one">A spelling.</param>
    /// <param name="other">Another one.</param>
    /// <param name="most">The largest distance that matters.</param>
    public static int? Within(string one, string other, int most)
    {
        if (
            one.Length > Longest
            || other.Length > Longest
            || Math.Abs(one.Length - other.Length) > most
        )
        {
            return null;
        }

        var width = other.Length + 1;
        Span<int> rows = stackalloc int[3 * (Longest + 1)];
        var older = rows[..width];
        var before = rows[width..(2 * width)];
        var row = rows[(2 * width)..(3 * width)];
        for (var j = 0; j < width; j++)
        {
            before[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j < width; j++)
            {
                var replace = one[i - 1] == other[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(before[j], row[j - 1]) + 1, before[j - 1] + replace);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    row[j] = Math.Min(row[j], older[j - 2] + 1);
                }

                least = Math.Min(least, row[j]);
            }

            // From here on it only grows, but for a swap that began in the row before.
            if (least > most + 1)
            {
                return null;
            }

            var free = older;
            older = before;
            before = row;
            row = free;
        }

        return before[other.Length] <= most ? before[other.Length] : null;
    }

    /// <summary>The one that was probably meant; null when none is near.</summary>
    public static string? Near(string word, IEnumerable<string> known) =>
        word.Length > Longest
            ? null
            : known
                .Select(k =>
                    (
                        Known: k,
                        Away: Within(
                            k.ToLowerInvariant(),
                            word.ToLowerInvariant(),
                            word.Length > 8 ? 3 : 2
                        )
                    )
                )
                .Where(k => k.Away is not null)
                .OrderBy(k => k.Away)
                .Select(k => k.Known)
                .FirstOrDefault();
}
