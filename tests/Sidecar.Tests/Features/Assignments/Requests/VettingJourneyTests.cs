using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Requests;

/// <summary>From the request to the engineer, through the door (ASG-1, ASG-3).</summary>
public sealed class VettingJourneyTests
{
    [Fact]
    public async Task X4_Who_may_not_read_customers_gets_no_names_by_trying_letters()
    {
        await using var desk = await RequestDesk.Open();
        desk.Mattermost.AddUser("colleague");
        var commands = desk.Parts.GetRequiredService<RegisteredParts>().Commands;
        foreach (var command in commands)
        {
            foreach (var typed in (string[])["acm", "amce", "labs", "acmee lab"])
            {
                desk.Clock.Advance(TimeSpan.FromSeconds(2));
                (await desk.Types("colleague", $"/escalate {command.Spec.Path} {typed}"))
                    .Text.Split("You typed:")[0]
                    .ShouldNotContain("Acme", Case.Sensitive, $"{command.Spec.Path} {typed}");
            }
        }

        // A request is anybody's, and its form is the same whoever is meant: a customer, none, one that has one already.
        foreach (var typed in (string[])["amce", "acme", "Acme Labs"])
        {
            await desk.Types("colleague", $"/escalate engineer request {typed}");
            var form = desk.Mattermost.OpenDialogOf("colleague")!;
            form["customer"].Default.ShouldBe(typed);
            form["kind"].Default.ShouldBeEmpty();
            var sent = await desk.Submits(
                "colleague",
                ("why", "They grow"),
                ("kind", "post-sales"),
                ("ce", $"@{RequestDesk.Ce}")
            );
            sent.Closed.ShouldBeTrue();
            desk.Mattermost.EphemeralsOf("colleague")[^1]
                .Message.ShouldBe(
                    $"Your request for “{typed}” is handed in; you will hear by direct message what becomes of it."
                );
        }

        desk.ToldTo(RequestDesk.CsLead)
            .ShouldContain(t =>
                t.Contains("asks for an assigned engineer for “amce”", StringComparison.Ordinal)
                && t.Contains("Nothing was requested", StringComparison.Ordinal)
            );
        (await desk.Types("tam", "/escalate engineer request amce")).Text.ShouldContain("Acme");
    }

    [Fact]
    public async Task ASG_1_Anyone_requests_by_form_and_three_leads_approve_by_button()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Types("executive", "/escalate engineer request acme");
        var form = desk.Mattermost.OpenDialogOf("executive")!;
        form["customer"].Default.ShouldBe("Acme");
        form["kind"].Default.ShouldBe("post-sales");
        form["ce"].Default.ShouldBe($"@{RequestDesk.Ce}");
        (await desk.Submits("executive", ("why", "They grow @channel"))).Closed.ShouldBeTrue();

        desk.LastTo("executive").Message.ShouldContain("Your request");
        foreach (
            var (lead, label) in new[]
            {
                (RequestDesk.CeLead, "CE lead"),
                (RequestDesk.Sales, "sales lead"),
                (RequestDesk.CsLead, "CS lead"),
            }
        )
        {
            var message = desk.LastTo(lead);
            message.Buttons().ShouldBe(["Approve", "Decline"]);
            message.Field("How long").ShouldBe("long-term");
            (await desk.Presses(lead, message, "Approve")).Saw.Text.ShouldContain(
                $"@{lead} approved"
            );
        }

        var told = desk.ToldTo("executive");
        told[1]
            .ShouldContain(
                "Still to approve: **CS lead** (@cs-lead) and **sales lead** (@sales-lead)"
            );
        told[2].ShouldContain("Still to approve: **CS lead** (@cs-lead).");
        told[3].ShouldContain("all leads have approved it");
        (await desk.Assignment()).State.ShouldBe(AssignmentState.Approved);
        desk.ToldTo(RequestDesk.CsLead)[^1].ShouldContain("Slot 1 of 15");

