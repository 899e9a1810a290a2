using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sidecar.Mattermost.Plugin.Yamux;

/// <summary>The twelve bytes in front of everything.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Flags">What becomes of the stream beside it.</param>
/// <param name="Stream">Which stream; 0 for the session itself.</param>
/// <param name="Length">Bytes that follow, credit, or what a ping wants to see again.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct YamuxFrame(
    YamuxType Type,
    YamuxFlags Flags,
    uint Stream,
    uint Length
)
{
    public const int Size = 12;

    /// <summary>Reads one.</summary>
    /// <exception cref="YamuxException">It is none.</exception>
    public static YamuxFrame Read(ReadOnlySpan<byte> from)
    {
        if (from[0] != 0)
        {
            throw new YamuxException($"A frame is of version {from[0]}.");
        }

        if (from[1] > (byte)YamuxType.GoAway)
        {
            throw new YamuxException($"A frame is of the unknown type {from[1]}.");
        }

        return new YamuxFrame(
            (YamuxType)from[1],
            (YamuxFlags)BinaryPrimitives.ReadUInt16BigEndian(from[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(from[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(from[8..])
        );
    }

    public void Write(Span<byte> to)
    {
        to[0] = 0;
        to[1] = (byte)Type;
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)Flags);
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], Stream);
        BinaryPrimitives.WriteUInt32BigEndian(to[8..], Length);
    }
}

internal enum YamuxType : byte
{
    Data = 0,
    WindowUpdate = 1,
    Ping = 2,
    GoAway = 3,
}

[Flags]
internal enum YamuxFlags
{
    None = 0,
    Syn = 1,
    Ack = 2,
    Fin = 4,
    Rst = 8,
}
