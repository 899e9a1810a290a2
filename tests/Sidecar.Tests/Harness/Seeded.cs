namespace Sidecar.Tests.Harness;

/// <summary>Chance that repeats itself: a test prints its seed, and the seed gives the same run again (SplitMix64).</summary>
internal sealed class Seeded(long seed)
{
    private ulong _state = unchecked((ulong)seed);

    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public long Any() => unchecked((long)Next());

    /// <summary>Each of them or not.</summary>
    public IReadOnlyList<T> Some<T>(IReadOnlyList<T> all) => [.. all.Where(_ => Below(2) == 0)];

    private ulong Next()
    {
        _state = unchecked(_state + 0x9E37_79B9_7F4A_7C15);
        var mixed = unchecked((_state ^ (_state >> 30)) * 0xBF58_476D_1CE4_E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB);
        return mixed ^ (mixed >> 31);
    }
}
