using Shouldly;
using Sidecar.Interactions;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.PluginDeaths;

/// <summary>The process that Mattermost runs dies, and administrators hear of it before Mattermost gives up.</summary>
public sealed class PluginDeathsTests
{
    private RunningServer? _server = new("chat-1", "1 since 7");

    [Fact]
    public async Task UP_1_Administrators_are_told_before_Mattermost_gives_up_and_when_it_has_once_each()
    {
        await using var desk = await Open();

        await Dies(desk);
        desk.ToldTo(Desk.Admin).ShouldBeEmpty();
        await desk.Passes(TimeSpan.FromMinutes(10));
        await Dies(desk);

        var told = desk.ToldTo(Desk.Admin).ShouldHaveSingleItem();
        told.ShouldContain("chat-1 ended unexpectedly twice within an hour");
        told.ShouldContain("If it ends once more before ");
        told.ShouldContain("Plugin Management");
        told.ShouldContain("What to do");
        await Dies(desk);
        desk.ToldTo(Desk.Admin).Count.ShouldBe(2);
        desk.ToldTo(Desk.Admin)[^1].ShouldContain("three times within an hour");
        desk.ToldTo("tam").ShouldBeEmpty();

        // Mattermost counts anew, and so do we.
        await Dies(desk);
        desk.ToldTo(Desk.Admin).Count.ShouldBe(2);
        await Dies(desk);
        desk.ToldTo(Desk.Admin).Count.ShouldBe(3);
        desk.ToldTo(Desk.Admin)[^1].ShouldContain("twice within an hour");
    }

    [Fact]
    public async Task UP_1_What_ends_in_good_order_and_what_was_long_ago_does_not_count()
    {
        await using var desk = await Open();

        await Dies(desk);
        for (var i = 0; i < 3; i++)
        {
            await desk.RestartSidecar();
        }

        await desk.Passes(TimeSpan.FromMinutes(61));
        await Dies(desk);

        desk.ToldTo(Desk.Admin).ShouldBeEmpty();
    }

    [Fact]
    public async Task UP_1_A_Mattermost_that_was_started_again_has_forgotten_its_count()
    {
        await using var desk = await Open();

        for (var i = 0; i < 5; i++)
        {
            _server = new RunningServer("chat-1", $"{i} since 8");
            await Dies(desk);
        }

        desk.ToldTo(Desk.Admin).ShouldBeEmpty();
    }

    [Fact]
    public async Task UP_1_A_sidecar_beside_Mattermost_counts_nothing()
    {
        _server = null;
        await using var desk = await Open();

        for (var i = 0; i < 3; i++)
        {
            await Dies(desk);
        }

        desk.ToldTo(Desk.Admin).ShouldBeEmpty();
    }

    private Task<Desk> Open() =>
        Desk.Open(given: (settings, _) => settings with { RunBy = _server });

    private static async Task Dies(Desk desk)
    {
        await desk.KillSidecar();
        await desk.StartSidecar();
        await desk.Passes(TimeSpan.FromSeconds(1));
        await desk.Settled();
    }
}
