namespace Mattermost.Simulator;

/// <summary>Form encoding as Go's url.Values does it: keys in order, a space is a plus.</summary>
internal static class Forms
{
    public static string Encode(IEnumerable<(string Name, string Value)> fields) =>
        string.Join(
            '&',
            fields
                .OrderBy(f => f.Name, StringComparer.Ordinal)
                .Select(f => Escape(f.Name) + "=" + Escape(f.Value))
        );

    private static string Escape(string text) =>
        Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
