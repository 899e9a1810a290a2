using LiteDB.Engine;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>Whether a file is one of ours, looked at before LiteDB is let near it.</summary>
internal static class FileFormat
{
    private const int NameAt = 32;
    private const int VersionAt = 59;

    /// <summary>The version of LiteDB's file format that this program reads.</summary>
    private const int Known = 8;

    private static ReadOnlySpan<byte> Name => "** This is a LiteDB file **"u8;

    /// <summary>Whether a file begins as LiteDB's do.</summary>
    public static bool IsLiteDb(ReadOnlySpan<byte> beginning) =>
        beginning.Length >= NameAt + Name.Length && beginning[NameAt..].StartsWith(Name);

    /// <summary>How much of a file <see cref="IsLiteDb"/> must see.</summary>
    public const int Beginning = 64;

    /// <exception cref="StoreUnusableException">It is not ours, or newer than this program.</exception>
    /// <exception cref="StoreDamagedException">It is ours, and damaged.</exception>
    public static void Verify(DataFile data, PageLog log, string path)
    {
        var page = data.FirstPageAsItIs();
        if (log.Pages > 0 && Replay.Latest(log).TryGetValue(0, out var place))
        {
            log.Read(place, page);
            Checksum.Seal(page);
        }

        if (!IsLiteDb(page) || Checksum.IsUnsealed(page))
        {
            throw new StoreUnusableException(StoreRemedies.Foreign(path));
        }

        if (page[VersionAt] != Known)
        {
            throw new StoreUnusableException(
                StoreRemedies.NewerFormat(path, page[VersionAt], Known)
            );
        }

        if (!Checksum.Unseal(page, 0))
        {
            throw new StoreDamagedException("page 0 is not what was written");
        }
    }

    /// <summary>The schema's version that a file says it has.</summary>
    public static int VersionOf(LiteFile file) => file.Engine.Pragma(Pragmas.USER_VERSION).AsInt32;
}
