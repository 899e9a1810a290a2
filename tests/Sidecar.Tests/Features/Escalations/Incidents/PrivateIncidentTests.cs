using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Api.Resources;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Tests.Api;
using Sidecar.Tests.Features.Panel;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Incidents;

/// <summary>Who sees what of a private incident (ALL-7).</summary>
public sealed class PrivateIncidentTests
{
    private const string Channel = "sev1-acme-20260302";
    private const string Cards = "broadcast";

    /// <summary>A word that is in all that is for members only: notes, reasons of tasks, the retrospective.</summary>
    private const string Secret = "zebra";

    [Fact]
    public async Task ALL_7_Nothing_that_belongs_to_it_is_told_to_who_is_not_in_it()
    {
        await using var desk = await Running();
        var commands = desk.Parts.GetRequiredService<RegisteredParts>().Commands;
        foreach (var command in commands)
        {
            foreach (
                var typed in (string[])
                    [
                        $"{command.Spec.Path} ESC-1",
                        $"{command.Spec.Path} acme",
                        $"{command.Spec.Path} {Secret[..3]}",
                        command.Spec.Path,
                    ]
            )
            {
                // What changes things for them comes last.
                if (!typed.StartsWith("follow", StringComparison.Ordinal))
                {
                    var answer = await desk.Types("colleague", $"/escalate {typed}");
                    answer
                        .Text.Split("You typed:")[0]
                        .ShouldNotContain(Secret, Case.Insensitive, typed);
                    System
                        .Text.Json.JsonSerializer.Serialize(
                            desk.Mattermost.OpenDialogOf("colleague")
                        )
                        .ShouldNotContain(Secret);
                }
            }
        }

        foreach (var get in (string[])["escalation", "timeline", "list", "mine"])
        {
            var answer = await desk.Runs(
                "colleague",
                new
                {
                    v = 2,
                    get,
                    id = "ESC-1",
                    of = "open",
                }
            );
            answer.Response.ToString().ShouldNotContain(Secret, Case.Insensitive, get);
        }

        await desk.Types("colleague", "/escalate follow ESC-1");
        await desk.Passes(TimeSpan.FromDays(5));
        desk.ToldTo("colleague").ShouldNotContain(m => m.Contains(Secret));
        foreach (var place in (string[])[Desk.Square, Cards])
        {
            desk.Mattermost.Posts(place)
                .Where(p => p.UserId == desk.Bot.Id)
                .ShouldNotContain(p => (p.Message + p.Props).Contains(Secret));
        }

        // It is not for want of saying it.
        desk.Mattermost.Posts(Channel).ShouldContain(p => p.Message.Contains(Secret));
        desk.Log.Errors.ShouldBeEmpty();
    }

    /// <summary>Who raised it may edit it and post updates, and is not in its channel any more.</summary>
    [Fact]
    public async Task X1_ALL_7_Forms_and_refusals_tell_who_raised_it_no_more_than_lists_do()
    {
        await using var desk = await Running();
        await desk.Types("engineer", "/escalate resolve ESC-1 Space was made");
        await desk.Types("engineer", "/escalate retrospective ESC-1");
        await desk.Submits(
            "engineer",
            ("issue", $"A {Secret}"),
            ("improvements", "A fence"),
            ("changes", "We build one")
        );
        await desk.Revokes("tam", [.. Roles.All.Select(r => r.Role)]);
        desk.Mattermost.Leave(Channel, "tam");
        foreach (
            var typed in (string[])
                [
                    "update ESC-1",
                    "retrospective ESC-1",
                    "task ESC-1 1.3",
                    "task ESC-1 1.3 skip again",
                    "task ESC-1 3 done",
                    "task ESC-1",
                    "edit ESC-1",
                ]
        )
        {
            var answer = await desk.Types("tam", $"/escalate {typed}");
            answer.Text.ShouldNotContain(Secret, Case.Insensitive, typed);
            System
                .Text.Json.JsonSerializer.Serialize(desk.Mattermost.OpenDialogOf("tam"))
                .ShouldNotContain(Secret, Case.Insensitive, typed);
        }

        (await desk.Types("tam", "/escalate task ESC-1 3 done")).Text.ShouldContain(
            "this is for the people in it"
        );
        // What they may do all the same: tell everybody how it stands.
        await desk.Types("engineer", "/escalate reopen ESC-1 It is back");
        await desk.Types("tam", "/escalate update ESC-1");
        System
            .Text.Json.JsonSerializer.Serialize(desk.Mattermost.OpenDialogOf("tam"))
            .ShouldNotContain(Secret, Case.Insensitive);
        (await desk.Submits("tam", ("summary", "The customer waits"))).Closed.ShouldBeTrue();
        (await desk.Find(1))!.LastUpdate!.Summary.ShouldBe("The customer waits");
    }

