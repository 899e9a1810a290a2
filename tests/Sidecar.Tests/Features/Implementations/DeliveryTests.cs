using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Measures;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Implementations;

using static ImplementationDesk;

/// <summary>Handed in, collected, handed out (IMP-4 to IMP-7).</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task IMP_4_It_cannot_start_before_both_documents_are_linked()
    {
        await using var desk = await Open();
        await desk.Qualifies();
        (await desk.Types(Ie, "/escalate implementation start IMP-1")).Text.ShouldContain(
            "the technical design document and the completed discovery questionnaire are not linked. @ce can do that"
        );
        await desk.Presses(Ce, desk.Last(Ce), "Documents…");
        (
            await desk.Submits(Ce, ("design", "on my desk"), ("questionnaire", Questionnaire))
        ).FieldErrors.Keys.ShouldBe(["design"]);
        await desk.Fills(Ce, ("design", Design), ("questionnaire", "none"));
        (await desk.Types(Ie, "/escalate implementation start IMP-1")).Text.ShouldContain(
            "the completed discovery questionnaire is not linked"
        );
        (await desk.Implementation()).State.ShouldBe(ImplementationState.Qualified);
        await desk.Links();
        desk.Last(Ie).Message.ShouldContain("The hand-off can start.");
        await desk.Presses(Ie, desk.Last(Ie), "Start…");
        await desk.Fills(Ie);
        (await desk.Implementation()).State.ShouldBe(ImplementationState.Started);
        desk.Last(Ce).Message.ShouldContain("@ie started it.");
        desk.Last(Ce).Buttons().ShouldBe(["Dates…", "Requirement…"]);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task M1_IMP_4_It_starts_with_whom_its_form_named()
    {
        await using var desk = await Open();
        await desk.Qualifies();
        await desk.Links();
        await desk.Types(Ie, "/escalate implementation start IMP-1");
        await desk.Does(Lead, "people", 1, ("ie", Other));
        (await desk.Submits(Ie)).Error.ShouldContain($"It is handed off to @{Other}.");
        (await desk.Implementation()).State.ShouldBe(ImplementationState.Qualified);
        (await desk.Submits(Ie)).Closed.ShouldBeTrue();
        (await desk.Implementation()).Engineer.ShouldBe(desk.IdOf(Other));
        (await desk.Implementation()).State.ShouldBe(ImplementationState.Started);
    }

    /// <summary>Where no calendar is drawn, the day of a meeting is typed as people type it.</summary>
    [Fact]
    public async Task IMP_4_A_time_that_is_typed_beside_a_day_is_not_dropped_in_silence()
    {
        await using var desk = await Open(
            server: new SimulatorOptions { ServerVersion = SimulatorOptions.OldEnd }
        );
        await desk.Qualifies();
        await desk.Links();
        await desk.Does(Ie, "start", 1);
        await desk.Types(Ce, "/escalate implementation dates IMP-1");
        (await desk.Submits(Ce, ("internal_meeting", "2026-03-16 14:00")))
            .FieldErrors["internal_meeting"]
            .ShouldBe(
                "Only the day is kept here, and the time would be lost: write 2026-03-16 alone."
            );
        (await desk.Submits(Ce, ("internal_meeting", "16 March 2026"))).Closed.ShouldBeTrue();
        (await desk.Implementation()).Dates.InternalMeeting.ShouldBe(new DateOnly(2026, 3, 16));
    }

    [Fact]
    public async Task IMP_4_Meetings_are_planned_once_it_has_started_and_reminded_of_the_working_day_before()
    {
        await using var desk = await Open();
        await desk.Qualifies();
        await desk.Types(Ce, "/escalate implementation dates IMP-1");
        desk.Mattermost.OpenDialogOf(Ce)!
            .Elements.Select(e => e.Name)
            .ShouldBe(["contract", "contract_none", "target", "target_none"]);
        await desk.Links();
        await desk.Does(Ie, "start", 1);
        await desk.Does(
            Ce,
            "dates",
            1,
            // A Monday: its people hear of it on Friday.
            ("internal_meeting", "2026-03-16"),
            ("introduction", "2026-03-19")
        );
        desk.Last(Ie)
            .Message.ShouldContain(
                "@ce changed the plan: Internal meeting on Mon 2026-03-16 and Introduction on Thu 2026-03-19."
            );
        await desk.PassesTo(Day(3, 13).AddMilliseconds(-1));
        desk.Count(Ie, "internal meeting on").ShouldBe(0);
        await desk.PassesTo(Day(3, 13));
        desk.Count(Ie, "internal meeting on Mon 2026-03-16").ShouldBe(1);
        desk.Count(Ce, "internal meeting on Mon 2026-03-16").ShouldBe(1);
        // Moved, it is told anew, and the old day no more.
        await desk.Does(Ce, "dates", 1, ("introduction", "2026-03-26"));
        await desk.PassesTo(Day(4, 3));
        desk.Count(Ie, "introduction on Thu 2026-03-19").ShouldBe(0);
        desk.Count(Ie, "introduction on Thu 2026-03-26").ShouldBe(1);
    }

    [Fact]
    public async Task IMP_4_Dates_that_are_missing_are_asked_for_once()
    {
        await using var desk = await Open();
        await desk.Starts();
        await desk.PassesTo(Day(3, 9).AddMilliseconds(-1));
        desk.Count(Ce, "no date yet").ShouldBe(0);
        await desk.PassesTo(Day(3, 30));
        desk.Count(Ce, "Internal meeting, Introduction and Kick-off have no date yet").ShouldBe(1);
    }

    [Fact]
    public async Task IMP_4_The_wish_for_one_kick_off_is_shown()
    {
        await using var desk = await Open();
        await desk.Starts();
        await desk.Does(Ce, "dates", 1, ("kick_off", "2026-04-01"), ("partnership", "2026-04-03"));
        (await desk.Types(Ce, "/escalate show IMP-1")).Text.ShouldContain(
            "Kick-off and partnership kick-off are 2 days apart; ideally they are one meeting."
        );
        desk.Last(Ie).Message.ShouldContain("ideally they are one meeting");
        await desk.Does(Ce, "dates", 1, ("kick_off", "2026-04-03"));
        (await desk.Types(Ce, "/escalate show IMP-1")).Text.ShouldContain("are on the same day");
    }

    [Fact]
    public async Task IMP_5_The_eight_are_collected_skipped_and_reopened_with_who_and_why()
    {
        await using var desk = await Open();
        await desk.Starts();
        await desk.Types(Ie, "/escalate implementation requirement IMP-1");
        desk.Mattermost.OpenDialogOf(Ie)!
            .Elements.Single(e => e.Name == "requirement")
            .Options!.Count.ShouldBe(9);
        await desk.Fills(
            Ie,
            ("requirement", "Technical"),
            ("state", "Collected"),
            ("note", "https://docs.test/technical")
        );
        await desk.Types(Ie, "/escalate implementation requirement IMP-1");
        (
            await desk.Submits(Ie, ("requirement", "Progress"), ("state", "Skipped"))
        ).FieldErrors.Keys.ShouldBe(["note"]);
        await desk.Fills(Ie, ("note", "One call a week is enough"));
        var it = await desk.Implementation();
        it.OpenRequirements.Length.ShouldBe(6);
        var shown = (await desk.Types(Ce, "/escalate show IMP-1")).Text;
        shown.ShouldContain("✅ Technical requirements, @ie: https://docs.test/technical");
        shown.ShouldContain("⏩ Progress reporting expectations, @ie: One call a week is enough");
        // M1: collected again without a word about the link, it keeps the link; none removes it.
        await desk.Does(Ce, "requirement", 1, ("requirement", "Technical"), ("state", "Collected"));
        (await desk.Implementation())
            .Of(RequirementKind.Technical)!
            .Note.ShouldBe("https://docs.test/technical");
        await desk.Does(
            Ce,
            "requirement",
            1,
            ("requirement", "Technical"),
            ("state", "Collected"),
            ("note", "none")
        );
        (await desk.Implementation()).Of(RequirementKind.Technical)!.Note.ShouldBeEmpty();
        await desk.Does(Ce, "requirement", 1, ("requirement", "Technical"), ("state", "Open"));
        (await desk.Implementation()).OpenRequirements.Length.ShouldBe(7);
    }

    [Fact]
    public async Task IMP_5_Open_requirements_are_at_risk_and_reminded_of_before_the_contract()
    {
        await using var desk = await Open();
        await desk.Starts();
        await desk.Does(Ce, "dates", 1, ("contract", "2026-04-01"));
        await desk.PassesTo(Day(3, 17));
        (await desk.Types(Ce, "/escalate implementation list")).Text.ShouldNotContain("at risk");
        await desk.PassesTo(Day(3, 18));
        (await desk.Types(Ce, "/escalate implementation list")).Text.ShouldContain("at risk");
        (await desk.Types(Ce, "/escalate me")).Text.ShouldContain(
            "8 requirements are open, at risk"
        );
        desk.Count(Ie, "to be signed on Wed 2026-04-01, in 14 days, and 8 of 8").ShouldBe(1);
        desk.Count(Ce, "to be signed on Wed 2026-04-01, in 14 days, and 8 of 8").ShouldBe(1);
        await desk.PassesTo(Day(3, 31));
        desk.Count(Ie, "8 of 8 requirements are open").ShouldBe(3);
        desk.Count(Ie, "tomorrow").ShouldBe(1);
        foreach (var kind in Requirements.All)
        {
            await desk.Does(
                Ie,
                "requirement",
                1,
                ("requirement", kind.ToString()),
                ("state", "Collected")
            );
        }

        await desk.PassesTo(Day(4, 10));
        desk.Count(Ie, "8 of 8 requirements are open").ShouldBe(3);
        desk.MessagesTo(Ie)
            .Where(m => m.Message.Contains("8 of 8 requirements", StringComparison.Ordinal))
            .ShouldAllBe(m => m.Buttons().Count == 0);
    }

    [Fact]
    public async Task IMP_4_A_questionnaire_that_is_not_complete_is_kept_and_does_not_count()
    {
        await using var desk = await Open();
        await desk.Qualifies();
        await desk.Does(Ce, "documents", 1, ("design", Design), ("questionnaire", Questionnaire));
        var it = await desk.Implementation();
        it.HasDocuments.ShouldBeFalse();
        it.QuestionnaireBegun.ShouldBe(Questionnaire);
        (await desk.Types(Ce, "/escalate show IMP-1")).Text.ShouldContain(
            $"not complete yet: {Questionnaire}"
        );
        (await desk.Types(Ie, "/escalate implementation start IMP-1")).Text.ShouldContain(
            "the completed discovery questionnaire is not linked"
        );
        // It is in the form; a tick completes it.
        await desk.Does(Ce, "documents", 1, ("is_complete", true));
        it = await desk.Implementation();
        it.HasDocuments.ShouldBeTrue();
        it.QuestionnaireBegun.ShouldBeEmpty();
    }

    [Fact]
    public async Task IMP_4_Documents_that_are_missing_are_asked_for_each_week_of_work_some_times()
    {
        await using var desk = await Open();
        await desk.Qualifies();
        for (var week = 1; week <= 6; week++)
        {
            await desk.Passes(TimeSpan.FromDays(7));
            desk.Count(Ce, "It waits for the technical design document and the completed")
                .ShouldBe(Math.Min(week, 4));
        }

        desk.Count(Ie, "It waits for the technical design document").ShouldBe(2);
        await desk.Links();
        desk.Last(Ce).Buttons().ShouldBeEmpty();
    }

    [Fact]
    public async Task IMP_4_Who_leads_it_is_an_implementation_engineer()
    {
        await using var desk = await Open();
        await desk.Requests();
        await desk.Scores(Ie, 4);
        await desk.Types(Lead, "/escalate implementation decide IMP-1");
        (await desk.Submits(Lead, ("decision", "qualify"), ("ie", Ce)))
            .FieldErrors["ie"]
            .ShouldContain("role grant @name ie");
        await desk.Fills(Lead, ("ie", Other));
        (await desk.Implementation()).Engineer.ShouldBe(desk.IdOf(Other));
        await desk.Types(Ce, "/escalate implementation people IMP-1");
        (await desk.Submits(Ce, ("ie", Ta))).FieldErrors.Keys.ShouldBe(["ie"]);
        await desk.Fills(Ce, ("ie", Ie), ("ta", Ta));
        (await desk.Implementation()).Engineer.ShouldBe(desk.IdOf(Ie));
    }

    [Fact]
    public async Task IMP_5_All_that_are_open_are_dealt_with_at_once()
    {
        await using var desk = await Open();
        await desk.Starts();
        await desk.Does(
            Ce,
            "requirement",
            1,
            ("requirement", "Staffing"),
            ("state", "Skipped"),
            ("note", "One admin.")
        );
        await desk.Does(Ie, "requirement", 1, ("requirement", "open"), ("state", "Collected"));
        var it = await desk.Implementation();
        it.OpenRequirements.ShouldBeEmpty();
        it.Checklist.Count(r => r.State == RequirementState.Collected).ShouldBe(7);
        it.Of(RequirementKind.Staffing)!.State.ShouldBe(RequirementState.Skipped);
        (await desk.Types(Ce, "/escalate timeline IMP-1")).Text.ShouldContain(
            "@ie collected “technical requirements”,"
        );
    }

    [Fact]
    public async Task IMP_6_A_target_that_has_passed_is_none_and_one_that_moves_away_takes_the_TA_out_of_the_state()
    {
        await using var desk = await Open();
        await desk.Starts();
        await desk.Does(Ie, "people", 1, ("ta", Ta));
        await desk.Types(Ie, "/escalate implementation dates IMP-1");
        (await desk.Submits(Ie, ("target", "2026-02-01"))).Error.ShouldContain("has passed");
        await desk.Fills(Ie, ("target", "2026-03-12"));
        (await desk.Types(Ie, "/escalate show IMP-1")).Text.ShouldContain(
            "under way, the TA plans the onboarding"
        );
        await desk.Does(Ie, "dates", 1, ("target", "2026-06-30"));
        (await desk.Types(Ie, "/escalate show IMP-1")).Text.ShouldNotContain(
            "the TA plans the onboarding"
        );
    }

    [Fact]
    public async Task IMP_6_The_TA_is_pulled_in_three_weeks_before_the_date_and_joins_the_channel()
    {
        await using var desk = await Open();
        await desk.Starts();
        var own = (await desk.Implementation()).Channel!.Value;
        desk.Mattermost.MembersOf(own.Id.Value)
            .ShouldBe([Ie, Ce, Ae, "escalate"], ignoreOrder: true);
        await desk.Does(Ie, "people", 1, ("ta", Ta));
        await desk.Does(Ie, "dates", 1, ("target", "2026-05-05"));
        await desk.PassesTo(Day(4, 14).AddMilliseconds(-1));
        desk.Count(Ta, "plan the users’ onboarding").ShouldBe(0);
        desk.Mattermost.MembersOf(own.Id.Value).ShouldNotContain(Ta);
        await desk.PassesTo(Day(4, 14));
        desk.Count(Ta, "plan the users’ onboarding with @ie").ShouldBe(1);
        desk.Count(Ie, "@ta, the TA, is pulled in").ShouldBe(1);
        desk.Mattermost.MembersOf(own.Id.Value).ShouldContain(Ta);
        await desk.Passes(TimeSpan.FromDays(7));
        desk.Count(Ta, "onboarding").ShouldBe(1);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task IMP_6_The_reminder_moves_with_the_date_and_comes_at_once_when_it_is_near()
    {
        await using var desk = await Open();
        await desk.Starts();
        await desk.Does(Ie, "people", 1, ("ta", Ta));
        await desk.Does(Ie, "dates", 1, ("target", "2026-05-05"));
        await desk.Does(Ie, "dates", 1, ("target", "2026-05-19"));
        await desk.PassesTo(Day(4, 20));
        desk.Count(Ta, "onboarding").ShouldBe(0);
        // In two weeks: within the three.
        await desk.Does(Ie, "dates", 1, ("target", "2026-05-04"));
        desk.Count(Ta, "complete on Mon 2026-05-04. Please begin to plan").ShouldBe(1);
        // Farther away again: they stay, and are reminded when it is near.
        await desk.Does(Ie, "dates", 1, ("target", "2026-06-30"));
        desk.Last(Ta).Message.ShouldContain("moved from Mon 2026-05-04 to Tue 2026-06-30");
        await desk.PassesTo(Day(6, 9));
        desk.Count(Ta, "how does planning the onboarding go?").ShouldBe(1);
    }

    [Fact]
    public async Task IMP_6_Where_nobody_is_TA_the_IE_is_asked_and_whoever_is_named_comes_at_once()
    {
        await using var desk = await Open();
        await desk.Starts();
        await desk.Does(Ie, "dates", 1, ("target", "2026-03-12"));
        desk.Last(Ie).Message.ShouldContain("no TA is named");
        await desk.Presses(Ie, desk.Last(Ie), "People…");
        await desk.Fills(Ie, ("ta", Ta));
        desk.Count(Ta, "plan the users’ onboarding").ShouldBe(1);
        (await desk.Implementation()).PulledIn.ShouldBe(desk.IdOf(Ta));
        await desk.PassesTo(Day(3, 13));
        desk.Last(Ie).Message.ShouldContain("was to be complete on Thu 2026-03-12, and is not");
    }

    [Fact]
    public async Task IMP_6_ALL_5_What_came_due_while_the_process_was_down_is_caught_up_once()
    {
        await using var desk = await Open();
        await desk.Starts();
        await desk.Does(Ie, "people", 1, ("ta", Ta));
        await desk.Does(
            Ie,
            "dates",
            1,
            ("contract", "2026-04-10"),
            ("kick_off", "2026-03-20"),
            ("target", "2026-05-05")
        );
        await desk.PassesWhileDown(TimeSpan.FromDays(48));
        await desk.Passes(TimeSpan.FromDays(2));
        desk.Count(Ta, "plan the users’ onboarding").ShouldBe(1);
        // The contract's reminders are folded; a meeting that is over is not announced.
        desk.Count(Ie, "to be signed").ShouldBe(1);
        desk.Count(Ie, "kick-off on Fri").ShouldBe(0);
    }

    [Fact]
    public async Task IMP_7_MET_2_It_is_complete_only_with_documentation_and_then_adoption_counts()
    {
        await using var desk = await Open();
        await desk.Starts();
        await desk.Does(Ie, "people", 1, ("ta", Ta));
        await desk.PassesTo(Day(4, 30));
        await desk.Types(Ie, "/escalate implementation complete IMP-1");
        desk.Mattermost.OpenDialogOf(Ie)!
            .IntroductionText.ShouldContain(
                $"The adoption of Acme Labs counts from the day below.\nRecorded of the customer with it: Deployment method: Kubernetes on EKS, Design documents: {Design}."
            );
        var outcome = await desk.Submits(Ie, ("documentation", "in my head"), ("on", "2026-05-05"));
        outcome.FieldErrors.Keys.ShouldBe(
            ["documentation", "is_reachable", "on"],
            ignoreOrder: true
        );
        (
            await desk.Submits(Ie, ("documentation", Documentation), ("on", "2026-04-28"))
        ).FieldErrors.Keys.ShouldBe(["is_reachable"]);
        (await desk.Customer("acme-labs")).ProductionCompletedOn.ShouldBeNull();
        await desk.Fills(Ie, ("is_reachable", true));
        var customer = await desk.Customer("acme-labs");
        customer.ProductionCompletedOn.ShouldBe(new DateOnly(2026, 4, 28));
        (await desk.Types("tam", "/escalate customer timeline acme-labs")).Text.ShouldContain(
            "@ie changed"
        );
        foreach (var who in (string[])[Ta, Ce, Ae, Lead])
        {
            desk.Last(who)
                .Message.ShouldContain(
                    $"@ie completed the deployment on Tue 2026-04-28. Documentation for TA and Support: {Documentation}. Adoption counts from Tue 2026-04-28."
                );
        }

        (await desk.Implementation()).State.ShouldBe(ImplementationState.Completed);
        (await desk.Types(Ie, "/escalate implementation complete IMP-1")).Text.ShouldContain(
            "It is over."
        );
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void IMP_7_MET_2_A_migration_does_not_start_the_clock_again()
    {
        var (on, already) = (new DateOnly(2026, 4, 28), new DateOnly(2025, 1, 2));
        Of(ImplementationType.SelfHostedToCloud).CountsFrom(on, already).ShouldBe(already);
        Of(ImplementationType.SimpleToComplex).CountsFrom(on, null).ShouldBe(on);
        Of(ImplementationType.ProductionDeployment).CountsFrom(on, already).ShouldBe(on);
    }

    [Fact]
    public async Task IMP_7_Whoever_asked_withdraws_it_and_its_people_hear_why()
    {
        await using var desk = await Open();
        await desk.Qualifies();
        (await desk.Types("tam", "/escalate implementation withdraw IMP-1")).Text.ShouldContain(
            "its CE, its AE or who requested it"
        );
        await desk.Does(Ce, "withdraw", 1, ("why", "They chose cloud"));
        foreach (var who in (string[])[Ae, Ie, Lead])
        {
            desk.Last(who).Message.ShouldContain("@ce withdrew it: They chose cloud");
        }

        (await desk.Types(Ce, "/escalate implementation list")).Text.ShouldContain("None is open");
        (await desk.Types(Ce, "/escalate implementation list all")).Text.ShouldContain(
            "| withdrawn |"
        );
    }

    private static Implementation Of(ImplementationType type) =>
        new()
        {
            Id = new ImplementationId(1),
            Customer = new CustomerKey("acme"),
            CustomerName = "Acme",
            Type = type,
            RequestedBy = new("a"),
            RequestedAt = Desk.Morning,
            RequestedIn = new("c"),
        };
}
