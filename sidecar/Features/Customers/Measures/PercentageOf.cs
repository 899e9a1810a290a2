using System.Globalization;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Measures;

/// <summary>A part of a whole in percent, kept exact for comparing and cut for showing.</summary>
internal static class PercentageOf
{
    /// <summary>In percent; null when there is no whole.</summary>
    public static decimal? Of(long part, long whole) => whole > 0 ? part * 100m / whole : null;

    /// <summary>
    /// As people read it: <c>79.9 %</c>. Cut, never rounded up: what is shown as 80 % has reached 80 %.
    /// </summary>
    public static Percentage Show(decimal percent) => new(percent);
}

/// <summary>See <see cref="PercentageOf.Show"/>.</summary>
internal readonly record struct Percentage(decimal Value) : IWritten
{
    public override string ToString() =>
        (decimal.Floor(Value * 10) / 10).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
