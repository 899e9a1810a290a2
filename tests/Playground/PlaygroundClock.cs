using System.Globalization;

namespace Playground;

/// <summary>The playground's time: the machine's, and ahead of it by as much as somebody has moved it. The sidecar follows.</summary>
/// <param name="file">Where the sidecar reads how far ahead it is, in seconds.</param>
internal sealed class PlaygroundClock(string file) : TimeProvider
{
    private static readonly TimeSpan Morning = TimeSpan.FromHours(9);
    private long _ahead;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() =>
        System.GetUtcNow().AddSeconds(Interlocked.Read(ref _ahead));

    /// <summary>Time passes.</summary>
    public void Move(TimeSpan by)
    {
        var ahead = Interlocked.Add(ref _ahead, (long)by.TotalSeconds);
        // Renamed into place, so that nobody reads half a number.
        var next = file + ".next";
        File.WriteAllText(next, ahead.ToString(CultureInfo.InvariantCulture));
        File.Move(next, file, overwrite: true);
    }

    /// <summary>Until 9:00 UTC of the next day from Monday to Friday.</summary>
    public void MoveToNextWorkingDay()
    {
        var now = GetUtcNow();
        var day = now.Date.AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            day = day.AddDays(1);
        }

        Move(new DateTimeOffset(day, TimeSpan.Zero) + Morning - now);
    }
}
