using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Sidecar.Features.PluginDeaths;
using Sidecar.Interactions;
using Sidecar.Storage;
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
    public async Task UP_1_After_a_long_outage_they_are_told_that_Mattermost_had_given_up_and_from_when()
    {
        await using var desk = await Open();
        await Dies(desk);
        await Dies(desk);
        await desk.Passes(TimeSpan.FromMinutes(30));
        await Seen(desk);

        await desk.KillSidecar();
        desk.Clock.Advance(TimeSpan.FromHours(9));
        await desk.StartSidecar();
        await desk.Settled();

        var told = desk.ToldTo(Desk.Admin)[^1];
        told.ShouldContain("three times within an hour");
        // The clock began at nine; it died half an hour later and was enabled nine hours after that.
        told.ShouldContain("away from about");
        Regex.Matches(told, @"\d\d:\d\d").Select(m => m.Value).ShouldBe(["09:30", "18:30"]);
    }

    [Fact]
    public async Task UP_1_A_death_counts_when_it_happened_and_not_when_it_is_found()
    {
        await using var desk = await Open();
        await Dies(desk);
        // It died at once, and was found after more than an hour: that is no second one within the hour of the third.
        await desk.KillSidecar();
        desk.Clock.Advance(TimeSpan.FromMinutes(90));
        await desk.StartSidecar();
        await desk.Settled();
        desk.ToldTo(Desk.Admin).ShouldBeEmpty();

        await Dies(desk);

        desk.ToldTo(Desk.Admin).ShouldBeEmpty();
    }

    [Fact]
    public async Task UP_1_An_end_that_takes_all_its_time_is_one_in_good_order()
    {
        await using var desk = await Open();
        await Dies(desk);

        // The host says first of all that it ends; then nothing is left of the time.
        await desk
            .Parts.GetServices<IHostedService>()
            .OfType<NoticeDeaths>()
            .Single()
            .StoppingAsync(CancellationToken.None);
        await desk.KillSidecar();
        await desk.StartSidecar();
        await desk.Settled();

        desk.ToldTo(Desk.Admin).ShouldBeEmpty();
    }

    /// <summary>What the process says of itself now and then has come as far as now.</summary>
    private static async Task Seen(Desk desk)
    {
        var store = desk.Parts.GetRequiredService<Store>();
        var begun = TimeProvider.System.GetTimestamp();
        while (
            await store.Find(ProcessSeen.Kind, "chat-1", TestContext.Current.CancellationToken)
                is not { } seen
            || seen.Value.At + NoticeDeaths.Every <= desk.Clock.GetUtcNow()
        )
        {
            TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(60));
            await Task.Delay(
                TimeSpan.FromMilliseconds(10),
                TimeProvider.System,
                TestContext.Current.CancellationToken
            );
        }
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
