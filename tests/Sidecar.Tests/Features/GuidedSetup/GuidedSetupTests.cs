using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.GuidedSetup;

/// <summary>The set-up of an empty server with nothing but <c>/escalate setup</c> (SET-1, SET-2).</summary>
public sealed class GuidedSetupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Ages => [SimulatorOptions.Today, SimulatorOptions.OldEnd];

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task SET_1_SET_2_From_an_empty_server_to_the_first_Sev_1_and_the_first_check_in_with_one_command(
        string age
    )
    {
        await using var desk = await Empty(age);
        var typed = await desk.Types(Desk.Admin, "/escalate setup");
        typed.Text.ShouldStartWith("I have written to you by direct message");
        Done(desk).ShouldBe(0);
        List(desk).ShouldContain("**On duty**: Nobody: Sev 1 reminders go to the DE lead at once.");

        await Fill(
            desk,
            "Give roles",
            ("de-lead", "@lead"),
            ("cs-lead", "admin"),
            ("de", "@engineer @lead"),
            ("se", "@engineer"),
            ("ce", "@tam")
        );
        (await Holds(desk, "lead")).ShouldBe(
            [Role.DeploymentEngineer, Role.DeploymentEngineeringLead],
            ignoreOrder: true
        );
        IsDone(desk, "**Roles**");

        await Choose(desk, "Escalations for Customer Support and CRE");
        foreach (var use in Uses)
        {
            await Choose(desk, use);
        }

        IsDone(desk, "**Teams’ channels**");
        IsDone(desk, "**Updates of Sev 1**");
        IsDone(desk, "**Internal channels**");

        await Fill(desk, "Who is on duty", ("engineer", "engineer"), ("backup", "lead"));
        IsDone(desk, "**On duty**: @engineer, backed up by @lead.");
        desk.ToldTo("admin")
            .ShouldContain(t => t.Contains("backed up by @lead", StringComparison.Ordinal));

        await Fill(desk, "Add a customer", ("name", "Northern Bank"));
        await desk.Passes(TimeSpan.FromSeconds(15));
        IsDone(desk, "**Customers**: Northern Bank.");

        await Fill(
            desk,
            "Weekly meeting",
            ("when", "tue 14:00 Europe/Berlin"),
            ("channel", "staff")
        );
        await desk.Passes(TimeSpan.FromSeconds(15));
        IsDone(
            desk,
            "**Weekly meeting**: Tue 14:00 Europe/Berlin, its agenda 24 h before it in ~staff."
        );

        await Fill(
            desk,
            "Assign an engineer",
            ("customer", "Northern Bank"),
            ("why", "They migrate"),
            ("kind", "pre-sales"),
            ("ce", "tam"),
            ("engineer", "engineer")
        );
        await desk.Passes(TimeSpan.FromSeconds(15));
        IsDone(desk, "**Assigned engineer**: Northern Bank: @engineer.");
        IsDone(desk, "**First check-in**: Northern Bank:");

        await Fill(desk, "Move the check-in", ("weekly", "wed 10:00"));
        await desk.Passes(TimeSpan.FromSeconds(15));
        List(desk).ShouldContain("Wednesdays at 10:00");

        await Fill(
            desk,
            "Raise an escalation",
            ("customer", "Northern Bank"),
            ("severity", "Sev1"),
            ("summary", "Nobody can log in")
        );
        await desk.Passes(TimeSpan.FromSeconds(15));
        (await desk.Stored()).Severity.ShouldBe(Severity.Sev1);
        (await desk.Stored()).Incident!.Channel.ShouldNotBeNull();
        Done(desk).ShouldBe(10);
        Post(desk).FullAttachments.Single().Title.ShouldBe("Everything is set up");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task SET_2_An_empty_field_for_people_does_not_say_how_it_is_emptied()
    {
        await using var desk = await Empty(SimulatorOptions.OldEnd);
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, Post(desk), "Give roles");
        desk.Mattermost.OpenDialogOf(Desk.Admin)
            .ShouldNotBeNull()["de-lead"]
            .HelpText.ShouldBeEmpty();
    }

    private static readonly string[] Uses =
    [
        "Escalations for Deployment Engineering",
        "Escalations for the CSM and TAM",
        "Escalations for the TAM",
        "Escalations for Product Engineering",
        "Escalations for R&D",
        "Status updates of Sev 1",
        "Engineers with too much to do ask for help",
        "Internal: only our own people read it",
    ];

    [Fact]
    public async Task SET_1_Who_is_no_administrator_is_told_who_can()
    {
        await using var desk = await Desk.Open();
        var answer = await desk.Types("tam", "/escalate setup");
        answer.Text.ShouldContain("administrator");
        answer.Text.ShouldContain("@admin");
        desk.ToldTo("tam").ShouldBeEmpty();
    }

    [Fact]
    public async Task SET_1_Afterwards_it_shows_what_is_missing_and_only_the_last_list_has_buttons()
    {
        await using var desk = await Desk.Open();
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Types("lead", "/escalate duty @engineer");
        await desk.Types(Desk.Admin, "/escalate setup");
        var lists = desk.MessagesTo(Desk.Admin);
        lists.Count.ShouldBe(2);
        lists[0].Actions.ShouldBeEmpty();
        IsDone(desk, "**On duty**: @engineer, with nobody to back them up.");
        List(desk).ShouldContain(":white_large_square: **Internal channels**");
    }

    [Fact]
    public async Task SET_1_What_somebody_else_does_meanwhile_is_ticked_off_too()
    {
        await using var desk = await Desk.Open();
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Types("lead", "/escalate duty @engineer");
        List(desk).ShouldContain("**On duty**: Nobody");
        await desk.Passes(TimeSpan.FromSeconds(15));
        List(desk).ShouldContain("**On duty**: @engineer");

        await desk.Passes(TimeSpan.FromHours(1));
        await desk.Types("lead", "/escalate duty @lead");
        await desk.Passes(TimeSpan.FromHours(1));
        List(desk).ShouldContain("**On duty**: @engineer");
        await desk.Presses(Desk.Admin, Post(desk), "Look again");
        List(desk).ShouldContain("**On duty**: @lead");
    }

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task SET_2_A_wrong_name_gives_nobody_anything_and_loses_nothing(string age)
    {
        await using var desk = await Empty(age);
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, Post(desk), "Give roles");
        desk.Mattermost.As(Desk.Admin).OnPhone = true;
        var wrong = await desk.Submits(
            Desk.Admin,
            ("de-lead", "@lead"),
            ("se", "@engineer, @enginer")
        );
        wrong.FieldErrors["se"].ShouldContain("“enginer”");
        (await Holds(desk, "lead")).ShouldBeEmpty();
        desk.Mattermost.As(Desk.Admin).ShownIn("de-lead").ShouldBe("@lead");

        (await desk.Submits(Desk.Admin, ("se", "@engineer"))).Accepted.ShouldBeTrue();
        (await Holds(desk, "lead")).ShouldBe([Role.DeploymentEngineeringLead]);
        (await Holds(desk, "engineer")).ShouldBe([Role.SupportEngineer]);
    }

    [Fact]
    public async Task SET_2_Whom_a_command_refuses_is_named_and_the_others_have_theirs()
    {
        await using var desk = await Empty(SimulatorOptions.Today);
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, Post(desk), "Give roles");
        (
            await desk.Submits(Desk.Admin, ("de", (string[])["guest", "lead"]))
        ).Accepted.ShouldBeTrue();
        var said = desk.Mattermost.OpenDialogOf(Desk.Admin).ShouldNotBeNull().IntroductionText;
        said.ShouldContain("guest is a guest on this server: no role was given.");
        said.ShouldNotContain("Nothing was changed");
        (await Holds(desk, "guest")).ShouldBeEmpty();
        (await Holds(desk, "lead")).ShouldBe([Role.DeploymentEngineer]);
    }

    [Fact]
    public async Task M3_SET_2_Who_was_chosen_by_mistake_needs_no_tick_to_be_left_out()
    {
        await using var desk = await Empty(SimulatorOptions.Today);
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, Post(desk), "Give roles");
        desk.Mattermost.OpenDialogOf(Desk.Admin)!.Elements.ShouldAllBe(e => e.Type != "bool");
        var asked = await desk.Submits(
            Desk.Admin,
            ("de", (string[])["lead"]),
            ("se", (string[])["escalate"]),
            ("other_people", (string[])["tam"])
        );
        asked.FieldErrors["other_role"].ShouldContain("leave out who is chosen below");
        // What is emptied after an error comes back.
        (
            await desk.Submits(
                Desk.Admin,
                ("se", Array.Empty<string>()),
                ("other_people", Array.Empty<string>()),
                ("other_role", "no-other")
            )
        ).Accepted.ShouldBeTrue();
        (await Holds(desk, "lead")).ShouldBe([Role.DeploymentEngineer]);
        (await Holds(desk, "tam")).ShouldBeEmpty();
        (await Holds(desk, "escalate")).ShouldBeEmpty();
    }

    [Fact]
    public async Task SET_2_A_channel_that_the_bot_can_not_see_is_not_chosen()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddChannel("secret", type: "P", members: [Desk.Admin]);
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, Post(desk), "Choose a channel");
        var refused = await desk.Submits(Desk.Admin, ("channel", "secret"));
        refused.FieldErrors["channel"].ShouldContain("invite the bot");
    }

    [Fact]
    public async Task SET_2_M1_A_channel_that_was_chosen_meanwhile_is_not_replaced_without_a_word()
    {
        await using var desk = await Desk.Open();
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, Post(desk), "Choose a channel");
        await desk.Types("lead", "/escalate team channel rnd ~off-topic");
        (string, object?)[] answers = [("use", "team-rnd"), ("channel", Desk.Square)];
        (await desk.Submits(Desk.Admin, answers)).Error.ShouldContain("R&D: ~off-topic");
        (await desk.Types("lead", "/escalate team list")).Text.ShouldContain("~off-topic");
        (await desk.Submits(Desk.Admin, answers)).Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task SET_1_Who_is_administrator_no_more_can_press_nothing()
    {
        await using var desk = await Desk.Open();
        await desk.Grants("lead", Role.Administrator);
        await desk.Types("lead", "/escalate setup");
        var list = desk.MessagesTo("lead")[^1];
        await desk.Revokes("lead", Role.Administrator);
        var pressed = await desk.Presses("lead", list, "Who is on duty");
        pressed.Saw.Said.ShouldContain("you need the role **administrator**");
    }

    private static async Task<IEnumerable<Role>> Holds(Desk desk, string who) =>
        (await desk.Parts.GetRequiredService<RoleStore>().GrantedTo(desk.IdOf(who), Cancel)).Roles;

    internal static Post Post(Desk desk) =>
        desk.MessagesTo(Desk.Admin)
            .Last(p => p.Message.StartsWith(":compass:", StringComparison.Ordinal));

    internal static string List(Desk desk) =>
        Desk.AsRead(Post(desk).FullAttachments.Single().Text ?? "");

    private static int Done(Desk desk) =>
        List(desk)
            .Split('\n')
            .Where(line => line.StartsWith(":white_check_mark:", StringComparison.Ordinal))
            .Sum(line => line.Split("**: ").Length - 1);

    /// <summary>It stands in the line of what is done, which comes after all that is missing.</summary>
    internal static void IsDone(Desk desk, string step)
    {
        var lines = List(desk).Split('\n');
        var done = Array.FindIndex(
            lines,
            line => line.StartsWith(":white_check_mark:", StringComparison.Ordinal)
        );
        lines[done].ShouldContain(step);
        lines[(done + 1)..].ShouldHaveSingleItem().ShouldStartWith(":clock9:");
    }

    internal static async Task Fill(
        Desk desk,
        string button,
        params (string Field, object? Value)[] values
    )
    {
        var pressed = await desk.Presses(Desk.Admin, Post(desk), button);
        pressed.Saw.Error.ShouldBeEmpty(button);
        var outcome = await desk.Submits(Desk.Admin, values);
        outcome.Accepted.ShouldBeTrue(
            $"{button}: {outcome.Error} {string.Join(' ', outcome.FieldErrors)}"
        );
    }

    private static Task Choose(Desk desk, string use) =>
        Fill(
            desk,
            "Choose a channel",
            ("use", use),
            (
                "channel",
                use.StartsWith("Internal", StringComparison.Ordinal) ? "staff" : Desk.Square
            )
        );

    /// <summary>Nobody has a role, and there is no customer.</summary>
    [Fact]
    public async Task SET_1_Who_installed_it_is_told_what_works_and_what_is_left_once()
    {
        string? admin = null;
        await using var desk = await Desk.Open(
            given: (settings, _) =>
                settings with
                {
                    InstalledBy = admin is null ? null : new UserId(admin),
                }
        );
        desk.ToldTo(Desk.Admin).ShouldBeEmpty();
        admin = desk.IdOf(Desk.Admin).Value;
        // However often it is started.
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await desk.StopSidecar();
            await desk.StartSidecar();
            await desk.Settled();
        }

        desk.ToldTo(Desk.Admin)
            .ShouldHaveSingleItem()
            .ShouldStartWith(":compass: **Escalate is installed, and `/escalate` works.**");
        var list = desk.Mattermost.Posts(desk.Mattermost.DirectChannel("escalate", Desk.Admin).Id)[
            ^1
        ];
        (await desk.Presses(Desk.Admin, list, "Who is on duty")).ShouldNotBeNull();
        await desk.Submits(Desk.Admin, ("engineer", "engineer"), ("backup", "lead"));
        IsDone(desk, "**On duty**: @engineer, backed up by @lead.");
    }

    internal static async Task<Desk> Empty(string age)
    {
        var desk = await Desk.Open(new SimulatorOptions { ServerVersion = age });
        foreach (var person in (string[])["lead", "engineer", "tam", "product", "executive"])
        {
            await desk.Revokes(person, [.. Roles.All.Select(r => r.Role)]);
        }

        foreach (var key in (string[])["acme", "acme-labs"])
        {
            var read = (await desk.Store.Find(Customer.Kind, key, Cancel))!;
            await desk.Store.Commit(
                new Change(desk.Clock.GetUtcNow(), "test").Delete(Customer.Kind, read),
                Cancel
            );
        }

        desk.Mattermost.AddChannel("staff", members: [Desk.Admin, "escalate"]);
        return desk;
    }
}
