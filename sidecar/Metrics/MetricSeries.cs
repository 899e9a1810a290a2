namespace Sidecar.Metrics;

/// <summary>The numbers of one metric under one set of labels. Written to from many threads at once, without a lock.</summary>
/// <param name="labels">Without the braces.</param>
/// <param name="boundaries">The upper ends of a histogram's buckets, ascending; empty for everything else.</param>
internal sealed class MetricSeries(string labels, double[] boundaries)
{
    private readonly long[] _buckets = new long[boundaries.Length + 1];
    private double _value;

    public string Labels => labels;

    /// <summary>A counter's or gauge's number; a histogram's sum.</summary>
    public double Value => Volatile.Read(ref _value);

    public void Set(double value) => Volatile.Write(ref _value, value);

    public void Add(double value)
    {
        double before;
        do
        {
            before = Volatile.Read(ref _value);
        } while (
            BitConverter.DoubleToInt64Bits(
                Interlocked.CompareExchange(ref _value, before + value, before)
            ) != BitConverter.DoubleToInt64Bits(before)
        );
    }

    /// <summary>One more in the bucket to which it belongs.</summary>
    public void Count(double value)
    {
        var at = Array.BinarySearch(boundaries, value);
        Interlocked.Increment(ref _buckets[at < 0 ? ~at : at]);
        Add(value);
    }

    /// <summary>How many are at or below each boundary, and at last how many there are.</summary>
    public long[] Cumulative()
    {
        var all = new long[_buckets.Length];
        var sum = 0L;
        for (var bucket = 0; bucket < all.Length; bucket++)
        {
            all[bucket] = sum += Interlocked.Read(ref _buckets[bucket]);
        }

        return all;
    }
}
