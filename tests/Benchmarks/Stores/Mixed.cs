namespace Benchmarks.Stores;

/// <summary>Numbers without a pattern, the same for the same seed: SplitMix64.</summary>
internal static class Mixed
{
    public static long Of(long seed)
    {
        var z = unchecked((ulong)seed * 0x9E37_79B9_7F4A_7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB);
        return (long)((z ^ (z >> 31)) >> 1);
    }

    /// <summary>One of some choices, each as likely as the next; other salts choose independently.</summary>
    public static int Choice(long number, int salt, int choices) =>
        (int)(Of((number * 64) + salt) % choices);
}
