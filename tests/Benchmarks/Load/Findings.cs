namespace Benchmarks.Load;

/// <summary>All that a run has measured.</summary>
internal sealed class Findings
{
    private readonly Dictionary<string, List<Slice>> _slices = new(StringComparer.Ordinal);

    public List<TimeSpan> Starts { get; } = [];

    public List<double> SameRows { get; } = [];

    public List<double> OneRow { get; } = [];

    public Dictionary<string, List<double>> Ratios { get; } = new(StringComparer.Ordinal);

    /// <summary>Bytes in memory when it was ready, before the first request.</summary>
    public long ResidentAtStart { get; set; }

    /// <summary>Bytes in memory when only reads had been measured.</summary>
    public long ResidentAfterReads { get; set; }

    public long Resident { get; set; }

    public long MostResident { get; set; }

    public IEnumerable<string> Names => _slices.Keys;

    public IReadOnlyList<Slice> Of(string kind) => _slices[kind];

    public Slice Add(RequestKind kind, Slice slice)
    {
        if (!_slices.TryGetValue(kind.Name, out var all))
        {
            _slices[kind.Name] = all = [];
        }

        all.Add(slice);
        return slice;
    }

    public void AddRatio(string kind, double ratio)
    {
        if (!Ratios.TryGetValue(kind, out var all))
        {
            Ratios[kind] = all = [];
        }

        all.Add(ratio);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN
            : sorted.Length % 2 == 1 ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
