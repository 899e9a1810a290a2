using System.Globalization;
using System.Text;

namespace Benchmarks.Load;

/// <summary>
/// The same of several stores in one table: of each kind its share of the yardstick, which was measured beside it, and
/// how many were answered.
/// </summary>
internal static class SideBySide
{
    public static string Write(IReadOnlyList<(LoadStore Store, Findings Findings)> found)
    {
        var text = new StringBuilder("| share of its yardstick · per second · p99 ms |");
        foreach (var (store, _) in found)
        {
            text.Append(CultureInfo.InvariantCulture, $" {store.Name} |");
        }

        text.AppendLine().Append("|:--|").Insert(text.Length, "--:|", found.Count).AppendLine();
        foreach (var kind in found[0].Findings.Kinds.Where(k => k.Against is not null))
        {
            Row(kind.Name, findings => Cell(findings, kind.Name));
        }

        Row(
            "start to ready, s",
            f => Number(Findings.Median(f.Starts.Select(s => s.TotalSeconds)))
        );
        Row(
            "resident when ready / after reads / at the end, MB",
            f =>
                $"{f.ResidentAtStart / 1_000_000} / {f.ResidentAfterReads / 1_000_000} / {f.Resident / 1_000_000}"
        );
        return text.ToString();

        void Row(string name, Func<Findings, string> cell)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} |");
            foreach (var (_, findings) in found)
            {
                text.Append(CultureInfo.InvariantCulture, $" {cell(findings)} |");
            }

            text.AppendLine();
        }
    }

    private static string Cell(Findings findings, string name)
    {
        if (findings.Kinds.FirstOrDefault(k => k.Name == name) is not { } kind)
        {
            return "–";
        }

        var slices = findings.Of(kind);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Number(Findings.Median(findings.RatiosOf(kind)))} · {Findings.Median(slices.Select(s => s.PerSecond)):0} · {Findings.Median(slices.Select(s => s.Percentile(0.99))):0.0}"
        );
    }

    private static string Number(double value) =>
        value.ToString("0.00", CultureInfo.InvariantCulture);
}
