using Shouldly;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Checklists;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Incidents;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>The incident channel of an escalation tells the same story as its store and timeline.</summary>
internal static class IncidentAgreement
{
    public static void Check(Desk desk, Escalation stored, IReadOnlyList<EscalationFact> facts)
    {
        facts
            .Count(f => f is EscalationFact.PlaybookStarted)
            .ShouldBe(stored.Incident is null ? 0 : 1);
        var opened = facts.OfType<EscalationFact.ChannelOpened>().ToList();
        opened
            .Select(f => f.Channel.Id)
            .ShouldBe(stored.Incident is null ? [] : [ChannelOf(stored).Id]);
        if (stored.Incident is null)
        {
            return;
        }

        var channel = ChannelOf(stored).Id.Value;
        CardsShow(desk, stored, channel);
        desk.Mattermost.Channels.Single(c => c.Id == channel)
            .Header.ShouldBe(Agreement.Read(desk, IncidentEffects.Header(stored)));
        var said = desk.Cards(channel).Select(p => p.Message).ToList();
        said.Count(m => m.StartsWith("#### ", StringComparison.Ordinal))
            .ShouldBe(facts.Count(f => f is EscalationFact.UpdatePosted { In: not null }));
        foreach (var fact in facts.Where(IsToldThere))
        {
            said.ShouldContain(Agreement.Read(desk, fact.Sentence));
        }
    }

    private static void CardsShow(Desk desk, Escalation stored, string channel)
    {
        var home = desk.CardOf(stored.Id.Number);
        var shown = desk.Cards(channel)
            .Where(p =>
                p.Attachments.Length > 0
                && p.Message.Split(" · raised by ")[0] == home.Message.Split(" · raised by ")[0]
            )
            .ShouldHaveSingleItem();
        shown.Attachments[0].Title.ShouldBe(home.Attachments[0].Title);
        Agreement.Fields(shown).ShouldBe(Agreement.Fields(home));
        Agreement.Controls(shown).ShouldBe(Agreement.Controls(home));
        desk.Cards(channel)
            .Count(p => p.Message.StartsWith(":clipboard:", StringComparison.Ordinal))
            .ShouldBe(1);
        var headline = Agreement.Read(desk, ChecklistCards.Checklist(stored).Headline);
        desk.Cards(channel).Count(p => p.Message == headline).ShouldBe(1, headline);
    }

    private static bool IsToldThere(EscalationFact fact) =>
        fact
            is EscalationFact.ExecutiveLoopedIn
                or EscalationFact.WatchEnded
                or EscalationFact.RetrospectiveHeld;

    private static NamedChannel ChannelOf(Escalation stored) =>
        stored.Incident!.Channel.ShouldNotBeNull();
}
