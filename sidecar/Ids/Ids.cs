using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sidecar.Ids;

/// <summary>An id that is written as one string wherever it leaves the process.</summary>
/// <typeparam name="TSelf">The id itself.</typeparam>
public interface ITextId<TSelf>
    where TSelf : struct, ITextId<TSelf>
{
    /// <summary>The id as its owner (mostly Mattermost) spells it.</summary>
    string Value { get; }

    /// <summary>Wraps a spelling; it is not checked.</summary>
    static abstract TSelf From(string value);
}

/// <summary>The form of an id of Mattermost's: whatever has another is none, and is never asked about.</summary>
public static class IdForm
{
    /// <summary>Longer than Mattermost's own 26 characters: a server may be given ids of its own.</summary>
    private const int Longest = 64;

    private const int Shortest = 20;

    /// <summary>Letters, digits and hyphens: nothing that means something in an address.</summary>
    public static bool Fits(string? value) =>
        value is { Length: > 0 and <= Longest } && value.AsSpan().IndexOfAnyExcept(Allowed) < 0;

    /// <summary>
    /// A short word of letters alone: where ids stand, Mattermost's addresses have such words, <c>me</c> for one, and
    /// whoever asks about it is told of somebody else (X8).
    /// </summary>
    public static bool IsWord(string value) =>
        value.Length < Shortest && value.All(char.IsAsciiLetter);

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
        );
}

/// <summary>A Mattermost user, person or bot.</summary>
[JsonConverter(typeof(TextIdConverter<UserId>))]
public readonly record struct UserId(string Value) : ITextId<UserId>
{
    /// <summary>It can be one: see <see cref="IdForm"/>.</summary>
    public bool IsWellFormed => IdForm.Fits(Value) && !IdForm.IsWord(Value);

    /// <inheritdoc/>
    public static UserId From(string value) => new(value);
}

/// <summary>A Mattermost team.</summary>
[JsonConverter(typeof(TextIdConverter<TeamId>))]
public readonly record struct TeamId(string Value) : ITextId<TeamId>
{
    /// <summary>It can be one: see <see cref="IdForm"/>.</summary>
    public bool IsWellFormed => IdForm.Fits(Value);

    /// <inheritdoc/>
    public static TeamId From(string value) => new(value);
}

/// <summary>A Mattermost channel of any kind, direct messages included.</summary>
[JsonConverter(typeof(TextIdConverter<ChannelId>))]
public readonly record struct ChannelId(string Value) : ITextId<ChannelId>
{
    /// <summary>It can be one: see <see cref="IdForm"/>.</summary>
    public bool IsWellFormed => IdForm.Fits(Value);

    /// <inheritdoc/>
    public static ChannelId From(string value) => new(value);
}

/// <summary>A Mattermost post.</summary>
[JsonConverter(typeof(TextIdConverter<PostId>))]
public readonly record struct PostId(string Value) : ITextId<PostId>
{
    /// <summary>It can be one: see <see cref="IdForm"/>.</summary>
    public bool IsWellFormed => IdForm.Fits(Value);

    /// <inheritdoc/>
    public static PostId From(string value) => new(value);
}

/// <summary>A file in Mattermost.</summary>
[JsonConverter(typeof(TextIdConverter<FileId>))]
public readonly record struct FileId(string Value) : ITextId<FileId>
{
    /// <summary>It can be one: see <see cref="IdForm"/>.</summary>
    public bool IsWellFormed => IdForm.Fits(Value);

    /// <inheritdoc/>
    public static FileId From(string value) => new(value);
}

/// <summary>
/// What Mattermost hands out with a command or a click so that a dialog can be opened for that person; it lives for
/// seconds and belongs to one user.
/// </summary>
[JsonConverter(typeof(TextIdConverter<TriggerId>))]
public readonly record struct TriggerId(string Value) : ITextId<TriggerId>
{
    /// <inheritdoc/>
    public static TriggerId From(string value) => new(value);
}

/// <summary>Writes an <see cref="ITextId{TSelf}"/> as a JSON string, also as a property name.</summary>
public sealed class TextIdConverter<TId> : JsonConverter<TId>
    where TId : struct, ITextId<TId>
{
    /// <inheritdoc/>
    public override TId Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        TId.From(
            reader.GetString() ?? throw new JsonException($"{typeof(TId).Name} must be a string.")
        );

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override TId ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        TId.From(
            reader.GetString() ?? throw new JsonException($"{typeof(TId).Name} must be a string.")
        );

    /// <inheritdoc/>
    public override void WriteAsPropertyName(
        Utf8JsonWriter writer,
        TId value,
        JsonSerializerOptions options
    ) => writer.WritePropertyName(value.Value);
}
