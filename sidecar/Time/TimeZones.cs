using Sidecar.Text;

namespace Sidecar.Time;

/// <summary>Time zones by their IANA names, forgiving about case and about what people call them instead.</summary>
internal static class TimeZones
{
    private const int LongestName = 60;

    /// <summary>Reads what was typed.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="problem">What is wrong with it, as a sentence; empty when a name is returned.</param>
    public static string? Read(string typed, out string problem)
    {
        problem = "";
        if (typed.Length > LongestName)
        {
            problem =
                "That is too long to be a time zone: write its IANA name, as in Europe/Berlin.";
            return null;
        }

        var text = BareWord.Of(typed).Replace(' ', '_');
        if (Zones.Find(text) is { } named)
        {
            return named.Id;
        }

        if (TypedZones.WhyDoubtful(text.ToLowerInvariant()) is { } doubt)
        {
            problem = $"“{typed}” {doubt}.";
            return null;
        }

        // ET, CEST: the letters that are understood behind a time are understood here.
        if (TypedZones.Region(text.ToLowerInvariant()) is { } region)
        {
            return region.Id;
        }

        var known = Zones.Names;
        var meant = TimeZoneInfo.TryConvertWindowsIdToIanaId(typed.Trim(), out var iana)
            ? iana
            : Nearest(known, text);
        problem = meant is null
            ? $"“{typed}” is not a time zone: write its IANA name, as in Europe/Berlin or America/New_York."
            : $"“{typed}” is not the IANA name of a time zone. Did you mean {meant}?";
        return null;
    }

    private static string? Nearest(IReadOnlyCollection<string> known, string text)
    {
        var (name, distance) = known
            .Where(id => id.Contains('/', StringComparison.Ordinal))
            .Select(id =>
                (
                    Id: id,
                    Distance: Math.Min(
                        Distance(id, text),
                        Distance(id[(id.LastIndexOf('/') + 1)..], text)
                    )
                )
            )
            .DefaultIfEmpty((Id: "", Distance: int.MaxValue))
            .MinBy(candidate => candidate.Distance);
        return distance < int.MaxValue ? name : null;
    }

    private static int Distance(string one, string text) =>
        Spelling.Within(
            one.ToLowerInvariant(),
            text.ToLowerInvariant(),
            Math.Clamp(text.Length / 4, 1, 4)
        ) ?? int.MaxValue;
}
