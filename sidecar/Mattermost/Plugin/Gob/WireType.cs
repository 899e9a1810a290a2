using System.Collections.Immutable;

namespace Sidecar.Mattermost.Plugin.Gob;

/// <summary>A type as the other side has told it: parts are named by id and need not have been told yet.</summary>
internal abstract record WireType
{
    public sealed record BasicWire(int Id) : WireType;

    public sealed record ArrayWire(int Element, int Length) : WireType;

    public sealed record SliceWire(int Element) : WireType;

    public sealed record StructWire(ImmutableArray<(string Name, int Type)> Fields) : WireType;

    public sealed record MapWire(int Key, int Element) : WireType;

    /// <summary>Written in a way of its own.</summary>
    public sealed record OpaqueWire : WireType;
}
