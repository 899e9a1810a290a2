using System.Buffers.Binary;

namespace Sidecar.Storage.LiteDb;

/// <summary>
/// Moves what a log has into the data file before LiteDB opens it. A power cut in a checkpoint leaves pages there by
/// halves, the first one among them, without which LiteDB opens nothing; the log has all of them whole.
/// </summary>
internal static class Replay
{
    // Where LiteDB's page header keeps them.
    private const int TransactionAt = 14;
    private const int ConfirmedAt = 18;

    /// <summary>Leaves the log as it is when the data file can't be written, a full disk for instance: LiteDB reads both.</summary>
    public static void Run(PageLog log, DataFile data)
    {
        if (log.Pages == 0)
        {
            return;
        }

        var latest = Latest(log);
        try
        {
            data.Changing(() =>
            {
                Span<byte> page = stackalloc byte[Checksum.PageSize];
                foreach (var (id, place) in latest.OrderBy(static page => page.Key))
                {
                    log.Read(place, page);
                    page[ConfirmedAt] = 0;
                    data.Position = id * (long)Checksum.PageSize;
                    data.Write(page);
                }

                data.Flush();
            });
        }
        catch (IOException)
        {
            return;
        }

        log.SetLength(0);
    }

    /// <summary>Where the log has the latest state of each page, of transactions that were confirmed.</summary>
    public static Dictionary<uint, long> Latest(PageLog log)
    {
        var page = new byte[Checksum.PageSize];
        HashSet<uint> confirmed = [];
        for (var place = 0L; place < log.Pages; place++)
        {
            log.Read(place, page);
            if (page[ConfirmedAt] != 0)
            {
                confirmed.Add(TransactionOf(page));
            }
        }

        Dictionary<uint, long> latest = [];
        for (var place = 0L; place < log.Pages; place++)
        {
            log.Read(place, page);
            if (confirmed.Contains(TransactionOf(page)))
            {
                latest[BinaryPrimitives.ReadUInt32LittleEndian(page)] = place;
            }
        }

        return latest;
    }

    private static uint TransactionOf(byte[] page) =>
        BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(TransactionAt));
}
