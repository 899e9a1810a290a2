using System.Buffers.Binary;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>A page in the log: behind it the salt, how many pages were on disk when it was written, and a checksum.</summary>
internal static class LogRecord
{
    public const int Size = PageSize + 24;

    private const int PageSize = Checksum.PageSize;
    private const int SaltAt = PageSize;
    private const int DurableAt = PageSize + 8;
    private const int SumAt = PageSize + 16;

    /// <summary>Where the record of a place begins.</summary>
    public static long OffsetOf(long place) => LogHeader.Size + (place * Size);

    /// <summary>How many records a file has, the last one perhaps by halves.</summary>
    public static long CountIn(DiskFile file) =>
        Math.Max(0, file.Length - LogHeader.Size + Size - 1) / Size;

    public static byte[] Of(ReadOnlySpan<byte> page, ulong salt, long durable, long place)
    {
        var record = new byte[Size];
        page.CopyTo(record);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(SaltAt), salt);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(DurableAt), durable);
        BinaryPrimitives.WriteUInt64LittleEndian(
            record.AsSpan(SumAt),
            Checksum.OfRecord(record.AsSpan(0, SumAt), place)
        );
        return record;
    }

    /// <summary>Reads one; false when it is not what was written there.</summary>
    public static bool TryRead(
        DiskFile file,
        long place,
        byte[] record,
        out ulong salt,
        out long durable
    )
    {
        var read = file.Read(record, OffsetOf(place));
        salt = BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(SaltAt));
        durable = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(DurableAt));
        return read == Size
            && BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(SumAt))
                == Checksum.OfRecord(record.AsSpan(0, SumAt), place);
    }
}
