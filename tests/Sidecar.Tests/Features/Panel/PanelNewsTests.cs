using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Panel;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Panel;

/// <summary>Open panels are told that something changed, where Mattermost runs the sidecar (UP-1).</summary>
public sealed class PanelNewsTests
{
    private static readonly object Open = new
    {
        v = 2,
        get = "list",
        of = "open",
    };

    private readonly ConcurrentQueue<UserId> _told = [];
    private readonly ConcurrentQueue<string> _toServers = [];

    [Fact]
    public async Task UP_1_Who_has_the_panel_open_is_told_of_a_change_and_nobody_else()
    {
        await using var desk = await With();
        await desk.Passes(PanelNews.AtMostEvery);
        (await desk.Asks("engineer", Open)).GetProperty("isPushed").GetBoolean().ShouldBeTrue();
        await Passes(desk, PanelNews.AtMostEvery);
        Told(desk).ShouldBeEmpty();

        await desk.Types("tam", "/escalate new acme sev3 Logins are slow");
        await Passes(desk, PanelNews.Settles);

        Told(desk).ShouldBe(["engineer"]);
        // What has changed is told by its kind to the other servers, and no more.
        _toServers.ShouldContain("escalation");
        _toServers.ShouldAllBe(told => !told.Contains("acme"));
    }

    [Fact]
    public async Task UP_1_However_much_changes_it_is_told_every_two_seconds()
    {
        await using var desk = await With();
        await desk.Asks("engineer", Open);

        for (var i = 0; i < 20; i++)
        {
            await desk.Types("tam", $"/escalate new customer{i} sev3 Something is slow here {i}");
            await Passes(desk, TimeSpan.FromMilliseconds(200));
        }

        // Four seconds: not more than three times, and the last change is told as well.
        Told(desk).Count.ShouldBeInRange(1, 3);
        _told.Clear();
        await Passes(desk, PanelNews.AtMostEvery);
        Told(desk).ShouldHaveSingleItem();
        _told.Clear();
        await Passes(desk, TimeSpan.FromMinutes(1));
        Told(desk).ShouldBeEmpty();
    }

    [Fact]
    public async Task UP_1_Who_may_not_read_what_changed_is_not_told_that_anything_did()
    {
        await using var desk = await With();
        await desk.Types(Desk.Admin, "/escalate role grant @engineer ie-lead");
        desk.Mattermost.AddUser("newcomer");
        desk.Mattermost.Join(Desk.Square, "newcomer");
        await desk.Asks("engineer", Open);
        await desk.Asks("newcomer", Open);
        await Passes(desk, PanelNews.AtMostEvery);
        _told.Clear();
        var news = desk.Parts.GetRequiredService<PanelNews>();

        // As another server of the cluster says it: requests name prospects, and are for people with a role.
        news.ChangedElsewhere("implementation");
        await Passes(desk, PanelNews.AtMostEvery);
        Told(desk).ShouldBe(["engineer"]);

        _told.Clear();
        news.ChangedElsewhere("secret,nonsense,,");
        await Passes(desk, PanelNews.AtMostEvery);
        Told(desk).ShouldBeEmpty();
        news.ChangedElsewhere("escalation");
        await Passes(desk, PanelNews.AtMostEvery);
        Told(desk).Order().ShouldBe(["engineer", "newcomer"]);
    }

    [Fact]
    public async Task UP_1_Who_asked_long_ago_is_told_no_more_until_they_ask_again()
    {
        await using var desk = await With();
        await desk.Asks("engineer", Open);
        await Passes(desk, PanelNews.WatchesFor);
        _told.Clear();

        await desk.Types("tam", "/escalate new acme sev3 Logins are slow");
        await Passes(desk, PanelNews.AtMostEvery);
        Told(desk).ShouldBeEmpty();

        await desk.Asks("engineer", Open);
        await desk.Types("tam", "/escalate new other sev3 Logins are slow there");
        await Passes(desk, PanelNews.AtMostEvery);
        Told(desk).ShouldBe(["engineer"]);
    }

    [Fact]
    public async Task UP_1_A_sidecar_beside_Mattermost_tells_nobody_and_says_so()
    {
        await using var desk = await Desk.Open();

        var answer = await desk.Asks("engineer", Open);

        answer.GetProperty("isPushed").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    private Task<Desk> With() =>
        Desk.Open(
            settings: Desk.WithoutIncidents,
            given: (settings, _) =>
                settings with
                {
                    Push = new PanelPush(
                        (person, _) =>
                        {
                            _told.Enqueue(person);
                            return Task.CompletedTask;
                        },
                        (kinds, _) =>
                        {
                            _toServers.Enqueue(kinds);
                            return Task.CompletedTask;
                        }
                    ),
                }
        );

    private static async Task Passes(Desk desk, TimeSpan time)
    {
        await desk.Passes(time);
        await desk.Parts.GetRequiredService<PanelNews>().Quiet();
    }

    private IReadOnlyList<string> Told(Desk desk) =>
        [.. _told.Select(id => desk.Mattermost.Users.Single(u => u.Id == id.Value).Username)];
}
