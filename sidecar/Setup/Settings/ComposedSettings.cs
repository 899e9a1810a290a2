using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Settings;

namespace Sidecar.Setup.Settings;

/// <summary>
/// What the fields of the System Console say, laid over what stands as text: the text of the console, or else the
/// settings file of the data directory. A field at its default says nothing, since Mattermost hands over the default of
/// each field that nobody has touched.
/// </summary>
/// <param name="Json">As the settings file would say it; null when the console says nothing.</param>
/// <param name="Problems">All that is wrong, each with its field or file, its value and what would be right.</param>
/// <param name="Unknown">Keys that no field has, such as those of another release.</param>
internal sealed record ComposedSettings(
    string? Json,
    IReadOnlyList<string> Problems,
    IReadOnlyList<string> Unknown
)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="fields">By key, in any case.</param>
    /// <param name="text">What the console says as text; null for nothing.</param>
    /// <param name="folder">The data directory, in which the settings file and data files are.</param>
    public static ComposedSettings Of(
        IReadOnlyDictionary<string, JsonElement> fields,
        string? text,
        string folder
    )
    {
        var sections = SettingsSections.All();
        var all = ConsoleField.Of(sections);
        List<(ConsoleField Field, JsonNode? Value)> said = [];
        foreach (var field in all)
        {
            if (
                fields.FirstOrDefault(f =>
                    f.Key.Equals(field.Key, StringComparison.OrdinalIgnoreCase)
                )
                    is { Key: not null, Value: var given }
                && field.Says(given, out var value)
            )
            {
                said.Add((field, value));
            }
        }

        List<string> unknown =
        [
            .. fields.Keys.Where(k =>
                !all.Any(f => f.Key.Equals(k, StringComparison.OrdinalIgnoreCase))
            ),
        ];
        var isText = !string.IsNullOrWhiteSpace(text);
        var file = SettingsFile.In(folder, null);
        var from = isText ? "Settings as text" : file.Path;
        try
        {
            var below = isText ? SettingsFile.Parse(text!) : file.Parse();
            var root = JsonNode.Parse(below.GetRawText())!;
            foreach (var (field, value) in said)
            {
                Lay(root, field, value);
            }

            var json = root.ToJsonString(Readable);
            var reading = SettingsReading.Of(
                JsonElement.Parse(json),
                sections,
                new DataFolders(folder)
            );
            return new ComposedSettings(
                isText || said.Count > 0 ? json : null,
                [.. reading.Problems.Select(p => Told(p, said, from)), .. reading.FileProblems],
                unknown
            );
        }
        catch (SetupException unread)
        {
            return new ComposedSettings(null, [unread.Problem], unknown);
        }
        catch (JsonException broken)
        {
            return new ComposedSettings(
                null,
                [$"{from}: this is not JSON: {SettingsFile.Explain(broken)}"],
                unknown
            );
        }
    }

    private static void Lay(JsonNode root, ConsoleField field, JsonNode? value)
    {
        var at = root as JsonObject;
        var steps = field.Path.Split('.');
        foreach (var step in steps[..^1])
        {
            if (at is not null && !at.ContainsKey(step))
            {
                at[step] = new JsonObject();
            }

            // What is no object there is told when it is read.
            at = at?[step] as JsonObject;
        }

        if (at is not null)
        {
            at[steps[^1]] = value?.DeepClone();
        }
    }

    /// <summary>With the name that the field has on the screen, or the place where it stands as text.</summary>
    private static string Told(
        string problem,
        IEnumerable<(ConsoleField Field, JsonNode? Value)> said,
        string from
    )
    {
        var name = said.Where(s => problem.StartsWith(s.Field.Path, StringComparison.Ordinal))
            .OrderByDescending(s => s.Field.Path.Length)
            .Select(s => $"{s.Field.Section.Title} > {s.Field.Field.Name}")
            .FirstOrDefault();
        return $"{name ?? from}: {problem}";
    }
}
