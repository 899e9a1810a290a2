using System.Diagnostics.Metrics;

namespace Sidecar.Metrics;

/// <summary>
/// The product's own meter. Names, units and attributes follow OpenTelemetry's conventions; no attribute holds a
/// customer, a person, a channel or a text, and each has few values.
/// </summary>
internal static class ProductMeter
{
    public const string Name = "Escalate";

    /// <summary>What OpenTelemetry calls the place of an error.</summary>
    public const string ErrorType = "error.type";

    /// <summary>For what takes a moment: OpenTelemetry's boundaries for durations, and finer at the front.</summary>
    public static InstrumentAdvice<double> Moments { get; } =
        new()
        {
            HistogramBucketBoundaries =
            [
                0.001,
                0.0025,
                0.005,
                0.01,
                0.025,
                0.05,
                0.1,
                0.25,
                0.5,
                1,
                2.5,
                5,
                10,
            ],
        };

    /// <summary>For lateness: from a second, which nobody notices, to a day, which everybody does.</summary>
    public static InstrumentAdvice<double> Lateness { get; } =
        new() { HistogramBucketBoundaries = [0.5, 1, 2, 5, 15, 30, 60, 300, 900, 3600, 86400] };

    /// <summary>For sizes in bytes.</summary>
    public static InstrumentAdvice<long> Sizes { get; } =
        new()
        {
            HistogramBucketBoundaries = [256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304],
        };

    /// <summary>A meter for one part of one host.</summary>
    /// <param name="owner">The part: what listens in a process of several hosts tells them apart by it.</param>
    public static Meter For(object owner) => new(new MeterOptions(Name) { Scope = owner });
}
