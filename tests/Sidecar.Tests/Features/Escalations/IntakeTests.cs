using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>All ways to raise an escalation (ESC-1), and what happens when it is the same as an open one (ESC-11).</summary>
public sealed class IntakeTests
{
    private const string Mine = "Mine is about the search";

    [Fact]
    public async Task ESC_1_ESC_3_The_category_chosen_in_the_form_decides_whose_it_is()
    {
        await using var desk = await Desk.Open();
        (string Category, EscalationState State, string? Team)[] expected =
        [
            ("deployment", EscalationState.Accepted, null),
            ("nonstandard-deployment", EscalationState.Accepted, null),
            ("nonstandard-upgrade", EscalationState.Accepted, null),
            ("migration", EscalationState.Accepted, null),
            ("custom", EscalationState.Accepted, null),
            ("support", EscalationState.Redirected, "Customer Support and CRE"),
            ("bug", EscalationState.Redirected, "Customer Support and CRE"),
            ("account", EscalationState.Redirected, "the CSM and TAM"),
            ("onboarding", EscalationState.Redirected, "the TAM"),
            ("opportunity", EscalationState.Redirected, "the CSM and TAM"),
            ("feature", EscalationState.AwaitingApproval, null),
        ];
        for (var i = 0; i < expected.Length; i++)
        {
            var (category, state, team) = expected[i];
            await desk.Files("tam", "acme", category);
            var card = desk.CardOf(i + 1);
            (await desk.StateOf(i + 1)).ShouldBe(state, category);
            card.Field("State")!
                .ShouldBe(
                    team is null ? Vocabulary.States.Label(state) : $"Redirected to {team}",
                    category
                );
            card.Field("Category")
                .ShouldBe(Vocabulary.Categories.First(t => t.Code == category).Label);
            if (team is not null)
            {
                desk.Thread(card)
                    .ShouldHaveSingleItem()
                    .ShouldStartWith($"Redirected to **{team}**: ");
            }
        }

        desk.Mattermost.Violations.ShouldBeEmpty();
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();
    }

    /// <summary>The form asks within itself: see the tests of M9.</summary>
    [Fact]
    public async Task ESC_11_ALL_2_A_duplicate_is_asked_about_and_nothing_that_was_typed_is_lost()
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", "/escalate new acme sev3 Nobody can log in");
        await RaiseMine(desk, "command");

        (await desk.Find(2)).ShouldBeNull();
        var question = desk.MessagesTo("tam")[^1];
        question.Message.ShouldBe(
            "Acme has **ESC-1** open in the same category. Is yours the same problem? Nothing has been raised yet; what you wrote is kept."
        );
        question.Attachments[0].Text.ShouldContain("Nobody can log in");
        question.Attachments[0].Text.ShouldContain(Mine);
        question.Buttons().ShouldBe(["Follow ESC-1", "Raise mine as well", "Change mine"]);

