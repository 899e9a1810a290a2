using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Lists;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>
/// Store, timeline, cards, thread, lists and reminders of one escalation tell the same story.
/// </summary>
internal static class Agreement
{
    private static readonly string[] People =
    [
        "tam",
        "engineer",
        "lead",
        "product",
        "executive",
        "backup",
    ];

    public static async Task Check(Desk desk, long number)
    {
        var stored = await desk.Stored(number);
        var facts = await desk.Facts(number);
        TimelineLeadsTo(stored, facts);
        CardsShow(desk, stored);
        ThreadTells(desk, stored, facts);
        PeopleWereTold(desk, stored, facts);
        IncidentAgreement.Check(desk, stored, facts);
        await RemindersAreSet(desk, stored);
        await ListsHold(desk, stored);
    }

    private static void TimelineLeadsTo(Escalation stored, IReadOnlyList<EscalationFact> facts)
    {
        var folded = FoldedFacts.Of(facts);
        folded.State.ShouldBe(stored.State);
        // Whoever resolves what nobody owns owns it; the line before says who acknowledged it.
        folded.Owner.ShouldBe(stored.Owner);
        folded.Followers.ShouldBe(stored.Followers);
        folded.RungsTold.ShouldBe(stored.RungsTold);
        folded.StaleAsked.ShouldBe(stored.StaleAsked);
        folded.Resolution.ShouldBe(stored.Resolution);
        folded.ConfirmedBy.ShouldBe(stored.Confirmed?.Who);
        foreach (var field in EscalationText.Fields)
        {
            folded.Says[field.Label].ShouldBe(field.Read(stored.Text), field.Label);
        }

        folded.Says["Bug"].ShouldBe(stored.Work.Bug);
        folded.Says["Pull request"].ShouldBe(stored.Work.PullRequest);
    }

    private static void CardsShow(Desk desk, Escalation stored)
    {
        var home = desk.CardOf(stored.Id.Number);
        var card = EscalationCards.Card(stored);
        home.Message.ShouldBe(Read(desk, EscalationCards.RootLine(stored)));
        home.Attachments[0].Title.ShouldBe(Read(desk, card.Title));
        home.Attachments[0].Text.ShouldBe(Read(desk, card.Text));
        Fields(home).ShouldBe(card.Fields.Select(f => $"{f.Name}: {Read(desk, f.Value)}"));
        Controls(home)
            .ShouldBe(
                card.Controls.Select(c =>
                    $"{c.Label} {c.IsSpent} {string.Join(',', c.Options.Select(o => o.Value))}"
                )
            );
        home.Field("State")!.ShouldStartWith(Vocabulary.States.Label(stored.State));
        foreach (var copy in stored.Copies)
        {
            var shown = desk.CardOf(stored.Id.Number, copy.Channel.Value);
            shown.Message.ShouldBe(Read(desk, EscalationCards.Headline(stored)));
            shown.Attachments[0].Title.ShouldBe(home.Attachments[0].Title);
            Fields(shown).ShouldBe(Fields(home));
            Controls(shown).ShouldBe(Controls(home));
        }
    }

    private static void ThreadTells(
        Desk desk,
        Escalation stored,
        IReadOnlyList<EscalationFact> facts
    )
    {
        // Status updates stand there as they are; their fact tells only where else they went.
        var lines = desk.Thread(desk.CardOf(stored.Id.Number))
            .ToLookup(l => l.StartsWith("#### ", StringComparison.Ordinal));
        lines[true]
            .Count()
            .ShouldBe(facts.Count(f => f is EscalationFact.UpdatePosted { In: null }));
        lines[false]
            .ShouldBe(
                facts.Where(f => !f.IsToldByCard).Select(f => Desk.AsRead(Read(desk, f.Sentence)))
            );
    }

    private static void PeopleWereTold(
        Desk desk,
        Escalation stored,
        IReadOnlyList<EscalationFact> facts
    )
    {
        foreach (var who in People)
        {
            var id = desk.IdOf(who);
            var told = desk.ToldTo(who).Where(t => t.Contains($"**{stored.Id}**")).ToList();
            foreach (
                var (start, isCall) in ((string, bool)[])
                    [(":alarm_clock: Nobody", false), (":telephone_receiver:", true)]
            )
            {
                told.Count(t => t.StartsWith(start, StringComparison.Ordinal))
                    .ShouldBe(
                        facts
                            .OfType<EscalationFact.Climbed>()
                            .Count(f =>
                                f.IsCall == isCall && f.Told.Any(t => t.People.Contains(id))
                            ),
                        who
                    );
            }

            told.Count(t => t.StartsWith(":hourglass:", StringComparison.Ordinal))
                .ShouldBe(
                    facts.OfType<EscalationFact.AskedAbout>().Count(f => f.Told.Contains(id)),
                    who
                );
            // Not what answers whoever took it by a button that they were asked to press.
            told.Count(t => t.Contains($"**{stored.Id}** is yours now: "))
                .ShouldBe(
                    facts
                        .OfType<EscalationFact.EscalationAssigned>()
                        .Count(f => f.To == id && f.By != id),
                    who
                );
            told.Count(t => t.StartsWith(":alarm_clock: **", StringComparison.Ordinal))
                .ShouldBe(
                    facts
                        .OfType<EscalationFact.TasksReminded>()
                        .Sum(f => f.Reminders.Count(r => r.To == id)),
                    who
                );
            told.Count(t => t.StartsWith(":stopwatch:", StringComparison.Ordinal))
                .ShouldBe(
                    facts.OfType<EscalationFact.WatchEnded>().Count(f => f.Asked.Contains(id)),
                    who
                );
        }
    }

    private static async Task RemindersAreSet(Desk desk, Escalation stored)
    {
        var plan = desk.Parts.GetRequiredService<ReminderPlan>();
        var number = stored.Id.Number;
        (await desk.Due(ReminderPlan.Climb, number)).ShouldBe(plan.NextRungAt(stored));
        (await desk.Due(ReminderPlan.Stale, number)).ShouldBe(plan.NextQuestionAt(stored));
        (await desk.Due(ReminderPlan.Update, number)).ShouldBe(stored.Update?.RemindAt);
        (await desk.Due(ReminderPlan.Task, number)).ShouldBe(plan.NextTaskAt(stored));
        (await desk.Due(ReminderPlan.Executive, number)).ShouldBe(plan.ExecutiveAt(stored));
        (await desk.Due(ReminderPlan.Watch, number)).ShouldBe(plan.WatchEndsAt(stored));
    }

    private static async Task ListsHold(Desk desk, Escalation stored)
    {
        var lists = desk.Parts.GetRequiredService<EscalationLists>();
        foreach (var state in Vocabulary.States.Select(s => s.Value))
        {
            var page = await lists.Page(
                EscalationList.Of(state),
                null,
                TestContext.Current.CancellationToken
            );
            page.Items.Any(e => e.Value.Id == stored.Id).ShouldBe(state == stored.State);
        }
    }

    internal static IEnumerable<string> Fields(Post post) =>
        post.Attachments[0].Fields!.Select(f => $"{f.Title}: {f.Value?.GetString()}");

    internal static IEnumerable<string> Controls(Post post) =>
        post.Actions.Select(a =>
            $"{a.Name} {a.Disabled} {string.Join(',', a.Options?.Select(o => o.Value) ?? [])}"
        );

    internal static string Read(Desk desk, Markdown words) =>
        words.Show(person => desk.Mattermost.GetUser(person.Value).Username);
}
