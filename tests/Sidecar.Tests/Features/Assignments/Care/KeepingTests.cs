using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Records;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Care;

/// <summary>What an assignment keeps (ASG-6), through the door.</summary>
public sealed class KeepingTests
{
    private const string Plan = "https://docs.example.com/acme";

    [Fact]
    public async Task ASG_6_The_emulation_of_the_environment_is_recorded_changed_and_taken_away()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        (
            await desk.Types("engineer", "/escalate engineer environment acme https://lab.test/1")
        ).Text.ShouldContain("@ce and all support engineers must be able to reach it");
        (await desk.Kept()).Environment.ShouldBe("https://lab.test/1");
        desk.ToldTo("ce").ShouldHaveSingleItem().ShouldContain("https://lab.test/1");

        (
            await desk.Types("second", "/escalate engineer environment ASG-1 https://lab.test/1")
        ).Text.ShouldContain("already");
        await desk.Types("ce", "/escalate engineer environment ASG-1 none");
        (await desk.Kept()).Environment.ShouldBeEmpty();
        (await desk.Told()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task ASG_6_Updating_a_design_document_tells_the_CE_so_that_the_CRM_is_updated_too()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        await desk.Types(
            "engineer",
            $"/escalate engineer doc acme {Plan} Network plan updated 2026-02-27"
        );
        var document = (await desk.Kept()).Documents.ShouldHaveSingleItem();
        document.ShouldBe(
            new DesignDocument(
                "Network plan",
                Plan,
                new DateOnly(2026, 2, 27),
                desk.IdOf("engineer")
            )
        );
        desk.ToldTo("ce").ShouldHaveSingleItem().ShouldContain("CRM is updated too");

        // The title of a known address may be left out; the same document stays one.
        await desk.Types("engineer", $"/escalate engineer doc acme {Plan}");
        (await desk.Kept())
            .Documents.ShouldHaveSingleItem()
            .ShouldBe(document with { UpdatedOn = new DateOnly(2026, 3, 2) });
        desk.ToldTo("ce").Count.ShouldBe(2);
        (
            await desk.Types("ce", $"/escalate engineer doc acme {Plan} Plan, second edition")
        ).Text.ShouldContain("please update the CRM");
        desk.ToldTo("ce").Count.ShouldBe(2);
    }

    [Fact]
    public async Task ASG_6_Missing_words_open_forms_that_record_the_same()
    {
        await using var desk = await Staff.Open();
        desk.Mattermost.As("engineer").OnPhone = true;
        await desk.Has(desk.Assignment());
        await desk.Types("engineer", "/escalate engineer meeting acme");
        (
            await desk.Submits("engineer", ("day", "31/31"), ("about", "x"))
        ).FieldErrors.Keys.ShouldContain("day");
        (
            await desk.Submits("engineer", ("day", "yesterday"), ("about", "Upgrade planned"))
        ).Closed.ShouldBeTrue();
        (await desk.Kept())
            .Meetings.ShouldHaveSingleItem()
            .ShouldBe(
                new CustomerMeeting(
                    new DateOnly(2026, 3, 1),
                    "Upgrade planned",
                    desk.IdOf("engineer")
                )
            );

        await desk.Types("engineer", "/escalate engineer doc ASG-1");
        (
            await desk.Submits(
                "engineer",
                ("link", "javascript:alert(1)"),
                ("title", "Plan"),
                ("day", "today")
            )
        ).FieldErrors.Keys.ShouldContain("link");
        (
            await desk.Submits("engineer", ("link", Plan), ("title", "Plan"), ("day", "tomorrow"))
        ).FieldErrors.Keys.ShouldContain("day");
        (
            await desk.Submits("engineer", ("link", Plan), ("title", "Plan"), ("day", "today"))
        ).Closed.ShouldBeTrue();

        // Opened again it shows what is recorded, and left so it changes nothing (M1).
        await desk.Passes(TimeSpan.FromDays(3));
        var recorded = (await desk.Kept()).Documents;
        await desk.Types("engineer", "/escalate engineer doc ASG-1");
        (await desk.Submits("engineer")).Error.ShouldContain("Nothing was changed");
        (await desk.Submits("engineer", ("title", "Plan, second edition"))).Closed.ShouldBeTrue();
        var (before, after) = (recorded[0], (await desk.Kept()).Documents[0]);
        (after.Title, after.UpdatedOn).ShouldBe(("Plan, second edition", before.UpdatedOn));

        await desk.Types("engineer", "/escalate engineer environment acme");
        (await desk.Submits("engineer", ("link", "https://lab.test/2"))).Closed.ShouldBeTrue();
        (await desk.Kept()).Environment.ShouldBe("https://lab.test/2");
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_6_The_latest_twenty_are_on_the_record_and_all_in_the_timeline()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        for (var i = 1; i <= 22; i++)
        {
            await desk.Types(
                "engineer",
                $"/escalate engineer meeting acme 2026-01-{i:00} Number {i}"
            );
        }

        var kept = (await desk.Kept()).Meetings;
        kept.Length.ShouldBe(20);
        kept[0].About.ShouldBe("Number 22");
        (await desk.Told()).Count.ShouldBe(22);
    }

