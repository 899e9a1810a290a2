using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sidecar.Text;

/// <summary>A token or key. Written into text, a log or an error it is three dots; only <see cref="Reveal"/> gives it.</summary>
[JsonConverter(typeof(SecretConverter))]
internal sealed class Secret(string value) : IEquatable<Secret>
{
    /// <summary>Not there.</summary>
    public static Secret None { get; } = new("");

    public bool IsMissing => value.Length == 0;

    /// <summary>How long it is, which is all that an error may tell.</summary>
    public int Length => value.Length;

    /// <summary>The value, for the request or the file that needs it.</summary>
    public string Reveal() => value;

    public bool Equals(Secret? other) =>
        other is not null && string.Equals(value, other.Reveal(), StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(value);

    public override string ToString() => "•••";
}

/// <summary>The one place where a secret is written down: the file of secrets in the data directory.</summary>
internal sealed class SecretConverter : JsonConverter<Secret>
{
    public override Secret Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => new(reader.GetString() ?? "");

    public override void Write(
        Utf8JsonWriter writer,
        Secret value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.Reveal());
}
