using Shouldly;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Time;

public sealed class ZonesTests
{
    [Theory]
    [InlineData("UTC+02:00", 120)]
    [InlineData("UTC-09:30", -570)]
    [InlineData("UTC", 0)]
    public void P5_What_was_stored_of_a_typed_offset_is_read_again(string id, int minutes) =>
        Zones.Stored(id)!.BaseUtcOffset.ShouldBe(TimeSpan.FromMinutes(minutes));

    [Theory]
    [InlineData("Mars/Base")]
    [InlineData("UTC+99:00")]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    public void P5_A_zone_that_is_not_known_falls_back_and_says_so(string id)
    {
        Zones.Stored(id).ShouldBeNull();
        var zone = Zones.StoredOrUtc(id);
        zone.BaseUtcOffset.ShouldBe(TimeSpan.Zero);
        Times.At(DateTimeOffset.UnixEpoch, zone).ShouldContain($"“{id}” is not a time zone");
    }

    [Fact]
    public void T2_Every_zone_is_found_in_any_case()
    {
        Zones.Names.Count.ShouldBeGreaterThan(300);
        foreach (var name in Zones.Names)
        {
            Zones.Find(name.ToLowerInvariant())!.Id.ShouldBe(Zones.Find(name)!.Id);
        }
    }
}
