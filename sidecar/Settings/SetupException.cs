namespace Sidecar.Settings;

/// <summary>Set-up can't go on. The message is for the person at the terminal: what is wrong, what that means, what to do.</summary>
internal sealed class SetupException(string problem, string remedy, Exception? inner = null)
    : Exception($"{problem}\n  {remedy}", inner)
{
    /// <summary>What is wrong and what it means.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to do about it.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>What the shell is told.</summary>
    public int Exit { get; init; } = ExitCode.Failed;
}
