using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using LiteDB;

namespace Sidecar.Storage.LiteDb;

/// <summary>Checksums of pages and rows. LiteDB has none, so damage would be taken for content.</summary>
internal static class Checksum
{
    public const int PageSize = 8192;

    /// <summary>Where LiteDB's page header keeps the transaction; in the data file it means nothing, so it has room for the sum.</summary>
    private const int SumAt = 14;

    /// <summary>What LiteDB itself writes there.</summary>
    private const uint NoSum = uint.MaxValue;

    private const string FieldOfSum = "c";

    /// <summary>Puts the sum into a page of the data file.</summary>
    public static void Seal(Span<byte> page) =>
        BinaryPrimitives.WriteUInt32LittleEndian(page[SumAt..], SumOf(page));

    /// <summary>Whether a page is as it was sealed, and at its place; what LiteDB expects is put back.</summary>
    public static bool Unseal(Span<byte> page, long place)
    {
        var isSound =
            BinaryPrimitives.ReadUInt32LittleEndian(page[SumAt..]) == SumOf(page)
            && BinaryPrimitives.ReadUInt32LittleEndian(page) == place;
        BinaryPrimitives.WriteUInt32LittleEndian(page[SumAt..], NoSum);
        return isSound;
    }

    /// <summary>Whether a page was never sealed: LiteDB wrote it, but not by this engine.</summary>
    public static bool IsUnsealed(ReadOnlySpan<byte> page) =>
        BinaryPrimitives.ReadUInt32LittleEndian(page[SumAt..]) == NoSum;

    /// <summary>Of a page of the log, its salt and its place, whole words.</summary>
    public static ulong OfRecord(ReadOnlySpan<byte> record, long place)
    {
        var even = ~(uint)place;
        var odd = 0x9E37_79B9u;
        var words = MemoryMarshal.Cast<byte, ulong>(record);
        for (var i = 0; i < words.Length; i++)
        {
            even = BitOperations.Crc32C(even, words[i]);
            odd = BitOperations.Crc32C(odd, words[i] ^ (ulong)i);
        }

        return ((ulong)odd << 32) | even;
    }

    /// <summary>The row with its sum.</summary>
    public static BsonDocument Sealed(BsonDocument row)
    {
        row[FieldOfSum] = OfRow(row);
        return row;
    }

    /// <summary>The row, when it is what was written.</summary>
    /// <exception cref="StoreDamagedException">It is not.</exception>
    public static BsonDocument Verified(BsonDocument row, string collection) =>
        row[FieldOfSum] is { IsInt64: true } sum && sum.AsInt64 == OfRow(row)
            ? row
            : throw new StoreDamagedException(
                $"a row of {collection} is not what was written ({Name(row["_id"])})"
            );

    public static string Name(BsonValue id) =>
        id.IsBinary
            ? Encoding
                .UTF8.GetString(id.AsBinary)
                .Replace("\0\u0001", " ", StringComparison.Ordinal)
                .Trim()
            : id.ToString();

    // The order of the fields does not count.
    private static long OfRow(BsonDocument row)
    {
        var sum = 0UL;
        foreach (var (name, value) in row)
        {
            if (name != FieldOfSum && !value.IsNull)
            {
                sum += OfField(name, value);
            }
        }

        return unchecked((long)sum);
    }

    private static ulong OfField(string name, BsonValue value)
    {
        var seed = OfBytes(Encoding.UTF8.GetBytes(name), 0x5163_6C65);
        Span<byte> number = stackalloc byte[8];
        switch (value.Type)
        {
            case BsonType.Binary:
                return OfBytes(value.AsBinary, seed);
            case BsonType.String:
                return OfBytes(Encoding.UTF8.GetBytes(value.AsString), seed ^ 1);
            default:
                BinaryPrimitives.WriteInt64LittleEndian(number, value.AsInt64);
                return OfBytes(number, seed ^ 2);
        }
    }

    private static ulong OfBytes(ReadOnlySpan<byte> bytes, ulong seed)
    {
        var even = (uint)seed ^ (uint)bytes.Length;
        var odd = (uint)(seed >> 32) ^ 0x9E37_79B9u;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        for (var i = 0; i < words.Length; i++)
        {
            even = BitOperations.Crc32C(even, words[i]);
            odd = BitOperations.Crc32C(odd, words[i] ^ (ulong)i);
        }

        foreach (var rest in bytes[(words.Length * 8)..])
        {
            even = BitOperations.Crc32C(even, rest);
            odd = BitOperations.Crc32C(odd, (byte)~rest);
        }

        return ((ulong)odd << 32) | even;
    }

    private static uint SumOf(ReadOnlySpan<byte> page)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(page[..PageSize]);
        var sum = ~0u;
        for (var i = 0; i < words.Length; i++)
        {
            // The four bytes of the sum lie across the second and the third word.
            var word = i switch
            {
                1 => words[i] & 0x0000_FFFF_FFFF_FFFF,
                2 => words[i] & ~0xFFFFUL,
                _ => words[i],
            };
            sum = BitOperations.Crc32C(sum, word);
        }

        return sum == NoSum ? NoSum - 1 : sum;
    }
}
