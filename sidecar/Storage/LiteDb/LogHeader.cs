using System.Buffers.Binary;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>How a log begins: what it is, and the salt of its pages.</summary>
internal static class LogHeader
{
    public const int Size = 24;

    private static ReadOnlySpan<byte> Name => "ESCLOG01"u8;

    public static byte[] Of(ulong salt)
    {
        var header = new byte[Size];
        Name.CopyTo(header);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), salt);
        BinaryPrimitives.WriteUInt64LittleEndian(
            header.AsSpan(16),
            Checksum.OfRecord(header.AsSpan(0, 16), 0)
        );
        return header;
    }

    /// <summary>The salt; null when there is no whole header.</summary>
    public static ulong? Read(DiskFile file)
    {
        Span<byte> header = stackalloc byte[Size];
        return file.Read(header, 0) == Size ? Read(header) : null;
    }

    /// <summary>The salt of a log that another process may be writing; null when there is none to read.</summary>
    public static ulong? Read(string path)
    {
        try
        {
            using var file = new DiskFile(
                File.OpenHandle(
                    path,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.ReadWrite | FileShare.Delete
                ),
                path
            );
            return StoreFiles.LengthOf(path) < Size ? null : Read(file);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static ulong? Read(ReadOnlySpan<byte> header) =>
        header[..8].SequenceEqual(Name)
        && BinaryPrimitives.ReadUInt64LittleEndian(header[16..])
            == Checksum.OfRecord(header[..16], 0)
            ? BinaryPrimitives.ReadUInt64LittleEndian(header[8..])
            : null;
}
