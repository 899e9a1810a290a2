using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Sidecar.Metrics;

/// <summary>
/// Keeps the numbers of the product and of what it runs on, for whoever comes for them. What is measured costs an
/// addition; what can be asked at any time is asked only then.
/// </summary>
internal sealed partial class PrometheusCollector : IDisposable
{
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(
        StringComparer.Ordinal
    );

    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private readonly ILogger _log;

    public PrometheusCollector(ILogger<PrometheusCollector> log)
    {
        _log = log;
        _listener.InstrumentPublished = Published;
        _listener.SetMeasurementEventCallback<double>((_, n, tags, to) => Record(to, n, tags));
        _listener.SetMeasurementEventCallback<long>((_, n, tags, to) => Record(to, n, tags));
        _listener.SetMeasurementEventCallback<int>((_, n, tags, to) => Record(to, n, tags));
        _listener.Start();
    }

    /// <summary>All there is to know at the moment.</summary>
    /// <param name="accept">The format that the caller would rather have, as HTTP says it.</param>
    /// <param name="version">The product's.</param>
    public (string Text, string ContentType) Collect(string accept, string version)
    {
        // One at a time: what is observed is forgotten and asked again.
        lock (_gate)
        {
            Observe();
            var text = PrometheusText.For(accept);
            text.Target("escalate", version);
            foreach (var family in _families.Values.OrderBy(f => f.Name, StringComparer.Ordinal))
            {
                text.Family(family);
            }

            return (text.End(), text.ContentType);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Observe()
    {
        foreach (var family in _families.Values.Where(f => f.IsObserved))
        {
            family.Forget();
        }

        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException problem)
        {
            // The others have answered.
            Log.NotObserved(_log, problem);
        }
    }

    private void Published(Instrument instrument, MeterListener listener)
    {
        if (!IsWanted(instrument))
        {
            return;
        }

        var fresh = MetricFamily.Of(instrument);
        var family = _families.GetOrAdd(fresh.Name, fresh);
        if (family.Fits(fresh))
        {
            listener.EnableMeasurementEvents(instrument, family);
        }
    }

    private static bool IsWanted(Instrument instrument) =>
        instrument.Meter.Name switch
        {
            ProductMeter.Name or "System.Runtime" => true,
            "Microsoft.AspNetCore.Hosting" => instrument.Name == "http.server.request.duration",
            // The rest is about connections, and names addresses.
            "System.Net.Http" => instrument.Name == "http.client.request.duration",
            _ => false,
        };

    private static void Record(
        object? family,
        double number,
        ReadOnlySpan<KeyValuePair<string, object?>> tags
    ) => ((MetricFamily)family!).Record(number, tags);

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Some of the metrics could not be observed"
        )]
        public static partial void NotObserved(ILogger log, Exception problem);
    }
}
