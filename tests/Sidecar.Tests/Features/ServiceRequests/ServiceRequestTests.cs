using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.ServiceRequests;
using Sidecar.People;
using Sidecar.Tests.Features.Assignments.Requests;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.ServiceRequests;

/// <summary>From the statement of work to who maintains it, through the door (SRV-1 to SRV-3).</summary>
public sealed class ServiceRequestTests
{
    [Fact]
    public async Task SRV_1_A_CSM_prepares_what_is_delivered_by_whom_and_when()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Types(ServiceDesk.Csm, "/escalate service acme");
        desk.Mattermost.OpenDialogOf(ServiceDesk.Csm)!["customer"].Default.ShouldBe("Acme");
        (await desk.Answers(ServiceDesk.Csm, "engineer")).Closed.ShouldBeTrue();

        var card = desk.ServiceCard();
        Desk.AsRead(card.Message)
            .ShouldBe(":memo: **SRV-1** service request · Acme · prepared by @csm");
        card.Attachments[0].Title.ShouldBe(ServiceDesk.Title);
        card.Field("State").ShouldBe("awaiting sign-off");
        card.Field("Delivered by")!.ShouldContain("engineer");
        card.Field("When").ShouldBe("2026-03-09 to 2026-03-20");
        card.Field("Work").ShouldBe("4 days");
        card.Buttons().ShouldBe(["Record the sign-off", "Edit", "Cancel it"]);
        desk.LastTo("engineer").Message.ShouldContain("you deliver it 2026-03-09 to 2026-03-20");
        // What somebody else does is no button of theirs.
        desk.LastTo("engineer").Buttons().ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task SRV_1_Only_CSM_and_TAM_and_their_lead_prepare_one()
    {
        await using var desk = await ServiceDesk.Open();
        foreach (var who in (string[])["engineer", "lead", "executive"])
        {
            (await desk.Types(who, "/escalate service acme")).Text.ShouldContain(
                "customer success manager"
            );
            desk.Mattermost.OpenDialogOf(who).ShouldBeNull();
        }

        await desk.Prepares("tam");
        await desk.Prepares(ServiceDesk.CsLead);
    }

