using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sidecar.Storage.Files;

/// <summary>A document's index entries as they are kept in its row: length and bytes of name and key, in turn.</summary>
internal static class EntryList
{
    /// <summary>Each entry once.</summary>
    public static byte[] Write(IReadOnlyCollection<IndexEntry> entries)
    {
        if (entries.Count == 0)
        {
            return [];
        }

        var buffer = new ArrayBufferWriter<byte>(entries.Count * 48);
        foreach (var entry in new HashSet<IndexEntry>(entries))
        {
            var length = Encoding.UTF8.GetByteCount(entry.Index);
            Length(buffer, length);
            Encoding.UTF8.GetBytes(entry.Index, buffer.GetSpan(length));
            buffer.Advance(length);
            Length(buffer, entry.Key.Bytes.Length);
            buffer.Write(entry.Key.Bytes.Span);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>All entries of a list.</summary>
    public static IReadOnlySet<IndexEntry> Read(byte[] list) => Read(list, Ranges(list), 0, 0);

    /// <summary>
    /// What is only in the one list and only in the other. A change moves few of many entries, so what both begin and
    /// end with is compared as bytes and never read.
    /// </summary>
    public static (IEnumerable<IndexEntry> Gone, IEnumerable<IndexEntry> Come) Differ(
        byte[]? before,
        byte[] after
    )
    {
        before ??= [];
        List<Range> old = Ranges(before);
        List<Range> now = Ranges(after);
        var front = 0;
        while (front < Math.Min(old.Count, now.Count) && Same(front, front))
        {
            front++;
        }

        var back = 0;
        while (
            back < Math.Min(old.Count, now.Count) - front
            && Same(old.Count - 1 - back, now.Count - 1 - back)
        )
        {
            back++;
        }

        var gone = Read(before, old, front, back);
        var come = Read(after, now, front, back);
        return (gone.Except(come), come.Except(gone));

        bool Same(int left, int right) =>
            before.AsSpan(old[left]).SequenceEqual(after.AsSpan(now[right]));
    }

    private static HashSet<IndexEntry> Read(byte[] bytes, List<Range> entries, int front, int back)
    {
        var read = new HashSet<IndexEntry>();
        for (var i = front; i < entries.Count - back; i++)
        {
            ReadOnlySpan<byte> rest = bytes.AsSpan(entries[i]);
            var name = Encoding.UTF8.GetString(Part(ref rest));
            read.Add(new IndexEntry(name, IndexKey.FromBytes(Part(ref rest).ToArray())));
        }

        return read;
    }

    /// <summary>Where each entry lies.</summary>
    private static List<Range> Ranges(byte[] bytes)
    {
        var ranges = new List<Range>();
        ReadOnlySpan<byte> rest = bytes;
        for (var start = 0; start < bytes.Length; start = bytes.Length - rest.Length)
        {
            Part(ref rest);
            Part(ref rest);
            ranges.Add(start..(bytes.Length - rest.Length));
        }

        return ranges;
    }

    private static void Length(ArrayBufferWriter<byte> buffer, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(sizeof(int)), length);
        buffer.Advance(sizeof(int));
    }

    private static ReadOnlySpan<byte> Part(ref ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        var part = rest.Slice(sizeof(int), length);
        rest = rest[(sizeof(int) + length)..];
        return part;
    }
}
