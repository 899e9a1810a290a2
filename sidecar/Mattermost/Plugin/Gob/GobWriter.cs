using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sidecar.Mattermost.Plugin.Gob;

/// <summary>Writes the basic forms.</summary>
internal static class GobWriter
{
    public static void UInt(this ArrayBufferWriter<byte> to, ulong number)
    {
        if (number < 0x80)
        {
            to.Write([(byte)number]);
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        var used = bytes.TrimStart((byte)0);
        to.Write([(byte)(256 - used.Length)]);
        to.Write(used);
    }

    public static void Int(this ArrayBufferWriter<byte> to, long number) =>
        to.UInt(number < 0 ? ((ulong)~number << 1) | 1 : (ulong)number << 1);

    public static void Float(this ArrayBufferWriter<byte> to, double number) =>
        to.UInt(BinaryPrimitives.ReverseEndianness(BitConverter.DoubleToUInt64Bits(number)));

    public static void Bytes(this ArrayBufferWriter<byte> to, ReadOnlySpan<byte> bytes)
    {
        to.UInt((ulong)bytes.Length);
        to.Write(bytes);
    }

    public static void Text(this ArrayBufferWriter<byte> to, string text)
    {
        to.UInt((ulong)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, to);
    }
}
