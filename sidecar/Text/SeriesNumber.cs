using System.Globalization;

namespace Sidecar.Text;

/// <summary>Numbers of a series as people write them: <c>ESC-12</c>, <c>esc12</c>, <c>#12</c>, <c>12</c>, <c>(ESC-12)</c>.</summary>
internal static class SeriesNumber
{
    private const int Longest = 40;

    /// <summary>The number, with any dash that a phone makes; null when it is none of that series.</summary>
    public static long? Read(string series, string typed)
    {
        if (typed.Length > Longest)
        {
            return null;
        }

        var text = BareWord.Of(typed).AsSpan();
        text = text.StartsWith(series, StringComparison.OrdinalIgnoreCase)
            ? text[series.Length..].TrimStart(" -‐‑‒–—−_#")
            : text.TrimStart('#');
        return
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < 1_000_000_000
            ? number
            : null;
    }

    /// <summary>As people read it: <c>ESC-12</c>.</summary>
    public static string Write(string series, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{series}-{number}");
}
