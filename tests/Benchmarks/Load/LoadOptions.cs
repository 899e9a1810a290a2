using System.Collections.Immutable;
using System.Globalization;
using Benchmarks.Stores;

namespace Benchmarks.Load;

/// <summary>What a run is made of.</summary>
/// <param name="Plan">What is in the store.</param>
/// <param name="Seconds">How long each kind of request is sent, over all rounds.</param>
/// <param name="Connections">How many requests are under way at the same time.</param>
/// <param name="Rounds">In how many turns; medians of them are reported.</param>
/// <param name="Stores">What the product keeps it in, one after the other.</param>
internal sealed record LoadOptions(
    SeedPlan Plan,
    double Seconds,
    int Connections,
    int Rounds,
    ImmutableArray<LoadStore> Stores
)
{
    /// <summary>A slice ends after so many requests even when there is time left.</summary>
    public const int MostRequests = 200_000;

    public TimeSpan Slice => TimeSpan.FromSeconds(Seconds / Rounds);

    /// <exception cref="ArgumentException">An option is unknown or is not a number.</exception>
    public static LoadOptions Read(string[] options)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["--escalations"] = 100_000,
            ["--audit"] = 1_000_000,
            ["--seconds"] = 10,
            ["--connections"] = 32,
            ["--rounds"] = 5,
        };
        var stores = LoadStore.Named("litedb");
        foreach (var pair in options.Chunk(2))
        {
            if (
                pair is ["--store", var named]
                && LoadStore.Named(named) is { IsEmpty: false } found
            )
            {
                stores = found;
                continue;
            }

            if (
                pair is not [var name, var text]
                || !values.ContainsKey(name)
                || !double.TryParse(text, CultureInfo.InvariantCulture, out var value)
                || value <= 0
            )
            {
                throw new ArgumentException(
                    $"“{string.Join(' ', pair)}” is not understood; there is {string.Join(", ", values.Keys)}, each with a number, and --store with {LoadStore.Words}.",
                    nameof(options)
                );
            }

            values[name] = value;
        }

        return new LoadOptions(
            new SeedPlan((int)values["--escalations"], (int)values["--audit"]),
            values["--seconds"],
            (int)values["--connections"],
            (int)values["--rounds"],
            stores
        );
    }
}
