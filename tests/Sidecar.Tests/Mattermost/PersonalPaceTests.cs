using Shouldly;
using Sidecar.Ids;
using Sidecar.Mattermost;
using Xunit;

namespace Sidecar.Tests.Mattermost;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly UserId Tam = new("tam");
    private readonly PersonalRateLimit _pace = new();

    [Fact]
    public void A_burst_goes_through_and_what_is_beyond_it_waits()
    {
        for (var i = 0; i < PersonalRateLimit.Burst; i++)
        {
            _pace.TooFastHere(Tam, Start).ShouldBeNull($"act {i}");
        }

        _pace.TooFastHere(Tam, Start).ShouldBe("a second");
    }

    [Fact]
    public void Waiting_helps_and_refused_acts_cost_nothing()
    {
        Exhaust(Tam);
        for (var i = 0; i < 100; i++)
        {
            _pace.TooFastHere(Tam, Start).ShouldNotBeNull();
        }

        _pace.TooFastHere(Tam, Start.AddSeconds(1.0 / PersonalRateLimit.PerSecond)).ShouldBeNull();
    }

    [Fact]
    public void One_person_does_not_slow_down_another()
    {
        Exhaust(Tam);
        _pace.TooFastHere(new UserId("engineer"), Start).ShouldBeNull();
    }

    [Fact]
    public void After_a_pause_the_whole_burst_is_there_again_and_no_more()
    {
        Exhaust(Tam);
        var later = Start.AddHours(1);
        Enumerable
            .Range(0, PersonalRateLimit.Burst)
            .ShouldAllBe(_ => _pace.TooFastHere(Tam, later) == null);
        _pace.TooFastHere(Tam, later).ShouldNotBeNull();
    }

    private void Exhaust(UserId person)
    {
        for (var i = 0; i < PersonalRateLimit.Burst; i++)
        {
            _pace.TooFastHere(person, Start);
        }
    }
}
