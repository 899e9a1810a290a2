using System.Collections.Frozen;
using System.Globalization;

namespace Sidecar.Time;

/// <summary>
/// Time zones by their names: the same name means the same, whatever was looked up before. (The runtime's own look-up
/// finds other spellings of a name only once somebody asked for the right one.)
/// </summary>
public static class Zones
{
    private const int LongestName = 64;
    private const string OffsetStart = "UTC";

    private static readonly Lazy<FrozenDictionary<string, string>> Known = new(() =>
        Listed()
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(id => id, StringComparer.OrdinalIgnoreCase)
    );

    /// <summary>Every name that this machine knows, in its own spelling.</summary>
    public static IReadOnlyCollection<string> Names => Known.Value.Values;

    /// <summary>The zone of that name in any case; null when this machine knows none.</summary>
    public static TimeZoneInfo? Find(string name) =>
        name.Length <= LongestName
        && Known.Value.TryGetValue(name, out var id)
        && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : null;

    /// <summary>
    /// A zone as it was stored: a name, or an offset such as <c>UTC+02:00</c>. Null when this machine does not know it,
    /// or does not know it any more.
    /// </summary>
    public static TimeZoneInfo? Stored(string id) =>
        id.Length > OffsetStart.Length
        && id.StartsWith(OffsetStart, StringComparison.Ordinal)
        && id[OffsetStart.Length] is '+' or '-'
        && TimeSpan.TryParseExact(
            id.AsSpan(OffsetStart.Length + 1),
            @"hh\:mm",
            CultureInfo.InvariantCulture,
            out var offset
        )
        && offset <= TimeSpan.FromHours(14)
            ? AtOffset(id[OffsetStart.Length] == '-' ? -offset : offset)
            : Find(id);

    /// <summary>
    /// A stored zone; one that is not known counts as UTC, and says so wherever its name is shown.
    /// </summary>
    public static TimeZoneInfo StoredOrUtc(string id) =>
        Stored(id) ?? Substitute($"UTC (“{id}” is not a time zone that this machine knows)");

    /// <summary>A zone whose clocks never change: <c>UTC+02:00</c>.</summary>
    public static TimeZoneInfo AtOffset(TimeSpan offset)
    {
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{OffsetStart}{sign}{offset:hh\\:mm}"
        );
        return offset == TimeSpan.Zero
            ? TimeZoneInfo.Utc
            : TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name);
    }

    private static TimeZoneInfo Substitute(string name) =>
        TimeZoneInfo.CreateCustomTimeZone(name, TimeSpan.Zero, name, name);

    /// <summary>The runtime lists a part of the names only, and that part grows with what it is asked.</summary>
    private static IEnumerable<string> Listed()
    {
        if (Folder() is not { } folder)
        {
            return TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Append("UTC");
        }

        return Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(IsName)
            .Append("UTC")
            .Order(StringComparer.Ordinal)
            .ToList();
    }

    private static string? Folder()
    {
        string?[] folders =
        [
            Environment.GetEnvironmentVariable("TZDIR"),
            "/usr/share/zoneinfo",
            "/var/db/timezone/zoneinfo",
        ];
        return OperatingSystem.IsWindows()
            ? null
            : folders.FirstOrDefault(f => !string.IsNullOrEmpty(f) && Directory.Exists(f));
    }

    // Beside the zones there are tables, leap seconds and two more copies of everything.
    private static bool IsName(string name) =>
        char.IsAsciiLetterUpper(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
        && name is not ("SECURITY" or "Factory" or "README" or "ChangeLog");
}
