using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sidecar.Mattermost;

/// <summary>
/// A list as servers write it: <c>null</c> is an empty one, and an item that can't be read is left out, so that one never
/// holds up the others.
/// </summary>
internal sealed class WireList<T> : JsonConverter<IReadOnlyList<T>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<T> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return [];
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("There is no list.");
        }

        List<T> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (WireItem.Read<T>(ref reader, options) is { } item)
            {
                items.Add(item);
            }
        }

        return items;
    }

    public override void Write(
        Utf8JsonWriter writer,
        IReadOnlyList<T> value,
        JsonSerializerOptions options
    )
    {
        writer.WriteStartArray();
        foreach (var item in value)
        {
            JsonSerializer.Serialize(writer, item, WireItem.TypeOf<T>(options));
        }

        writer.WriteEndArray();
    }
}

/// <summary>Things by their ids, read like <see cref="WireList{T}"/>.</summary>
internal sealed class WireMap<T> : JsonConverter<IReadOnlyDictionary<string, T>>
{
    public override bool HandleNull => true;

    public override IReadOnlyDictionary<string, T> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        var items = new Dictionary<string, T>(StringComparer.Ordinal);
        if (reader.TokenType == JsonTokenType.Null)
        {
            return items;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("There is no map.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (WireItem.Read<T>(ref reader, options) is { } item)
            {
                items[name] = item;
            }
        }

        return items;
    }

    public override void Write(
        Utf8JsonWriter writer,
        IReadOnlyDictionary<string, T> value,
        JsonSerializerOptions options
    ) => throw new NotSupportedException("It is only read.");
}

/// <summary>One item of a list or map.</summary>
internal static class WireItem
{
    /// <returns>Nothing when it can't be read; the reader stands at its end all the same.</returns>
    public static T? Read<T>(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        using var item = JsonDocument.ParseValue(ref reader);
        try
        {
            return item.RootElement.Deserialize(TypeOf<T>(options));
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    public static JsonTypeInfo<T> TypeOf<T>(JsonSerializerOptions options) =>
        (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}

/// <summary>A text as servers write it: <c>null</c> is an empty one.</summary>
internal sealed class WireText : JsonConverter<string>
{
    public override bool HandleNull => true;

    public override string Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => reader.TokenType == JsonTokenType.Null ? "" : reader.GetString()!;

    public override void Write(
        Utf8JsonWriter writer,
        string? value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value ?? "");
}
