using System.Globalization;

namespace Sidecar.Hosting;

/// <summary>
/// A clock that is ahead of the machine's by as many seconds as a file says: for trying out what takes days. There is
/// one only when the environment names the file, which nobody does in earnest.
/// </summary>
internal sealed class MovedClock : TimeProvider, IDisposable
{
    /// <summary>The variable that names the file.</summary>
    public const string Variable = "ESCALATE_CLOCK";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(300);

    private readonly string _file;
    private readonly ITimer _looking;
    private long _ahead;

    private MovedClock(string file)
    {
        _file = file;
        _ahead = Read();
        _looking = System.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>Told after the clock was moved: what waits for a time need not wait for as long as it thought.</summary>
    public Action? Moved { get; set; }

    /// <summary>The clock of this process.</summary>
    public static TimeProvider OfProcess() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file
            ? new MovedClock(file)
            : System;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() =>
        System.GetUtcNow().AddSeconds(Interlocked.Read(ref _ahead));

    /// <inheritdoc/>
    public void Dispose() => _looking.Dispose();

    private void Look()
    {
        var ahead = Read();
        if (Interlocked.Exchange(ref _ahead, ahead) != ahead)
        {
            Moved?.Invoke();
        }
    }

    private long Read()
    {
        try
        {
            return long.Parse(File.ReadAllText(_file), CultureInfo.InvariantCulture);
        }
        catch (Exception problem) when (problem is IOException or FormatException)
        {
            // Not there yet, or just being written: the next look sees it.
            return Interlocked.Read(ref _ahead);
        }
    }
}
