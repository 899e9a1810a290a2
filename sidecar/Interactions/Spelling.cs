namespace Sidecar.Interactions;

/// <summary>How far apart two spellings are.</summary>
public static class Spelling
{
    /// <summary>
    /// The number of letters to add, drop, replace or swap with their neighbour to get from one to the other (optimal
    /// string alignment).
    /// </summary>
    public static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= other.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var replace = one[i - 1] == other[j - 1] ? 0 : 1;
                var least = Math.Min(
                    Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1),
                    rows[i - 1, j - 1] + replace
                );
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    least = Math.Min(least, rows[i - 2, j - 2] + 1);
                }

                rows[i, j] = least;
            }
        }

        return rows[one.Length, other.Length];
    }
}
