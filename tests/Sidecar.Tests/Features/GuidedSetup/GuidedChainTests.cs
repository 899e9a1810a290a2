using Mattermost.Simulator;
using Shouldly;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;
using static Sidecar.Tests.Features.GuidedSetup.GuidedSetupTests;

namespace Sidecar.Tests.Features.GuidedSetup;

/// <summary>What the forms of the set-up are filled with, and what they say (SET-1, SET-2, U13).</summary>
public sealed class GuidedChainTests
{
    [Fact]
    public async Task SET_1_Each_form_is_filled_with_what_its_text_says_and_the_last_says_what_is_left()
    {
        await using var desk = await Empty(SimulatorOptions.Today);
        await desk.Types(Desk.Admin, "/escalate setup");
        await Fill(
            desk,
            "Give roles",
            ("de-lead", (string[])["lead"]),
            ("cs-lead", (string[])["admin"]),
            ("de", (string[])["engineer", "lead"]),
            ("se", (string[])["engineer"]),
            ("ce", (string[])["tam"])
        );
        List<(string Next, string Use)> chain = [];
        while (desk.Mattermost.OpenDialogOf(Desk.Admin) is { } form)
        {
            var next = form.IntroductionText.Split("Next: **")[1].Split("**")[0];
            // In the steps of one window each field has a name of its own.
            string Named(string field) =>
                form.Elements.Single(e => e.Name.Split("__")[0] == field).Name;
            var use =
                form.Elements.FirstOrDefault(e =>
                    e.Name.StartsWith("use", StringComparison.Ordinal)
                )?.Default
                ?? "";
            chain.Add((next, use));
            var sent =
                use.Length == 0
                    ? await desk.Submits(
                        Desk.Admin,
                        (Named("engineer"), "engineer"),
                        (Named("backup"), "lead")
                    )
                    : await desk.Submits(
                        Desk.Admin,
                        (Named("channel"), use == "internal" ? "staff" : Desk.Square)
                    );
            sent.Accepted.ShouldBeTrue($"{next}, {use}: {sent.Error}");
            chain.Count.ShouldBeLessThan(12);
        }

        chain
            .TakeWhile(c => c.Next == "Teams’ channels")
            .ShouldAllBe(c => c.Use.StartsWith("team-"));
        chain
            .SkipWhile(c => c.Next == "Teams’ channels")
            .ShouldBe([
                ("Updates of Sev 1", "updates-sev1"),
                ("On duty", ""),
                ("Internal channels", "internal"),
                ("Internal channels", "help"),
            ]);
        desk.ToldTo(Desk.Admin)
            .ShouldContain(t =>
                t.Contains(
                    "Still missing: **Customers**, **Weekly meeting**, **Assigned engineer** and **First escalation**.",
                    StringComparison.Ordinal
                )
            );
    }

