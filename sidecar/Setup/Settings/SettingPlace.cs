using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Settings;

namespace Sidecar.Setup.Settings;

/// <summary>A place below a key, such as <c>[2].date</c> in a list, with what stands there and what should.</summary>
/// <param name="Path">Below the key; empty for the key itself.</param>
/// <param name="Given">What stands there; what is around it when nothing does.</param>
/// <param name="Type">What should; null for a name that does not exist.</param>
/// <param name="Around">The object that it is part of.</param>
internal sealed record SettingPlace(
    string Path,
    JsonElement Given,
    JsonTypeInfo? Type,
    JsonTypeInfo? Around
)
{
    /// <summary>Follows a path of the serializer's: <c>$[2].date</c>.</summary>
    public static SettingPlace Of(string? path, JsonElement given, JsonTypeInfo type)
    {
        var place = new SettingPlace("", given, type, null);
        foreach (var step in Steps(path))
        {
            place = place.Below(step);
        }

        return place;
    }

    /// <summary>What an administrator reads.</summary>
    public string Describe(string key, JsonException wrong)
    {
        if (Type is null && Around is not null)
        {
            return SettingsKeys.Unknown(
                key + Path,
                "setting",
                Around.Properties.Select(p => p.Name)
            );
        }

        var remedy = wrong is SettingException ? wrong.Message.TrimEnd('.') : Remedy();
        return SettingsKeys.Wrong(key + Path, SettingsKeys.Shown(Given.GetRawText()), remedy);
    }

    private string Remedy()
    {
        var missing =
            Type is { Kind: JsonTypeInfoKind.Object } && Given.ValueKind == JsonValueKind.Object
                ? Type
                    .Properties.Where(p => p.IsRequired && !Given.TryGetProperty(p.Name, out _))
                    .Select(p => p.Name)
                    .ToList()
                : [];
        return missing.Count > 0 ? $"add {string.Join(" and ", missing)}"
            : Type is null ? "write what its type takes"
            : SettingsKeys.Expected(Type.Type, Type.Options);
    }

    private SettingPlace Below(string step)
    {
        if (step[0] == '[')
        {
            var index = int.Parse(step[1..^1], CultureInfo.InvariantCulture);
            var item =
                Given.ValueKind == JsonValueKind.Array && index < Given.GetArrayLength()
                    ? Given[index]
                    : Given;
            return new SettingPlace(Path + step, item, Element(), null);
        }

        var value =
            Given.ValueKind == JsonValueKind.Object && Given.TryGetProperty(step, out var found)
                ? found
                : Given;
        return Type?.Kind == JsonTypeInfoKind.Object
            ? new SettingPlace(
                $"{Path}.{step}",
                value,
                Type.Properties.FirstOrDefault(p => p.Name == step) is { } property
                    ? Type.Options.GetTypeInfo(property.PropertyType)
                    : null,
                Type
            )
            : new SettingPlace($"{Path}.{step}", value, Element(), null);
    }

    private JsonTypeInfo? Element() =>
        Type?.ElementType is { } element ? Type.Options.GetTypeInfo(element) : null;

    // Names with dots in them come as ['a.b'], which no setting of ours has.
    private static IEnumerable<string> Steps(string? path) =>
        (path ?? "$")
            .Replace("[", ".[", StringComparison.Ordinal)
            .Split('.')
            .Skip(1)
            .Where(step => step.Length > 0);
}
