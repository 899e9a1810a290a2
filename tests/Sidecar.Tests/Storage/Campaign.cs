using System.Globalization;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Storage;

/// <summary>
/// How long the tests that break stores again and again go on. A normal run takes seconds; with
/// <c>ESCALATE_CAMPAIGN</c> set to a number of minutes each of them goes on for that long, and prints its totals.
/// </summary>
internal sealed class Campaign(ITestOutputHelper output)
{
    private const string Minutes = "ESCALATE_CAMPAIGN";
    private const string Seed = "ESCALATE_SEED";

    /// <summary>Runs rounds, each with a seed that gives the same round again.</summary>
    public async Task Run(int rounds, Func<int, Seeded, Task<Totals>> round)
    {
        var first = Number(Seed) ?? Environment.TickCount;
        var limit = TimeSpan.FromMinutes(Number(Minutes) ?? 0);
        var started = TimeProvider.System.GetTimestamp();
        var sum = new Totals();
        var done = 0;
        while (
            limit > TimeSpan.Zero
                ? TimeProvider.System.GetElapsedTime(started) < limit
                : done < rounds
        )
        {
            var seed = unchecked(first + done);
            output.WriteLine($"{Seed}={seed}");
            sum = sum.And(await round(seed, new Seeded(seed)));
            done++;
        }

        output.WriteLine($"{done} rounds: {sum}");
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
