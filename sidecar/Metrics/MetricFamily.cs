using System.Diagnostics.Metrics;

namespace Sidecar.Metrics;

/// <summary>How a metric's numbers are put together.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>One metric with all its series, fed by the instruments of its name.</summary>
internal sealed class MetricFamily
{
    /// <summary>More than any metric of ours can have. What comes after that is added up in one series.</summary>
    private const int MostSeries = 200;

    /// <summary>OpenTelemetry's, for histograms that advise nothing.</summary>
    private static readonly double[] Usual =
    [
        0,
        5,
        10,
        25,
        50,
        75,
        100,
        250,
        500,
        750,
        1000,
        2500,
        5000,
        7500,
        10000,
    ];

    private readonly Lock _gate = new();
    private readonly bool _isTotal;
    private readonly MetricSeries _overflow;

    // Replaced as a whole, so that whoever measures reads it without a lock.
    private Entry[] _entries = [];

    private MetricFamily(Instrument instrument, MetricKind kind)
    {
        Kind = kind;
        Unit = PrometheusNames.Unit(instrument.Unit, kind == MetricKind.Gauge);
        Name = PrometheusNames.Metric(instrument.Name, Unit);
        Help = instrument.Description ?? "";
        IsObserved = instrument.IsObservable;
        _isTotal = IsObserved || IsGenericOf(instrument, typeof(Gauge<>));
        Boundaries = kind == MetricKind.Histogram ? Advised(instrument) ?? Usual : [];
        _overflow = NewSeries("otel_metric_overflow=\"true\"");
    }

    public string Name { get; }

    public string? Unit { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    public double[] Boundaries { get; }

    /// <summary>Its instrument is asked when somebody wants to know.</summary>
    public bool IsObserved { get; }

    /// <summary>Those that have been measured, in the order of their labels.</summary>
    public IEnumerable<MetricSeries> Series =>
        Volatile
            .Read(ref _entries)
            .Select(e => e.Series)
            .Distinct()
            .OrderBy(s => s.Labels, StringComparer.Ordinal);

    public static MetricFamily Of(Instrument instrument) =>
        new(
            instrument,
            IsGenericOf(instrument, typeof(Histogram<>)) ? MetricKind.Histogram
                : IsGenericOf(instrument, typeof(Counter<>))
                || IsGenericOf(instrument, typeof(ObservableCounter<>))
                    ? MetricKind.Counter
                : MetricKind.Gauge
        );

    /// <summary>Whether it can take the numbers of another instrument of the same name.</summary>
    public bool Fits(MetricFamily other) =>
        Kind == other.Kind && IsObserved == other.IsObserved && _isTotal == other._isTotal;

    /// <summary>What was observed last counts no more.</summary>
    public void Forget() => Volatile.Write(ref _entries, []);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // Neither can be taken back, and one of them spoils a sum for ever.
        if (double.IsNaN(value) || (Kind == MetricKind.Counter && value < 0))
        {
            return;
        }

        var series = SeriesOf(tags);
        if (Kind == MetricKind.Histogram)
        {
            series.Count(value);
        }
        else if (_isTotal)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    private MetricSeries SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = Hash(tags);
        return Known(Volatile.Read(ref _entries), hash, tags) ?? NewFor(hash, tags);
    }

    private static MetricSeries? Known(
        Entry[] entries,
        int hash,
        ReadOnlySpan<KeyValuePair<string, object?>> tags
    )
    {
        foreach (var entry in entries)
        {
            if (entry.Hash == hash && entry.IsFor(tags))
            {
                return entry.Series;
            }
        }

        return null;
    }

    private MetricSeries NewFor(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            if (Known(_entries, hash, tags) is { } known)
            {
                return known;
            }

            var isFull = _entries.Length >= MostSeries;
            var labels = PrometheusNames.Labels(tags);
            // The same attributes in another order are the same series.
            var series = isFull
                ? _overflow
                : Array.Find(_entries, e => e.Series.Labels == labels)?.Series ?? NewSeries(labels);
            if (!isFull || !Array.Exists(_entries, e => e.Series == _overflow))
            {
                Volatile.Write(
                    ref _entries,
                    [.. _entries, new Entry(hash, tags.ToArray(), series)]
                );
            }

            return series;
        }
    }

    private MetricSeries NewSeries(string labels) => new(labels, Boundaries);

    private static int Hash(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = new HashCode();
        foreach (var (key, value) in tags)
        {
            hash.Add(key);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    private static bool IsGenericOf(Instrument instrument, Type open)
    {
        var type = instrument.GetType();
        return type.IsGenericType && type.GetGenericTypeDefinition() == open;
    }

    private static double[]? Advised(Instrument instrument) =>
        instrument switch
        {
            Histogram<double> seconds => Numbers(seconds.Advice?.HistogramBucketBoundaries),
            Histogram<long> sizes => Numbers(sizes.Advice?.HistogramBucketBoundaries),
            Histogram<int> counts => Numbers(counts.Advice?.HistogramBucketBoundaries),
            _ => null,
        };

    private static double[]? Numbers<T>(IReadOnlyList<T>? advised)
        where T : System.Numerics.INumber<T> =>
        advised is null ? null : [.. advised.Select(double.CreateChecked)];

    private sealed record Entry(int Hash, KeyValuePair<string, object?>[] Tags, MetricSeries Series)
    {
        public bool IsFor(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length != Tags.Length)
            {
                return false;
            }

            for (var at = 0; at < tags.Length; at++)
            {
                if (tags[at].Key != Tags[at].Key || !Equals(tags[at].Value, Tags[at].Value))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