        await desk.Presses("tam", question, "Change mine");
        var form = desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull();
        form["summary"].Default.ShouldBe(Mine);
        form["severity"].Default.ShouldBe("sev3");
        (await desk.Presses("tam", question, "Follow ESC-1")).Saw.Text.ShouldContain(
            "You follow ESC-1 now"
        );
        (await desk.PressesLate("tam", question, "Follow ESC-1")).ShouldStartWith(
            "You follow ESC-1 already"
        );
        (await desk.Stored()).Followers.ShouldBe([desk.IdOf("tam")]);
    }

    [Fact]
    public async Task ESC_11_Raise_mine_as_well_pressed_twice_raises_once()
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", "/escalate new acme sev3 Nobody can log in");
        await RaiseMine(desk, "command");
        var question = desk.MessagesTo("tam")[^1];
        await Task.WhenAll(
            desk.PressesLate("tam", question, "Raise mine as well"),
            desk.PressesLate("tam", question, "Raise mine as well")
        );
        await desk.Settled();
        await desk.Passes(TimeSpan.FromDays(2));
        await desk.RestartSidecar();
        await desk.PressesLate("tam", question, "Raise mine as well");

        // Of two at once one is left without an escalation, and its number is given to nobody.
        var told = desk
            .Mattermost.FindPost(question.Id)!
            .Message.Split('\n')
            .Where(l => l.Contains("Raised as", StringComparison.Ordinal))
            .Select(l => l.Split(' ')[3])
            .ToList();
        told.ShouldHaveSingleItem().ShouldBeOneOf("ESC-2", "ESC-3");
        var raised = await desk.Stored(told[0] == "ESC-2" ? 2 : 3);
        raised.Summary.ShouldBe(Mine);
        raised.Reporter.ShouldBe(desk.IdOf("tam"));
        raised.Channel.Value.ShouldBe(desk.Mattermost.GetChannel(Desk.Square).Id);
        (await desk.Find(told[0] == "ESC-2" ? 3 : 2)).ShouldBeNull();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_11_When_it_is_known_no_longer_whether_it_was_raised_it_can_be_raised_no_more()
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", "/escalate new acme sev3 Nobody can log in");
        await RaiseMine(desk, "command");
        var question = desk.MessagesTo("tam")[^1];
        await desk.Presses("tam", question, "Raise mine as well");
        await desk.Passes(TimeSpan.FromDays(6));

        (await desk.PressesLate("tam", question, "Raise mine as well")).ShouldContain(
            "is not kept any more"
        );
        (await desk.Find(3)).ShouldBeNull();
    }

    [Fact]
    public async Task ESC_11_Changing_mine_raises_without_asking_again_unless_it_became_another_duplicate()
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", "/escalate new acme sev3 Nobody can log in");
        await desk.Types("lead", "/escalate new acme-labs sev3 Nobody can log out");
        await RaiseMine(desk, "command");
        var first = desk.MessagesTo("tam")[^1];

        await desk.Presses("tam", first, "Change mine");
        var asked = await desk.Submits("tam", ("customer", "acme-labs"));
        asked.Closed.ShouldBeFalse();
        asked.Error.ShouldContain("ESC-2");
        (await desk.Find(3)).ShouldBeNull();

        (await desk.Submits("tam", ("summary", "Quite another thing"))).Closed.ShouldBeTrue();
        var raised = await desk.Stored(3);
        raised.Customer.Value.ShouldBe("acme-labs");
        raised.Summary.ShouldBe("Quite another thing");
    }

    [Fact]
    public async Task ESC_11_What_is_over_or_of_another_category_is_no_duplicate()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new acme sev3 One");
        await desk.Files("tam", "acme", "migration", "Two");
        await desk.Types("lead", "/escalate cancel ESC-1 wrong");
        await desk.Types("tam", "/escalate new acme sev3 Three");
        (await desk.Stored(3)).Summary.ShouldBe("Three");
        (await desk.Types("tam", "/escalate new acme sev3 Four")).Text.ShouldContain("**ESC-3**");
    }

    [Fact]
    public async Task ALL_2_What_no_form_can_hold_comes_back_whole()
    {
        await using var desk = await Desk.Open();
        var summary = string.Join(' ', Enumerable.Range(1, 2000));
        var answer = await desk.Types("tam", $"/escalate new acme sev3 {summary}");
        answer.Text.ShouldContain("Nothing was raised");
        answer.Text.ShouldContain(summary);
        desk.Mattermost.OpenDialogOf("tam").ShouldBeNull();

        await desk.Types("tam", $"/escalate new {new string('c', 300)} sev3 Down");
        desk.Mattermost.OpenDialogOf("tam")!["customer_impact"]
            .Default.ShouldBe(new string('c', 300));
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_customers_name_on_two_lines_is_one_line_everywhere()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new \"New\n# Co\" sev2 Down");
        (await desk.Stored()).CustomerName.ShouldBe("New # Co");
        (await desk.Types("tam", "/escalate list")).Rows().ShouldBe(["ESC-1"]);
    }

    private static async Task RaiseMine(Desk desk, string door)
    {
        switch (door)
        {
            case "command":
                (await desk.Types("tam", $"/escalate new acme sev3 {Mine}")).Text.ShouldContain(
                    "Nothing has been raised yet"
                );
                break;
            default:
                await desk.Types("tam", "/escalate");
                await desk.Submits(
                    "tam",
                    ("customer", "Acme"),
                    ("severity", "sev3"),
                    ("summary", Mine),
                    ("customer_impact", "All of them"),
                    ("impact", "critical"),
                    ("links", "https://tickets.test/1")
                );
                break;
        }
    }
}
