using Shouldly;
using Sidecar.Mattermost;
using Xunit;

namespace Sidecar.Tests.Mattermost;

public sealed class CoverageTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly ReactionWatermark _coverage = new(Nine);

    [Fact]
    public void A_line_counts_once_what_came_before_it_was_looked_up()
    {
        _coverage.LineUp(At(10));
        _coverage.Heard(At(20));
        _coverage.Until(null).ShouldBe(Nine);

        _coverage.CaughtUp(_coverage.Gaps, At(10));
        _coverage.Until(null).ShouldBe(At(20));
        _coverage.HasGap.ShouldBeFalse();
    }

    [Fact]
    public void What_waits_to_be_handled_holds_it_back()
    {
        Listening();
        _coverage.Heard(At(30));
        _coverage.Until(At(25)).ShouldBe(At(25));
        _coverage.Until(null).ShouldBe(At(30));
    }

    [Fact]
    public void A_lost_line_leaves_a_gap_from_what_it_brought_last()
    {
        Listening();
        _coverage.Heard(At(30));
        _coverage.LineLost(null);
        _coverage.LineUp(At(50));
        _coverage.Heard(At(55));
        _coverage.Until(null).ShouldBe(At(30));
    }

    [Fact]
    public void Looking_up_does_not_close_a_gap_that_came_meanwhile()
    {
        _coverage.LineUp(At(10));
        var gaps = _coverage.Gaps;
        _coverage.LineLost(null);
        _coverage.CaughtUp(gaps, At(10));
        _coverage.HasGap.ShouldBeTrue();
        _coverage.Until(null).ShouldBe(Nine);
    }

    [Fact]
    public void What_could_not_be_kept_is_looked_up_from_when_it_was_heard()
    {
        Listening();
        _coverage.Heard(At(30));
        _coverage.Missed(At(22), null);
        _coverage.Heard(At(40));
        _coverage.Until(null).ShouldBe(At(22));

        _coverage.CaughtUp(_coverage.Gaps, At(35));
        _coverage.Until(null).ShouldBe(At(40));
    }

    private void Listening()
    {
        _coverage.LineUp(At(10));
        _coverage.CaughtUp(_coverage.Gaps, At(10));
    }

    private static DateTimeOffset At(int minutes) => Nine.AddMinutes(minutes);
}
