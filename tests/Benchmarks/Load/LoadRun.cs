using System.Collections.Immutable;

namespace Benchmarks.Load;

/// <summary>
/// Drives the product over real sockets with what Mattermost sends, in turns with an empty endpoint and with bare
/// SQLite: a busy machine slows all of them, so ratios hold where absolute numbers don't.
/// </summary>
internal static class LoadRun
{
    private const int Starts = 3;
    private const int Warming = 4_000;
    private const int WarmingPasses = 3;
    private const int MostPrepared = 20_000;
    private static readonly TimeSpan MostWarming = TimeSpan.FromSeconds(3);

    public static async Task<int> Run(LoadOptions options)
    {
        await using var counterparts = await Counterparts.Start();
        var found = new List<(LoadStore Store, Findings Findings)>();
        foreach (var store in options.Stores)
        {
            var findings = await Measure(store, options, counterparts);
            found.Add((store, findings));
            await Console.Out.WriteLineAsync(Report.Write(options, store, findings));
        }

        if (found.Count > 1)
        {
            await Console.Out.WriteLineAsync(SideBySide.Write(found));
        }

        return 0;
    }

    private static async Task<Findings> Measure(
        LoadStore store,
        LoadOptions options,
        ServerProcess counterparts
    )
    {
        var findings = new Findings();
        using var served = await ServedStore.Prepare(options.Plan, store);
        var seal = served.Seal();
        for (var i = 1; i < Starts; i++)
        {
            var (trial, took) = await served.Start(counterparts.Address);
            findings.Starts.Add(took);
            await End(trial);
        }

        using var bare = await BareSqlite.Open(
            options.Plan,
            options.Connections,
            Math.Min(MostPrepared, options.Plan.Waiting.Count)
        );
        var (sidecars, start) = await served.Start(counterparts.Address);
        findings.Starts.Add(start);
        try
        {
            findings.ResidentAtStart = sidecars.Max(s => s.Resident);
            var kinds = new Kinds(options.Plan, counterparts, sidecars, seal);
            findings.ReadsAtFirst = await WarmUpReads(kinds, options);
            findings.ResidentAfterReads = sidecars.Max(s => s.Resident);
            foreach (var kind in kinds.Writes)
            {
                await Slice.Measure(
                    kind,
                    MostWarming,
                    options.Connections,
                    WritesPerSlice(options)
                );
            }

            // An equal share for each, or on a small store the first would leave the last nothing.
            var share = bare.Left / (options.Rounds * kinds.Writes.Count);
            for (var round = 0; round < options.Rounds; round++)
            {
                await Round(kinds, bare, share, options, findings);
            }

            findings.Resident = sidecars.Max(s => s.Resident);
            return findings;
        }
        finally
        {
            await End(sidecars);
        }
    }

    private static async Task End(ImmutableArray<ServerProcess> sidecars)
    {
        foreach (var sidecar in sidecars)
        {
            await sidecar.DisposeAsync();
        }
    }

    /// <summary>Until the code is compiled as it stays.</summary>
    /// <returns>How many the product has answered.</returns>
    private static async Task<int> WarmUpReads(Kinds kinds, LoadOptions options)
    {
        var answered = 0;
        for (var i = 0; i < WarmingPasses; i++)
        {
            await Slice.Measure(kinds.Empty, MostWarming, options.Connections, Warming);
            foreach (var kind in kinds.Reads)
            {
                var slice = await Slice.Measure(kind, MostWarming, options.Connections, Warming);
                answered += slice.Milliseconds.Length;
            }
        }

        return answered;
    }

    private static async Task Round(
        Kinds kinds,
        BareSqlite bare,
        int share,
        LoadOptions options,
        Findings findings
    )
    {
        foreach (var kind in kinds.Reads)
        {
            var before = await Measure(kinds.Empty, LoadOptions.MostRequests);
            var slice = await Measure(kind, LoadOptions.MostRequests);
            var after = await Measure(kinds.Empty, LoadOptions.MostRequests);
            findings.AddRatio(kind, slice.PerSecond / ((before.PerSecond + after.PerSecond) / 2));
        }

        foreach (var kind in kinds.Writes)
        {
            var before = bare.SameRows(options.Slice / 2, share);
            var slice = await Measure(kind, WritesPerSlice(options));
            // An empty slice: there was nothing left to ask for.
            if (double.IsFinite(before) && slice.Milliseconds.Length > 0)
            {
                findings.SameRows.Add(before);
                findings.AddRatio(kind, slice.PerSecond / before);
            }
        }

        findings.OneRow.Add(bare.OneRow(options.Slice / 2));

        async Task<Slice> Measure(RequestKind kind, int most) =>
            findings.Add(kind, await Slice.Measure(kind, options.Slice, options.Connections, most));
    }

    /// <summary>Acknowledging and clicking use up what is new.</summary>
    private static int WritesPerSlice(LoadOptions options) =>
        options.Plan.Waiting.Count / 2 / (options.Rounds + 1);
}
