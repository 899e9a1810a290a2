using System.Buffers.Binary;
using System.Text;

namespace Sidecar.Storage;

/// <summary>
/// An index key: bytes whose order is the order of the parts from which they were made. A key that begins with the
/// parts of another begins with its bytes, so equality on the first parts is a range of keys.
/// </summary>
public readonly struct IndexKey : IEquatable<IndexKey>, IComparable<IndexKey>
{
    private static ReadOnlySpan<byte> TextEnd => [0];

    private readonly byte[]? _bytes;

    private IndexKey(byte[] bytes) => _bytes = bytes;

    /// <summary>The key without parts: every key begins with it.</summary>
    public static IndexKey Empty => default;

    /// <summary>The bytes, compared as unsigned from left to right.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>A key from bytes that an engine stored.</summary>
    public static IndexKey FromBytes(byte[] bytes) => new(bytes);

    /// <summary>Adds a text, compared by its UTF-8 bytes.</summary>
    public IndexKey Then(string text) => Append(text, TextEnd);

    /// <summary>Adds how a text begins: what follows begins with it, and need not be a part of its own.</summary>
    public IndexKey ThenStart(string text) => Append(text, []);

    /// <summary>Adds all parts of another key.</summary>
    public IndexKey Then(IndexKey rest) => Append(rest.Bytes.Span);

    /// <summary>Adds a number, smaller first.</summary>
    public IndexKey Then(long number)
    {
        Span<byte> part = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(
            part,
            unchecked((ulong)number ^ 0x8000_0000_0000_0000)
        );
        return Append(part);
    }

    /// <summary>Adds a number, larger first.</summary>
    public IndexKey ThenDescending(long number) => Then(~number);

    /// <summary>Adds a time, earlier first, to the millisecond.</summary>
    public IndexKey Then(DateTimeOffset time) => Then(time.ToUnixTimeMilliseconds());

    /// <summary>Adds a time, later first, to the millisecond.</summary>
    public IndexKey ThenDescending(DateTimeOffset time) =>
        ThenDescending(time.ToUnixTimeMilliseconds());

    /// <summary>Adds a flag, false first.</summary>
    public IndexKey Then(bool flag) => Append([flag ? (byte)1 : (byte)0]);

    /// <summary>The first key behind all keys that begin with this one; null when there is no such key.</summary>
    public IndexKey? Next()
    {
        var bytes = Bytes.Span;
        var last = bytes.Length - 1;
        while (last >= 0 && bytes[last] == byte.MaxValue)
        {
            last--;
        }

        if (last < 0)
        {
            return null;
        }

        var next = bytes[..(last + 1)].ToArray();
        next[last]++;
        return new IndexKey(next);
    }

    /// <summary>This key cut off behind the text part in which a prefix of it ends.</summary>
    internal IndexKey UpToText(IndexKey prefix)
    {
        var rest = Bytes.Span[prefix.Bytes.Length..];
        var text = rest.IndexOf(TextEnd) + TextEnd.Length;
        return new IndexKey(Bytes.Span[..(prefix.Bytes.Length + text)].ToArray());
    }

    /// <inheritdoc/>
    public int CompareTo(IndexKey other) => Bytes.Span.SequenceCompareTo(other.Bytes.Span);

    /// <inheritdoc/>
    public bool Equals(IndexKey other) => Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IndexKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Convert.ToHexString(Bytes.Span);

    /// <summary>Same bytes.</summary>
    public static bool operator ==(IndexKey left, IndexKey right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(IndexKey left, IndexKey right) => !left.Equals(right);

    /// <summary>Sorts before.</summary>
    public static bool operator <(IndexKey left, IndexKey right) => left.CompareTo(right) < 0;

    /// <summary>Sorts behind.</summary>
    public static bool operator >(IndexKey left, IndexKey right) => left.CompareTo(right) > 0;

    /// <summary>Sorts before, or is the same.</summary>
    public static bool operator <=(IndexKey left, IndexKey right) => left.CompareTo(right) <= 0;

    /// <summary>Sorts behind, or is the same.</summary>
    public static bool operator >=(IndexKey left, IndexKey right) => left.CompareTo(right) >= 0;

    private IndexKey Append(string text, ReadOnlySpan<byte> end)
    {
        // Zero ends a part, so "ab" sorts before "ab" + anything; a zero inside is written as 0x01 0x01, a 0x01 as 0x01 0x02.
        var length = Encoding.UTF8.GetByteCount(text);
        var escapes = text.AsSpan().Count('\0') + text.AsSpan().Count('\u0001');
        var bytes = new byte[Bytes.Length + length + escapes + end.Length];
        Bytes.Span.CopyTo(bytes);
        var part = bytes.AsSpan(Bytes.Length);
        Encoding.UTF8.GetBytes(text, part);
        for (int from = length - 1, to = from + escapes; to > from; from--, to--)
        {
            if (part[from] <= 1)
            {
                part[to--] = (byte)(part[from] + 1);
                part[to] = 1;
            }
            else
            {
                part[to] = part[from];
            }
        }

        end.CopyTo(part[^end.Length..]);
        return new IndexKey(bytes);
    }

    private IndexKey Append(ReadOnlySpan<byte> part)
    {
        var bytes = new byte[Bytes.Length + part.Length];
        Bytes.Span.CopyTo(bytes);
        part.CopyTo(bytes.AsSpan(Bytes.Length));
        return new IndexKey(bytes);
    }
}