        await desk.Presses(
            RequestDesk.CsLead,
            desk.LastTo(RequestDesk.CsLead),
            "Assign an engineer",
            "engineer"
        );
        (await desk.Submits(RequestDesk.CsLead)).Closed.ShouldBeTrue();
        var active = await desk.Assignment();
        active.State.ShouldBe(AssignmentState.Active);
        active.ReviewOn.ShouldBe(new DateOnly(2026, 9, 2));
        active.CheckIns.ShouldNotBeNull().Engineer.ShouldBe(desk.IdOf("engineer"));
        desk.ToldTo("engineer")[^2]
            .ShouldContain("You are the assigned support engineer of **Acme**");
        desk.ToldTo(RequestDesk.Ce)[^2].ShouldContain("you are the CE");
        desk.ToldTo("executive")[^1].ShouldContain("@engineer is the assigned support engineer");
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
        desk.Problems().ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_1_One_decline_with_its_reason_ends_it()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Requests();
        await desk.Types(RequestDesk.CeLead, "/escalate engineer approve ASG-1");
        await desk.Presses(RequestDesk.Sales, desk.LastTo(RequestDesk.Sales), "Decline");
        (await desk.Submits(RequestDesk.Sales, ("why", " "))).Closed.ShouldBeFalse();
        (await desk.Submits(RequestDesk.Sales, ("why", "No budget"))).Closed.ShouldBeTrue();

