namespace Mattermost.Simulator;

/// <summary>Which presets the web client of 11.6 shows, and with that sends when nobody touches them.</summary>
internal static class Presets
{
    /// <summary>What stands in the field at first; null for nothing.</summary>
    public static object? Of(DialogElement field, FormClient client) =>
        field.Type switch
        {
            "bool" => field.Default.Trim().ToLowerInvariant() is "true" or "1" or "yes",
            _ when field.Default.Length == 0 => null,
            "select" when field.DataSource is "users" or "channels" => null,
            "select" when field.MultiSelect => Several(field),
            "select" or "radio" => Choice(field, field.Default),
            "date" or "datetime" => DateFields.Preset(field, client),
            _ => field.Default,
        };

    private static List<string>? Several(DialogElement field)
    {
        var chosen = field
            .Default.Split(
                ',',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            )
            .Where(d => Choice(field, d) is not null)
            .ToList();
        return chosen.Count > 0 ? chosen : null;
    }

    // A dynamic list shows the bare value, whatever it is.
    private static string? Choice(DialogElement field, string value) =>
        field.DataSource == "dynamic" || (field.Options ?? []).Any(o => o.Value == value)
            ? value
            : null;
}
