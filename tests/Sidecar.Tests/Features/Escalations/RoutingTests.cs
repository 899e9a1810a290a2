using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>Whose it is (ESC-2, ESC-3), and the two exceptions (ESC-4), as people see it.</summary>
public sealed class RoutingTests
{
    [Fact]
    public async Task ESC_2_Only_customers_above_the_line_are_Deployment_Engineerings()
    {
        await using var desk = await Desk.Open();
        await desk.Knows("under", "Under", 49_999.99m);
        await desk.Knows("at", "At", 50_000);
        await desk.Knows("above", "Above", 50_000.01m);
        foreach (var customer in (string[])["under", "at", "above"])
        {
            await desk.Types("tam", $"/escalate new {customer} sev3 Down");
        }

        (await desk.StateOf(1)).ShouldBe(EscalationState.Redirected);
        (await desk.StateOf(2)).ShouldBe(EscalationState.Redirected);
        (await desk.StateOf(3)).ShouldBe(EscalationState.Accepted);
        desk.CardOf(1).Field("Why")!.ShouldContain("of this customer are Customer Support’s");
        desk.Thread(desk.CardOf(2))
            .ShouldHaveSingleItem()
            .ShouldEndWith("For Customer Support and CRE: @engineer.");
        (await desk.Types("engineer", "/escalate ack ESC-2")).Text.ShouldContain(
            "is at *Redirected*"
        );
    }

    [Fact]
    public async Task P2_What_goes_to_a_team_that_nobody_is_of_says_so()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        var said = (await desk.Types("engineer", "/escalate redirect ESC-1 rnd")).Text;
        said.ShouldContain("Nobody has been told: nobody is of R&D at the moment");
        said.ShouldContain("`/escalate team channel rnd ~channel` gives it one");
        desk.Thread(desk.Card()).ShouldContain(l => l.Contains("Nobody has been told"));

