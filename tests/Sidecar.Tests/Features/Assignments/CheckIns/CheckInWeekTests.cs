using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.CheckIns;

using static GivenPair;

/// <summary>A week's check-in costs little, and no week is missing from what is shown of them (U14).</summary>
public sealed class CheckInWeekTests
{
    [Fact]
    public async Task U14_All_as_last_time_is_one_press()
    {
        await using var desk = await Asked();
        desk.MessagesTo("engineer")[^1].Buttons().ShouldNotContain("All as last time");
        await desk.Answers("engineer", "Logins are fast again", services: true);
        await desk.PassesTo(Berlin(3, 10, 15));
        var prompt = desk.MessagesTo("engineer")[^1];
        await desk.Presses("engineer", prompt, "All as last time");

        var last = (await desk.Assignment()).LastCheckIn.ShouldNotBeNull();
        (last.Week, last.GoingWell, last.Goals).ShouldBe(
            (new DateOnly(2026, 3, 9), "Logins are fast again", "Move to Kubernetes")
        );
        // What looked like services last time was told last time.
        last.LooksLikeProfessionalServices.ShouldBeFalse();
        desk.ToldTo("cslead")
            .Count(t => t.StartsWith(":scales:", StringComparison.Ordinal))
            .ShouldBe(1);
        desk.ToldTo("ce")[^1].ShouldContain("**Going well:** Logins are fast again");
        desk.MessagesTo("engineer").Single(p => p.Id == prompt.Id).Actions.ShouldBeEmpty();
        (await desk.PressesLate("engineer", prompt, "All as last time")).ShouldContain(
            "answered the check-in of ASG-1 for the week of 2026-03-09 already"
        );
    }

    [Fact]
    public async Task U14_The_question_stands_once_and_the_answer_of_last_time_beside_it()
    {
        await using var desk = await Asked();
        await desk.Answers("engineer", new string('x', 300));
        await desk.PassesTo(Berlin(3, 10, 15));
        await desk.Presses("engineer", desk.MessagesTo("engineer")[^1], "Answer now");
        var form = desk.Mattermost.OpenDialogOf("engineer").ShouldNotBeNull();
        form.Elements.Select(e => e.HelpText).Distinct().Count().ShouldBe(5);
        form.Elements.ShouldAllBe(e => e.DisplayName != e.HelpText);
        // Too long for the field: above the form there is more of it.
        form.IntroductionText.ShouldContain(new string('x', 200));
        form.Elements.Single(e => e.Name == "going_well")
            .Placeholder.ShouldStartWith("Last time: xxx");
        form.Elements.Single(e => e.Name == "frustration").Placeholder.ShouldBe("");
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task U14_History_has_every_week_also_those_without_answers()
    {
        await using var desk = await Asked();
        await desk.Answers("engineer", "The first week");
        await desk.Types("engineer", "/escalate checkin skip acme On site");
        await desk.PassesTo(Berlin(3, 24, 15));
        await desk.Types("engineer", "/escalate checkin acme");
        (await desk.Submits("engineer", ("going_well", "The fourth week"))).Closed.ShouldBeTrue();

        var shown = (await desk.Types("ce", "/escalate checkin history acme")).Text;
        string[] inOrder =
        [
            "**Week of 2026-03-23**",
            "The fourth week",
            "**Week of 2026-03-16**",
            "was missed: @engineer did not answer",
            "**Week of 2026-03-09**",
            "@engineer skipped the check-in of the week of 2026-03-09: “On site”",
            "**Week of 2026-03-02**",
            "The first week",
        ];
        var at = -1;
        foreach (var part in inOrder)
        {
            var next = shown.IndexOf(part, at + 1, StringComparison.Ordinal);
            next.ShouldBeGreaterThan(at, $"{part} in\n{shown}");
            at = next;
        }

        shown.ShouldNotContain("Earlier ones");
    }

    [Fact]
    public async Task U14_Weeks_without_answers_are_paged_with_the_others()
    {
        await using var desk = await Asked();
        await desk.Answers("engineer", "Week number 0");
        await desk.PassesTo(desk.Clock.GetUtcNow().AddDays(7 * 7));
        var seen = new List<string>();
        var line = "/escalate checkin history acme";
        while (line.Length > 0)
        {
            var text = (await desk.Types("ce", line)).Text;
            seen.AddRange(
                text.Split('\n')
                    .Where(l => l.StartsWith("**Week of ", StringComparison.Ordinal))
                    .Select(l => l[10..20])
            );
            line = text.Contains("Earlier ones", StringComparison.Ordinal)
                ? text[text.IndexOf("/escalate checkin history", StringComparison.Ordinal)..]
                    .TrimEnd('`')
                : "";
        }

        seen.ShouldBe(seen.Distinct().OrderByDescending(d => d));
        seen[^1].ShouldBe("2026-03-02");
        seen.Count.ShouldBe(7);
    }

    [Fact]
    public async Task U14_ASG_8_Leaders_answer_by_a_button_and_the_pair_hears_of_it_once()
    {
        await using var desk = await Asked();
        await desk.Answers("engineer", "Fine", services: true);
        var asked = desk.MessagesTo("cslead")[^1];
        await desk.Presses("cslead", asked, "Yes, it is");
        foreach (var who in (string[])["engineer", "ce"])
        {
            desk.ToldTo(who)
                .Count(t =>
                    t.Contains(
                        "@cslead said that what came up in the check-in of the week of 2026-03-02 is professional services work",
                        StringComparison.Ordinal
                    )
                )
                .ShouldBe(1, who);
        }

        foreach (var lead in (string[])["cslead", "celead", "saleslead"])
        {
            desk.MessagesTo(lead)[^1].Actions.ShouldBeEmpty(lead);
        }

        (await desk.PressesLate("cslead", asked, "No, it is not")).ShouldContain(
            "@cslead was first: it is professional services work"
        );
        (await desk.Assignment()).ServicesAsked.ShouldBeEmpty();
        (await desk.AssignmentFacts()).OfType<AssignmentFact.ServicesWeighed>().Count().ShouldBe(1);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task U14_ASG_8_Two_weeks_are_weighed_up_apart()
    {
        await using var desk = await Asked();
        await desk.Answers("engineer", "Fine", services: true);
        var first = desk.MessagesTo("cslead")[^1];
        await desk.PassesTo(Berlin(3, 10, 15));
        await desk.Answers("engineer", "Fine", services: true);
        var second = desk.MessagesTo("cslead")[^1];
        await desk.Presses("cslead", second, "No, it is not");
        desk.MessagesTo("cslead").Single(p => p.Id == first.Id).Actions.ShouldNotBeEmpty();
        await desk.Presses("cslead", first, "Yes, it is");
        (await desk.AssignmentFacts())
            .OfType<AssignmentFact.ServicesWeighed>()
            .Select(f => (f.Week.Day, f.IsServices))
            .ShouldBe([(9, false), (2, true)]);
    }
}
