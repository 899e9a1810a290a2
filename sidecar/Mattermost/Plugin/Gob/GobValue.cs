using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Sidecar.Mattermost.Plugin.Gob;

/// <summary>
/// A value as it stands on the wire, without any type of Go's. What is asked of it and is not there, or is of another
/// kind, is what Go takes for absent: zero, empty, nothing.
/// </summary>
internal abstract record GobValue
{
    /// <summary>No fields, which is what every method without arguments takes.</summary>
    public static GobValue Empty { get; } =
        new StructValue(FrozenDictionary<string, GobValue>.Empty);

    public static GobValue Of(string text) => new TextValue(text);

    public static GobValue Of(bool value) => new BoolValue(value);

    public static GobValue Of(long number) => new IntValue(number);

    public static GobValue Of(ulong number) => new UIntValue(number);

    public static GobValue Of(byte[] bytes) => new BytesValue(bytes);

    public static GobValue Of(params ReadOnlySpan<GobValue> items) => new ListValue([.. items]);

    public static GobValue Of(params ReadOnlySpan<(string Name, GobValue? Value)> fields)
    {
        var kept = new Dictionary<string, GobValue>(fields.Length, StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                kept.Add(name, value);
            }
        }

        return new StructValue(kept);
    }

    /// <summary>A field of a struct; null when it has none of that name.</summary>
    public GobValue? this[string field] =>
        this is StructValue s ? s.Fields.GetValueOrDefault(field) : null;

    /// <summary>The value itself, where a variable of any type holds one.</summary>
    public GobValue? Held => this is InterfaceValue boxed ? boxed.Value : this;

    public string TextOf(string field) => this[field] is TextValue text ? text.Value : "";

    public bool BoolOf(string field) => this[field] is BoolValue { Value: true };

    public long IntOf(string field) => this[field] is IntValue number ? number.Value : 0;

    public ulong UIntOf(string field) => this[field] is UIntValue number ? number.Value : 0;

    public byte[] BytesOf(string field) => this[field] is BytesValue bytes ? bytes.Value : [];

    public sealed record BoolValue(bool Value) : GobValue;

    public sealed record IntValue(long Value) : GobValue;

    public sealed record UIntValue(ulong Value) : GobValue;

    public sealed record FloatValue(double Value) : GobValue;

    public sealed record ComplexValue(double Real, double Imaginary) : GobValue;

    public sealed record BytesValue(byte[] Value) : GobValue;

    public sealed record TextValue(string Value) : GobValue;

    /// <summary>Fields by name; those that were zero are not there.</summary>
    public sealed record StructValue(IReadOnlyDictionary<string, GobValue> Fields) : GobValue;

    /// <summary>A slice or an array.</summary>
    public sealed record ListValue(ImmutableArray<GobValue> Items) : GobValue;

    /// <summary>Keys may be anything and may come twice.</summary>
    public sealed record MapValue(ImmutableArray<KeyValuePair<GobValue, GobValue>> Pairs)
        : GobValue;

    /// <summary>What a type of Go's has written in its own way: times, addresses, big numbers.</summary>
    public sealed record OpaqueValue(byte[] Value) : GobValue;

    /// <summary>A value of any type, with the name under which both sides know the type; nothing when there is none.</summary>
    public sealed record InterfaceValue(string Name, GobValue? Value) : GobValue
    {
        /// <summary>How it is written; not there in what was read.</summary>
        public GobType? Type { get; init; }
    }
}
