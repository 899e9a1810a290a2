using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Interactions;
using Sidecar.Settings;

namespace Sidecar.Setup.Settings;

/// <summary>How a value is written in a field of the System Console.</summary>
internal enum ConsoleKind
{
    /// <summary>A switch.</summary>
    Switch,

    /// <summary>A number.</summary>
    Number,

    /// <summary>One of several.</summary>
    Choice,

    /// <summary>One value: a time, a length of time.</summary>
    Text,

    /// <summary>Several, with commas between them.</summary>
    Words,

    /// <summary>Several pairs, as <c>0: 25; 91: 50</c> or on lines of their own.</summary>
    Pairs,
}

/// <summary>One value of the settings file as a field of the System Console.</summary>
/// <param name="Section">The section of the settings file.</param>
/// <param name="Field">What administrators read about it.</param>
/// <param name="Property">The value itself.</param>
/// <param name="Default">Its default, as the file would say it.</param>
internal sealed record ConsoleField(
    RegisteredSettings Section,
    SettingField Field,
    JsonPropertyInfo Property,
    JsonNode? Default
)
{
    /// <summary>What stands for a list of nothing: an empty field is one that says nothing.</summary>
    public const string Nothing = "none";

    /// <summary>What stands for a wait that never ends.</summary>
    public const string Never = "never";

    private static readonly char[] BetweenWords = [',', '\n', '\r'];
    private static readonly char[] BetweenPairs = [';', '\n', '\r'];

    /// <summary>As in the settings file: <c>escalations.acknowledge.sev1</c>.</summary>
    public string Path => $"{Section.Section}.{Field.Key}";

    /// <summary>As in Mattermost's configuration, where a dot would be another level.</summary>
    public string Key => Path.Replace('.', '_');

    /// <summary>How it is written.</summary>
    public ConsoleKind Kind =>
        Value switch
        {
            var t when t == typeof(bool) => ConsoleKind.Switch,
            { IsEnum: true } => ConsoleKind.Choice,
            var t when IsNumber(t) => ConsoleKind.Number,
            _ when Element is { Kind: JsonTypeInfoKind.Object } => ConsoleKind.Pairs,
            _ when Element is not null => ConsoleKind.Words,
            _ => ConsoleKind.Text,
        };

    /// <summary>Only whole numbers, which the console has a field of its own for.</summary>
    public bool IsWhole => Value == typeof(int);

    /// <summary>It may be <see cref="Never"/>.</summary>
    public bool MayBeNever => Kind == ConsoleKind.Text && Property.IsSetNullable;

    /// <summary>What can be chosen of a choice, or of each of several.</summary>
    public IReadOnlyList<string> Choices =>
        (Element?.Type ?? Value) is { IsEnum: true } choice
            ?
            [
                .. Enum.GetValuesAsUnderlyingType(choice)
                    .Cast<object>()
                    .Select(v =>
                        JsonSerializer
                            .SerializeToNode(
                                Enum.ToObject(choice, v),
                                Property.Options.GetTypeInfo(choice)
                            )!
                            .GetValue<string>()
                    ),
            ]
            : [];

    /// <summary>The default as it stands in the field.</summary>
    public string DefaultText => Text(Default);

    /// <summary>All of them, in the order of the settings file.</summary>
    public static IReadOnlyList<ConsoleField> Of(IReadOnlyList<RegisteredSettings> sections) =>
        [
            .. from section in sections
            let defaults = JsonSerializer.SerializeToNode(section.Defaults, section.Json)
            from field in section.Fields
            select Of(section, field, defaults),
        ];

    /// <summary>What a field says; false when it says nothing, or no more than the default.</summary>
    public bool Says(JsonElement given, out JsonNode? value)
    {
        value = null;
        if (
            given.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
            || (
                given.ValueKind == JsonValueKind.String
                && string.IsNullOrWhiteSpace(given.GetString())
            )
        )
        {
            return false;
        }

        value =
            given.ValueKind == JsonValueKind.String
                ? Read(given.GetString()!.Trim())
                : JsonNode.Parse(given.GetRawText());
        // As text: the same number is the same, whatever type it was read as.
        return value?.ToJsonString() != Default?.ToJsonString();
    }

    private Type Value =>
        Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    private JsonTypeInfo? Element =>
        Property.Options.GetTypeInfo(Property.PropertyType)
            is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element }
            ? Property.Options.GetTypeInfo(element)
            : null;

    private static ConsoleField Of(RegisteredSettings section, SettingField field, JsonNode? at)
    {
        var type = section.Json;
        JsonPropertyInfo? property = null;
        foreach (var name in field.Key.Split('.'))
        {
            property =
                type.Properties.FirstOrDefault(p => p.Name == name)
                ?? throw new InvalidOperationException(
                    $"{section.Section}.{field.Key}: there is no such setting."
                );
            type = property.Options.GetTypeInfo(property.PropertyType);
            at = at?[name];
        }

        return new ConsoleField(section, field, property!, at);
    }

    private JsonNode? Read(string text) =>
        Kind switch
        {
            ConsoleKind.Switch => bool.TryParse(text, out var flag) ? flag : text,
            ConsoleKind.Number => Number(text),
            ConsoleKind.Words => IsNothing(text)
                ? new JsonArray()
                : new JsonArray([.. Parts(text, BetweenWords).Select(w => (JsonNode)w)]),
            ConsoleKind.Pairs => IsNothing(text)
                ? new JsonArray()
                : new JsonArray([.. Parts(text, BetweenPairs).Select(Pair)]),
            ConsoleKind.Text
                when MayBeNever && text.Equals(Never, StringComparison.OrdinalIgnoreCase) => null,
            _ => text,
        };

    private JsonNode Pair(string text)
    {
        var end = text.AsSpan().IndexOfAny(": \t");
        var (first, second) =
            end < 0 ? (text, "") : (text[..end], text[end..].TrimStart(':', ' ', '\t'));
        List<JsonPropertyInfo> both = [.. Element!.Properties.Take(2)];
        return new JsonObject
        {
            [both[0].Name] = IsNumber(both[0].PropertyType) ? Number(first) : first,
            [both[1].Name] = IsNumber(both[1].PropertyType) ? Number(second) : second,
        };
    }

    private string Text(JsonNode? value) =>
        value switch
        {
            null => Never,
            JsonArray { Count: 0 } => Nothing,
            JsonArray several when Kind == ConsoleKind.Pairs => string.Join(
                "; ",
                several.Select(p => string.Join(": ", p!.AsObject().Select(v => Plain(v.Value))))
            ),
            JsonArray several => string.Join(", ", several.Select(Plain)),
            _ => Plain(value),
        };

    private static string Plain(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : value?.ToJsonString() ?? "";

    private static bool IsNothing(string text) =>
        text.Equals(Nothing, StringComparison.OrdinalIgnoreCase);

    private static string[] Parts(string text, char[] between) =>
        text.Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What is none stays as it was typed, and is told as that.</summary>
    private static JsonNode Number(string text) =>
        long.TryParse(
            text,
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var whole
        )
            ? whole
        : decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? number
        : text;

    private static bool IsNumber(Type type) =>
        Type.GetTypeCode(type)
            is TypeCode.Int32
                or TypeCode.Int64
                or TypeCode.Double
                or TypeCode.Decimal;
}
