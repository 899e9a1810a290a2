using Shouldly;
using Sidecar.Scheduling;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Scheduling;

public sealed class AlarmTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly Store _store = new(null!);
    private readonly List<double> _wakes = [];
    private readonly DueTimer _alarm;

    public AlarmTests() =>
        _alarm = new DueTimer(_store, new ManualClock(Noon))
        {
            Wake = wait => _wakes.Add(wait.TotalSeconds),
        };

    [Fact]
    public void Only_what_comes_sooner_than_everything_else_moves_it()
    {
        Commit(60);
        Commit(90, 70);
        Commit((int?)null);
        Commit(30, 80);

        _wakes.ShouldBe([60, 30]);
        _alarm.At.ShouldBe(Noon.AddSeconds(30));
    }

    [Fact]
    public void What_is_committed_while_the_store_is_asked_is_not_missed()
    {
        _alarm.Looking();
        _alarm.Asking();
        Commit(20);
        _alarm.Looked(Noon.AddSeconds(40));

        _alarm.At.ShouldBe(Noon.AddSeconds(20));
        _wakes.ShouldBe([20]);
    }

    [Fact]
    public void What_was_committed_before_the_store_was_asked_is_the_stores_to_say()
    {
        _alarm.Looking();
        Commit(20);
        _alarm.Asking();
        _alarm.Looked(null);

        _alarm.At.ShouldBeNull();
        _wakes.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_due_again_at_once_leaves_the_process_time_to_breathe()
    {
        _alarm.Looking();
        _alarm.Asking();
        _alarm.Looked(Noon.AddSeconds(-1));

        _wakes.ShouldHaveSingleItem().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void When_the_store_can_not_be_asked_only_the_heartbeat_comes_back_to_it()
    {
        Commit(-5);
        _wakes.Clear();
        _alarm.Looking();
        Commit(-6);
        _alarm.NotLooked();

        _alarm.At.ShouldBeNull();
        _wakes.ShouldBeEmpty();
    }

    private void Commit(params IEnumerable<int?> seconds) =>
        _store.DueSet!([
            .. seconds.Select(s => new DueTime(
                "test",
                $"{s}",
                s is null ? null : Noon.AddSeconds(s.Value)
            )),
        ]);
}
