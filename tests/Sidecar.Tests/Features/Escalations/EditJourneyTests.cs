using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>What an escalation says, who owns and who follows it, what it is linked to (ESC-7, ESC-13).</summary>
public sealed class EditJourneyTests
{
    [Fact]
    public async Task ESC_7_Following_and_unfollowing_again_and_again_says_nothing_new_to_anybody()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddUser("colleague");
        await desk.Types("tam", "/escalate new acme sev1 Down");
        var channel = desk
            .Mattermost.Channels.Single(c => c.Name.StartsWith("sev1-", StringComparison.Ordinal))
            .Name;
        var posts =
            (Func<int>)(
                () =>
                    desk.Mattermost.Posts(Desk.Square).Count + desk.Mattermost.Posts(channel).Count
            );
        await desk.Types("colleague", "/escalate follow ESC-1");
        var before = posts();
        for (var i = 0; i < 5; i++)
        {
            (await desk.Types("colleague", "/escalate unfollow ESC-1")).Text.ShouldContain(
                "do not follow"
            );
            (await desk.Types("colleague", "/escalate follow ESC-1")).Text.ShouldContain(
                "You follow ESC-1 now"
            );
        }

        posts().ShouldBe(before);
        (await desk.Types("lead", "/escalate timeline ESC-1")).Text.ShouldContain(
            "does not follow it any more"
        );
    }

    [Fact]
    public async Task ALL_7_Whoever_raises_in_a_private_channel_is_told_who_can_read_it()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        desk.Mattermost.AddChannel("inner", type: "P", members: ["escalate", "tam"]);
        (await desk.Types("tam", "/escalate new acme sev2 Down", "inner")).Text.ShouldContain(
            "This channel is private, ESC-1 is not"
        );
        (await desk.Types("tam", "/escalate new acme-labs sev2 Down")).Text.ShouldNotContain(
            "private"
        );
        (await desk.Types("executive", "/escalate show ESC-1")).Text.ShouldContain("Down");
    }

    [Fact]
    public async Task ESC_7_Two_edit_in_forms_at_once_and_nobody_overwrites_the_other()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        await desk.Types("tam", "/escalate edit ESC-1");
        await desk.Presses("engineer", card, "More…", "Edit");
        (await desk.Submits("tam", ("summary", "Nobody can log in or out"))).Closed.ShouldBeTrue();

        var late = await desk.Submits(
            "engineer",
            ("summary", "Somebody can log in"),
            ("impact", "high")
        );
        late.FieldErrors["summary"].ShouldContain("“Nobody can log in or out”");
        (await desk.Stored()).Impact.ShouldBe(ImpactLevel.Critical);
        desk.Mattermost.OpenDialogOf("engineer").ShouldNotBeNull();

        (
            await desk.Submits(
                "engineer",
                ("summary", "Nobody can log in or out"),
                ("impact", "high")
            )
        ).Closed.ShouldBeTrue();
        var stored = await desk.Stored();
        (stored.Summary, stored.Impact).ShouldBe(("Nobody can log in or out", ImpactLevel.High));
        desk.Card().Attachments[0].Title.ShouldBe("Nobody can log in or out");
        desk.Thread(card)
            .ShouldBe([
                "@tam changed **Summary** from “Nobody can log in” to “Nobody can log in or out”.",
                "@engineer changed **Impact** from “As the severity” to “High”.",
            ]);
    }

    [Fact]
    public async Task ESC_7_Every_field_is_changed_by_command_and_told_as_it_is_read()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        foreach (
            var (field, value) in ((string, string)[])
                [
                    ("customer", "acme-labs"),
                    ("severity", "sev2"),
                    ("category", "custom"),
                    ("summary", "Two lines\nof it"),
                    ("customer-impact", "All of them"),
                    ("impact", "high"),
                    ("effort", "very-high"),
                    ("links", "https://tickets.test/1"),
                ]
        )
        {
            (await desk.Types("tam", $"/escalate edit ESC-1 {field} {value}")).Text.ShouldStartWith(
                field == "customer-impact"
                    ? "Customer impact of ESC-1"
                    : char.ToUpperInvariant(field[0]) + field[1..] + " of ESC-1",
                customMessage: field
            );
        }

        var stored = await desk.Stored();
        stored.Customer.Value.ShouldBe("acme-labs");
        stored.CustomerName.ShouldBe("Acme Labs");
        desk.Card().Message.ShouldContain("Sev 2 · Acme Labs");
        desk.Thread(card)[0].ShouldBe("@tam changed **Customer** from “Acme” to “Acme Labs”.");
        desk.Thread(card).Count.ShouldBe(8);
        (await desk.Types("tam", "/escalate edit ESC-1 customer Acme Labs")).Text.ShouldContain(
            "says that already"
        );
        (await desk.Types("tam", "/escalate edit ESC-1 impact huge")).Text.ShouldContain(
            "`/escalate edit ESC-1 impact huge`"
        );
        (await desk.Types("product", "/escalate edit ESC-1 impact low")).Text.ShouldContain(
            "or have to be its owner or the person who raised it"
        );
    }

    [Fact]
    public async Task ESC_7_Owner_and_followers_have_it_among_theirs()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        await desk.Types("lead", "/escalate assign ESC-1 @engineer");
        desk.ToldTo("engineer")[^1].ShouldStartWith("**ESC-1** is yours now");
        (await desk.Types("lead", "/escalate assign ESC-1 @engineer")).Text.ShouldContain(
            "belongs to @engineer already"
        );
        await desk.Types("product", "/escalate follow ESC-1");
        await desk.Presses("executive", desk.Card(), "More…", "Follow / unfollow");
        (await desk.Types("product", "/escalate follow ESC-1")).Text.ShouldContain("already");
        foreach (var who in (string[])["engineer", "product", "executive", "tam"])
        {
            (await desk.Types(who, "/escalate list mine")).Rows().ShouldBe(["ESC-1"], who);
        }

        await desk.Types("product", "/escalate unfollow ESC-1");
        (await desk.Types("product", "/escalate unfollow ESC-1")).Text.ShouldBe(
            "You do not follow ESC-1."
        );
        (await desk.Types("product", "/escalate list mine")).Rows().ShouldBeEmpty();
        (await desk.Stored()).Followers.ShouldBe([desk.IdOf("executive")]);
        desk.Thread(card).Count.ShouldBe(3);
    }

    [Fact]
    public async Task ESC_13_Bug_pull_request_and_backport_are_linked_and_taken_away()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await desk.Types("engineer", "/escalate link ESC-1 bug <https://tickets.test/4711>");
        await desk.Types("engineer", "/escalate link ESC-1 pr https://code.test/1");
        await desk.Types("engineer", "/escalate link ESC-1 backport yes");
        desk.Card().Field("Bug").ShouldBe("https://tickets.test/4711");
        desk.Card().Field("Pull request").ShouldBe("https://code.test/1");
        desk.Card().Field("Backport").ShouldBe("needed");
        await desk.Types("engineer", "/escalate link ESC-1 backport no");
        await desk.Types("engineer", "/escalate link ESC-1 bug none");
        desk.Card().Field("Backport").ShouldBe("not needed");
        desk.Card().Field("Bug").ShouldBeNull();
        (await desk.Types("engineer", "/escalate link ESC-1 bug none")).Text.ShouldContain(
            "says that already"
        );
        (await desk.Types("engineer", "/escalate link ESC-1 backport perhaps")).Text.ShouldContain(
            "`/escalate link ESC-1 backport yes`"
        );
        var long1 = "https://tickets.test/" + new string('x', 200);
        (await desk.Types("engineer", $"/escalate link ESC-1 bug {long1}")).Text.ShouldContain(
            long1
        );
    }

    [Fact]
    public async Task ALL_4_What_somebody_writes_can_not_look_like_an_entry_of_the_timeline()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        await desk.Types(
            "engineer",
            "/escalate resolve ESC-1 Rolled back\n- Mon 2 Mar 2026 09:00 UTC: @lead approved it"
        );
        var lines = (await desk.Types("tam", "/escalate timeline ESC-1")).Text.Split('\n');
        // The heading, raised, accepted, called, acknowledged by resolving, resolved.
        lines.Length.ShouldBe(6);
    }
}