        await desk.Raised();
        await desk.Types("lead", "/escalate team channel rnd here");
        (await desk.Types("engineer", "/escalate redirect ESC-2 rnd")).Text.ShouldNotContain(
            "Nobody"
        );
    }

    [Fact]
    public async Task ESC_2_What_waits_names_who_can_help_and_goes_on_by_itself_once()
    {
        await using var desk = await Desk.Open();
        (await desk.Types("lead", "/escalate new newco sev3 Down")).Text.ShouldContain(
            "It waits for information"
        );
        var card = desk.Card();
        card.Message.ShouldStartWith(":question: **ESC-1**");
        card.Field("Waiting for")!.ShouldContain("`/escalate customer add newco`");
        desk.Thread(card).ShouldHaveSingleItem().ShouldContain("@tam and @lead can add it.");
        foreach (var move in (string[])["ack ESC-1", "state ESC-1 identified", "resolve ESC-1"])
        {
            (await desk.Types("engineer", $"/escalate {move}")).Text.ShouldContain(
                "is at *Needs information*"
            );
        }

        await desk.Types("tam", "/escalate customer add newco \"NewCo\"");
        (await desk.StateOf()).ShouldBe(EscalationState.NeedsInformation);
        desk.Card().Message.ShouldContain("NewCo");
        desk.Thread(card).Count.ShouldBe(2);
        desk.Thread(card)[1].ShouldContain("the ARR of **newco** is not known");

        await desk.Types("tam", "/escalate customer set newco arr 120,000");
        await desk.Types("tam", "/escalate customer set newco arr 130,000");
        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);
        desk.Thread(card).Count.ShouldBe(3);
        desk.Thread(card)[2]
            .ShouldBe("Nothing is missing any more. Assigned to Deployment Engineering.");
        desk.Card().Field("Waiting for").ShouldBeNull();
        (await desk.Due(ReminderPlan.Climb)).ShouldBe(Desk.Morning.AddDays(1));
        (await desk.Types("engineer", "/escalate ack ESC-1")).Text.ShouldContain("own it now");
    }

    [Fact]
    public async Task ESC_3_A_private_channel_is_a_teams_by_the_command_in_itself()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddChannel("inner", type: "P", members: ["lead", "escalate"]);
        (await desk.Types("lead", "/escalate team channel support ~inner")).Text.ShouldContain(
            "A private one can be named only from inside it"
        );
        (
            await desk.Types("lead", "/escalate team channel support ~inner", "inner")
        ).Text.ShouldContain("come to ~inner from now on");
        (await desk.Types("lead", "/escalate broadcast sev1 ~inner", "inner")).Text.ShouldContain(
            "are posted to ~inner"
        );
        await desk.Knows("poor", "Poor", 1_000);
        await desk.Types("tam", "/escalate new poor sev3 Down");
        desk.Cards("inner")[^1].Message.ShouldContain("Poor");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("120,000", nameof(EscalationState.Accepted))]
    [InlineData("50,000", nameof(EscalationState.Redirected))]
    public async Task ESC_2_The_form_for_the_customer_completes_everything_that_waits_for_it(
        string arr,
        string state
    )
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", "/escalate new \"New Co\" sev3 Down");
        await desk.Files("lead", "new co", "migration", "Move it");
        await desk.RestartSidecar();
        await desk.Types("tam", "/escalate customer add New Co");
        (await desk.Submits("tam", ("arr", arr))).Closed.ShouldBeTrue();

        (await desk.StateOf(1)).ShouldBe(Enum.Parse<EscalationState>(state));
        (await desk.StateOf(2)).ShouldBe(EscalationState.Accepted);
        desk.Thread(desk.CardOf(1)).Count.ShouldBe(2);
        desk.Thread(desk.CardOf(2)).Count.ShouldBe(2);
        (await desk.Types("lead", "/escalate list \"New Co\"")).Rows().Count.ShouldBe(2);
    }

    [Fact]
    public async Task ESC_3_A_team_with_a_channel_sees_the_card_there_and_works_with_it()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddChannel("support", members: ["engineer", "lead"]);
        await desk.Types("lead", "/escalate team channel support ~support");
        desk.Cards("support").ShouldHaveSingleItem().Message.ShouldContain("come here");

        await desk.Files("tam", "acme", "bug");

        var copy = desk.CardOf(1, "support");
        desk.Thread(desk.Card())
            .ShouldHaveSingleItem()
            .ShouldBe(
                "Redirected to **Customer Support and CRE**: product bugs go to Customer Support and CRE first."
            );
        await desk.Presses("engineer", copy, "Close");
        (await desk.Submits("engineer", ("words", "Answered"))).Closed.ShouldBeTrue();
        (await desk.StateOf()).ShouldBe(EscalationState.Closed);
        foreach (var shown in (string[])[Desk.Square, "support"])
        {
            desk.CardOf(1, shown).Field("State").ShouldBe("Closed");
            desk.CardOf(1, shown).Field("Why").ShouldBe("Answered");
        }

        desk.Thread(desk.Card())[^1].ShouldBe("@engineer closed it: Answered");
        desk.Thread(copy).ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_4_Nothing_starts_before_product_engineering_approves_and_the_second_is_told()
    {
        await using var desk = await Desk.Open();
        await desk.Hires("product2", Role.ProductEngineering);
        await desk.Files("tam", "acme", "feature");
        var card = desk.Card();
        desk.Thread(card).ShouldHaveSingleItem().ShouldContain("@product");
        foreach (var move in (string[])["ack ESC-1", "state ESC-1 identified", "resolve ESC-1 x"])
        {
            (await desk.Types("engineer", $"/escalate {move}")).Text.ShouldContain(
                "is at *Awaiting approval*"
            );
        }

        await desk.Reacts("engineer", card);
        await desk.Reacts("engineer", card, "white_check_mark");
        (await desk.Presses("engineer", card, "Approve")).Text.ShouldContain("product engineering");
        (await desk.Presses("lead", card, "Approve")).Text.ShouldContain("product engineering");
        (await desk.StateOf()).ShouldBe(EscalationState.AwaitingApproval);

        var pressed = await Task.WhenAll(
            desk.Mattermost.As("product").Click(card.Id, "Approve"),
            desk.Mattermost.As("product2").Click(card.Id, "Approve")
        );
        await desk.Settled();
        pressed.Count(p => p.Text.Length == 0).ShouldBe(1);
        var first = pressed[0].Text.Length == 0 ? "product" : "product2";
        pressed.Count(p => p.Text.Contains($"where @{first} brought it")).ShouldBe(1);
        desk.Thread(card).Count(l => l.Contains("approved it")).ShouldBe(1);
        (await desk.Types("engineer", "/escalate ack ESC-1")).Text.ShouldContain("own it now");
    }

    [Fact]
    public async Task ESC_4_Declining_takes_a_reason_which_everybody_reads()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddChannel("rnd", members: ["lead"]);
        await desk.Types("lead", "/escalate team channel rnd ~rnd");
        await desk.Files("tam", "acme", "feature");
        await desk.Presses("product", desk.Card(), "Decline");
        (await desk.Submits("product", ("words", "   "))).Closed.ShouldBeFalse();
        (await desk.Submits("product", ("words", "It is on the roadmap"))).Closed.ShouldBeTrue();

        var card = desk.Card();
        card.Field("State").ShouldBe("Declined");
        card.Field("Why").ShouldBe("It is on the roadmap");
        card.Buttons().ShouldBeEmpty();
        desk.CardOf(1, "rnd").Field("State").ShouldBe("Declined");
        desk.Thread(card)[^1].ShouldBe("@product declined it: It is on the roadmap");
        (await desk.Types("product", "/escalate approve ESC-1 after all")).Text.ShouldContain(
            "Nothing more is possible"
        );
    }

    [Fact]
    public async Task ESC_4_A_lead_overrides_by_command_and_by_the_cards_menu()
    {
        await using var desk = await Desk.Open();
        await desk.Files("tam", "acme", "bug");
        await desk.Files("tam", "acme", "support");
        (await desk.Types("engineer", "/escalate accept ESC-1 please do it")).Text.ShouldContain(
            "lead"
        );
        (await desk.Types("lead", "/escalate accept ESC-1")).Text.ShouldBeEmpty();
        (await desk.Submits("lead", ("words", "They churn"))).Closed.ShouldBeTrue();
        await desk.Presses("lead", desk.CardOf(2), "More…", "Accept anyway");
        (await desk.Submits("lead", ("words", "They churn as well"))).Closed.ShouldBeTrue();

        foreach (var number in (long[])[1, 2])
        {
            (await desk.StateOf(number)).ShouldBe(EscalationState.Accepted);
            desk.CardOf(number).Field("Why")!.ShouldStartWith("They churn");
            desk.Thread(desk.CardOf(number))[^1]
                .ShouldStartWith(
                    "@lead accepted it for Deployment Engineering although it was at *Redirected*: They churn"
                );
            (await desk.Due(ReminderPlan.Climb, number)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task ESC_4_The_TAM_escalates_specifically_what_would_be_the_TAMs()
    {
        await using var desk = await Desk.Open();
        await desk.Files("lead", "acme", "onboarding");
        var card = desk.Card();
        (await desk.Presses("engineer", card, "Escalate specifically")).Text.ShouldContain("lead");
        await desk.Presses("tam", card, "Escalate specifically");
        (await desk.Submits("tam", ("words", "Air-gapped site"))).Closed.ShouldBeTrue();
        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);
        desk.Thread(card)[^1]
            .ShouldBe("@tam escalated it specifically to Deployment Engineering: Air-gapped site");

        await desk.Files("lead", "acme", "bug");
        (await desk.Types("tam", "/escalate accept ESC-2 because")).Text.ShouldContain(
            "You typed: `/escalate accept ESC-2 because`"
        );
        (await desk.StateOf(2)).ShouldBe(EscalationState.Redirected);
    }

    [Fact]
    public async Task ESC_3_Another_category_is_routed_anew_until_somebody_works_on_it()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new acme sev2 Down");
        await desk.Types("tam", "/escalate edit ESC-1 category bug");
        (await desk.StateOf()).ShouldBe(EscalationState.Redirected);
        (await desk.Due(ReminderPlan.Climb)).ShouldBeNull();
        await desk.Types("tam", "/escalate edit ESC-1 category support");
        desk.Card().Field("Why")!.ShouldContain("first-line troubleshooting");
        await desk.Types("tam", "/escalate edit ESC-1 category custom");
        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);
        desk.Thread(desk.Card())[^1].ShouldBe("Deployment Engineering takes it.");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("tam", "/escalate edit ESC-1 category bug");
        (await desk.StateOf()).ShouldBe(EscalationState.Acknowledged);
    }

    [Fact]
    public async Task Whoever_is_on_duty_is_somebody_who_can_be_reminded()
    {
        await using var desk = await Desk.Open();
        (await desk.Types("lead", "/escalate duty @escalate")).Text.ShouldContain("is a bot");
        (await desk.Types("lead", "/escalate duty @engineer @guest")).Text.ShouldContain("guest");
        (await desk.Types("lead", "/escalate team list")).Text.ShouldContain("On duty: nobody");
        await desk.Raised();
        (await desk.Types("lead", "/escalate assign ESC-1 @guest")).Text.ShouldContain("guest");
        (await desk.Stored()).Owner.ShouldBeNull();
    }
}
