using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Assignments.Requests;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Rules.Forms;

/// <summary>What people do with fields that may be empty: leave them alone, empty them, change their mind after an error.</summary>
public sealed class EmptiedFieldTests
{
    public static TheoryData<string> Ages => [SimulatorOptions.Today, SimulatorOptions.OldEnd];

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task M1_An_owner_stays_until_another_is_chosen_or_nobody_is_ticked(string age)
    {
        await using var desk = await Owned(age);
        await desk.Types("tam", "/escalate customer edit acme owners");
        var form = desk.Mattermost.OpenDialogOf("tam")!;
        if (age == SimulatorOptions.Today)
        {
            desk.Mattermost.As("tam").ShownIn("ce").ShouldBe("@ce");
            form["ce"].HelpText.ShouldBe("Choose “–” for nobody.");
        }
        else
        {
            form["ce"].HelpText.ShouldBe("Now: @ce, unless you choose somebody else.");
            form["tam_none"].DisplayName.ShouldBe("TAM: nobody");
        }

        (
            await desk.Submits("tam", ("csm", "backup"), desk.Emptying("tam", "tam"))
        ).Closed.ShouldBeTrue();
        var acme = await desk.CustomerOf("acme");
        (acme.CustomerEngineer, acme.TechnicalAccountManager).ShouldBe((desk.IdOf("ce"), null));
        (acme.CustomerSuccessManager, acme.AccountExecutive).ShouldBe(
            (desk.IdOf("backup"), desk.IdOf("saleslead"))
        );
    }

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task M3_Each_optional_field_of_a_customer_is_emptied_with_a_word(string age)
    {
        await using var desk = await Owned(age);
        foreach (var (form, dash) in new[] { ("account", "-"), ("deployment", "none") })
        {
            await desk.Types("tam", $"/escalate customer edit acme {form}");
            var values = desk
                .Mattermost.OpenDialogOf("tam")!
                .Elements.Where(e => e.Optional)
                .Where(e => !e.Name.EndsWith("_none", StringComparison.Ordinal))
                .Select(e =>
                    e.Type switch
                    {
                        "bool" => (e.Name, (object?)false),
                        "text" or "textarea" => (e.Name, dash),
                        _ => desk.Emptying("tam", e.Name),
                    }
                )
                .ToList();
            (await desk.Submits("tam", [.. values])).Closed.ShouldBeTrue(form);
        }

        var acme = await desk.CustomerOf("acme");
        (acme.Phase, acme.Arr, acme.ContractOn, acme.TimeZone, acme.IsStrategic).ShouldBe(
            (null, null, null, null, false)
        );
        (acme.ProductionCompletedOn, acme.Deployment).ShouldBe((null, null));
        (acme.DeploymentMethod, acme.HostingProvider).ShouldBe((null, null));
        acme.CrmLink.ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task M3_After_an_error_that_asks_for_it_a_field_is_emptied_with_the_word_it_names(
        string age
    )
    {
        await using var desk = await Owned(age);
        await RequestDesk.Is(desk, "acme-labs", CustomerPhase.PreSales, isStrategic: false);
        await desk.Types("cslead", "/escalate engineer start acme-labs");
        var isToday = age == SimulatorOptions.Today;
        if (isToday)
        {
            // A prospect has no back-up, so that the form asks for one only while it may be a customer after the sale.
            await desk.Mattermost.As("cslead").FillIn(("kind", "post-sales"));
        }

        var first = await desk.Submits(
            "cslead",
            ("why", "They migrate"),
            ("engineer", "engineer"),
            ("backup", "backup"),
            ("ends_on", "2020-01-01"),
            ("kind", "pre-sales")
        );
        first
            .FieldErrors["ends_on"]
            .ShouldContain(
                $"{(isToday ? "Tick “none” below it" : "Write none")} for a long-term one."
            );
        first
            .FieldErrors["backup"]
            .ShouldContain(isToday ? "Choose “–”." : "Tick “nobody” below it.");
        (
            await desk.Submits(
                "cslead",
                desk.Emptying("cslead", "ends_on"),
                desk.Emptying("cslead", "backup")
            )
        ).Closed.ShouldBeTrue();
        var started = await GivenPair.Assignment(desk);
        (started.EndsOn, started.BackUp, started.CustomerEngineer).ShouldBe(
            (null, null, desk.IdOf("ce"))
        );
    }

    [Fact]
    public async Task M1_What_is_known_is_not_asked_again()
    {
        await using var desk = await Owned(SimulatorOptions.Today);
        await desk.Types("tam", "/escalate engineer request acme");
        desk.Mattermost.As("tam").ShownIn("ce").ShouldBe("@ce");
        (await desk.Submits("tam", ("why", "They grow"))).Closed.ShouldBeTrue();
        (await GivenPair.Assignment(desk)).CustomerEngineer.ShouldBe(desk.IdOf("ce"));
    }

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task M1_A_task_changes_hands_and_loses_its_time_only_when_that_is_said(string age)
    {
        await using var desk = await EveryForm.Prepared(
            new SimulatorOptions { ServerVersion = age }
        );
        await desk.Types("lead", "/escalate task ESC-1 2.4");
        (await desk.Submits("lead", desk.Emptying("lead", "due"))).Closed.ShouldBeTrue();
        var task = await Task("2.4");
        (task.Assignee, task.DueAt).ShouldBe((desk.IdOf("engineer"), null));

        await desk.Types("lead", "/escalate task ESC-1 2.4");
        (await desk.Submits("lead", ("assignee_none", true))).Closed.ShouldBeTrue();
        (await Task("2.4")).Assignee.ShouldBeNull();

        async Task<IncidentTask> Task(string number) =>
            (await desk.Stored()).Incident!.Find(TaskNumber.Read(number)!.Value)!;
    }

    [Fact]
    public async Task M1_What_is_linked_while_a_form_is_open_stays_and_what_is_emptied_goes()
    {
        await using var desk = await EveryForm.Prepared(new SimulatorOptions());
        await desk.Types("engineer", "/escalate resolve ESC-1 what solved it");
        await desk.Types("lead", "/escalate link ESC-1 pr https://code.test/7");
        (
            await desk.Submits("engineer", ("resolution", "Patched"), ("bug", "none"))
        ).Closed.ShouldBeTrue();
        var work = (await desk.Stored()).Work;
        (work.Bug, work.PullRequest, work.NeedsBackport).ShouldBe(
            ("", "https://code.test/7", true)
        );
    }

    [Fact]
    public async Task U10_Closing_asks_for_the_confirmation_that_is_missing_and_keeps_the_note()
    {
        await using var desk = await EveryForm.Prepared(new SimulatorOptions());
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        (await desk.Types("lead", "/escalate close ESC-1 All is well")).Text.ShouldBeEmpty();
        var form = desk.Mattermost.OpenDialogOf("lead")!;
        (form.Title, form["note"].Default).ShouldBe(("Close ESC-1", "All is well"));
        (await desk.Submits("lead", ("words", "Their director"))).Closed.ShouldBeTrue();
        var closed = await desk.Stored();
        (closed.State, closed.StateReason, closed.Confirmed!.Who).ShouldBe(
            (EscalationState.Closed, "All is well", "Their director")
        );
    }

    [Theory]
    [InlineData("request")]
    [InlineData("start")]
    public async Task U10_What_would_refuse_any_request_is_said_before_it_is_filled_in(string verb)
    {
        await using var desk = await Owned(SimulatorOptions.Today);
        await RequestDesk.Is(desk, "acme", CustomerPhase.PostSales, isStrategic: false);
        // Who may mark the customer does so in the form.
        await desk.Types("cslead", $"/escalate engineer {verb} acme");
        desk.Mattermost.OpenDialogOf("cslead")![RequestForm.Strategic]
            .HelpText.ShouldStartWith("Acme is not marked as strategic");
        var answer = await desk.Types("engineer", "/escalate engineer request acme");
        answer.Text.ShouldContain("Acme is not marked as strategic");
        desk.Mattermost.OpenDialogOf("engineer").ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task M3_Who_may_mark_a_customer_as_strategic_does_so_with_the_request(string age)
    {
        await using var desk = await Owned(age);
        await RequestDesk.Is(desk, "acme", CustomerPhase.PostSales, isStrategic: false);
        await desk.Types("tam", "/escalate engineer request");
        if (age == SimulatorOptions.Today)
        {
            desk.Mattermost.OpenDialogOf("tam")!
                .Elements.ShouldNotContain(e => e.Name == RequestForm.Strategic);
            await desk.Mattermost.As("tam").FillIn(("customer", "acme"));
            desk.Mattermost.OpenDialogOf("tam")!
                .IntroductionText.ShouldNotContain("not marked as strategic");
        }

        var first = await desk.Submits(
            "tam",
            ("customer", "acme"),
            ("why", "They grow"),
            ("kind", "post-sales"),
            ("ce", "ce")
        );
        first.FieldErrors.Keys.ShouldBe([RequestForm.Strategic]);
        (await desk.CustomerOf("acme")).IsStrategic.ShouldBeFalse();
        (await desk.Submits("tam", (RequestForm.Strategic, true))).Closed.ShouldBeTrue();
        (await desk.CustomerOf("acme")).IsStrategic.ShouldBeTrue();
        (await GivenPair.Assignment(desk)).Why.ShouldBe("They grow");
    }

    [Fact]
    public async Task M3_Who_may_not_mark_a_customer_keeps_the_form_until_somebody_did()
    {
        await using var desk = await Owned(SimulatorOptions.Today);
        await RequestDesk.Is(desk, "acme", CustomerPhase.PostSales, isStrategic: false);
        await desk.Types("engineer", "/escalate engineer request");
        await desk.Mattermost.As("engineer").FillIn(("customer", "acme"));
        var refused = await desk.Submits(
            "engineer",
            ("why", "They grow"),
            ("kind", "post-sales"),
            ("ce", "ce")
        );
        refused.FieldErrors["kind"].ShouldContain("Leave this form open");
        refused.FieldErrors["kind"].ShouldNotContain("only strategic customers");
        await RequestDesk.Is(desk, "acme", CustomerPhase.PostSales, isStrategic: true);
        (await desk.Submits("engineer")).Closed.ShouldBeTrue();
        (await GivenPair.Assignment(desk)).Why.ShouldBe("They grow");
    }

    private static async Task<Desk> Owned(string age)
    {
        var desk = await GivenPair.Open(options: new SimulatorOptions { ServerVersion = age });
        await FormDesk.FillsIn(desk, "acme");
        return desk;
    }
}
