using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.People;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Care;

/// <summary>An assignment is handed over at the engineer's request (ASG-12).</summary>
public sealed class HandOverTests
{
    private const string Waits = "is not waiting for that answer any more";

    [Fact]
    public async Task DLG_1_ASG_12_Without_a_number_it_is_ones_own_or_chosen_from_a_list()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        await desk.Types("engineer", "/escalate engineer handover");
        desk.Mattermost.OpenDialogOf("engineer")!.Title.ShouldBe("Hand over ASG-1");

        await desk.Types("cslead", "/escalate engineer handover");
        var lead = desk.Mattermost.As("cslead");
        (await lead.OfferedIn("assignment", "acme")).Select(o => o.Value).ShouldBe(["ASG-1"]);
        var wrong = await desk.Submits("cslead", ("assignment", "ASG-1"), ("reason", "other"));
        wrong.Accepted.ShouldBeTrue($"{wrong.Error} {string.Join(' ', wrong.FieldErrors)}");
        (await GivenPair.Assignment(desk)).HandOver.ShouldNotBeNull();
    }

    [Fact]
    public async Task ASG_12_The_engineer_asks_the_CS_lead_names_the_new_one_accepts()
    {
        await using var desk = await Staff.Open();
        await desk.Has(
            desk.Assignment() with
            {
                BackUp = desk.IdOf("third"),
                Turn = new CheckInTurn(new DateOnly(2026, 3, 2), Staff.Day(3, 5, 10))
                {
                    NextStepAt = Staff.Day(3, 5, 10),
                },
            }
        );
        var answer = (
            await desk.Types(
                "engineer",
                "/escalate engineer handover acme other issue types, I saw all of theirs"
            )
        ).Text;
        answer.ShouldContain("I have told @cslead");
        answer.ShouldContain("**Documentation** is missing");
        answer.ShouldContain("1. @second");

        var asked = desk.MessagesTo("cslead").ShouldHaveSingleItem();
        asked.Message.ShouldContain("(other issue types): I saw all of theirs");
        asked.Message.ShouldContain("**Documentation** is missing");
        asked.Menu("Suggested…").ShouldContain("second");
        await desk.Presses("cslead", asked, "Suggested…", desk.IdOf("second").Value);
        (await desk.Kept()).Engineer.ShouldBe(desk.IdOf("engineer"));

        await desk.Passes(TimeSpan.FromHours(1));
        var invited = desk.MessagesTo("second").ShouldHaveSingleItem();
        invited.Buttons().ShouldBe(["Accept", "Decline"]);

        // Who has lost the role since takes nothing over.
        await desk.Types(Desk.Admin, "/escalate role revoke @second se");
        (await desk.PressesLate("second", invited, "Accept")).ShouldContain("support engineer");
        (await desk.Kept()).Engineer.ShouldBe(desk.IdOf("engineer"));
        await desk.Types(Desk.Admin, "/escalate role grant @second se");
        (await desk.Presses("second", invited, "Accept")).Saw.Text.ShouldContain("took it over");

        var over = await desk.Kept();
        over.Engineer.ShouldBe(desk.IdOf("second"));
        var theirs = desk.MessagesTo("second")
            .Single(m =>
                m.Message.StartsWith(
                    "You are the assigned support engineer of **Acme** (**ASG-1**) now, together with the CE @ce. Tell the customer",
                    StringComparison.Ordinal
                )
            );
        theirs.Buttons().ShouldBe(["The customer was told"]);
        over.HandOver.ShouldBeNull();
        over.Formerly.ShouldBe([
            new FormerEngineer(desk.IdOf("engineer"), Desk.Morning, Desk.Morning.AddHours(1)),
        ]);
        over.CheckIns.ShouldNotBeNull().Engineer.ShouldBe(desk.IdOf("second"));
        over.Turn.ShouldNotBeNull().Asked.ShouldBeNull();
        foreach (var person in (string[])["engineer", "third", "ce", "cslead", "tam"])
        {
            desk.ToldTo(person)
                .ShouldContain(
                    m =>
                        m.Contains("@second took it over from @engineer", StringComparison.Ordinal),
                    person
                );
        }

        (await desk.PressesLate("second", invited, "Accept")).ShouldContain(Waits);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_12_Whoever_declines_is_replaced_by_another()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        await desk.Types("engineer", "/escalate engineer handover ASG-1 stagnating");
        await desk.Types("cslead", "/escalate engineer handover ASG-1 to @second");
        var invited = desk.MessagesTo("second").ShouldHaveSingleItem();
        (await desk.Types("third", "/escalate engineer handover ASG-1 accept")).Text.ShouldContain(
            "@second was named"
        );
        await desk.Presses("second", invited, "Decline");
        (await desk.Submits("second", ("why", "Too far away"))).Closed.ShouldBeTrue();

        (await desk.Kept()).HandOver!.To.ShouldBeNull();
        var told = desk.MessagesTo("cslead")[^1];
        told.Message.ShouldContain("Too far away");
        await desk.Presses("cslead", told, "Hand over to…", desk.IdOf("third").Value);
        (await desk.PressesLate("second", invited, "Accept")).ShouldContain("@third was named");
        await desk.Types("third", "/escalate engineer handover ASG-1 accept");
        (await desk.Kept()).Engineer.ShouldBe(desk.IdOf("third"));
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_12_Who_names_themselves_has_it_at_once()
    {
        await using var desk = await Staff.Open();
        await desk.Grants("cslead", Sidecar.People.Role.SupportEngineer);
        await desk.Has(desk.Assignment());
        (
            await desk.Types("cslead", "/escalate engineer handover ASG-1 to @cslead")
        ).Text.ShouldContain("is yours now");
        var over = await desk.Kept();
        (over.Engineer, over.HandOver).ShouldBe((desk.IdOf("cslead"), null));
        desk.MessagesTo("cslead").ShouldNotContain(p => p.Message.Contains("asks you to take"));
        desk.ToldTo("engineer").ShouldContain(m => m.Contains("took it over from @engineer"));
    }

    [Fact]
    public async Task ASG_12_The_only_engineer_is_told_that_there_is_no_other()
    {
        await using var desk = await Staff.Open();
        await desk.Revokes("second", Sidecar.People.Role.SupportEngineer);
        await desk.Revokes("third", Sidecar.People.Role.SupportEngineer);
        await desk.Has(desk.Assignment());
        var answer = await desk.Types("engineer", "/escalate engineer handover ASG-1 stagnating");
        answer.Text.ShouldContain("no other support engineer could take it");
        answer.Text.ShouldNotContain("overloaded");
    }

    [Fact]
    public async Task ASG_12_What_does_not_fit_is_refused()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        await Refuses(desk, "second", "stagnating", "you need");
        await Refuses(desk, "engineer", "to @second", "you need");
        await Refuses(desk, "engineer", "bored", "is not a reason");
        await Refuses(desk, "engineer", "otherwise", "is not a reason");
        await Refuses(desk, "cslead", "to @engineer", "already");
        await Refuses(desk, "cslead", "to @ce", "is the CE");
        await Refuses(desk, "cslead", "to @tam", "is not a support engineer");
        await Refuses(desk, "cslead", "to @guest", "guest");
        await Refuses(desk, "cslead", "to @nobody", "nobody called");
        await Refuses(desk, "second", "accept", Waits);
        await Refuses(desk, "engineer", "cancel", Waits);
        (await desk.Told()).ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_12_ASG_11_Naming_somebody_overloaded_asks_for_confirmation()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        await desk.Types("second", "/escalate overload Help");
        await Refuses(
            desk,
            "cslead",
            "to @second",
            "/escalate engineer handover ASG-1 to @second anyway"
        );
        await desk.Types("cslead", "/escalate engineer handover ASG-1 to @second anyway");
        (await desk.Kept()).HandOver!.To.ShouldBe(desk.IdOf("second"));
    }

    [Fact]
    public async Task ASG_12_It_can_be_taken_back_and_answers_the_review_meanwhile()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment() with { ReviewOn = new DateOnly(2026, 3, 3) });
        await desk.PassesTo(Staff.Day(3, 3, 10));
        await desk.Presses("engineer", desk.MessagesTo("engineer")[^1], "Hand over");
        (
            await desk.Submits("engineer", ("reason", "other"), ("note", "Moving"))
        ).Closed.ShouldBeTrue();
        await Refuses(desk, "engineer", "stagnating", "is being handed over already");
        await desk.PassesTo(Staff.Day(4, 20, 10));
        desk.TimesOf("engineer", ":calendar:").Count.ShouldBe(1);

        await desk.Types("engineer", "/escalate engineer handover ASG-1 cancel");
        (await desk.Kept()).HandOver.ShouldBeNull();
        await desk.Passes(TimeSpan.FromMinutes(1));
        desk.TimesOf("engineer", ":calendar:").Count.ShouldBe(2);
    }

    [Fact]
    public async Task ASG_12_The_check_in_moves_into_the_new_engineers_hours_and_is_asked_for_again()
    {
        await using var desk = await Staff.Open();
        await desk.Hires("early", Sidecar.People.Role.SupportEngineer);
        await desk.Types("early", "/escalate hours 07:00-11:00");
        await desk.Has(
            desk.Assignment() with
            {
                Turn = new CheckInTurn(new DateOnly(2026, 3, 2), Staff.Day(3, 5, 14))
                {
                    NextStepAt = Staff.Day(3, 5, 14),
                },
            }
        );
        await desk.Types("cslead", "/escalate engineer handover acme to @early");
        await desk.Types("early", "/escalate engineer handover acme accept");
        var kept = await desk.Kept();
        kept.CheckIns.ShouldNotBeNull().Engineer.ShouldBe(desk.IdOf("early"));
        kept.Turn.ShouldNotBeNull().Asked.ShouldBeNull();
        kept.Turn.DueAt.TimeOfDay.ShouldBeInRange(TimeSpan.FromHours(7), TimeSpan.FromHours(11));
    }

    [Fact]
    public async Task ASG_12_The_back_up_who_takes_over_is_back_up_no_more()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment() with { BackUp = desk.IdOf("second") });
        await desk.Types("cslead", "/escalate engineer handover acme to @second");
        await desk.Types("second", "/escalate engineer handover acme accept");
        (await desk.Kept()).BackUp.ShouldBeNull();
        desk.ToldTo("cslead")[^1].ShouldContain("another one is to be named");
    }

    [Theory]
    [InlineData("stagnating", "stagnating", "")]
    [InlineData("Stagnating: two years", "stagnating", "two years")]
    [InlineData("other-issue-types x", "other-issue-types", "x")]
    [InlineData("other issue types", "other-issue-types", "")]
    [InlineData("other", "other", "")]
    [InlineData("other moving away", "other", "moving away")]
    [InlineData("otherwise", null, "")]
    [InlineData("", null, "")]
    public void ASG_12_Reasons_are_read_as_people_write_them(
        string typed,
        string? reason,
        string note
    ) => HandOverReasons.AtFront(typed).ShouldBe(reason is null ? null : (reason, note));

    private static async Task Refuses(Desk desk, string who, string wish, string why) =>
        (await desk.Types(who, $"/escalate engineer handover ASG-1 {wish}")).Text.ShouldContain(
            why
        );

    [Fact]
    public async Task M2_ASG_12_A_CS_lead_who_asks_for_it_is_asked_whom_they_name()
    {
        await using var desk = await Staff.Open();
        await desk.Grants("engineer", Role.CustomerSuccessLead);
        await desk.Has(desk.Assignment());
        (
            await desk.Types("engineer", "/escalate engineer handover ASG-1 other Too much")
        ).Text.ShouldContain(
            "you name somebody: I have asked you by direct message. I have told @cslead, too."
        );
        var asked = desk.MessagesTo("engineer")[^1];
        await desk.Presses("engineer", asked, "Suggested…", desk.IdOf("second").Value);
        await desk.Presses("second", desk.MessagesTo("second")[^1], "Accept");
        (await desk.Kept()).Engineer.ShouldBe(desk.IdOf("second"));
    }
}
