using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Interactions;
using Sidecar.Settings;

namespace Sidecar.Setup.Settings;

/// <summary>
/// Reads one section over its defaults, key by key, so that everything that is wrong is found at once. Objects are
/// merged with their defaults; lists and tables replace theirs.
/// </summary>
/// <param name="section">Which.</param>
/// <param name="folder">Of the settings file: where the files that it names are looked for.</param>
/// <param name="problems">Takes everything that is wrong.</param>
internal sealed class SectionReader(
    RegisteredSettings section,
    string folder,
    List<string> problems
)
{
    /// <summary>The settings, or null when there are problems, which are added to the list.</summary>
    public object? Read(JsonElement? written)
    {
        var before = problems.Count;
        var merged = (JsonObject)JsonSerializer.SerializeToNode(section.Defaults, section.Json)!;
        if (written is { } element)
        {
            Merge(element, section.Json, section.Section, merged);
        }

        if (problems.Count > before)
        {
            return null;
        }

        var read = merged.Deserialize(section.Json)!;
        var found = new List<SettingProblem>(section.Problems(read));
        if (found.Count == 0)
        {
            read = section.WithFiles(read, folder, found);
        }

        foreach (var problem in found)
        {
            var given = Find(merged, problem.Key);
            problems.Add(
                SettingsKeys.Wrong(
                    $"{section.Section}.{problem.Key}",
                    given is null ? null : SettingsKeys.Shown(given.ToJsonString()),
                    problem.Problem.TrimEnd('.')
                )
            );
        }

        return problems.Count > before ? null : read;
    }

    private void Merge(JsonElement given, JsonTypeInfo type, string key, JsonObject into)
    {
        if (given.ValueKind != JsonValueKind.Object)
        {
            Wrong(key, given, "write an object: { … }");
            return;
        }

        foreach (var property in given.EnumerateObject())
        {
            var below = $"{key}.{property.Name}";
            var known = type.Properties.FirstOrDefault(p => p.Name == property.Name);
            if (known is null)
            {
                problems.Add(
                    SettingsKeys.Unknown(below, "setting", type.Properties.Select(p => p.Name))
                );
                continue;
            }

            Take(property.Value, known, below, into);
        }
    }

    private void Take(JsonElement given, JsonPropertyInfo property, string key, JsonObject into)
    {
        var type = property.Options.GetTypeInfo(property.PropertyType);
        if (type.Kind == JsonTypeInfoKind.Object && into[property.Name] is JsonObject defaults)
        {
            Merge(given, type, key, defaults);
        }
        else if (given.ValueKind == JsonValueKind.Null && !property.IsSetNullable)
        {
            Wrong(key, given, "leave it out to have the default");
        }
        else if (IsReadable(given, type, key))
        {
            into[property.Name] = JsonNode.Parse(given.GetRawText());
        }
    }

    private bool IsReadable(JsonElement given, JsonTypeInfo type, string key)
    {
        try
        {
            given.Deserialize(type);
            return true;
        }
        catch (JsonException wrong)
        {
            var place = SettingPlace.Of(wrong.Path, given, type);
            problems.Add(place.Describe(key, wrong));
            return false;
        }
    }

    private void Wrong(string key, JsonElement given, string remedy) =>
        problems.Add(SettingsKeys.Wrong(key, SettingsKeys.Shown(given.GetRawText()), remedy));

    private static JsonNode? Find(JsonNode? from, string key)
    {
        foreach (var name in key.Split('.'))
        {
            from = from is JsonObject below ? below[name] : null;
        }

        return from;
    }
}