        (await desk.Assignment()).State.ShouldBe(AssignmentState.Declined);
        desk.ToldTo("tam")[^1]
            .ShouldContain("@sales-lead declined it as **sales lead**: No budget");
        (
            await desk.Types(RequestDesk.CsLead, "/escalate engineer approve ASG-1")
        ).Text.ShouldContain("not being vetted any more");
        await desk.Requests();
        (await desk.Assignment(2)).State.ShouldBe(AssignmentState.Requested);
    }

    [Fact]
    public async Task ASG_1_Who_has_several_roles_approves_for_all_and_each_role_once()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Grants(RequestDesk.Sales, Role.CustomerEngineeringLead);
        await desk.Requests();
        (
            await desk.Types(RequestDesk.Sales, "/escalate engineer approve ASG-1")
        ).Text.ShouldContain("as **CE lead** and **sales lead**");
        (
            await desk.Types(RequestDesk.Sales, "/escalate engineer approve ASG-1")
        ).Text.ShouldContain("each role approves once");
        (
            await desk.Types(RequestDesk.CeLead, "/escalate engineer approve ASG-1")
        ).Text.ShouldContain("@sales-lead has approved **ASG-1** as CE lead already");
        (await desk.Types("engineer", "/escalate engineer approve ASG-1")).Text.ShouldContain(
            "sales lead"
        );
        (await desk.Assignment()).Approvals.Length.ShouldBe(2);
    }

    [Fact]
    public async Task ASG_1_When_nobody_has_a_role_requester_and_administrators_hear_it()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Revokes(RequestDesk.Sales, Role.SalesLead);
        await desk.Requests();
        foreach (var who in (string[])["tam", Desk.Admin])
        {
            desk.ToldTo(who)[^1].ShouldContain("`/escalate role grant @user sales-lead`");
        }
    }

    [Fact]
    public async Task ASG_1_What_can_t_be_is_said_at_its_field_and_nothing_is_lost()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Knows("plain", "Plain", 60_000);
        await desk.Is("plain", CustomerPhase.PostSales, isStrategic: false);
        (string Customer, string Kind, string Day, string Field, string Says)[] wrong =
        [
            ("plain", "post-sales", "", "strategic", "is marked with the request"),
            ("acme", "pre-sales", "", "kind", "can’t be pre-sales"),
            ("acme-labs", "post-sales", "", "kind", "still a prospect"),
            ("nowhere", "pre-sales", "", "customer", "no customer “nowhere”"),
            ("acme", "post-sales", "1/2/26", "ends_on", "year first"),
            ("acme", "post-sales", "yesterday", "ends_on", "has passed"),
            ("acme", "post-sales", "2062-01-31", "ends_on", "more than 2 years"),
        ];
        await desk.Types("tam", "/escalate engineer request");
        desk.Mattermost.As("tam").OnPhone = true;
        foreach (var (customer, kind, day, field, says) in wrong)
        {
            var outcome = await desk.Submits(
                "tam",
                ("customer", customer),
                ("kind", kind),
                ("why", "They grow"),
                ("ends_on", day),
                ("ce", RequestDesk.Ce)
            );
            outcome.FieldErrors.Keys.ShouldBe([field], $"{customer} {kind} {day}");
            outcome.FieldErrors[field].ShouldContain(says);
        }

        (
            await desk.Submits(
                "tam",
                ("customer", "acme"),
                ("kind", "post-sales"),
                ("why", "They grow"),
                ("ends_on", "in 3 weeks"),
                ("ce", RequestDesk.Ce)
            )
        ).Closed.ShouldBeTrue();
        (await desk.Assignment()).EndsOn.ShouldBe(new DateOnly(2026, 3, 23));
    }

    [Fact]
    public async Task ASG_1_A_customer_has_one_at_a_time()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Types("executive", "/escalate engineer request acme");
        await desk.Requests();
        (await desk.Submits("executive", ("why", "Me too")))
            .FieldErrors["customer"]
            .ShouldContain("Acme has ASG-1 already");
        (await desk.Types("executive", "/escalate engineer request acme")).Text.ShouldContain(
            "**ASG-1**"
        );
        (await desk.Types("executive", "/escalate engineer withdraw ASG-1")).Text.ShouldContain(
            "who requested it"
        );
        (await desk.Types("tam", "/escalate engineer withdraw ASG-1")).Text.ShouldContain(
            "withdrawn"
        );
        (
            await desk.Types(RequestDesk.CsLead, "/escalate engineer approve ASG-1")
        ).Text.ShouldContain("is not being vetted any more: it was withdrawn by @tam.");
        await desk.Requests(by: "executive");
        (await desk.Types("guest", "/escalate engineer list")).Text.ShouldNotContain("Acme");
        (await desk.Types("guest", "/escalate engineer request acme")).Text.ShouldContain("guest");
    }

    [Fact]
    public async Task ASG_1_CS_leadership_starts_one_that_nobody_requested_on_the_record()
    {
        await using var desk = await RequestDesk.Open();
        (await desk.Types("lead", "/escalate engineer start acme")).Text.ShouldContain("CS lead");
        await desk.Types(RequestDesk.CsLead, "/escalate engineer start acme");
        var refused = await desk.Submits(
            RequestDesk.CsLead,
            ("why", "Worth it"),
            ("engineer", "tam")
        );
        refused.FieldErrors["engineer"].ShouldContain("not a **support engineer**");
        (
            await desk.Submits(
                RequestDesk.CsLead,
                ("why", "Worth it"),
                ("engineer", "engineer"),
                ("backup", RequestDesk.BackUp)
            )
        ).Closed.ShouldBeTrue();
        var started = await desk.Assignment();
        started.State.ShouldBe(AssignmentState.Active);
        started.IsUnrequested.ShouldBeTrue();
        desk.ToldTo(RequestDesk.BackUp)[^1].ShouldContain("You are the back-up of @engineer");
        (await desk.Types("tam", "/escalate engineer timeline ASG-1")).Text.ShouldContain(
            "without a request and without vetting"
        );
        (await desk.Types("tam", "/escalate engineer show acme")).Text.ShouldContain("Started by");
        (await desk.Types("tam", "/escalate engineer list")).Text.ShouldContain("(1 of 15 places)");
    }
}
