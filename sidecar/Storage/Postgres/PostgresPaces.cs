namespace Sidecar.Storage.Postgres;

/// <summary>Buckets as rows: one time says how full each is, the moment at which it would be full again.</summary>
internal sealed class PostgresPaces(PostgresStoreEngine engine) : ISharedPaces
{
    private const string Take = """
        INSERT INTO paces(name, full_at) VALUES ($1, $2 + $3)
        ON CONFLICT (name) DO UPDATE SET full_at = GREATEST(paces.full_at, $2) + $3
          WHERE GREATEST(paces.full_at, $2) + $3 - $2 <= $4
        RETURNING full_at
        """;

    private const int SweptEvery = 1000;
    private int _taken;

    /// <inheritdoc/>
    public async ValueTask<TimeSpan?> Spend(
        string name,
        TimeSpan cost,
        TimeSpan capacity,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var at = now.UtcTicks;
        var taken = await engine.Ask.All(
            Take,
            static row => row.GetInt64(0),
            cancel,
            name,
            at,
            cost.Ticks,
            capacity.Ticks
        );
        if (Interlocked.Increment(ref _taken) % SweptEvery == 0)
        {
            await engine.Ask.All(
                "DELETE FROM paces WHERE full_at < $1 RETURNING full_at",
                static row => row.GetInt64(0),
                cancel,
                at
            );
        }

        if (taken.Count > 0)
        {
            return null;
        }

        var fullAt = await engine.Ask.First(
            "SELECT full_at FROM paces WHERE name = $1",
            static row => row.GetInt64(0),
            cancel,
            name
        );
        return TimeSpan.FromTicks(Math.Max(fullAt + cost.Ticks - at - capacity.Ticks, 1));
    }
}
