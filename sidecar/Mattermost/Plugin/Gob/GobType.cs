using System.Collections.Immutable;

namespace Sidecar.Mattermost.Plugin.Gob;

/// <summary>
/// A type as we declare it to the other side. Fields go by name: one that we leave out stays zero there, and the names
/// of types themselves mean nothing.
/// </summary>
internal abstract class GobType
{
    public static GobType Bool { get; } = new BasicType(GobTypeId.Bool);
    public static GobType Int { get; } = new BasicType(GobTypeId.Int);
    public static GobType UInt { get; } = new BasicType(GobTypeId.UInt);
    public static GobType Float { get; } = new BasicType(GobTypeId.Float);
    public static GobType Bytes { get; } = new BasicType(GobTypeId.Bytes);
    public static GobType Text { get; } = new BasicType(GobTypeId.Text);

    /// <summary>A variable of any type that both sides know by name.</summary>
    public static GobType Any { get; } = new BasicType(GobTypeId.Interface);

    /// <summary>No fields at all.</summary>
    public static GobType Nothing { get; } = Struct("Nothing");

    public static GobType Struct(
        string name,
        params ReadOnlySpan<(string Name, GobType Type)> fields
    ) => new StructureType(name) { Fields = [.. fields] };

    public static GobType SliceOf(GobType element) => new SliceType(element);

    public static GobType MapOf(GobType key, GobType value) => new MappingType(key, value);

    /// <summary>A struct that may hold others of its own kind; its fields are told afterwards.</summary>
    public static StructureType Recursive(string name) => new(name);

    public sealed class BasicType(int id) : GobType
    {
        public int Id { get; } = id;
    }

    public sealed class StructureType(string name) : GobType
    {
        public string Name { get; } = name;

        public ImmutableArray<(string Name, GobType Type)> Fields { get; set; } = [];
    }

    public sealed class SliceType(GobType element) : GobType
    {
        public GobType Element { get; } = element;
    }

    /// <summary>Bytes that a type of Go's reads in a way of its own.</summary>
    public sealed class MarshalledType : GobType;

    public sealed class MappingType(GobType key, GobType value) : GobType
    {
        public GobType Key { get; } = key;

        public GobType Value { get; } = value;
    }
}

/// <summary>The types that both sides know from the start.</summary>
internal static class GobTypeId
{
    public const int Bool = 1;
    public const int Int = 2;
    public const int UInt = 3;
    public const int Float = 4;
    public const int Bytes = 5;
    public const int Text = 6;
    public const int Complex = 7;
    public const int Interface = 8;

    /// <summary>Ids from here on are told on the stream.</summary>
    public const int FirstOfUser = 64;
}
