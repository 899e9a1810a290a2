using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sidecar.Storage.Sqlite;

namespace Benchmarks.Load;

/// <summary>The findings as Markdown: medians of the rounds.</summary>
internal static class Report
{
    public static string Write(LoadOptions options, LoadStore store, Findings findings)
    {
        var text = new StringBuilder();
        text.AppendLine(Machine(options, store)).AppendLine();
        text.AppendLine("| measure | found | goal |").AppendLine("|:--|--:|--:|");
        foreach (var kind in findings.Kinds)
        {
            if (kind.Against is { } against)
            {
                text.AppendLine(Ratio(kind.Name, against, findings.RatiosOf(kind)));
            }
        }

        text.AppendLine(
            Line(
                $"| start to ready | {Findings.Median(findings.Starts.Select(s => s.TotalSeconds)):0.00} s (slowest {findings.Starts.Max().TotalSeconds:0.00} s) | < 2 s |"
            )
        );
        text.AppendLine(
            Line(
                $"| resident when ready / after {findings.ReadsAtFirst:N0} reads / after the run | {Megabytes(findings.ResidentAtStart)} / {Megabytes(findings.ResidentAfterReads)} / {Megabytes(findings.Resident)} MB | < 150 MB |"
            )
        );
        text.AppendLine();
        text.AppendLine(
            "| request | per second | p50 ms | p99 ms | server processor µs | requests | wrong |"
        );
        text.AppendLine("|:--|--:|--:|--:|--:|--:|--:|");
        foreach (var kind in findings.Kinds)
        {
            text.AppendLine(Row(kind.Name, findings.Of(kind)));
        }

        if (findings.SameRows.Count > 0)
        {
            text.AppendLine(
                Line(
                    $"| bare SQLite, rows of an `ack` | {Findings.Median(findings.SameRows):0} | | | | | |"
                )
            );
        }

        text.AppendLine(
            Line(
                $"| bare SQLite, one row of 4 KB | {Findings.Median(findings.OneRow):0} | | | | | |"
            )
        );
        return text.ToString();
    }

    private static string Machine(LoadOptions options, LoadStore store)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return Line(
            $"{options.Plan.Escalations} escalations, {options.Plan.Audit} audit entries; {options.Connections} connections, {options.Rounds} rounds of {options.Slice.TotalSeconds:0.0} s. {Environment.ProcessorCount} cores, {memory / (1 << 30)} GB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, the store is of {store.Name}, beside SQLite {SqliteStoreEngine.SqliteVersion}."
        );
    }

    private static string Ratio(string kind, Yardstick against, IReadOnlyList<double> ratios) =>
        ratios.Count == 0
            ? $"| {kind} | too few escalations for a ratio | |"
            : Line($"| {kind} / {against.Name} | {Spread(ratios)} | ≥ {against.Goal} |");

    private static string Row(string kind, IReadOnlyList<Slice> slices) =>
        Line(
            $"| {kind} | {Findings.Median(slices.Select(s => s.PerSecond)):0} | {Findings.Median(slices.Select(s => s.Percentile(0.5))):0.00} | {Findings.Median(slices.Select(s => s.Percentile(0.99))):0.0} | {Findings.Median(slices.Select(s => s.ProcessorMicroseconds)):0} | {slices.Sum(s => s.Milliseconds.Length)} | {slices.Sum(s => s.Wrong)} |"
        );

    private static string Spread(IReadOnlyList<double> ratios) =>
        Line($"{Findings.Median(ratios):0.00} ({ratios.Min():0.00}–{ratios.Max():0.00})");

    private static long Megabytes(long bytes) => bytes / 1_000_000;

    private static string Line(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
