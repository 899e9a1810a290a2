using Shouldly;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Checklists;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Incidents.Tasks;

using static Given;
using static GivenIncident;

/// <summary>How the checklist looks (PB-3).</summary>
public sealed class ChecklistCardTests
{
    [Fact]
    public void PB_3_Progress_says_how_far_it_is()
    {
        Text(TaskWords.Progress(Fresh)).ShouldBe("0 of 41 · stage 1 Escalation");
        var all = Fresh.Numbered.Aggregate(
            Fresh,
            (i, t) => i.With(t.Number, t.Task with { State = TaskState.Done })
        );
        Text(TaskWords.Progress(all)).ShouldBe("41 of 41 · all done");
        Text(
                EscalationFields.Followed(
                    Running with
                    {
                        Incident = Fresh with
                        {
                            Channel = new NamedChannel(new ChannelId("c"), "sev1-acme-20260302"),
                        },
                    }
                )
            )
            .ShouldBe("Sev 1 outage: 0 of 41 · stage 1 Escalation · ~sev1-acme-20260302");
        EscalationFields.Of(Running).ShouldContain(f => f.Name == "Playbook" && f.Wide);
        EscalationFields
            .Of(Running with { Incident = null })
            .ShouldNotContain(f => f.Name == "Playbook");
    }

    [Fact]
    public void PB_3_Finished_and_later_stages_take_one_line_and_those_that_have_begun_all_of_theirs()
    {
        var e = Running;
        foreach (var place in (string[])["1.1", "1.2", "1.3", "1.4", "4.2"])
        {
            e = Next(e.MarkTask(Number(place), TaskState.Done, "", Engineer, Now));
        }

        e = Next(e.MarkTask(Number("2.2"), TaskState.Skipped, "No monitoring", Tam, Now));
        e = Next(e.AssignTask(Number("2.3"), Tam.User, Lead, Now));
        e = Next(e.SetTaskDue(Number("2.3"), Now.AddDays(1), DeadlineTests.Deadlines(), Lead, Now));
        e = e with { Incident = e.Incident! with { ExecutiveSince = Now } };

        var (headline, card) = ChecklistCards.Checklist(e);
        Text(headline)
            .ShouldBe(":clipboard: **ESC-7** Sev 1 outage: 6 of 41 · stage 2 Data gathering");
        var lines = Text(card.Text).Split('\n');
        lines[0].ShouldBe(":white_check_mark: **1 Escalation** · 4 of 4");
        lines[1].ShouldBe("**2 Data gathering** · 1 of 6");
        lines[2].ShouldStartWith("- :white_large_square: 2.1 ");
        lines[3].ShouldStartWith("- ~~2.2 Get monitoring");
        lines[3].ShouldEndWith("~~ · skipped · @tam: No monitoring");
        lines[4]
            .ShouldBe(
                "- :white_large_square: 2.3 Get the support bundle output · @tam · due Tue 3 Mar 2026 10:00 UTC"
            );
        lines[7].ShouldStartWith("- :speech_balloon: :necktie: :white_large_square: 2.6 ");
        lines[8].ShouldBe("**3 Data review** · 0 of 6");
        lines[9].ShouldBe("**4 Code investigation** · 1 of 6");
        lines[11].ShouldBe("- :white_check_mark: 4.2 Find the root cause · @engineer");
        lines.Length.ShouldBe(8 + 6 + 6);

        card.Controls.Select(c => c.Label)
            .Where(l => l[0] != '✓')
            .ShouldBe(["Check off…", "Change a task…"]);
        card.Controls[3].Options.Count.ShouldBe(12);
        card.Controls[3].Options[0].Text.ShouldStartWith("2.1 ");
        card.Controls[4].Options[0].Text.ShouldStartWith("2.1 ");
        card.Controls[4].Options.Count.ShouldBeGreaterThanOrEqualTo(20);
    }

    [Fact]
    public void PB_7_What_was_missed_is_shown_as_overdue()
    {
        var due = Running with
        {
            Incident = Fresh.With(
                Number("1.3"),
                Fresh.Find(Number("1.3"))! with
                {
                    DueAt = Now,
                    Reminded = 2,
                }
            ),
        };
        Text(ChecklistCards.Checklist(due).Card.Text)
            .ShouldContain(":warning: **overdue** since Mon 2 Mar 2026 10:00 UTC");
    }

    [Fact]
    public void PB_3_The_shipped_playbook_fits_an_old_server_in_its_worst_state() =>
        ShouldFit(Worst(Fresh), atLeast: 20);

    [Fact]
    public void PB_3_The_largest_playbook_of_a_team_fits_an_old_server_too()
    {
        var task = new PlaybookTask(new string('w', 149) + "<") { RepliesToCustomer = true };
        foreach (var (stages, tasks) in ((int, int)[])[(20, 5), (1, 100), (2, 50)])
        {
            var playbook = new Playbook(
                "large",
                new string('n', 150),
                [
                    .. Enumerable.Repeat(
                        new PlaybookStage(
                            new string('s', 150),
                            [.. Enumerable.Repeat(task, tasks)]
                        ),
                        stages
                    ),
                ]
            );
            ShouldFit(Worst(Incident.Follow(playbook, null, Now)), atLeast: 5);
        }
    }

    /// <summary>Every stage has begun, nothing is short, everything has an assignee and a time.</summary>
    private static Incident Worst(Incident incident) =>
        incident.Numbered.Aggregate(
            incident with
            {
                ExecutiveSince = Now,
            },
            (i, t) =>
                i.With(
                    t.Number,
                    t.Task with
                    {
                        Assignee = Engineer.User,
                        DueAt = Now,
                        Reminded = 2,
                        By = Engineer.User,
                        State = t.Number.Place == 1 ? TaskState.Skipped : TaskState.Open,
                        Reason = t.Number.Place == 1 ? new string('r', 150) : "",
                    }
                )
        );

    private static void ShouldFit(Incident incident, int atLeast)
    {
        var (headline, card) = ChecklistCards.Checklist(Running with { Incident = incident });
        var renderer = new CardRenderer(
            _ => new string('n', 22),
            _ => new string('s', 420),
            new string('u', 120)
        );
        // Drawn for an old server it is the same: nothing had to be cut.
        var old = renderer.Render(headline, card, new CardLimits(4_000, 8_000)).Attachments[0];
        var current = renderer.Render(headline, card, CardLimits.Current).Attachments[0];
        old.Text.ShouldBe(current.Text);
        old.Actions.ShouldNotBeNull().Count.ShouldBe(current.Actions!.Count);
        AttachmentSize.Of(old).ShouldBeLessThanOrEqualTo(8_000);
        Text(card.Text)
            .Split('\n')
            .Count(l => l.StartsWith("- ", StringComparison.Ordinal))
            .ShouldBeGreaterThanOrEqualTo(atLeast);
    }
}
