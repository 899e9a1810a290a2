using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Interactions;

namespace Sidecar.Setup.Settings;

/// <summary>
/// Reads one section over its defaults, key by key, so that everything that is wrong is found at once. Objects are
/// merged with their defaults; lists and tables replace theirs.
/// </summary>
internal sealed class SectionReader(RegisteredSettings section, List<string> problems)
{
    /// <summary>The settings, or null when there are problems, which are added to the list.</summary>
    public object? Read(JsonElement? given)
    {
        var before = problems.Count;
        var merged = (JsonObject)JsonSerializer.SerializeToNode(section.Defaults, section.Json)!;
        if (given is { } element)
        {
            Merge(element, section.Json, section.Section, merged);
        }

        if (problems.Count > before)
        {
            return null;
        }

        var read = merged.Deserialize(section.Json)!;
        foreach (var problem in section.Problems(read))
        {
            var found = Find(merged, problem.Key);
            problems.Add(
                SettingsKeys.Wrong(
                    $"{section.Section}.{problem.Key}",
                    found is null ? null : SettingsKeys.Shown(found.ToJsonString()),
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
