using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sidecar.Text;

/// <summary>A typed number of a series, written with the letters of the series before it: <c>ESC-12</c>.</summary>
/// <typeparam name="TSelf">The typed number itself.</typeparam>
public interface ISeriesId<TSelf> : IWritten
    where TSelf : struct, ISeriesId<TSelf>
{
    /// <summary>The letters before the number: <c>ESC</c>.</summary>
    static abstract string Letters { get; }

    /// <summary>What is numbered, within a sentence: <c>an escalation</c>.</summary>
    static abstract string Numbered { get; }

    /// <summary>Reads what people write; null when it is no number of the series.</summary>
    static abstract TSelf? Read(string typed);
}

/// <summary>A number of a series is kept as it is written.</summary>
internal sealed class SeriesIdConverter<TId> : JsonConverter<TId>
    where TId : struct, ISeriesId<TId>
{
    public override TId Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        TId.Read(reader.GetString() ?? "")
        ?? throw new JsonException($"This is not the number of {TId.Numbered}.");

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
