using System.Globalization;
using System.Text.RegularExpressions;

namespace Sidecar.Time;

/// <summary>A moment as calendars and programs write it: <c>2026-01-31T14:00:00Z</c>.</summary>
internal static partial class TypedInstant
{
    private const int Longest = 40;

    /// <summary>Reads one; null when it is anything else.</summary>
    public static DateTimeOffset? Read(string text) =>
        text.Length <= Longest
        && Written().IsMatch(text.Trim())
        && DateTimeOffset.TryParse(
            text.Trim(),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal,
            out var moment
        )
            ? moment
            : null;

    [GeneratedRegex(
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,7})?)?(Z|[+-][0-9]{2}:[0-9]{2})$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Written();
}
