using System.Runtime.InteropServices;

namespace Sidecar.Storage.Files;

/// <summary>
/// Numbers given from a reserve that is on disk before the first of it is given. The writer tops reserves up in
/// transactions that run anyway, so a number rarely waits for the disk; a clean close gives back what is left, so only
/// a crash leaves a gap, of <see cref="Reserve"/> numbers and seldom more.
/// </summary>
internal sealed class NumberSeries
{
    private const int Reserve = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Standing> _series;
    private readonly HashSet<string> _low = new(StringComparer.Ordinal);
    private bool _closed;

    private NumberSeries(Dictionary<string, Standing> series) => _series = series;

    /// <summary>How far a series is given out and how far it may be, and how many callers wait for more.</summary>
    [StructLayout(LayoutKind.Auto)]
    private record struct Standing(long Given, long Reserved, int Wanted);

    /// <summary>From the last numbers that are on disk.</summary>
    public static NumberSeries Of(IEnumerable<(string Series, long Last)> stored) =>
        new(
            stored.ToDictionary(
                static row => row.Series,
                static row => new Standing(row.Last, row.Last, Wanted: 0),
                StringComparer.Ordinal
            )
        );

    /// <summary>The next number, when there is one in reserve; otherwise notes that one is wanted.</summary>
    public bool TryTake(string series, out long number)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(IStoreEngine));
            ref var standing = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _series,
                series,
                out _
            );
            var taken = standing.Given < standing.Reserved;
            number = taken ? ++standing.Given : 0;
            standing.Wanted += taken ? 0 : 1;
            if (standing.Reserved - standing.Given < Reserve / 2)
            {
                _low.Add(series);
            }

            return taken;
        }
    }

    /// <summary>Writes larger reserves where they run low; they count once <see cref="Confirm"/> is told.</summary>
    public IReadOnlyList<(string Series, long Reserved)> TopUp(Action<string, long> write)
    {
        List<(string Series, long Reserved)> plan = [];
        lock (_gate)
        {
            plan.AddRange(
                _low.Select(series =>
                    (series, _series[series].Given + _series[series].Wanted + Reserve)
                )
            );
        }

        foreach (var (series, reserved) in plan)
        {
            write(series, reserved);
        }

        return plan;
    }

    /// <summary>The reserves are on disk.</summary>
    public void Confirm(IReadOnlyList<(string Series, long Reserved)> plan)
    {
        lock (_gate)
        {
            foreach (var (series, reserved) in plan)
            {
                _series[series] = _series[series] with { Reserved = reserved, Wanted = 0 };
                _low.Remove(series);
            }
        }
    }

    /// <summary>Gives nothing any more and gives the rest of the reserves back.</summary>
    public void Close(Action<string, long> write)
    {
        List<KeyValuePair<string, Standing>> open;
        lock (_gate)
        {
            _closed = true;
            open = [.. _series.Where(static series => series.Value.Given < series.Value.Reserved)];
        }

        foreach (var (series, standing) in open)
        {
            write(series, standing.Given);
        }
    }
}
