using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.ServiceRequests;
using Sidecar.Tests.Features.Assignments.Requests;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.ServiceRequests;

/// <summary>Deadlines of service requests, with their reminders: each once, at work (SRV-2, SRV-3, WEEK-3).</summary>
public sealed class ServiceReminderTests
{
    [Fact]
    public async Task SRV_2_Whoever_prepared_it_is_reminded_of_the_sign_off()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares(otherwise: ("starts_on", ""));
        await desk.PassesTo(Day(9, 8));
        desk.ToldTo(ServiceDesk.Csm).ShouldBeEmpty();
        await desk.PassesTo(Day(9, 9));
        desk.ToldTo(ServiceDesk.Csm)
            .Single()
            .ShouldContain("Nobody has recorded yet that Acme has signed **SRV-1** off");
        desk.LastTo(ServiceDesk.Csm).Buttons()[0].ShouldBe("Record the sign-off");
        await desk.PassesTo(Day(13, 12));
        desk.ToldTo(ServiceDesk.Csm).Count.ShouldBe(1);

        // Signed off by command, the message has no question any more.
        await desk.Reaches(ServiceState.SignedOff);
        desk.LastTo(ServiceDesk.Csm).Buttons().ShouldBeEmpty();
    }

    [Fact]
    public async Task SRV_2_The_day_on_which_it_should_begin_unsigned()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares(otherwise: ("starts_on", "2026-03-05"));
        await desk.PassesTo(Day(5, 9));
        desk.ToldTo(ServiceDesk.Csm)
            .Single()
            .ShouldContain("was to begin today, and is not signed off");
    }

    [Fact]
    public async Task Whoever_delivers_it_is_reminded_to_begin_and_before_its_last_day()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.SignedOff);
        var before = desk.ToldTo("engineer").Count;
        await desk.PassesTo(Day(9, 9));
        desk.LastTo("engineer").Message.ShouldContain("waits for you to begin");
        await desk.Presses("engineer", desk.LastTo("engineer"), "Begin the work");
        await desk.PassesTo(Day(17, 9));
        desk.LastTo("engineer").Message.ShouldContain("is due on 2026-03-20");
        desk.ToldTo("engineer").Count.ShouldBe(before + 2);
    }

    [Fact]
    public async Task Its_last_day_passes_and_then_the_lead_hears_of_it_and_a_new_day_begins_anew()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.InProgress);
        await desk.PassesTo(Day(22, 12));
        desk.ServiceCard().Field("State").ShouldBe("in progress");
        await desk.PassesTo(Day(23, 9));
        desk.LastTo("engineer").Message.ShouldContain("was due on 2026-03-20");
        desk.LastTo(ServiceDesk.Csm).Message.ShouldContain("was due on 2026-03-20");
        desk.ServiceCard().Field("State")!.ShouldContain("overdue");
        desk.ToldTo("lead").ShouldBeEmpty();
        await desk.PassesTo(Day(26, 9));
        desk.LastTo("lead").Message.ShouldContain("is not delivered");
        (await desk.Types("lead", "/escalate me")).Text.ShouldContain("SRV-1");
        (await desk.Types("lead", "/escalate service list")).Text.ShouldContain(
            ":warning: overdue"
        );

        await desk.Types("engineer", "/escalate service edit SRV-1");
        await desk.Submits(
            "engineer",
            ("due_on", "2026-04-10"),
            ("agreed", "Their CTO"),
            ("how", "verbally")
        );
        desk.ServiceCard().Field("State").ShouldBe("in progress");
        await desk.PassesTo(Day(31 + 7, 9));
        desk.LastTo("engineer").Message.ShouldContain("is due on 2026-04-10");
    }

    [Fact]
    public async Task SRV_3_Acceptance_and_maintenance_are_not_forgotten()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.Delivered);
        await desk.PassesTo(Day(9, 9));
        desk.LastTo(ServiceDesk.Csm).Message.ShouldContain("Has Acme accepted");
        await desk.Reaches(ServiceState.Accepted);
        await desk.PassesTo(Day(12, 9));
        desk.LastTo("engineer").Message.ShouldContain("Does it need maintenance");
        desk.ToldTo("engineer").Count(m => m.Contains("maintenance")).ShouldBe(2);
    }

    [Fact]
    public async Task ALL_5_What_was_missed_while_it_was_down_is_told_once_as_the_last_of_it()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.InProgress);
        var before = desk.ToldTo("engineer").Count;
        await desk.PassesWhileDown(TimeSpan.FromDays(28));
        desk.ToldTo("engineer").Count.ShouldBe(before + 1);
        desk.LastTo("engineer").Message.ShouldContain("was due on 2026-03-20");
        desk.ToldTo("lead").Single().ShouldContain("is not delivered");
    }

    [Fact]
    public async Task WEEK_3_Nobody_is_reminded_outside_of_their_working_hours()
    {
        await using var desk = await ServiceDesk.Open();
        desk.Mattermost.ChangeUser(
            "engineer",
            u => u with { Timezone = new UserTimezone("false", "", "America/New_York") }
        );
        await desk.RestartSidecar();
        await desk.Meets("engineer");
        await desk.Prepares();
        await desk.Reaches(ServiceState.SignedOff);
        var before = desk.ToldTo("engineer").Count;
        await desk.PassesTo(Day(9, 12));
        desk.ToldTo("engineer").Count.ShouldBe(before);
        // 09:00 in New York, where the clock has just changed.
        await desk.PassesTo(Day(9, 13));
        desk.ToldTo("engineer").Count.ShouldBe(before + 1);
    }

    private static DateTimeOffset Day(int day, int hour) =>
        new DateTimeOffset(2026, 3, 1, hour, 0, 0, TimeSpan.Zero).AddDays(day - 1);
}
