using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Storage;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

public sealed class PriorityTests
{
    [Theory]
    [InlineData(1, 4, -2)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 3)]
    [InlineData(3, 4, 2)]
    [InlineData(3, 3, 3)]
    [InlineData(4, 1, 7)]
    [InlineData(4, 4, 4)]
    public void ESC_5_The_score_is_twice_the_impact_less_the_effort(
        int impact,
        int effort,
        int score
    ) => Of(impact, effort).Score.ShouldBe(score);

    [Fact]
    public void ESC_5_Medium_with_low_effort_comes_before_high_with_very_high_and_after_high_with_high()
    {
        var mediumLow = Of(2, 1);
        var highVeryHigh = Of(3, 4);
        var highHigh = Of(3, 3);
        Sorted(highVeryHigh, mediumLow, highHigh).ShouldBe([highHigh, mediumLow, highVeryHigh]);
        mediumLow.DifferenceTo(highVeryHigh, withoutArr: false).ShouldBe(PriorityDifference.Score);
        highHigh.DifferenceTo(mediumLow, withoutArr: false).ShouldBe(PriorityDifference.Impact);
    }

    [Fact]
    public void ESC_5_Equal_scores_go_by_impact_then_ARR_then_age()
    {
        var poor = Of(3, 3, 60_000, minute: 0);
        var rich = Of(3, 3, 60_000.01m, minute: 5);
        var unknown = Of(3, 3, null, minute: 0);
        var free = Of(3, 3, 0, minute: 0);
        var younger = Of(3, 3, 60_000, minute: 1);
        Sorted(unknown, free, younger, poor, rich).ShouldBe([rich, poor, younger, free, unknown]);
        rich.DifferenceTo(poor, withoutArr: false).ShouldBe(PriorityDifference.Arr);
        poor.DifferenceTo(younger, withoutArr: false).ShouldBe(PriorityDifference.Age);
    }

    [Fact]
    public void ESC_5_Those_raised_at_the_same_moment_go_by_their_number()
    {
        var first = Of(2, 2, 1, number: 9);
        var second = Of(2, 2, 1, number: 10);
        Sorted(second, first).ShouldBe([first, second]);
    }

    [Fact]
    public void ESC_5_The_key_orders_as_the_rule_says_for_every_pair()
    {
        var all = (
            from impact in Enumerable.Range(1, 4)
            from effort in Enumerable.Range(1, 4)
            from arr in (decimal?[])[null, 0, 0.01m, 50_000, 9_999_999_999.99m]
            from minute in (int[])[0, 1]
            select Of(impact, effort, arr, minute)
        ).ToList();
        var expected = all.OrderByDescending(p => p.Score)
            .ThenByDescending(p => p.Impact)
            .ThenByDescending(p => p.Arr ?? -1)
            .ThenBy(p => p.RaisedAt)
            .ToList();
        Sorted([.. all]).ShouldBe(expected);
    }

    private static List<Priority> Sorted(params Priority[] some) =>
        [.. some.OrderBy(p => p.Under(IndexKey.Empty))];

    private static Priority Of(
        int impact,
        int effort,
        decimal? arr = 100_000,
        int minute = 0,
        long number = 1
    ) =>
        new((ImpactLevel)impact, (EffortEstimate)effort, arr, Given.Now.AddMinutes(minute), number);
}
