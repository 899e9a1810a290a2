using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sidecar.Storage.Sqlite;

/// <summary>A document's index entries as they are kept in its row: length and bytes of name and key, in turn.</summary>
internal static class EntryList
{
    public static byte[] Write(IReadOnlyCollection<IndexEntry> entries)
    {
        if (entries.Count == 0)
        {
            return [];
        }

        var buffer = new ArrayBufferWriter<byte>(entries.Count * 48);
        foreach (var entry in entries)
        {
            Part(buffer, Encoding.UTF8.GetBytes(entry.Index));
            Part(buffer, entry.Key.Bytes.Span);
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static HashSet<IndexEntry> Read(byte[]? bytes)
    {
        HashSet<IndexEntry> entries = [];
        ReadOnlySpan<byte> rest = bytes;
        while (!rest.IsEmpty)
        {
            var name = Encoding.UTF8.GetString(Part(ref rest));
            entries.Add(new IndexEntry(name, IndexKey.FromBytes(Part(ref rest).ToArray())));
        }

        return entries;
    }

    private static void Part(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(sizeof(int)), part.Length);
        buffer.Advance(sizeof(int));
        buffer.Write(part);
    }

    private static ReadOnlySpan<byte> Part(ref ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        var part = rest.Slice(sizeof(int), length);
        rest = rest[(sizeof(int) + length)..];
        return part;
    }
}
