using System.Collections.Immutable;
using System.Text.Json;
using Sidecar.Interactions;

namespace Sidecar.Setup.Settings;

/// <summary>What was found in a settings file.</summary>
/// <param name="Values">The settings by section: what the file says over the defaults; only those that could be read.</param>
/// <param name="Problems">All that is wrong, each a sentence that names key and value.</param>
internal sealed record SettingsReading(
    IReadOnlyDictionary<string, object> Values,
    IReadOnlyList<string> Problems
)
{
    /// <summary>What was made of the data files beside it, by section.</summary>
    public IReadOnlyDictionary<string, object> Files { get; private init; } =
        ImmutableDictionary<string, object>.Empty;

    /// <summary>All that is wrong with those, each a sentence that names the file.</summary>
    public IReadOnlyList<string> FileProblems { get; private init; } = [];

    public bool HasProblems => Problems.Count > 0 || FileProblems.Count > 0;

    /// <summary>Reads settings and the data files that belong to them.</summary>
    public static SettingsReading Of(
        JsonElement root,
        IReadOnlyList<RegisteredSettings> sections,
        DataFolders folders
    )
    {
        var files = new Dictionary<string, object>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var section in sections)
        {
            if (section.Files is { } data)
            {
                files[section.Section] = data.Read(
                    folders.Read(section.Section, problems),
                    problems
                );
            }
        }

        return Of(root, sections, folders.Around) with
        {
            Files = files,
            FileProblems = problems,
        };
    }

    private static SettingsReading Of(
        JsonElement root,
        IReadOnlyList<RegisteredSettings> sections,
        string folder
    )
    {
        var problems = new List<string>();
        var values = new Dictionary<string, object>();
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add("it has to be one object with sections: { \"team\": { … } }.");
            return new SettingsReading(values, problems);
        }

        foreach (var given in root.EnumerateObject())
        {
            if (sections.All(s => s.Section != given.Name))
            {
                problems.Add(
                    SettingsKeys.Unknown(given.Name, "section", sections.Select(s => s.Section))
                );
            }
        }

        foreach (var section in sections)
        {
            JsonElement? given = root.TryGetProperty(section.Section, out var found) ? found : null;
            if (new SectionReader(section, folder, problems).Read(given) is { } read)
            {
                values[section.Section] = read;
            }
        }

        return new SettingsReading(values, problems);
    }
}