    [Fact]
    public async Task ASG_6_Who_has_no_part_in_it_and_is_no_engineer_may_not()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        (
            await desk.Types("product", "/escalate engineer environment acme https://lab.test/1")
        ).Text.ShouldContain("To record what belongs to an assignment you need");
        (await desk.Types("product", "/escalate engineer meeting acme")).Text.ShouldContain(
            "you need"
        );
        (await desk.Told()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("engineer doc acme", "not-a-link Plan", "is not the address of a page")]
    [InlineData("engineer doc acme", "https://user:pw@host.test Plan", "user name or password")]
    [InlineData("engineer doc acme", "https://host.test", "called")]
    [InlineData("engineer doc acme", "https://host.test Plan updated 2026-13-45", "not a date")]
    [InlineData("engineer doc acme", "https://host.test Plan updated 2027-01-01", "to come")]
    [InlineData("engineer meeting acme", "sometime about nothing", "When was it?")]
    [InlineData("engineer meeting acme", "today", "What was it about?")]
    [InlineData("engineer meeting ASG-9", "today x", "There is no ASG-9")]
    [InlineData("engineer meeting acne", "today x", "Did you mean")]
    [InlineData("engineer meeting acme-labs", "today x", "has no assigned support engineer")]
    [InlineData("engineer environment acme", "ftp://lab.test", "is not the address of a page")]
    public async Task ASG_6_ALL_2_What_can_not_be_taken_is_said_and_given_back(
        string command,
        string typed,
        string why
    )
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        var answer = (await desk.Types("engineer", $"/escalate {command} {typed}")).Text;
        answer.ShouldContain(why);
        answer.ShouldContain(typed);
        (await desk.Told()).ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_6_ALL_6_Hostile_words_are_shown_and_ping_nobody()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        await desk.Types(
            "engineer",
            $"/escalate engineer doc acme {Plan} @channel **x** | [y](http://evil.test)"
        );
        var told = desk.ToldTo("ce").ShouldHaveSingleItem();
        told.ShouldNotContain("@channel");
        told.ShouldNotContain("[y](http");
    }

    [Fact]
    public async Task ASG_6_What_is_over_takes_nothing_any_more()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment() with { State = AssignmentState.Ended });
        (
            await desk.Types("engineer", "/escalate engineer meeting ASG-1 today x")
        ).Text.ShouldContain("is over");
        (
            await desk.Types("engineer", "/escalate engineer meeting acme today x")
        ).Text.ShouldContain("has no assigned support engineer");
    }

    [Theory]
    [InlineData("Plan", "Plan", "2026-03-02")]
    [InlineData("Plan updated yesterday", "Plan", "2026-03-01")]
    [InlineData("Plan updated 27 Feb 2026", "Plan", "2026-02-27")]
    [InlineData("Plan UPDATED", "Plan", "2026-03-02")]
    [InlineData(
        "How the network is updated nightly",
        "How the network is updated nightly",
        "2026-03-02"
    )]
    [InlineData("", "", "2026-03-02")]
    public void ASG_6_The_date_of_an_update_stands_behind_the_title(
        string typed,
        string title,
        string on
    )
    {
        var read = RecordedText.Document(
            $"{Plan} {typed}",
            Person(),
            Desk.Morning,
            new DateOnly(2026, 3, 2),
            out var problem
        );
        problem.ShouldBeEmpty();
        (read!.Value.Title, Customers(read.Value.On)).ShouldBe((title, on));
    }

    [Theory]
    [InlineData("2026-02-27 Review", "2026-02-27", "Review")]
    [InlineData("yesterday 10 people came", "2026-03-01", "10 people came")]
    [InlineData("31 Jan 2026 Kick-off", "2026-01-31", "Kick-off")]
    [InlineData("2 days ago Review", "2026-02-28", "Review")]
    [InlineData("sat 28 feb 2026 Review", "2026-02-28", "Review")]
    public void ASG_6_The_date_of_a_meeting_stands_in_front_of_what_it_was_about(
        string typed,
        string on,
        string about
    )
    {
        var read = RecordedText.Meeting(typed, Person(), Desk.Morning, out var problem);
        problem.ShouldBeEmpty();
        (Customers(read!.Value.On), read.Value.About).ShouldBe((on, about));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public void ASG_12_Documentation_is_current_for_ninety_days(int daysAgo, bool isCurrent)
    {
        var today = new DateOnly(2026, 3, 2);
        var assignment = new Assignment
        {
            Id = new AssignmentId(1),
            Customer = new("acme"),
            CustomerName = "Acme",
            Kind = AssignmentKind.PostSales,
            Why = "",
            RequestedBy = new UserId("tam"),
            RequestedAt = Desk.Morning,
            CustomerEngineer = new UserId("ce"),
            Documents =
            [
                new DesignDocument("Plan", Plan, today.AddDays(-daysAgo), new UserId("se")),
            ],
        };
        assignment.IsDocumented(new AssignmentSettings(), today).ShouldBe(isCurrent);
        (assignment with { Documents = [] })
            .IsDocumented(new AssignmentSettings(), today)
            .ShouldBeFalse();
    }

    private static string Customers(DateOnly day) => Sidecar.Time.CalendarDay.Write(day);

    private static PersonTime Person()
    {
        var team = new TeamTimeSettings();
        return new PersonTime(
            new UserId("se"),
            TimeZoneInfo.Utc,
            team.WorkingHours,
            new WorkingTime(team),
            Absence: null
        );
    }
}
