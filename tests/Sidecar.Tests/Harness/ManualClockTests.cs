using Shouldly;
using Xunit;

namespace Sidecar.Tests.Harness;

public sealed class ManualClockTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Timers_fire_in_order_each_at_its_own_time()
    {
        var start = _clock.GetUtcNow();
        List<double> fired = [];
        using var late = Timer(3, Timeout.InfiniteTimeSpan);
        using var every = Timer(2, TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(5));

        fired.ShouldBe([2, 3, 4]);
        (_clock.GetUtcNow() - start).ShouldBe(TimeSpan.FromSeconds(5));
        _clock.NextTimer.ShouldBe(start.AddSeconds(6));

        ITimer Timer(int seconds, TimeSpan period) =>
            _clock.CreateTimer(
                _ => fired.Add((_clock.GetUtcNow() - start).TotalSeconds),
                null,
                TimeSpan.FromSeconds(seconds),
                period
            );
    }

    [Fact]
    public async Task Delays_end_when_their_time_has_come_and_not_before()
    {
        var delay = Task.Delay(
            TimeSpan.FromSeconds(10),
            _clock,
            TestContext.Current.CancellationToken
        );

        _clock.Advance(TimeSpan.FromSeconds(9.999));
        delay.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(0.001));

        await delay;
    }

    [Fact]
    public void A_timer_that_was_stopped_does_not_fire()
    {
        var fired = 0;
        var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.Zero);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var other = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.Zero);
        other.Dispose();

        _clock.Advance(TimeSpan.FromMinutes(1));

        fired.ShouldBe(0);
    }
}
