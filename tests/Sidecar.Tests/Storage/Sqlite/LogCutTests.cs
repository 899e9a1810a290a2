using Shouldly;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Storage.Sqlite;

public sealed class LogCutTests : SqliteStores
{
    private const int Writers = 8;

    /// <summary>
    /// The log of a store in use, cut off anywhere as a power cut would: what was acknowledged before the cut is there,
    /// nothing is there by halves.
    /// </summary>
    [Theory]
    [InlineData(3)]
    [InlineData(20250304)]
    public async Task A_log_cut_off_anywhere_gives_whole_commits(int seed)
    {
        var acknowledged = new int[Writers];
        byte[] database;
        byte[] log;
        await using (var engine = await Open())
        {
            var writers = Enumerable
                .Range(0, Writers)
                .Select(w => Task.Run(() => Write(engine, w, acknowledged), Cancel))
                .ToList();
            while (acknowledged.Any(count => Volatile.Read(in count) < 3))
            {
                await Task.Yield();
            }

            acknowledged = [.. acknowledged];
            log = await ReadShared(Database + "-wal");
            database = await ReadShared(Database);
            await Task.WhenAll(writers);
        }

        (await ReachedIn(database, log, "whole", seed))
            .Zip(acknowledged)
            .ShouldAllBe(writer => writer.First >= writer.Second);
        var chance = new Seeded(seed);
        var cuts = Enumerable.Range(0, 12).Select(_ => chance.Below(log.Length)).Order().ToList();
        var before = new int[Writers];
        foreach (var cut in cuts)
        {
            var reached = await ReachedIn(database, log[..cut], $"{cut}", seed);
            reached.Zip(before).ShouldAllBe(writer => writer.First >= writer.Second);
            before = reached;
        }
    }

    private static async Task Write(IStoreEngine engine, int writer, int[] acknowledged)
    {
        for (var step = 1; step <= 12; step++)
        {
            await Traffic.Step(engine, writer, step);
            Volatile.Write(ref acknowledged[writer], step);
        }
    }

    private async Task<int[]> ReachedIn(byte[] database, byte[] log, string name, int seed)
    {
        var directory = Scratch[$"crashed-{name}"];
        Directory.CreateDirectory(directory);
        await File.WriteAllBytesAsync(Path.Combine(directory, "escalate.db"), database, Cancel);
        await File.WriteAllBytesAsync(Path.Combine(directory, "escalate.db-wal"), log, Cancel);
        await using var engine = await OpenAt(directory);
        var reached = new int[Writers];
        for (var w = 0; w < Writers; w++)
        {
            reached[w] = await Traffic.Reached(engine, w, $"seed {seed}, cut {name}");
        }

        return reached;
    }

    private static async Task<byte[]> ReadShared(string path)
    {
        await using var file = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite
        );
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }
}
