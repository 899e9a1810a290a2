namespace Sidecar.Storage.Postgres;

/// <summary>
/// Who is alive: whoever goes on counting. No clocks are compared; a sidecar is dead when its count has not changed for a
/// while by the clock of whoever looks.
/// </summary>
internal sealed class Liveness(TimeSpan deadAfter, TimeProvider clock)
{
    private readonly Dictionary<Guid, (long Beat, long Since)> _seen = [];

    /// <summary>Those who are alive, after one more look at all counts.</summary>
    public IReadOnlyList<Guid> Look(IReadOnlyList<(Guid Sidecar, long Beat)> beats)
    {
        var now = clock.GetTimestamp();
        foreach (var gone in _seen.Keys.Except(beats.Select(b => b.Sidecar)).ToList())
        {
            _seen.Remove(gone);
        }

        foreach (var (sidecar, beat) in beats)
        {
            if (!_seen.TryGetValue(sidecar, out var seen) || seen.Beat != beat)
            {
                _seen[sidecar] = (beat, now);
            }
        }

        return
        [
            .. _seen
                .Where(s => clock.GetElapsedTime(s.Value.Since, now) < deadAfter)
                .Select(s => s.Key),
        ];
    }
}
