using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Requests;

/// <summary>What the kind allows, what the customer is told, and the end (ASG-1, ASG-2, ASG-3).</summary>
public sealed class EndTests
{
    private const string Berlin = """{ "team": { "timeZone": "Europe/Berlin" } }""";

    [Fact]
    public async Task ASG_1_ASG_2_A_temporary_one_is_announced_and_ends_after_its_last_day_in_the_teams_zone()
    {
        await using var desk = await RequestDesk.Open(Berlin);
        // The clocks go forward on 2026-03-29: the day ends at 22:00 UTC, an hour earlier than those before it.
        await desk.Assigns("acme", "2026-03-29");
        await desk.Types(RequestDesk.CsLead, "/escalate engineer backup ASG-1 @backup");

        // Seven days before is a Sunday: its people hear of it on Monday at nine.
        var notice = new DateTimeOffset(2026, 3, 23, 8, 0, 0, TimeSpan.Zero);
        await desk.PassesTo(notice.AddMilliseconds(-1));
        Announced(desk, "engineer").ShouldBe(0);
        await desk.PassesTo(notice);
        foreach (
            var who in (string[])
                ["engineer", RequestDesk.BackUp, RequestDesk.Ce, "tam", RequestDesk.CsLead]
        )
        {
            Announced(desk, who).ShouldBe(1, who);
        }

        var over = new DateTimeOffset(2026, 3, 29, 22, 0, 0, TimeSpan.Zero);
        await desk.PassesTo(over.AddMilliseconds(-1));
        (await desk.Assignment()).ReviewOn.ShouldBeNull();
        (await desk.Assignment()).State.ShouldBe(AssignmentState.Active);
        (await desk.Types("tam", "/escalate engineer list")).Text.ShouldContain("(1 of 15 places)");
        await desk.PassesTo(over);
        (await desk.Assignment()).State.ShouldBe(AssignmentState.Ended);
        (await desk.Types("tam", "/escalate engineer list")).Text.ShouldContain("0 of 15");
        Over(desk, "engineer").ShouldBe(0);
        await desk.PassesTo(new DateTimeOffset(2026, 3, 30, 7, 0, 0, TimeSpan.Zero));
        foreach (
            var who in (string[])
                ["engineer", RequestDesk.BackUp, RequestDesk.Ce, "tam", RequestDesk.CsLead]
        )
        {
            Over(desk, who).ShouldBe(1, who);
        }

        await desk.Passes(TimeSpan.FromDays(30));
        (Announced(desk, "engineer"), Over(desk, "engineer")).ShouldBe((1, 1));
        desk.Problems().ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_1_ALL_5_What_came_due_while_the_process_was_down_is_caught_up_once()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Assigns("acme", "2026-03-20");
        await desk.PassesWhileDown(TimeSpan.FromDays(40));
        await desk.Passes(TimeSpan.FromDays(3));
        (await desk.Assignment()).State.ShouldBe(AssignmentState.Ended);
        (Announced(desk, "engineer"), Over(desk, "engineer")).ShouldBe((0, 1));
    }

