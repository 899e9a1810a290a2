namespace Benchmarks.Load;

/// <summary>All that a run has measured.</summary>
internal sealed class Findings
{
    private readonly List<RequestKind> _kinds = [];
    private readonly Dictionary<string, List<Slice>> _slices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<double>> _ratios = new(StringComparer.Ordinal);

    public List<TimeSpan> Starts { get; } = [];

    public List<double> SameRows { get; } = [];

    public List<double> OneRow { get; } = [];

    /// <summary>Bytes in memory when it was ready, before the first request.</summary>
    public long ResidentAtStart { get; set; }

    /// <summary>How many reads came before anything was written.</summary>
    public int ReadsAtFirst { get; set; }

    /// <summary>Bytes in memory when only reads had been measured.</summary>
    public long ResidentAfterReads { get; set; }

    public long Resident { get; set; }

    /// <summary>What was measured, in order.</summary>
    public IReadOnlyList<RequestKind> Kinds => _kinds;

    public IReadOnlyList<Slice> Of(RequestKind kind) => _slices[kind.Name];

    /// <summary>How much of its yardstick a kind reached; empty when there was nothing to measure.</summary>
    public IReadOnlyList<double> RatiosOf(RequestKind kind) =>
        _ratios.GetValueOrDefault(kind.Name) ?? [];

    public Slice Add(RequestKind kind, Slice slice)
    {
        if (!_slices.TryGetValue(kind.Name, out var all))
        {
            _kinds.Add(kind);
            _slices[kind.Name] = all = [];
        }

        all.Add(slice);
        return slice;
    }

    public void AddRatio(RequestKind kind, double ratio)
    {
        if (!_ratios.TryGetValue(kind.Name, out var all))
        {
            _ratios[kind.Name] = all = [];
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
