namespace Sidecar.Storage.Postgres;

/// <summary>Who holds a lease, as the table says it.</summary>
internal readonly record struct HeldLease(string Name, Guid? Holder, long Token);

/// <summary>
/// Which leases a sidecar takes and which it gives back, so that all that are alive have about as many. Everybody decides
/// for themselves by what the tables say; whoever is late finds a lease taken and decides again.
/// </summary>
/// <param name="Take">Free ones, or of those who died.</param>
/// <param name="Give">Its own that others should have.</param>
internal sealed record LeasePlan(IReadOnlyList<HeldLease> Take, IReadOnlyList<HeldLease> Give)
{
    public static LeasePlan Of(
        Guid me,
        IReadOnlyCollection<Guid> alive,
        IReadOnlyList<HeldLease> leases
    )
    {
        Guid[] sharing = [.. alive.Append(me).Distinct().Order()];
        var fair = (leases.Count + sharing.Length - 1) / sharing.Length;
        List<HeldLease> mine = [.. leases.Where(lease => lease.Holder == me)];
        List<HeldLease> free =
        [
            .. leases.Where(lease => lease.Holder is not { } holder || !sharing.Contains(holder)),
        ];
        // Those who decide at the same time begin at different places.
        var start = free.Count == 0 ? 0 : Array.IndexOf(sharing, me) * fair % free.Count;
        return new LeasePlan(
            [.. free.Skip(start).Concat(free.Take(start)).Take(Math.Max(0, fair - mine.Count))],
            [.. mine.Skip(fair)]
        );
    }
}
