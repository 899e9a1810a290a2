using System.Globalization;
using Shouldly;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>
/// Whatever people do, in whatever order, at once, twice, over restarts: state, owner, timeline, cards, threads, lists
/// and reminders agree (ESC-6 to ESC-10, ESC-12, ALL-4, ALL-5). ESCALATE_SEED repeats a run.
/// </summary>
public sealed class AgreementTests(ITestOutputHelper output)
{
    private const int Rounds = 10;
    private const int StepsInARound = 60;

    [Fact]
    public async Task After_any_moves_everything_that_is_told_of_an_escalation_agrees()
    {
        var seed = Environment.GetEnvironmentVariable("ESCALATE_SEED") is { Length: > 0 } given
            ? long.Parse(given, CultureInfo.InvariantCulture)
            : Environment.TickCount;
        output.WriteLine($"ESCALATE_SEED={seed.ToString(CultureInfo.InvariantCulture)}");
        await using var desk = await Desk.Open();
        await desk.Hires("backup", Role.DeploymentEngineer);
        foreach (var channel in (string[])["support", "de"])
        {
            desk.Mattermost.AddChannel(
                channel,
                members: ["engineer", "lead", "tam", "product", "executive", "backup"]
            );
            await desk.Types("lead", $"/escalate team channel {channel} ~{channel}");
        }

        await desk.Types("lead", "/escalate duty @engineer @backup");
        var moves = new RandomMoves(desk, new Seeded(seed), output.WriteLine);
        for (var round = 1; round <= Rounds; round++)
        {
            var numbers = await Raise(desk, round);
            for (var step = 0; step < StepsInARound; step++)
            {
                await moves.Step(numbers);
            }

            await desk.Settled();
            (await desk.Stored(numbers[0])).Incident.ShouldNotBeNull();
            foreach (var number in numbers)
            {
                output.WriteLine($"looking at ESC-{number.ToString(CultureInfo.InvariantCulture)}");
                await Agreement.Check(desk, number);
            }
        }

        desk.Log.Errors.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    /// <summary>One that is accepted at once, and one whose customer nobody knows.</summary>
    private static async Task<IReadOnlyList<long>> Raise(Desk desk, int round)
    {
        await desk.Knows($"client{round}", $"Client {round}", 100_000);
        await desk.Types("tam", $"/escalate new client{round} sev1 Nobody can log in");
        await desk.Types("lead", $"/escalate new stranger{round} sev2 Search is slow");
        return [(2 * round) - 1, 2 * round];
    }
}
