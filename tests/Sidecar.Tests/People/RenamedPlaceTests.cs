using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.Panel;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.People;

/// <summary>Channels that are called otherwise by now, or are archived (P3, P4): through the door.</summary>
public sealed class RenamedPlaceTests
{
    private const string Incident = "sev1-acme-20260302";
    private const string Renamed = "acme-is-down";
    private const string Outages = "outages";

    [Fact]
    public async Task P3_A_renamed_incident_channel_is_linked_by_its_new_name_at_once()
    {
        await using var desk = await Running();
        desk.Mattermost.Rename(Incident, Renamed);
        await desk.Settled();

        desk.Card().Field("Playbook").ShouldNotBeNull().ShouldContain($"~{Renamed}");
        desk.Card().Field("Playbook").ShouldNotBeNull().ShouldNotContain(Incident);
        desk.Thread(desk.Card()).ShouldContain(m => m.Contains($"is called ~{Renamed} now"));
        await LinksTheNewName(desk);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("show")]
    [InlineData("timeline")]
    [InlineData("update")]
    [InlineData("panel")]
    public async Task P3_Whoever_looks_has_the_new_name_also_when_nobody_heard_of_it(string how)
    {
        await using var desk = await Running();
        await desk.StopSidecar();
        desk.Mattermost.Rename(Incident, Renamed);
        await desk.StartSidecar();
        await desk.Settled();

        switch (how)
        {
            case "update":
                await Updates(desk);
                break;
            case "panel":
                (await desk.Details("engineer", "ESC-1")).ToString().ShouldContain(Renamed);
                break;
            default:
                (await desk.Types("engineer", $"/escalate {how} ESC-1")).Text.ShouldContain(
                    $"~{Renamed}"
                );
                break;
        }

        desk.Card().Field("Playbook").ShouldNotBeNull().ShouldContain($"~{Renamed}");
        await LinksTheNewName(desk);
    }

