using System.Globalization;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Storage;

/// <summary>
/// How long the tests that break stores again and again go on. A normal run takes seconds; with
/// <c>ESCALATE_BREAKS</c> set to a number each of them goes on until it has broken that often, with
/// <c>ESCALATE_CAMPAIGN</c> for so many minutes. Each prints its seeds and its totals; <c>ESCALATE_SEED</c> repeats a run.
/// </summary>
internal sealed class Campaign(ITestOutputHelper output)
{
    /// <summary>The category of the tests that it is made of: one filter takes them all.</summary>
    public const string Category = "Campaign";

    private const string Breaks = "ESCALATE_BREAKS";
    private const string Minutes = "ESCALATE_CAMPAIGN";
    private const string Seed = "ESCALATE_SEED";

    /// <summary>Somebody said how long.</summary>
    public static bool IsLong => Number(Breaks) is not null || Number(Minutes) is not null;

    /// <summary>Runs rounds, each with a seed that gives the same round again.</summary>
    public async Task Run(int rounds, Func<int, Seeded, Task<Totals>> round)
    {
        var first = Number(Seed) ?? Environment.TickCount;
        var started = TimeProvider.System.GetTimestamp();
        var sum = new Totals();
        var done = 0;
        while (GoesOn(sum.Breaks, TimeProvider.System.GetElapsedTime(started)) ?? done < rounds)
        {
            var seed = unchecked(first + done);
            output.WriteLine($"{Seed}={seed}");
            sum = sum.And(await round(seed, new Seeded(seed)));
            done++;
        }

        output.WriteLine($"{done} rounds: {sum}");
    }

    /// <summary>Null when nobody said how long.</summary>
    private static bool? GoesOn(int breaks, TimeSpan passed)
    {
        var byBreaks = Number(Breaks) is { } wanted ? breaks < wanted : (bool?)null;
        var byTime = Number(Minutes) is { } minutes
            ? passed < TimeSpan.FromMinutes(minutes)
            : (bool?)null;
        return byBreaks is null && byTime is null ? null : byBreaks == true || byTime == true;
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : null;
}

/// <summary>What a campaign has done; a wrong outcome fails its test at once.</summary>
internal sealed record Totals(int Breaks = 0, int Acknowledged = 0, int Refused = 0)
{
    public Totals And(Totals more) =>
        new(Breaks + more.Breaks, Acknowledged + more.Acknowledged, Refused + more.Refused);

    public override string ToString() =>
        $"{Breaks} breaks, {Acknowledged} commits acknowledged and found, {Refused} refused and not found";
}
