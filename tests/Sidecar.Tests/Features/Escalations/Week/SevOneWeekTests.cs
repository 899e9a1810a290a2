using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Week;

/// <summary>The whole week of a Sev 1 as people see it, also when the sidecar is killed at any step of it.</summary>
/// <remarks>
/// The steps are killed in some weeks, each at every eighth step. With <c>ESCALATE_WEEK=each</c> each step has a week of
/// its own, with <c>ESCALATE_WEEK=7</c> only step 7 is killed.
/// </remarks>
public sealed partial class SevOneWeekTests(ITestOutputHelper output)
{
    private const int AtOnce = 2;
    private const int Weeks = 8;

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
            async (steps, _) =>
            {
                if (await Difference(expected, steps, cut) is { } difference)
                {
                    differences.Add(difference);
                }
            }
        );
        var all = string.Join('\n', differences.Order(StringComparer.Ordinal));
        output.WriteLine(all);
        differences.Count.ShouldBe(0, all);
    }

    /// <summary>The steps that are killed, week by week.</summary>
    private static IEnumerable<HashSet<int>> Cuts(Cut cut)
    {
        var wanted = Environment.GetEnvironmentVariable("ESCALATE_WEEK") ?? "";
        var steps = Enumerable
            .Range(0, SevOneWeek.Steps.Count)
            .Where(i =>
                cut != Cut.AnswerToPersonLost
                || SevOneWeek.Steps[i] is { Act: not null, IsNotRepeated: false }
            );
        return int.TryParse(wanted, CultureInfo.InvariantCulture, out var only)
            ?
            [
                [only - 1],
            ]
            : steps
                .GroupBy(i =>
                    string.Equals(wanted, "each", StringComparison.Ordinal) ? i : i % Weeks
                )
                .Select(g => g.ToHashSet());
    }

    private static async Task<string?> Difference(
        IReadOnlyList<ToldStep> expected,
        HashSet<int> killed,
        Cut cut
    )
    {
        var name = $"{cut}, killed at {string.Join(", ", killed.Order().Select(i => i + 1))}:";
        IReadOnlyList<ToldStep> told;
        try
        {
            told = await WeekRun.Play(i => killed.Contains(i) ? cut : null);
        }
        catch (Exception problem)
        {
            return $"{name} {problem}";
        }

        for (var i = 0; i < expected.Count; i++)
        {
            // Who repeats what was done already is told that it was.
            var withAnswer = !killed.Contains(i) || cut != Cut.AnswerToPersonLost;
            var wanted = WeekFile.Write(expected[i], i + 1, withAnswer);
            var got = WeekFile.Write(told[i], i + 1, withAnswer);
            if (ByMinute(wanted) != ByMinute(got))
            {
                return $"{name} another step {i + 1}\n--- expected\n{wanted}\n--- told\n{got}";
            }
        }

        return null;
    }

    /// <summary>
    /// A timeline with what happened in one minute in one order: which of two things that fall due at the same moment is
    /// done first nobody promises, and nobody who reads minutes can see.
    /// </summary>
    private static string ByMinute(string step)
    {
        var lines = step.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var (last, minute) = (at, Minute().Match(lines[at]));
            while (
                minute.Success
                && last + 1 < lines.Length
                && lines[last + 1].StartsWith(minute.Value, StringComparison.Ordinal)
            )
            {
                last++;
            }

            Array.Sort(lines, at, last - at + 1, StringComparer.Ordinal);
            at = last;
        }

        return string.Join('\n', lines);
    }

    [GeneratedRegex(
        "^> - [A-Z][a-z]{2} [0-9]{1,2} [A-Z][a-z]{2} 2026 [0-9:]{5} ",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Minute();
}