    [Fact]
    public async Task P3_A_new_header_is_no_new_name_and_asks_nobody()
    {
        await using var desk = await Running();
        desk.Mattermost.Rename(Incident, Renamed);
        await desk.Settled();
        var said = desk.Thread(desk.Card()).Count;
        desk.Mattermost.ForgetRequests();
        // As Mattermost tells of a new header: the whole channel, with the name that it had.
        desk.Mattermost.Rename(Renamed, Renamed);
        await desk.Settled();
        desk.Thread(desk.Card()).Count.ShouldBe(said);
        desk.Mattermost.Requests.ShouldNotContain(r =>
            r.Method == "GET"
            && r.Path.EndsWith(desk.Mattermost.GetChannel(Renamed).Id, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task P3_A_channel_that_becomes_another_one_of_the_same_name_is_told_apart()
    {
        await using var desk = await Running();
        desk.Mattermost.Rename(Incident, Renamed);
        desk.Mattermost.AddChannel(Incident, members: ["escalate", "engineer"]);
        await Updates(desk);
        desk.Mattermost.Posts(Incident).ShouldBeEmpty();
        desk.Mattermost.Posts(Renamed).ShouldContain(p => p.Message.Contains("Slow"));
    }

    [Theory]
    [InlineData("lead", "broadcast sev1 ~outages", "broadcast")]
    [InlineData("lead", "team channel support ~outages", "team list")]
    [InlineData("lead", "overload channel ~outages", "overload channel")]
    [InlineData("lead", "internal mark ~outages", "internal list")]
    [InlineData("engineer", "checkin plan acme in ~outages", "checkin plan acme")]
    public async Task P3_P4_What_was_chosen_is_shown_by_its_name_of_now_and_marked_when_archived(
        string who,
        string choice,
        string list
    )
    {
        await using var desk = await Paired();
        desk.Mattermost.AddChannel(Outages, members: ["escalate", "lead", "engineer"]);
        await desk.Types(who, $"/escalate {choice}");
        (await desk.Types(who, $"/escalate {list}")).Text.ShouldContain($"~{Outages}");

        desk.Mattermost.Rename(Outages, "trouble");
        var renamed = (await desk.Types(who, $"/escalate {list}")).Text;
        renamed.ShouldContain("~trouble");
        renamed.ShouldNotContain($"~{Outages}");
        renamed.ShouldNotContain("archived:");

        desk.Mattermost.Archive("trouble");
        (await desk.Types(who, $"/escalate {list}")).Text.ShouldContain(
            "~trouble (archived: nothing can be posted there)"
        );
    }

    [Theory]
    [InlineData("lead", "broadcast sev1 ~outages", "status updates of Sev 1")]
    [InlineData("lead", "overload channel ~outages", "engineers who have too much to do")]
    [InlineData("engineer", "checkin plan acme in ~outages", "answers of the check-ins of ASG-1")]
    [InlineData(
        "lead",
        "team channel support ~outages",
        "escalations for Customer Support and CRE"
    )]
    public async Task P4_What_could_not_be_posted_names_the_channel_and_what_it_is_for(
        string who,
        string choice,
        string purpose
    )
    {
        await using var desk = await Paired();
        var id = desk.Mattermost.AddChannel(Outages, members: ["escalate", "lead", "engineer"]).Id;
        // Archived, and called otherwise, between the choice and what is posted for it.
        var held = desk.Mattermost.Faults.HangNext(
            1,
            r => r is { Method: "POST", Path: "/api/v4/posts" } && r.Body.Contains(id)
        );
        await desk.Mattermost.As(who).Execute(Desk.Square, $"/escalate {choice}");
        await held.UntilHeldAsync(1, TestContext.Current.CancellationToken);
        desk.Mattermost.Rename(Outages, "trouble");
        desk.Mattermost.Archive("trouble");
        held.Release();
        await desk.Settled();
        desk.ToldTo(who)
            .ShouldContain(m =>
                m.Contains($"~trouble, which was chosen for {purpose}")
                && m.Contains("The channel is archived")
            );
    }

    [Fact]
    public async Task P4_An_update_that_is_not_broadcast_is_told_of_the_broadcast_channel_and_stands_in_its_own()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        desk.Mattermost.AddChannel(Outages, members: ["escalate", "lead", "engineer"]);
        await desk.Types("lead", $"/escalate broadcast sev1 ~{Outages}");
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        desk.Mattermost.Rename(Outages, "trouble");
        desk.Mattermost.Archive("trouble");

        await Updates(desk);

        var told = desk.ToldTo("engineer").Where(m => m.Contains("could not be posted")).ToList();
        told.ShouldHaveSingleItem()
            .ShouldContain("~trouble, which was chosen for status updates of Sev 1");
        desk.Thread(desk.Card()).ShouldContain(m => m.Contains("Slow"));
    }

    private static async Task LinksTheNewName(Desk desk)
    {
        foreach (var typed in (string[])["show ESC-1", "timeline ESC-1"])
        {
            (await desk.Types("engineer", $"/escalate {typed}")).Text.ShouldContain($"~{Renamed}");
        }

        (await desk.Types("engineer", "/escalate show ESC-1")).Text.ShouldNotContain(Incident);
    }

    private static async Task Updates(Desk desk)
    {
        await desk.Types("engineer", "/escalate update ESC-1");
        (
            await desk.Submits("engineer", ("status", "investigating"), ("summary", "Slow"))
        ).Closed.ShouldBeTrue();
    }

    private static async Task<Desk> Running()
    {
        var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        desk.Card().Field("Playbook").ShouldNotBeNull().ShouldContain($"~{Incident}");
        return desk;
    }

    /// <summary>An assignment of the customer, whose check-ins are planned.</summary>
    private static async Task<Desk> Paired()
    {
        var desk = await GivenPair.Open(Desk.WithoutIncidents);
        await desk.Assigns();
        return desk;
    }
}