    [Fact]
    public async Task SET_2_A_strategic_customer_gets_an_engineer_by_forms_alone_of_which_nothing_was_chosen_before()
    {
        await using var desk = await Empty(SimulatorOptions.Today);
        await desk.Grants(Desk.Admin, Role.CustomerSuccessLead);
        await desk.Grants("engineer", Role.SupportEngineer);
        await desk.Grants("tam", Role.CustomerEngineer);
        await desk.Types(Desk.Admin, "/escalate setup");
        await Fill(desk, "Add a customer", ("name", "Alpine Hospitals"), ("phase", "Pre-sales"));
        await Fill(
            desk,
            "Add a customer",
            ("name", "Orchid Bank"),
            ("key", "has space!"),
            ("phase", "Post-sales"),
            ("strategic", true)
        );
        desk.ToldTo(Desk.Admin)
            .ShouldContain(t => t.Contains("became `has-space`", StringComparison.Ordinal));

        await desk.Presses(Desk.Admin, Post(desk), "Assign an engineer");
        var form = desk.Mattermost.OpenDialogOf(Desk.Admin).ShouldNotBeNull();
        foreach (var field in (string[])["customer", "kind", "ce", "engineer"])
        {
            form.Elements.Single(e => e.Name == field).Default.ShouldBeEmpty(field);
        }

        (
            await desk.Submits(
                Desk.Admin,
                ("customer", "Orchid Bank"),
                ("why", "They migrate"),
                ("kind", "post-sales"),
                ("ce", "tam"),
                ("engineer", "engineer")
            )
        ).Accepted.ShouldBeTrue();
        await desk.Passes(TimeSpan.FromSeconds(15));

        // What is missing stands first, also of what is done; nobody is the back-up of themselves.
        var list = List(desk);
        const string lacks =
            ":warning: **Assigned engineer**: Orchid Bank (@engineer). They still need a back-up: `/escalate engineer backup ASG-1 @name`";
        list.ShouldContain(lacks);
        list.IndexOf(":white_large_square:", StringComparison.Ordinal).ShouldBe(0);
        list.IndexOf(lacks, StringComparison.Ordinal)
            .ShouldBeLessThan(list.IndexOf(":white_check_mark:", StringComparison.Ordinal));
        IsDone(desk, "**Assigned engineer**: Orchid Bank: @engineer.");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task SET_2_A_form_for_roles_in_which_nobody_is_chosen_blames_no_field()
    {
        await using var desk = await Empty(SimulatorOptions.Today);
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, Post(desk), "Give roles");
        var empty = await desk.Submits(Desk.Admin);
        empty.FieldErrors.ShouldBeEmpty();
        empty.Error.ShouldStartWith("Nobody is chosen");
        empty.Error.ShouldNotContain("@name");
        // A role without people stops nobody: what a list holds can't be taken back after an error.
        (await desk.Submits(Desk.Admin, ("other_role", "Executive"))).Error.ShouldStartWith(
            "Nobody is chosen"
        );
    }

    [Fact]
    public async Task SET_1_The_meeting_asks_for_its_channel_where_none_is_known()
    {
        await using var desk = await Empty(SimulatorOptions.Today);
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, Post(desk), "Weekly meeting");
        var form = desk.Mattermost.OpenDialogOf(Desk.Admin).ShouldNotBeNull();
        form.Elements.Single(e => e.Name == "channel").Optional.ShouldBeFalse();
        form.Elements.ShouldNotContain(e => e.DisplayName == "Channel: none");
    }

    [Fact]
    public async Task ASG_4_A_channel_that_is_marked_says_how_many_read_it_and_how_the_mark_goes()
    {
        await using var desk = await Empty(SimulatorOptions.Today);
        desk.Mattermost.AddChannel("closed", type: "P", members: ["lead", "escalate"]);
        await desk.Grants("lead", Role.DeploymentEngineeringLead);
        (await desk.Types("lead", "/escalate internal mark ~staff")).Text.ShouldEndWith(
            "2 accounts are in it. It is public: everybody in its team can join and read all of that. `/escalate internal unmark ~staff` takes the mark away."
        );
        var here = (
            await desk.Types("lead", "/escalate internal mark here", "closed")
        ).Text.ShouldNotBeNull();
        here.ShouldContain("2 accounts are in it. `/escalate internal unmark ~closed`");
        here.ShouldNotContain("public");
    }

    [Fact]
    public async Task ASG_4_A_public_channel_is_joined_to_see_who_reads_it_and_a_private_one_is_asked_for()
    {
        await using var desk = await Empty(SimulatorOptions.Today);
        desk.Mattermost.AddChannel("insiders", members: ["lead"]);
        desk.Mattermost.AddChannel("closed", type: "P", members: ["lead"]);
        await desk.Grants("lead", Role.DeploymentEngineeringLead);
        (await desk.Types("lead", "/escalate internal mark ~insiders")).Text.ShouldContain(
            "~insiders is internal now"
        );
        (await desk.Types("lead", "/escalate internal mark here", "closed")).Text.ShouldContain(
            "invite me there first"
        );
    }
}
