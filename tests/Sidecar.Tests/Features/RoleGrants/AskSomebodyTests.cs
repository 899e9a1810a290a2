using Mattermost.Simulator;
using Shouldly;
using Sidecar.People;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.RoleGrants;

/// <summary>A refusal recommends little, and somebody who may is one press away (U16).</summary>
public sealed class AskSomebodyTests
{
    [Fact]
    public async Task U16_A_refusal_names_few_roles_and_few_people_and_never_suggests_to_become_administrator()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        foreach (var name in (string[])["ann", "ben", "cem", "dan", "eva", "fay"])
        {
            await desk.Hires(name, Role.DeploymentEngineer);
        }

        var text = (await desk.Types("executive", "/escalate ack ESC-1")).Text;
        text.Split("**").Length.ShouldBe(5, text);
        text.ShouldContain("others");
        text.Split('@').Length.ShouldBeLessThanOrEqualTo(6, text);
        text.ShouldNotContain("role grant");
        (await desk.Types("lead", "/escalate role grant @lead admin")).Text.ShouldNotContain(
            "can grant"
        );
    }

    [Fact]
    public async Task U16_What_was_refused_to_who_typed_it_is_asked_of_somebody_who_may_once()
    {
        await using var desk = await Desk.Open();
        (await desk.Types("tam", "/escalate role grant @tam de-lead")).Text.ShouldEndWith(
            "@admin has it. `/escalate ask role grant @tam de-lead` asks for it."
        );
        (await desk.Types("tam", "/escalate ask role grant @tam de-lead")).Text.ShouldContain(
            "I have asked @admin by direct message"
        );
        desk.ToldTo(Desk.Admin)
            .ShouldHaveSingleItem()
            .ShouldBe(
                ":raising_hand: @tam asks you to grant roles: it needs a role that they do not have.\nThey typed `/escalate role grant @tam de-lead`"
            );
        (await desk.Types("tam", "/escalate ask role grant @tam de-lead")).Text.ShouldContain(
            "That was already asked today"
        );
        desk.ToldTo(Desk.Admin).Count.ShouldBe(1);
        // The day after it is another question.
        await desk.Passes(TimeSpan.FromDays(1));
        await desk.Types("tam", "/escalate ask role grant @tam de-lead");
        desk.ToldTo(Desk.Admin).Count.ShouldBe(2);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ask", "What should somebody do for you?")]
    [InlineData("ask frobnicate", "not one of my commands")]
    [InlineData("ask list", "You may do that yourself")]
    [InlineData("ask customer add Newco", "You may do that yourself")]
    [InlineData("ask @channel ``` **x**", "not one of my commands")]
    public async Task U16_Nobody_is_asked_for_what_nobody_can_do(string line, string says)
    {
        await using var desk = await Desk.Open();
        (await desk.Types("tam", $"/escalate {line}")).Text.ShouldContain(says);
        desk.Mattermost.Users.ShouldAllBe(u => desk.ToldTo(u.Username).Count == 0);
    }

    [Fact]
    public async Task U16_Who_is_away_is_not_asked_while_somebody_is_there()
    {
        await using var desk = await Desk.Open();
        await desk.Grants("lead", Role.Administrator);
        desk.Mattermost.SetStatus(Desk.Admin, "ooo");
        await desk.Types("tam", "/escalate ask role grant @tam de-lead");
        desk.ToldTo("lead")
            .ShouldContain(t => t.StartsWith(":raising_hand:", StringComparison.Ordinal));
        desk.ToldTo(Desk.Admin).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SimulatorOptions.Today)]
    [InlineData(SimulatorOptions.OldEnd)]
    public async Task U16_A_refused_press_leads_to_the_same_question(string age)
    {
        await using var desk = await Desk.Open(new SimulatorOptions { ServerVersion = age });
        var card = await desk.Raised();
        var refused = await desk.Presses("executive", card, "Acknowledge");
        refused.Saw.Said.ShouldContain("To acknowledge an escalation");
        desk.Mattermost.OpenDialogOf("executive")!.SubmitLabel.ShouldBe("Ask one of them");
        await desk.Submits("executive");
        await desk.Presses("executive", card, "Acknowledge");
        await desk.Submits("executive");
        desk.Mattermost.Users.SelectMany(u => desk.ToldTo(u.Username))
            .Count(t =>
                t.StartsWith(
                    ":raising_hand: @executive asks you to acknowledge an escalation (**ESC-1**): it needs",
                    StringComparison.Ordinal
                )
            )
            .ShouldBe(2);
    }

    [Theory]
    [InlineData("Acknowledge", null)]
    [InlineData("More…", "resolve")]
    public async Task U16_Who_may_do_it_themselves_by_now_asks_nobody(string label, string? choice)
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        await desk.Presses("executive", card, label, choice);
        desk.Mattermost.OpenDialogOf("executive")!.SubmitLabel.ShouldBe("Ask one of them");
        await desk.Grants("executive", Role.DeploymentEngineer);
        var outcome = await desk.Submits("executive");
        desk.Mattermost.Users.SelectMany(u => desk.ToldTo(u.Username))
            .ShouldNotContain(t => t.StartsWith(":raising_hand:", StringComparison.Ordinal));
        if (choice is null)
        {
            outcome.Closed.ShouldBeTrue();
            (await desk.Stored()).Owner.ShouldBe(desk.IdOf("executive"));
        }
        else
        {
            // A form can't follow on this window: they are told that they may.
            (await desk.Stored()).Owner.ShouldBeNull();
            desk.ToldTo("executive")
                .Append(desk.Mattermost.OpenDialogOf("executive")?.IntroductionText ?? "")
                .ShouldContain(t =>
                    t.Contains("You may do that yourself now", StringComparison.Ordinal)
                );
        }

        desk.Log.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Acknowledge", null)]
    [InlineData("More…", "resolve")]
    public async Task U16_Who_is_asked_does_it_with_one_press_and_sees_that(
        string label,
        string? choice
    )
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        var refused = await desk.Presses("executive", desk.Card(), label, choice);
        refused.Saw.Said.ShouldNotBeEmpty();
        await desk.Submits("executive");
        var asked = desk
            .Mattermost.Users.Select(u => u.Username)
            .First(name =>
                desk.ToldTo(name).Any(t => t.StartsWith(":raising_hand:", StringComparison.Ordinal))
            );
        var question = desk.MessagesTo(asked)[^1];
        question.Message.ShouldContain(
            choice is null ? "They pressed: **Acknowledge**" : "They pressed: **Resolve**"
        );
        var pressed = await desk.Presses(asked, question, "Do it");
        pressed.Saw.Nothing.ShouldBeFalse();
        if (desk.Mattermost.OpenDialogOf(asked) is not null)
        {
            await desk.Submits(asked, ("resolution", "Rolled back"));
        }

        desk.ToldTo("executive")
            .Count(t => t.Contains($"@{asked} did what you asked for: "))
            .ShouldBe(1);
        desk.Mattermost.FindPost(question.Id)!.Buttons().ShouldBeEmpty();

        (await desk.Types("tam", "/escalate timeline ESC-1")).Text.ShouldContain($"@{asked}");
        desk.Log.Errors.ShouldBeEmpty();
    }

    /// <summary>Two are asked, and once is enough: what was done is not done again when things have gone on (ESC-9).</summary>
    [Theory]
    [InlineData("Acknowledge", null)]
    [InlineData("More…", "resolve")]
    public async Task U16_ESC_9_What_one_did_the_other_who_was_asked_is_asked_no_more(
        string label,
        string? choice
    )
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.Presses("executive", desk.Card(), label, choice);
        await desk.Submits("executive");
        var asked = desk
            .Mattermost.Users.Select(u => u.Username)
            .Where(name =>
                desk.ToldTo(name).Any(t => t.StartsWith(":raising_hand:", StringComparison.Ordinal))
            )
            .ToList();
        asked.Count.ShouldBe(2);
        var late = desk.MessagesTo(asked[1])[^1];
        await desk.Presses(asked[0], desk.MessagesTo(asked[0])[^1], "Do it");
        if (desk.Mattermost.OpenDialogOf(asked[0]) is not null)
        {
            await desk.Submits(asked[0], ("resolution", "Rolled back"));
        }

        var settled = desk.Mattermost.FindPost(late.Id)!;
        settled.Buttons().ShouldBeEmpty();
        settled.Message.ShouldContain($"@{asked[0]} did it.");
        var before = await desk.Stored();
        (await desk.PressesLate(asked[1], late, "Do it")).ShouldContain("dealt with already");
        (await desk.Stored()).ShouldBe(before);
        desk.ToldTo("executive").Count(t => t.Contains("did what you asked for")).ShouldBe(1);
    }

    /// <summary>Another choice is another question, and whoever is asked reads which (L1).</summary>
    [Fact]
    public async Task U16_Who_is_asked_reads_what_was_chosen_and_is_asked_for_each_choice()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        foreach (var person in (string[])["engineer", "tam"])
        {
            await desk.Presses("executive", desk.Card(), "Assign to…", desk.IdOf(person).Value);
            await desk.Submits("executive");
            desk.Mattermost.Users.SelectMany(u => desk.ToldTo(u.Username))
                .ShouldContain(t => t.Contains($"They pressed: **Assign to @{person}**"));
        }
    }

    [Fact]
    public async Task U16_Where_nobody_may_there_is_nobody_to_ask()
    {
        await using var desk = await Desk.Open();
        foreach (var person in (string[])["lead", "engineer", "tam", "product", "executive"])
        {
            await desk.Revokes(person, [.. Roles.All.Select(r => r.Role)]);
        }

        var refused = (await desk.Types("tam", "/escalate engineer start acme")).Text;
        refused.ShouldContain("Nobody I know has it yet.");
        refused.ShouldNotContain("asks for it");
        (await desk.Types("tam", "/escalate ask engineer start acme")).Text.ShouldContain(
            "nobody was asked"
        );
    }
}
