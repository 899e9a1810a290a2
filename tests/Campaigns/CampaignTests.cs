using System.Globalization;
using Xunit;

namespace Campaigns;

/// <summary>
/// Weeks in which everything that can fail fails. <c>ESCALATE_WEEKS</c> makes it longer, <c>ESCALATE_SEED</c> repeats
/// one.
/// </summary>
public sealed class CampaignTests(ITestOutputHelper output)
{
    private const int ShortForm = 1;

    /// <summary>The short form is the same week each time: who changes something else is not met by a new one.</summary>
    private const int ShortSeed = 1;

    [Fact]
    public async Task Nothing_is_lost_doubled_out_of_order_or_late_whatever_fails()
    {
        var isLong = Given("ESCALATE_WEEKS") is not null;
        var weeks = (int)(Given("ESCALATE_WEEKS") ?? ShortForm);
        var seed =
            Given("ESCALATE_SEED") ?? (isLong ? Environment.TickCount64 % 1_000_000 : ShortSeed);
        var repeat = string.Create(
            CultureInfo.InvariantCulture,
            $"ESCALATE_SEED={seed} ESCALATE_WEEKS={weeks} dotnet test tests/Campaigns"
        );
        Print(repeat);
        await using var campaign = await Campaign.Open(seed, repeat, Print);
        await campaign.Run(weeks);
        Print($"nothing lost, nothing doubled, order kept, in time: seed {seed}, {weeks} weeks");
    }

    private static long? Given(string variable) =>
        long.TryParse(
            Environment.GetEnvironmentVariable(variable),
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    /// <summary>Whoever waits for an hour wants to see that it goes on.</summary>
    private void Print(string line)
    {
        output.WriteLine(line);
        if (Given("ESCALATE_WEEKS") is not null)
        {
            Console.WriteLine(line);
        }
    }
}
