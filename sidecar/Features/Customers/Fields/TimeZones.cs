using Sidecar.Interactions;

namespace Sidecar.Features.Customers.Fields;

/// <summary>Time zones by their IANA names, forgiving about case and about what people call them instead.</summary>
internal static class TimeZones
{
    /// <summary>Reads what was typed.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="problem">What is wrong with it, as a sentence; empty when a name is returned.</param>
    public static string? Read(string typed, out string problem)
    {
        problem = "";
        var text = typed.Trim().Replace(' ', '_');
        if (text.Equals("utc", StringComparison.OrdinalIgnoreCase))
        {
            return "UTC";
        }

        if (
            text.Contains('/', StringComparison.Ordinal)
            && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var found)
        )
        {
            return found.Id;
        }

        var known = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).ToList();
        if (known.Find(id => id.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } exact)
        {
            return exact;
        }

        var meant = TimeZoneInfo.TryConvertWindowsIdToIanaId(typed.Trim(), out var iana)
            ? iana
            : Nearest(known, text);
        problem = meant is null
            ? $"“{typed}” is not a time zone: write its IANA name, as in Europe/Berlin or America/New_York."
            : $"“{typed}” is not the IANA name of a time zone. Did you mean {meant}?";
        return null;
    }

    private static string? Nearest(List<string> known, string text)
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
        return distance <= Math.Max(1, text.Length / 4) ? name : null;
    }

    private static int Distance(string one, string other) =>
        Math.Abs(one.Length - other.Length) > 4
            ? int.MaxValue
            : Spelling.Distance(one.ToLowerInvariant(), other.ToLowerInvariant());
}
