using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Assignments;
using Sidecar.Features.Assignments.Domain;
using Sidecar.People;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>Forms that follow each other in one window; each is done when it is sent.</summary>
public sealed class DLG_2_StepsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DLG_2_The_set_up_goes_on_in_the_same_window_to_what_is_missing_next(
        bool byPlugin
    )
    {
        await using var desk = await Opened(byPlugin);
        await Presses(desk, "Give roles");
        var first = await desk.Submits(Desk.Admin, ("de-lead", (string[])["lead"]));
        first.Accepted.ShouldBeTrue();
        var channel = first.Next.ShouldNotBeNull();
        channel.Title.ShouldBe("Choose a channel");
        channel.IntroductionText.ShouldContain("The roles are given.");
        var admin = desk.Mattermost.As(Desk.Admin);

        // A mistake in a later form marks its field, loses nothing, and undoes nothing.
        desk.Mattermost.AddChannel("secret", type: "P", members: [Desk.Admin]);
        var refused = await desk.Submits(Desk.Admin, ("channel__2", "secret"));
        refused.FieldErrors["channel__2"].ShouldContain("invite the bot");
        (await desk.Types("lead", "/escalate me")).Text.ShouldNotBeEmpty();

        OpenedDialog? next = null;
        for (var at = 2; at < 20 && next?.Title != "Who is on duty?"; at++)
        {
            var step = await desk.Submits(Desk.Admin, ($"channel__{at}", Desk.Square));
            step.Accepted.ShouldBeTrue($"{step.Error} {string.Join(' ', step.FieldErrors)}");
            next = step.Next.ShouldNotBeNull();
        }

        // A list in a later form asks with a state of its own.
        var engineer = next!.Elements[0].Name;
        engineer.ShouldStartWith("engineer__");
        (await admin.OfferedIn(engineer, "engineer"))
            .Select(o => o.Value)
            .ShouldContain("@engineer");
        var last = await desk.Submits(Desk.Admin, (engineer, "@engineer"));
        last.Accepted.ShouldBeTrue($"{last.Error} {string.Join(' ', last.FieldErrors)}");
        (await desk.Types("tam", "/escalate team list")).Text.ShouldContain("@engineer");
        desk.Log.Errors.ShouldBeEmpty();
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task DLG_2_Rights_age_and_a_restart_are_looked_at_at_every_step()
    {
        await using var desk = await Opened();
        await Presses(desk, "Give roles");
        (await desk.Submits(Desk.Admin, ("de-lead", (string[])["lead"]))).Accepted.ShouldBeTrue();
        await desk.RestartSidecar();
        var admin = desk.Mattermost.As(Desk.Admin);
        admin.OpenDialog!.Title.ShouldBe("Choose a channel");

        desk.Mattermost.ChangeUser(Desk.Admin, u => u with { Roles = "system_user" });
        desk.Clock.Advance(TimeSpan.FromMinutes(10));
        var refused = await desk.Submits(Desk.Admin, ("channel__2", Desk.Square));
        refused.Error.ShouldContain("administrator");
        admin.ShownIn("channel__2").ShouldNotBeNull();
        desk.Mattermost.ChangeUser(Desk.Admin, u => u with { Roles = "system_user system_admin" });
        desk.Clock.Advance(TimeSpan.FromHours(25));
        (await desk.Submits(Desk.Admin)).Error.ShouldContain("opened more than a day ago");
    }

    [Fact]
    public async Task DLG_2_Leaving_a_later_form_undoes_nothing_and_older_servers_close_after_each()
    {
        await using (var desk = await Opened())
        {
            await Presses(desk, "Give roles");
            var step = await desk.Submits(Desk.Admin, ("de-lead", (string[])["lead"]));
            await desk.Mattermost.As(Desk.Admin).CancelDialog(step.Next!);
            (await desk.Types("lead", "/escalate role list")).Text.ShouldContain("lead");
        }

        await using var old = await Opened(age: SimulatorOptions.OldEnd);
        await Presses(old, "Give roles");
        (await old.Submits(Desk.Admin, ("de-lead", "@lead"))).Closed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(SimulatorOptions.Today)]
    [InlineData(SimulatorOptions.OldEnd)]
    public async Task DLG_2_Who_is_asked_about_several_customers_answers_them_in_one_window(
        string age
    )
    {
        await using var desk = await GivenPair.Open(
            options: new SimulatorOptions { ServerVersion = age }
        );
        await desk.Assigns(plan: GivenPair.Tuesdays);
        await desk.Assigns("acme-labs", number: 2, plan: GivenPair.Tuesdays);
        await desk.PassesTo(GivenPair.Berlin(3, 3, 15).AddMinutes(1));

        await desk.Types("engineer", "/escalate checkin acme");
        var first = await desk.Submits(
            "engineer",
            ("going_well", "Of Acme"),
            ("context", "Their network is slow")
        );
        if (age == SimulatorOptions.OldEnd)
        {
            first.Closed.ShouldBeTrue();
            return;
        }

        var next = first.Next.ShouldNotBeNull();
        next.Title.ShouldBe("Check-in ASG-2");
        next.IntroductionText.ShouldContain("are kept");
        var engineer = desk.Mattermost.As("engineer");
        next.Elements.Where(e => engineer.ShownIn(e.Name) is not (null or "" or false))
            .ShouldBeEmpty();

        // The client sends what was written about the other customer along.
        var second = await desk.Submits("engineer", ("goals__2", "Of Acme Labs"));
        second.Closed.ShouldBeTrue($"{second.Error} {string.Join(' ', second.FieldErrors)}");
        second.Sent.Keys.ShouldContain("going_well");
        (await Last(desk, 1)).ShouldBe(("Of Acme", "", "Their network is slow"));
        (await Last(desk, 2)).ShouldBe(("", "Of Acme Labs", ""));
    }

    private static async Task<(string Well, string Goals, string Context)> Last(
        Desk desk,
        long number
    )
    {
        var last = (await GivenPair.Assignment(desk, number)).LastCheckIn.ShouldNotBeNull();
        return (last.GoingWell, last.Goals, last.Context);
    }

    private static async Task<Desk> Opened(
        bool byPlugin = false,
        string age = SimulatorOptions.Today
    )
    {
        var desk = await Desk.Open(
            new SimulatorOptions { ServerVersion = age },
            byPlugin: byPlugin
        );
        await desk.Revokes("lead", [.. Roles.All.Select(r => r.Role)]);
        await desk.Types(Desk.Admin, "/escalate setup");
        return desk;
    }

    private static async Task Presses(Desk desk, string button) =>
        await desk.Presses(
            Desk.Admin,
            desk.MessagesTo(Desk.Admin)
                .Last(p => p.Message.StartsWith(":compass:", StringComparison.Ordinal)),
            button
        );
}