    [Fact]
    public async Task ALL_7_No_read_of_the_API_and_no_search_tells_it_to_who_is_not_in_it()
    {
        await using var desk = await Running(
            """{ "api": { "requestsPerSecond": 100000, "burst": 1000000 } }"""
        );
        // What only members write: the course of the work, and what it was in the end.
        await desk.Types("engineer", "/escalate resolve ESC-1 Space was made");
        await desk.Types("engineer", "/escalate retrospective ESC-1");
        await desk.Submits(
            "engineer",
            ("issue", Secret),
            ("improvements", Secret),
            ("changes", Secret)
        );
        using var outside = await ApiDesk.Of(desk, "colleague");
        using var inside = await ApiDesk.Of(desk, "engineer");
        var told = 0;
        var reads = ApiOperations.All.Where(o => o.Method == "GET").ToList();
        reads.Count.ShouldBeGreaterThan(15);
        foreach (var read in reads)
        {
            var path = Regex.Replace(
                read.Path,
                "{[^}]*}",
                _ =>
                    read.Path.StartsWith("/escalations", StringComparison.Ordinal)
                        ? "ESC-1"
                        : "acme",
                RegexOptions.None,
                TimeSpan.FromSeconds(1)
            );
            foreach (
                var query in (string[])
                    ["", $"?q={Secret}", "?escalation=ESC-1", "?subject=escalation/ESC-1"]
            )
            {
                (await outside.Get(path + query)).Body.ShouldNotContain(
                    Secret,
                    Case.Insensitive,
                    path + query
                );
                told += (await inside.Get(path + query)).Body.Contains(
                    Secret,
                    StringComparison.Ordinal
                )
                    ? 1
                    : 0;
            }
        }

        told.ShouldBeGreaterThan(1);
        (await outside.Get($"/escalations?q={Secret}")).Ids.ShouldBeEmpty();
        (await desk.Types("colleague", $"/escalate find {Secret}")).Text.ShouldNotContain("ESC-1");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ALL_7_How_it_stands_is_for_everybody_of_the_team()
    {
        await using var desk = await Running();
        var shown = (await desk.Types("colleague", "/escalate show ESC-1")).Text;
        shown.ShouldContain("Sev 1");
        shown.ShouldContain("@engineer");
        shown.ShouldContain("Down");
        (await desk.Types("colleague", "/escalate updates ESC-1")).Text.ShouldContain(
            "Summary: Slow"
        );
        (await desk.Types("colleague", "/escalate timeline ESC-1")).Text.ShouldContain(
            "worked on in a private channel"
        );
    }

    [Theory]
    [InlineData("engineer")]
    [InlineData("executive")]
    public async Task ALL_7_Members_and_people_with_a_role_read_it(string who)
    {
        await using var desk = await Running();
        (await desk.Types(who, "/escalate timeline ESC-1")).Text.ShouldContain("acknowledged");
        (await desk.Types(who, "/escalate updates ESC-1")).Text.ShouldContain(Secret);
        (await desk.Types(who, "/escalate tasks ESC-1")).Text.ShouldContain("1.3");
    }

    [Fact]
    public async Task ALL_7_Who_owns_the_customer_reads_it_without_a_role()
    {
        await using var desk = await Running();
        await desk.Types("lead", "/escalate customer set acme ae @colleague");
        (await desk.Types("colleague", "/escalate updates ESC-1")).Text.ShouldContain(Secret);
    }

    [Fact]
    public async Task ALL_7_Following_lets_nobody_in_until_a_member_says_so()
    {
        await using var desk = await Running();
        (await desk.Types("colleague", "/escalate follow ESC-1")).Text.ShouldContain(
            "its members are told, and can let you in"
        );
        desk.Mattermost.MembersOf(Channel).ShouldNotContain("colleague");
        var asked = desk.Mattermost.Posts(Channel).Last(p => p.Buttons().Contains("Let them in"));
        asked.Message.ShouldContain("@colleague");
        // Who is not in it can press nothing in it, and a copy of the button does nothing.
        desk.Mattermost.AddUser("stranger");
        await desk.Presses("stranger", asked, "Let them in");
        desk.Mattermost.MembersOf(Channel).ShouldNotContain("colleague");

        (await desk.Presses("engineer", asked, "Let them in")).Text.ShouldContain("is let in");
        desk.Mattermost.MembersOf(Channel).ShouldContain("colleague");
        (await desk.Types("colleague", "/escalate timeline ESC-1")).Text.ShouldContain(
            "let @colleague"
        );
        (await desk.Presses("engineer", asked, "Let them in")).Text.ShouldContain("already");
    }

    [Fact]
    public async Task ALL_7_ESC_11_DLG_5_Who_follows_through_a_merge_is_let_in_the_same_way()
    {
        await using var desk = await Running();
        await desk.Types("colleague", "/escalate new acme sev2 Exports fail");
        await desk.Types("executive", "/escalate follow ESC-2");
        await desk.Types("engineer", "/escalate merge ESC-2 into ESC-1");
        // Their part begins: the thread calls them. Who has a role comes in by themselves, as when they follow.
        desk.Mattermost.Posts(Desk.Square)
            .Single(p => p.Message.Contains("merged **ESC-2** into it", StringComparison.Ordinal))
            .Message.ShouldContain("It goes on here for @executive and @colleague.");
        desk.Mattermost.MembersOf(Channel).ShouldContain("executive");
        desk.Mattermost.Posts(Channel).Count(p => p.Buttons().Contains("Let them in")).ShouldBe(1);
        var asked = desk.Mattermost.Posts(Channel).Last(p => p.Buttons().Contains("Let them in"));
        asked.Message.ShouldContain("@colleague");
        desk.Mattermost.MembersOf(Channel).ShouldNotContain("colleague");
        await desk.Presses("engineer", asked, "Let them in");
        desk.Mattermost.MembersOf(Channel).ShouldContain("colleague");
    }

    [Fact]
    public async Task ALL_7_Who_follows_with_a_role_comes_in()
    {
        await using var desk = await Running();
        await desk.Types("product", "/escalate follow ESC-1");
        desk.Mattermost.MembersOf(Channel).ShouldContain("product");
    }

    [Fact]
    public async Task P6_Who_is_on_duty_later_joins_the_channel()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("lead", "/escalate duty @product");
        desk.Mattermost.MembersOf(Channel).ShouldContain("product");
    }

    [Fact]
    public async Task P6_An_owned_one_that_becomes_a_Sev_1_has_who_is_on_duty_in_its_channel()
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", "/escalate duty @product");
        await desk.Types("tam", "/escalate new acme sev3 Slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("tam", "/escalate edit ESC-1 severity sev1");
        desk.Mattermost.MembersOf(Channel).ShouldContain("product");
    }

    private static async Task<Desk> Running(string? settings = null)
    {
        var desk = await Desk.Open(settings: settings);
        desk.Mattermost.AddUser("colleague");
        desk.Mattermost.AddChannel(Cards, members: ["escalate", "colleague"]);
        await desk.Types("lead", $"/escalate broadcast sev1 ~{Cards}");
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", $"/escalate task ESC-1 1.3 skip {Secret}");
        await desk.Types("engineer", "/escalate update ESC-1");
        (
            await desk.Submits(
                "engineer",
                ("status", "investigating"),
                ("summary", "Slow"),
                ("notes", $"The {Secret} is loose")
            )
        ).Closed.ShouldBeTrue();
        return desk;
    }
}
