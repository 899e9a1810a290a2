using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Interactions;
using Sidecar.Tests.Features.Assignments.Requests;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Listing;

/// <summary>
/// The engineer of a prospect is known to people of ours alone (ASG-4): not to guests, whatever the product says where,
/// and nobody can tell that something was withheld. And the list of all of them (ASG-5).
/// </summary>
public sealed class InternalOnlyTests
{
    private const string Inside = "support-internal";

    /// <summary>What no outsider may ever read: the number, and a word that is in everything that is typed about it.</summary>
    private static readonly string[] Secrets = ["ASG-1", "zebra"];

    private static readonly string[] Who =
    [
        "tam",
        "engineer",
        "lead",
        RequestDesk.CsLead,
        RequestDesk.CeLead,
        RequestDesk.Sales,
        RequestDesk.Ce,
        RequestDesk.BackUp,
    ];

    [Fact]
    public async Task ASG_4_Whatever_is_done_with_an_internal_assignment_no_guest_reads_of_it()
    {
        await using var desk = await WithAProspect();
        // Every place that can be chosen is one in which a guest reads.
        await desk.Types(RequestDesk.CsLead, $"/escalate engineer board ~{Desk.Square}");
        await desk.Types(RequestDesk.CsLead, $"/escalate overload channel ~{Desk.Square}");
        await desk.Types("engineer", $"/escalate checkin plan acme-labs in ~{Desk.Square}");
        foreach (var command in Doings)
        {
            await desk.Types("engineer", "/escalate " + command);
        }

        await desk.Passes(TimeSpan.FromDays(14));
        await desk.Types("engineer", "/escalate checkin acme-labs");
        await desk.Submits(
            "engineer",
            ("going_well", "zebra"),
            ("frustration", "zebra"),
            ("goals", "zebra"),
            ("context", "zebra"),
            ("professional_services", true)
        );
        await desk.Passes(TimeSpan.FromDays(200));
        await desk.Types(RequestDesk.CsLead, "/escalate engineer end acme-labs zebra");
        await desk.Passes(TimeSpan.FromDays(1));

        ReadBy(desk, "guest").ShouldNotContain(p => Tells(p));
        // It is not for want of trying: people of ours were told.
        Who.Sum(w => desk.ToldTo(w).Count(m => Secrets.Any(m.Contains))).ShouldBeGreaterThan(10);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_4_A_guest_gets_nothing_out_of_any_command()
    {
        await using var desk = await WithAProspect();
        var commands = desk.Parts.GetRequiredService<RegisteredParts>().Commands;
        commands.Length.ShouldBeGreaterThan(50);
        foreach (var command in commands)
        {
            foreach (
                var typed in (string[])
                    [
                        $"{command.Spec.Path} acme-labs",
                        $"{command.Spec.Path} ASG-1",
                        $"{command.Spec.Path} @engineer",
                        command.Spec.Path,
                    ]
            )
            {
                var answer = await desk.Types("guest", $"/escalate {typed}");
                // What they typed themselves is given back to them.
                var said = answer.Text.Split("You typed:")[0];
                said.ShouldNotContain("zebra", Case.Insensitive, typed);
                said.ShouldNotContain("assigned to Acme Labs", Case.Insensitive, typed);
                desk.Mattermost.OpenDialogOf("guest").ShouldBeNull(typed);
            }
        }

        desk.ToldTo("guest").ShouldNotContain(m => Secrets.Any(m.Contains));
    }

    [Fact]
    public void ASG_4_Every_kind_of_effect_knows_what_it_shows_where_others_read()
    {
        // A new kind of post must be looked at here, and in OutboxDelivery.ForReaders.
        typeof(Effect)
            .GetNestedTypes()
            .Where(t => t.IsSubclassOf(typeof(Effect)))
            .Select(t => t.Name)
            .ShouldBe(
                [
                    nameof(Effect.ShowCard),
                    nameof(Effect.ReplyInThread),
                    nameof(Effect.TellPerson),
                    nameof(Effect.Say),
                    nameof(Effect.Revise),
                    nameof(Effect.SendFile),
                    nameof(Effect.SendFiles),
                    nameof(Effect.OpenChannel),
                    nameof(Effect.Admit),
                    nameof(Effect.SetHeader),
                    // It shows nothing itself.
                    nameof(Effect.Errand),
                    // Nothing internal becomes one: WebhookTests hold that.
                    nameof(Effect.CallHook),
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task ASG_4_ASG_5_Marked_or_not_decides_what_the_list_shows_and_nothing_hints_at_more()
    {
        await using var desk = await WithAProspect();
        await desk.Assigns("acme", number: 2);
        await desk.Types(RequestDesk.CsLead, "/escalate engineer board here", Inside);
        List(desk).ShouldContain("| Acme |");
        List(desk).ShouldNotContain("ASG-");
        List(desk).ShouldNotContain("Labs");
        List(desk).ShouldNotContain("of 15 places");
        List(desk).ShouldNotContain("internal");

        await desk.Types(RequestDesk.CsLead, "/escalate internal mark here", Inside);
        List(desk).ShouldContain("2 of 15 places");
        List(desk).ShouldContain("| ASG-1 | Acme Labs | pre-sales, internal only |");
        desk.Cards(Inside).Count.ShouldBe(1);
        desk.Mattermost.GetChannel(Inside).ShouldNotBeNull();
        desk.Cards(Inside)[0].Message.ShouldNotContain(" @engineer");
    }

    [Fact]
    public async Task ASG_5_The_list_moves_only_when_somebody_says_where_to()
    {
        await using var desk = await WithAProspect();
        (
            await desk.Types(RequestDesk.CsLead, "/escalate engineer board", Inside)
        ).Text.ShouldContain("is not kept current anywhere");
        desk.Cards(Inside).ShouldBeEmpty();
        await desk.Types(RequestDesk.CsLead, "/escalate engineer board here", Inside);
        (await desk.Types(RequestDesk.CsLead, "/escalate engineer board")).Text.ShouldContain(
            $"is kept current in ~{Inside}"
        );
        List(desk).ShouldContain("Customers with an assigned engineer");
        desk.Cards(Desk.Square).ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_4_When_a_guest_comes_in_the_mark_goes_the_list_changes_and_the_administrators_hear_of_it()
    {
        await using var desk = await WithAProspect();
        await desk.Types(RequestDesk.CsLead, "/escalate internal mark here", Inside);
        await desk.Types(RequestDesk.CsLead, "/escalate engineer board here", Inside);
        List(desk).ShouldContain("Acme Labs");

        desk.Mattermost.Join(Inside, "guest");
        await desk.Passes(TimeSpan.FromMinutes(2));

        List(desk).ShouldNotContain("Acme Labs");
        desk.ToldTo(Desk.Admin)[^1].ShouldContain($"is in ~{Inside} now");
        desk.ToldTo(Desk.Admin)[^1].ShouldContain("What was posted before is still there");
        (
            await desk.Types(RequestDesk.CsLead, "/escalate internal mark here", Inside)
        ).Text.ShouldContain("can’t be internal");
        desk.Mattermost.Leave(Inside, "guest");
        await desk.Types(RequestDesk.CsLead, "/escalate internal mark here", Inside);
        List(desk).ShouldContain("Acme Labs");
    }

    [Theory]
    [InlineData("joins")]
    [InlineData("becomes")]
    [InlineData("joined while the line was lost")]
    public async Task X9_The_list_that_stands_is_taken_back_at_once_when_a_guest_reads_it(
        string how
    )
    {
        await using var desk = await WithAProspect();
        desk.Mattermost.AddUser("member");
        await desk.Meets("member");
        desk.Mattermost.Join(Inside, "member");
        await desk.Types(RequestDesk.CsLead, "/escalate internal mark here", Inside);
        await desk.Types(RequestDesk.CsLead, "/escalate engineer board here", Inside);
        List(desk).ShouldContain("Acme Labs");
        switch (how)
        {
            case "joins":
                await Invites(desk, "guest");
                break;
            case "becomes":
                desk.Mattermost.ChangeUser("member", u => u with { Roles = "system_guest" });
                desk.Clock.Advance(TimeSpan.FromSeconds(2));
                // Of a role nobody is told but whose it is: it comes out with the next thing that they do.
                await desk.Types("member", "/escalate list");
                break;
            default:
                await desk.LosesLine();
                await Invites(desk, "guest");
                await desk.TriesAgain();
                break;
        }

        await desk.Settled();
        List(desk).ShouldNotContain("Acme Labs");
    }

    private static async Task Invites(Desk desk, string who) =>
        (
            await desk
                .Mattermost.As(RequestDesk.CsLead)
                .Request(
                    HttpMethod.Post,
                    $"/api/v4/channels/{desk.Mattermost.GetChannel(Inside).Id}/members",
                    new { user_id = desk.IdOf(who).Value }
                )
        ).Status.ShouldBe(201);

    [Fact]
    public async Task A_direct_message_holds_no_list()
    {
        await using var desk = await WithAProspect();
        var direct = desk.Mattermost.DirectChannel(RequestDesk.CsLead, "escalate").Id;
        (
            await desk.Types(RequestDesk.CsLead, "/escalate engineer board here", direct)
        ).Text.ShouldContain("A direct message is not a channel");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_4_A_guest_who_came_in_a_moment_ago_sees_nothing_of_what_is_posted_now()
    {
        await using var desk = await WithAProspect();
        await desk.Types(RequestDesk.CsLead, "/escalate internal mark here", Inside);
        await desk.Types("engineer", "/escalate checkin plan acme-labs in here", Inside);
        desk.Mattermost.Join(Inside, "guest");
        var before = ReadBy(desk, "guest").Select(p => p.Id).ToHashSet();
        await desk.Types("engineer", "/escalate checkin acme-labs");
        await desk.Submits(
            "engineer",
            ("going_well", "zebra"),
            ("frustration", "zebra"),
            ("goals", "zebra"),
            ("context", "zebra"),
            ("professional_services", false)
        );
        (await desk.Assignment()).LastCheckIn.ShouldNotBeNull();
        ReadBy(desk, "guest").Where(p => !before.Contains(p.Id)).ShouldNotContain(p => Tells(p));
    }

    [Fact]
    public async Task ASG_5_Once_a_month_the_CS_lead_is_asked_whether_the_list_is_right()
    {
        await using var desk = await WithAProspect();
        await desk.Types(RequestDesk.CsLead, "/escalate engineer board here", Inside);
        await desk.PassesTo(new DateTimeOffset(2026, 5, 2, 12, 0, 0, TimeSpan.Zero));
        desk.TimesOf(RequestDesk.CsLead, ":clipboard: Once a month")
            .ShouldBe([
                new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero),
                new DateTimeOffset(2026, 5, 1, 9, 0, 0, TimeSpan.Zero),
            ]);
    }

    private static readonly string[] Doings =
    [
        "engineer environment acme-labs https://zebra.example",
        "engineer meeting acme-labs today zebra",
        "engineer doc acme-labs https://zebra.example zebra",
        "engineer backup ASG-1 @backup",
        "engineer told ASG-1 zebra",
        "overload zebra is too much",
        "overload over",
        "load",
        "me",
        "engineer list",
        "engineer show acme-labs",
        "engineer timeline ASG-1",
        "engineer candidates acme-labs",
        "checkin history acme-labs",
        "checkin skip acme-labs zebra",
        "customer show acme-labs",
        "find zebra",
        "export audit",
    ];

    /// <summary>A prospect has an assigned engineer, and the guest reads the square.</summary>
    private static async Task<Desk> WithAProspect()
    {
        var desk = await RequestDesk.Open();
        desk.Mattermost.AddChannel(Inside, type: "P", members: [.. Who, "escalate"]);
        await desk.Types("tam", "/escalate engineer request acme-labs");
        await desk.Submits("tam", ("why", "zebra"));
        await desk.Approve();
        await desk.Types(RequestDesk.CsLead, "/escalate engineer assign ASG-1 @engineer");
        return desk;
    }

    private static string List(Desk desk) => desk.Cards(Inside)[^1].Message;

    /// <summary>All posts in all channels of which somebody is a member.</summary>
    private static IEnumerable<Post> ReadBy(Desk desk, string who) =>
        desk
            .Mattermost.Channels.Where(c => desk.Mattermost.MembersOf(c.Id).Contains(who))
            .SelectMany(c => desk.Mattermost.Posts(c.Id));

    private static bool Tells(Post post) =>
        Secrets.Any(s =>
            post.Message.Contains(s, StringComparison.OrdinalIgnoreCase)
            || post.Attachments.Any(a =>
                $"{a.Title} {a.Text} {a.Pretext} {a.Footer} {string.Join(' ', a.Fields?.Select(f => f.Value.ToString()) ?? [])}".Contains(
                    s,
                    StringComparison.OrdinalIgnoreCase
                )
            )
        );
}
