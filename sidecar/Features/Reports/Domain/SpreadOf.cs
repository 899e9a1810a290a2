namespace Sidecar.Features.Reports.Domain;

/// <summary>How long something took: of how many, and the three numbers by which it is told (MET-5).</summary>
/// <param name="Count">Of how many.</param>
/// <param name="Mean">The mean; null of none.</param>
/// <param name="Median">The one in the middle, of an even number the mean of the two there; null of none.</param>
/// <param name="Ninth">So long or shorter were nine in ten: the smallest of the lengths of which that is true; null of none.</param>
internal sealed record SpreadOf(int Count, TimeSpan? Mean, TimeSpan? Median, TimeSpan? Ninth)
{
    public static SpreadOf These(IEnumerable<TimeSpan> lengths)
    {
        var all = lengths.Select(l => l.Ticks).Order().ToArray();
        if (all.Length == 0)
        {
            return new SpreadOf(0, null, null, null);
        }

        var middle = all.Length / 2;
        var median = all.Length % 2 == 1 ? all[middle] : (all[middle - 1] + all[middle]) / 2;
        var ninth = all[((all.Length * 9) + 9) / 10 - 1];
        var mean = (long)(all.Sum(l => (decimal)l) / all.Length);
        return new SpreadOf(all.Length, new(mean), new(median), new(ninth));
    }
}
