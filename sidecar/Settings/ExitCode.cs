namespace Sidecar.Settings;

/// <summary>What a command tells the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It did not work; a sentence on standard error says why and what to do.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself can't be understood.</summary>
    public const int Usage = 2;
}
