using System.Runtime.InteropServices;

namespace Sidecar.Storage.Sqlite;

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

    public static NumberSeries Load(Connection database) =>
        new(
            database
                .Prepared("SELECT series, last FROM numbers")
                .All(static row => (Series: row.Text(0), Last: row.Number(1)))
                .ToDictionary(
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
    public IReadOnlyList<(string Series, long Reserved)> TopUp(Connection database)
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
            Write(database, series, reserved);
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
    public void Close(Connection database)
    {
        List<KeyValuePair<string, Standing>> open;
        lock (_gate)
        {
            _closed = true;
            open = [.. _series.Where(static series => series.Value.Given < series.Value.Reserved)];
        }

        foreach (var (series, standing) in open)
        {
            Write(database, series, standing.Given);
        }
    }

    private static void Write(Connection database, string series, long last) =>
        database
            .Prepared(
                "INSERT INTO numbers(series, last) VALUES(?1, ?2) ON CONFLICT(series) DO UPDATE SET last = excluded.last"
            )
            .With(series)
            .With(last)
            .Run();
}
