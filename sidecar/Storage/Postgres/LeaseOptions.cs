namespace Sidecar.Storage.Postgres;

/// <summary>
/// How fast sidecars notice each other. Whoever dies is followed at the latest after <see cref="DeadAfter"/> and two
/// beats; whoever holds leases and can't beat stops working well before that.
/// </summary>
internal sealed record LeaseOptions
{
    /// <summary>How often a sidecar says that it lives, and looks at the others.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long after its last beat a sidecar goes on working under its leases.</summary>
    public TimeSpan HeldFor { get; init; } = TimeSpan.FromSeconds(9);

    /// <summary>How long a sidecar's count stands still before the others take its leases.</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many beats between two looks for what no notice told of.</summary>
    public int BeatsPerSweep { get; init; } = 20;

    /// <summary>The time that counts for all; null for the database server's.</summary>
    public TimeProvider? CommonTime { get; init; }
}