    [Fact]
    public async Task ASG_1_A_temporary_request_that_nobody_approved_in_time_lapses()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Requests("acme", "2026-03-04");
        await desk.PassesTo(new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero));
        await desk.Types(RequestDesk.Sales, "/escalate engineer approve ASG-1");
        (await desk.Assignment()).Approvals.ShouldBeEmpty();
        await desk.PassesTo(new DateTimeOffset(2026, 3, 5, 9, 0, 0, TimeSpan.Zero));
        (await desk.Assignment()).State.ShouldBe(AssignmentState.Declined);
        desk.ToldTo("tam")[^1].ShouldContain("lapsed");
        await desk.Requests("acme");
    }

    [Fact]
    public async Task ASG_2_The_CS_lead_ends_one_with_a_reason_and_its_people_hear_it()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Requests();
        (
            await desk.Types(RequestDesk.CsLead, "/escalate engineer end ASG-1 why")
        ).Text.ShouldContain("still a request");
        await desk.Approve();
        await desk.Types(RequestDesk.CsLead, "/escalate engineer assign ASG-1 @engineer");
        (await desk.Types("engineer", "/escalate engineer end ASG-1 why")).Text.ShouldContain(
            "CS lead"
        );
        await desk.Types(RequestDesk.CsLead, "/escalate engineer end ASG-1");
        (await desk.Submits(RequestDesk.CsLead, ("why", "Migrated"))).Closed.ShouldBeTrue();
        foreach (var who in (string[])["engineer", RequestDesk.Ce, "tam"])
        {
            desk.ToldTo(who)[^1].ShouldContain("@cs-lead ended it: Migrated");
        }

        (
            await desk.Types(RequestDesk.CsLead, "/escalate engineer end ASG-1 again")
        ).Text.ShouldContain("is over");
        await desk.Passes(TimeSpan.FromDays(20));
        desk.ToldTo("engineer")
            .Count(t => t.Contains("Does Acme know", StringComparison.Ordinal))
            .ShouldBe(0);
        (await desk.Types("tam", "/escalate engineer list all")).Text.ShouldContain("| ended |");
    }

    [Fact]
    public async Task ASG_3_Before_the_sale_nothing_is_communicated_and_nobody_is_the_back_up()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Requests("acme-labs");
        await desk.Approve();
        (
            await desk.Types(
                RequestDesk.CsLead,
                "/escalate engineer assign ASG-1 @engineer @backup"
            )
        ).Text.ShouldContain("only post-sales strategic customers have a back-up");
        (
            await desk.Types(RequestDesk.CsLead, "/escalate engineer assign ASG-1 @tam")
        ).Text.ShouldContain("not a **support engineer**");
        (await desk.Assignment()).Engineer.ShouldBeNull();
        await desk.Types(RequestDesk.CsLead, "/escalate engineer assign ASG-1 @engineer");
        desk.ToldTo("engineer")
            .ShouldContain(m => m.Contains("the customer is never told", StringComparison.Ordinal));
        desk.MessagesTo("engineer")
            .Single(m => m.Message.Contains("never told", StringComparison.Ordinal))
            .Buttons()
            .ShouldBeEmpty();
        (
            await desk.Types("engineer", "/escalate engineer told ASG-1 Their head")
        ).Text.ShouldContain("never communicated");
        (
            await desk.Types(RequestDesk.CsLead, "/escalate engineer backup ASG-1 @backup")
        ).Text.ShouldContain("only post-sales");
        await desk.Passes(TimeSpan.FromDays(20));
        desk.ToldTo("engineer")
            .Count(t => t.Contains("know by now", StringComparison.Ordinal))
            .ShouldBe(0);
    }

    [Fact]
    public async Task ASG_3_A_strategic_customer_is_told_and_that_is_recorded()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Assigns();
        (await desk.Types("executive", "/escalate engineer told ASG-1 me")).Text.ShouldContain(
            "the CE"
        );
        (
            await desk.Types("engineer", "/escalate engineer told ASG-1 x on tomorrow")
        ).Text.ShouldContain("still to come");
        await desk.Types(
            "engineer",
            "/escalate engineer told ASG-1 Their head on call on yesterday"
        );
        var told = (await desk.Assignment()).Communicated!;
        (told.To, told.On).ShouldBe(("Their head on call", new DateOnly(2026, 3, 1)));
        await desk.Passes(TimeSpan.FromDays(20));
        desk.ToldTo("engineer")
            .Count(t => t.Contains("know by now", StringComparison.Ordinal))
            .ShouldBe(0);
    }

    [Fact]
    public async Task ASG_3_After_five_working_days_engineer_and_CE_are_reminded_once()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Assigns();
        var due = new DateTimeOffset(2026, 3, 9, 9, 0, 0, TimeSpan.Zero);
        await desk.PassesTo(due.AddMilliseconds(-1));
        Reminded(desk, "engineer").ShouldBe(0);
        await desk.PassesTo(due);
        Reminded(desk, "engineer").ShouldBe(1);
        Reminded(desk, RequestDesk.Ce).ShouldBe(1);
        await desk.Passes(TimeSpan.FromDays(30));
        Reminded(desk, "engineer").ShouldBe(1);
        await desk.Presses(RequestDesk.Ce, desk.LastTo(RequestDesk.Ce), "The customer was told");
        (await desk.Submits(RequestDesk.Ce, ("to", "Their head"))).Closed.ShouldBeTrue();
        (await desk.Assignment()).Communicated!.By.ShouldBe(desk.IdOf(RequestDesk.Ce));
    }

    [Fact]
    public async Task ASG_3_The_back_up_of_a_strategic_customer_is_named_changed_and_taken_off()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Assigns();
        (await desk.Types("tam", "/escalate engineer list")).Text.ShouldContain("needs one");
        (await desk.Types("tam", "/escalate engineer backup ASG-1 @backup")).Text.ShouldContain(
            "the assigned engineer"
        );
        (
            await desk.Types("engineer", "/escalate engineer backup ASG-1 @engineer")
        ).Text.ShouldContain("can’t be both");
        (await desk.Types("engineer", "/escalate engineer backup ASG-1")).Text.ShouldContain(
            "none"
        );
        await desk.Types("engineer", "/escalate engineer backup ASG-1 @backup");
        (await desk.Assignment()).BackUp.ShouldBe(desk.IdOf(RequestDesk.BackUp));
        desk.ToldTo(RequestDesk.BackUp)[^1].ShouldContain("made @backup the back-up");
        await desk.Types(RequestDesk.CsLead, "/escalate engineer backup ASG-1 none");
        (await desk.Assignment()).BackUp.ShouldBeNull();
        desk.ToldTo(RequestDesk.BackUp)[^1].ShouldContain("took @backup off");
    }

    private static int Reminded(Desk desk, string who) => Count(desk, who, "know by now");

    private static int Announced(Desk desk, string who) => Count(desk, who, "ends by itself");

    private static int Over(Desk desk, string who) => Count(desk, who, "Its place is free");

    private static int Count(Desk desk, string who, string what) =>
        desk.ToldTo(who).Count(t => t.Contains(what, StringComparison.Ordinal));
}
