using System.Collections.Concurrent;
using System.Globalization;
using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Week;

/// <summary>The whole week of a Sev 1 as people see it, also when the sidecar is killed at any step of it.</summary>
public sealed class SevOneWeekTests(ITestOutputHelper output)
{
    private const int AtOnce = 2;

    [Fact]
    public async Task The_week_of_a_Sev_1_reads_as_in_the_file() =>
        Golden.MatchText(WeekFile.Name, WeekFile.Write(await WeekRun.Play()));

    [Theory]
    [InlineData(nameof(Cut.AfterAnswer))]
    [InlineData(nameof(Cut.AnswersOfMattermostLost))]
    [InlineData(nameof(Cut.AnswerToPersonLost))]
    public async Task ALL_5_Killed_at_any_step_people_see_the_same(string how)
    {
        var cut = Enum.Parse<Cut>(how);
        var expected = await WeekRun.Play();
        var differences = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            Cuts(cut),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = AtOnce,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (step, _) =>
            {
                if (await Difference(expected, step, cut) is { } difference)
                {
                    differences.Add(difference);
                }
            }
        );
        foreach (var difference in differences.Order(StringComparer.Ordinal))
        {
            output.WriteLine(difference);
        }

        differences.Count.ShouldBe(0, string.Join('\n', differences.Order(StringComparer.Ordinal)));
    }

    /// <summary>The steps at which there is something to cut; <c>ESCALATE_WEEK_STEP=7</c> cuts at that one only.</summary>
    private static IEnumerable<int> Cuts(Cut cut)
    {
        var only = Environment.GetEnvironmentVariable("ESCALATE_WEEK_STEP");
        return Enumerable
            .Range(0, SevOneWeek.Steps.Count)
            .Where(i =>
                cut != Cut.AnswerToPersonLost
                || SevOneWeek.Steps[i] is { Act: not null, IsNotRepeated: false }
            )
            .Where(i =>
                string.IsNullOrEmpty(only) || int.Parse(only, CultureInfo.InvariantCulture) == i + 1
            );
    }

    private static async Task<string?> Difference(
        IReadOnlyList<ToldStep> expected,
        int cutAt,
        Cut cut
    )
    {
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"Killed at step {cutAt + 1:00}, {cut}:"
        );
        IReadOnlyList<ToldStep> told;
        try
        {
            told = await WeekRun.Play((cutAt, cut));
        }
        catch (Exception problem)
        {
            return $"{name} {problem}";
        }

        for (var i = 0; i < expected.Count; i++)
        {
            // Who repeats what was done already is told that it was.
            var withAnswer = i != cutAt || cut != Cut.AnswerToPersonLost;
            var wanted = WeekFile.Write(expected[i], i + 1, withAnswer);
            var got = WeekFile.Write(told[i], i + 1, withAnswer);
            if (wanted != got)
            {
                return $"{name} another step {i + 1}\n--- expected\n{wanted}\n--- told\n{got}";
            }
        }

        return null;
    }
}