    [Theory]
    [InlineData("1", "Work of a day or less needs no service request")]
    [InlineData("0.5 days", "Work of a day or less needs no service request")]
    [InlineData("a few", "Write it in days")]
    [InlineData("1000", "more than 400 days")]
    public async Task SRV_1_It_is_for_work_of_more_than_a_day(string days, string problem)
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Types(ServiceDesk.Csm, "/escalate service acme");
        var refused = await desk.Answers(ServiceDesk.Csm, "engineer", ("days", days));
        refused.FieldErrors["days"].ShouldContain(problem);
        // What else was typed is still there.
        (await desk.Submits(ServiceDesk.Csm, ("days", "1.5"))).Closed.ShouldBeTrue();
        (await desk.Service()).Sow.Days.ShouldBe(1.5m);
    }

    [Fact]
    public async Task SRV_1_It_is_for_customers_above_the_ARR_line_and_says_no_without_an_amount()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Knows("small", "Small", 50_000);
        await desk.Knows("unknown", "Unknown", null);
        await desk.Hires(RequestDesk.Ce, Role.CustomerEngineer);
        await RequestDesk.Is(desk, "acme-labs", CustomerPhase.PreSales, isStrategic: false);

        (await desk.Types(ServiceDesk.Csm, "/escalate service small")).Text.ShouldContain(
            "not among the customers for whom one-off work is done"
        );
        (await desk.Types(ServiceDesk.Csm, "/escalate service unknown")).Text.ShouldContain(
            "Nobody has recorded the ARR of Unknown"
        );
        (await desk.Types(ServiceDesk.Csm, "/escalate service acme-labs")).Text.ShouldContain(
            "still a prospect"
        );
        await desk.Types(ServiceDesk.Csm, "/escalate service");
        var refused = await desk.Answers(ServiceDesk.Csm, "engineer", ("customer", "small"));
        refused.FieldErrors["customer"].ShouldContain("not among the customers");
        refused.FieldErrors["customer"].ShouldNotContain("50");
        (await desk.Submits(ServiceDesk.Csm, ("customer", "acme"))).Closed.ShouldBeTrue();
    }

    [Fact]
    public async Task SRV_1_The_line_is_a_setting()
    {
        await using var desk = await ServiceDesk.Open(
            """{ "customers": { "countsFromArrAbove": 100000 } }"""
        );
        await desk.Prepares(customer: "acme");
        (await desk.Types(ServiceDesk.Csm, "/escalate service acme-labs")).Text.ShouldContain(
            "not among the customers"
        );
    }

    [Fact]
    public async Task SRV_1_Where_nobody_is_named_a_lead_is_asked_and_nobody_signs_off()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares(engineer: null);
        desk.LastTo("lead").Message.ShouldContain("Who delivers **SRV-1** for Acme?");
        desk.LastTo("lead").Buttons().ShouldBe(["Edit"]);
        (
            await desk.Types(ServiceDesk.Csm, "/escalate service signed SRV-1 verbally by Ann")
        ).Text.ShouldContain("does not say who delivers it");

        await desk.Presses("lead", desk.LastTo("lead"), "Edit");
        (await desk.Submits("lead", ("by", "engineer"))).Closed.ShouldBeTrue();
        (await desk.Service()).Sow.By.ShouldBe(desk.IdOf("engineer"));
        desk.LastTo("engineer").Message.ShouldContain("You deliver **SRV-1** for Acme");
        (await desk.Types("lead", "/escalate me")).Text.ShouldNotContain("SRV-1");
    }

    [Fact]
    public async Task SRV_2_The_work_does_not_begin_before_the_customer_has_signed_off()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        var refused = await desk.Types("engineer", "/escalate service start SRV-1");
        refused.Text.ShouldContain("is not signed off by Acme yet");
        refused.Text.ShouldContain("nothing was changed");
        (await desk.Service()).State.ShouldBe(ServiceState.AwaitingSignOff);
        (await desk.Types("engineer", "/escalate service deliver SRV-1 all")).Text.ShouldContain(
            "is not signed off"
        );
        desk.Thread(desk.ServiceCard()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("verbally by their CTO on yesterday", SaidHow.Verbally, "their CTO", 1)]
    [InlineData("in writing by Ann Example", SaidHow.InWriting, "Ann Example", 2)]
    [InlineData("written, Ann, head of IT", SaidHow.InWriting, "Ann, head of IT", 2)]
    [InlineData("verbal Ann on 2026-02-27", SaidHow.Verbally, "Ann", 27)]
    internal async Task SRV_2_The_sign_off_is_recorded_with_how_who_and_when(
        string typed,
        SaidHow how,
        string who,
        int day
    )
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        (
            await desk.Types(ServiceDesk.Csm, $"/escalate service signed SRV-1 {typed}")
        ).Text.ShouldContain("Next: @engineer begins");
        var signed = (await desk.Service()).SignOff!;
        (signed.How, signed.Who, signed.On.Day).ShouldBe((how, who, day));
        signed.RecordedBy.ShouldBe(desk.IdOf(ServiceDesk.Csm));
        desk.LastTo("engineer").Message.ShouldContain("you can begin");
        desk.Thread(desk.ServiceCard()).Single().ShouldStartWith("@csm recorded the sign-off");
    }

    [Fact]
    public async Task SRV_2_By_button_a_form_asks_for_what_is_missing_and_keeps_what_was_typed()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Types(ServiceDesk.Csm, "/escalate service signed SRV-1 their CTO");
        var form = desk.Mattermost.OpenDialogOf(ServiceDesk.Csm)!;
        form["who"].Default.ShouldBe("their CTO");
        form.IntroductionText.ShouldContain("Verbally, or in writing?");
        form.IntroductionText.ShouldContain("2026-03-09 to 2026-03-20");
        (await desk.Submits(ServiceDesk.Csm, ("how", "verbally"))).Closed.ShouldBeTrue();

        await desk.Presses("engineer", desk.ServiceCard(), "Begin the work");
        (await desk.Service()).State.ShouldBe(ServiceState.InProgress);
        (await desk.Types("lead", "/escalate service start SRV-1")).Text.ShouldContain(
            "@engineer was first"
        );
    }

    [Fact]
    public async Task SRV_2_A_scope_that_changes_is_signed_off_anew()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.SignedOff);
        await desk.Presses(ServiceDesk.Csm, desk.ServiceCard(), "Edit");
        await desk.Submits(ServiceDesk.Csm, ("due_on", "2026-03-27"));
        (await desk.Service()).State.ShouldBe(ServiceState.AwaitingSignOff);
        desk.Thread(desk.ServiceCard())[^1].ShouldContain("they sign off again");
        // The engineer's message that they can begin is settled by it.
        desk.MessagesTo("engineer").ShouldNotContain(p => p.Buttons().Contains("Begin the work"));

        await desk.Reaches(ServiceState.InProgress);
        await desk.Types("engineer", "/escalate service edit SRV-1");
        await desk.Submits("engineer", ("delivers", "More than before"));
        var changed = await desk.Service();
        (changed.State, changed.SignOff).ShouldBe((ServiceState.InProgress, null));
        (await desk.Types("engineer", "/escalate service deliver SRV-1 all")).Text.ShouldContain(
            "has changed since Acme signed it off"
        );
        await desk.Types(ServiceDesk.Csm, "/escalate service signed SRV-1 verbally by Ann");
        await desk.Reaches(ServiceState.Delivered);
    }

    [Fact]
    public async Task SRV_2_A_change_that_the_customer_has_agreed_to_keeps_the_sign_off()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.InProgress);
        await desk.Types("engineer", "/escalate service edit SRV-1");
        await desk.Submits(
            "engineer",
            ("due_on", "2026-03-27"),
            ("agreed", "Their CTO"),
            ("how", "in-writing")
        );
        var changed = await desk.Service();
        changed.State.ShouldBe(ServiceState.InProgress);
        (changed.SignOff!.Who, changed.SignOff.How).ShouldBe(("Their CTO", SaidHow.InWriting));
        desk.Thread(desk.ServiceCard())[^1].ShouldContain("Agreed with the customer: Their CTO");
    }

    [Fact]
    public async Task M1_SRV_3_Whoever_records_the_acceptance_has_read_of_what_is_accepted()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.Delivered);
        await desk.Types(ServiceDesk.Csm, "/escalate service accept SRV-1");
        await desk.Types("tam", "/escalate service return SRV-1 It does not run");
        await desk.Passes(TimeSpan.FromMinutes(1));
        await desk.Types("engineer", "/escalate service deliver SRV-1 Another script");
        (await desk.Submits(ServiceDesk.Csm, ("who", "Their CTO"))).Error.ShouldContain(
            "Delivered: Another script"
        );
        (await desk.Service()).State.ShouldBe(ServiceState.Delivered);
        await desk.Types(ServiceDesk.Csm, "/escalate service accept SRV-1");
        (await desk.Submits(ServiceDesk.Csm, ("who", "Their CTO"))).Closed.ShouldBeTrue();
        (await desk.Service()).State.ShouldBe(ServiceState.Accepted);
    }

    [Fact]
    public async Task SRV_2_Whoever_records_the_sign_off_has_read_what_is_signed()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Presses(ServiceDesk.Csm, desk.ServiceCard(), "Record the sign-off");
        await desk.Types("tam", "/escalate service edit SRV-1");
        await desk.Submits("tam", ("delivers", "Something else"));
        var refused = await desk.Submits(
            ServiceDesk.Csm,
            ("how", "verbally"),
            ("who", "Their CTO")
        );
        refused.Error.ShouldContain("of work: Something else");
        (await desk.Service()).SignOff.ShouldBeNull();
    }

    [Fact]
    public async Task SRV_3_At_completion_it_is_decided_who_maintains_it_and_it_is_listed()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.Accepted);
        desk.LastTo("engineer").Message.ShouldContain("does it need maintenance");
        await desk.Presses("engineer", desk.LastTo("engineer"), "Complete it");
        (await desk.Submits("engineer", ("maintainer", "vendor")))
            .FieldErrors["who"]
            .ShouldBe("Which vendor?");
        (
            await desk.Submits(
                "engineer",
                ("maintainer", "vendor"),
                ("who", "Example Consulting"),
                ("text", "An update each year")
            )
        ).Closed.ShouldBeTrue();
        (await desk.Service()).Maintenance!.DecidedBy.ShouldBe(desk.IdOf("engineer"));
        desk.ServiceCard()
            .Field("Maintenance")
            .ShouldBe("a vendor (Example Consulting): An update each year");

        (await desk.Types("executive", "/escalate service maintained")).Text.ShouldContain(
            "| a vendor (Example Consulting) | Acme | Tickets into channels | An update each year |"
        );
        (
            await desk.Types("lead", "/escalate service complete SRV-1 rnd each release")
        ).Text.ShouldContain("was a vendor (Example Consulting)");
        (await desk.Types("lead", "/escalate service maintained")).Text.ShouldContain(
            "| R&D | Acme |"
        );
        await desk.Types("lead", "/escalate service complete SRV-1 none");
        (await desk.Types("lead", "/escalate service maintained")).Text.ShouldContain(
            "needs maintenance. Whoever completes one"
        );
    }

    [Fact]
    public async Task SRV_3_Most_need_no_maintenance_and_that_is_one_word()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.Completed);
        desk.Thread(desk.ServiceCard())[^1]
            .ShouldBe("@engineer completed it. Maintenance: none needed.");
        desk.ServiceCard().Buttons().ShouldBeEmpty();
        (await desk.Types("tam", "/escalate service list")).Text.ShouldContain("under way");
        (await desk.Types("tam", "/escalate service list all")).Text.ShouldContain("SRV-1");
    }

    [Fact]
    public async Task What_the_customer_does_not_accept_goes_back_to_work()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.Delivered);
        var asked = desk.LastTo(ServiceDesk.Csm);
        asked.Message.ShouldContain("Ask them whether it is what was agreed");
        asked.Buttons().ShouldBe(["The customer accepts it", "Not yet"]);
        await desk.Presses(ServiceDesk.Csm, asked, "Not yet");
        await desk.Submits(ServiceDesk.Csm, ("text", "The manual is missing"));
        (await desk.Service()).State.ShouldBe(ServiceState.InProgress);
        desk.LastTo("engineer").Message.ShouldContain("does not accept **SRV-1** yet");
        await desk.Reaches(ServiceState.Accepted);
        (await desk.Service()).Acceptance!.Who.ShouldBe("Their CTO");
    }

    [Fact]
    public async Task ESC_7_The_thread_is_told_once_for_each_change_and_the_timeline_has_all()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.Completed);
        desk.Thread(desk.ServiceCard()).Count.ShouldBe(5);
        (await desk.ServiceFacts()).Count.ShouldBe(6);
        var timeline = (await desk.Types("tam", "/escalate timeline SRV-1")).Text;
        timeline.ShouldContain("#### Timeline of SRV-1 · Acme");
        timeline.ShouldContain("prepared the statement of work for Acme");
        timeline.ShouldContain("recorded that the customer accepts it: Their CTO");
        (await desk.Types("tam", "/escalate show srv 1")).Text.ShouldContain("SRV-1");
        (await desk.Types("tam", "/escalate show SRV-2")).Text.ShouldContain("There is no SRV-2");
    }

    [Fact]
    public async Task ALL_3_Each_move_says_who_could()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        foreach (
            var line in (string[])["signed SRV-1 verbally by Ann", "edit SRV-1", "cancel SRV-1 no"]
        )
        {
            (await desk.Types("executive", $"/escalate service {line}")).Text.ShouldStartWith(
                "To "
            );
        }

        await desk.Reaches(ServiceState.SignedOff);
        (await desk.Types(ServiceDesk.Csm, "/escalate service start SRV-1")).Text.ShouldContain(
            "deployment engineer"
        );
        (await desk.Types("guest", "/escalate service list")).Text.ShouldNotContain("Acme");
        (await desk.Types("guest", "/escalate show SRV-1")).Text.ShouldNotContain("Acme");
        (await desk.Service()).State.ShouldBe(ServiceState.SignedOff);
    }

    [Fact]
    public async Task WEEK_2_MET_5_It_is_among_what_is_theirs_found_and_counted()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        (await desk.Types(ServiceDesk.Csm, "/escalate me")).Text.ShouldContain(
            "service signed SRV-1"
        );
        await desk.Reaches(ServiceState.SignedOff);
        (await desk.Types("engineer", "/escalate me")).Text.ShouldContain("service start SRV-1");
        await desk.Reaches(ServiceState.InProgress);
        (await desk.Types("engineer", "/escalate me")).Text.ShouldContain("service deliver SRV-1");
        (await desk.Types("lead", "/escalate load")).Text.ShouldContain("| 1 service request |");
        (await desk.Types("tam", "/escalate find tickets manual")).Text.ShouldContain(
            "| **SRV-1** | Acme |"
        );
        (await desk.Types("engineer", "/escalate service list mine")).Text.ShouldContain("SRV-1");
        await desk.Types("lead", "/escalate export services");
        desk.LastTo("lead").Message.ShouldContain("Here is a file with all service requests");
    }

    [Fact]
    public async Task P2_Of_what_somebody_delivered_who_is_gone_the_lead_hears()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.SignedOff);
        desk.Mattermost.SetActive("engineer", false);
        await desk.PassesTo(Desk.Morning.AddDays(7).AddHours(1));
        desk.ToldTo("lead").ShouldContain(m => m.Contains("**SRV-1** Acme"));
    }

    [Fact]
    public async Task A_custom_solution_becomes_one_and_both_know_of_each_other()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Files(
            "tam",
            "acme",
            Vocabulary.Categories.Code(Category.CustomSolution),
            "Bridge"
        );
        await desk.Types("engineer", "/escalate ack ESC-1");
        (
            await desk.Presses("engineer", desk.CardOf(1), "Make it a service request")
        ).Saw.Said.ShouldContain("technical account manager");

        await desk.Presses(ServiceDesk.Csm, desk.CardOf(1), "Make it a service request");
        var form = desk.Mattermost.OpenDialogOf(ServiceDesk.Csm)!;
        form["title"].Default.ShouldBe("Bridge");
        form["by"].Default.ShouldBe(desk.IdOf("engineer").Value);
        (
            await desk.Answers(ServiceDesk.Csm, "engineer", ("title", "Bridge"))
        ).Closed.ShouldBeTrue();

        var escalation = await desk.Stored();
        (escalation.State, escalation.GoesOnAs).ShouldBe((EscalationState.Closed, "SRV-1"));
        desk.CardOf(1).Field("Continues as")!.ShouldContain("SRV-1");
        desk.CardOf(1).Buttons().ShouldNotContain("Make it a service request");
        desk.ServiceCard().Field("Was")!.ShouldContain("ESC-1");
        (await desk.Types("tam", "/escalate service from ESC-1")).Text.ShouldContain(
            "goes on as **SRV-1** already"
        );
        await desk.Passes(TimeSpan.FromDays(4));
        desk.ToldTo("engineer").ShouldNotContain(m => m.Contains("Are you still on it"));

        await desk.Reaches(ServiceState.Completed);
        desk.Thread(desk.CardOf(1))[^1].ShouldContain("It went on as **SRV-1**");
    }

    [Fact]
    public async Task Only_a_custom_solution_becomes_one()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        (await desk.Types("tam", "/escalate service from ESC-1")).Text.ShouldContain(
            "edit ESC-1 category custom"
        );
        await desk.Types("tam", "/escalate edit ESC-1 category custom");
        (await desk.Types("tam", "/escalate service from ESC-1")).Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task M1_An_untouched_form_changes_nothing()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.SignedOff);
        var before = await desk.Service();
        await desk.Types(ServiceDesk.Csm, "/escalate service edit SRV-1");
        (await desk.Submits(ServiceDesk.Csm)).Error.ShouldStartWith("Nothing was changed.");
        var after = await desk.Service();
        (after.Sow, after.SignOff, after.State).ShouldBe(
            (before.Sow, before.SignOff, before.State)
        );
        (await desk.ServiceFacts()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task M1_What_others_changed_while_a_form_was_open_stays()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Types(ServiceDesk.Csm, "/escalate service edit SRV-1");
        await desk.Types("tam", "/escalate service edit SRV-1");
        (await desk.Submits("tam", ("days", "7"), ("title", "Tickets"))).Closed.ShouldBeTrue();

        var refused = await desk.Submits(
            ServiceDesk.Csm,
            ("title", "Their tickets"),
            ("due_on", "2026-03-27")
        );
        refused
            .FieldErrors["title"]
            .ShouldStartWith("While this form was open somebody changed this to “Tickets”.");
        // Theirs is taken over, and the rest is saved upon what is there now.
        (await desk.Submits(ServiceDesk.Csm, ("title", "Tickets"))).Closed.ShouldBeTrue();
        var sow = (await desk.Service()).Sow;
        (sow.Title, sow.Days, sow.DueOn).ShouldBe(("Tickets", 7m, new DateOnly(2026, 3, 27)));
    }

    [Fact]
    public async Task SRV_2_M1_An_edit_does_not_take_away_a_sign_off_that_it_has_not_seen()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Types("tam", "/escalate service edit SRV-1");
        await desk.Types(ServiceDesk.Csm, "/escalate service signed SRV-1 verbally by Their CTO");
        (await desk.Submits("tam", ("title", "Tickets"))).Error.ShouldContain(
            "Acme has signed it off (Their CTO"
        );
        (await desk.Service()).State.ShouldBe(ServiceState.SignedOff);
    }
}
