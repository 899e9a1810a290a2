using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Checklists;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Playbooks.Files;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Incidents.Tasks;

/// <summary>Escalations that follow the Sev 1 playbook.</summary>
internal static class GivenIncident
{
    public static Incident Fresh =>
        Incident.Follow(PlaybookFiles.Shipped().Single(p => p.Key == "sev1"), by: null, Given.Now);

    /// <summary>A Sev 1 that is worked on.</summary>
    public static Escalation Running =>
        Given.At(EscalationState.Investigating, Severity.Sev1) with
        {
            Incident = Fresh,
        };

    public static TaskNumber Number(string number) => TaskNumber.Read(number)!.Value;

    public static IncidentTask Task(this Escalation escalation, string number) =>
        escalation.Incident!.Find(Number(number)).ShouldNotBeNull();

    /// <summary>An escalation begins to follow the playbook, and its checklist stands in the square.</summary>
    public static Task Follows(this Desk desk, long number = 1) =>
        desk.Becomes(
            number,
            e =>
                e with
                {
                    Incident = Incident.Follow(
                        PlaybookFiles.Shipped().First(),
                        null,
                        desk.Clock.GetUtcNow()
                    ),
                }
        );

    /// <summary>Its times count from a resolution, as they do when it is resolved.</summary>
    public static Task Counts(this Desk desk, DateTimeOffset? resolvedAt, long number = 1) =>
        desk.Becomes(
            number,
            e =>
                e with
                {
                    Incident = e.Incident!.WithDeadlines(
                        resolvedAt,
                        desk.Parts.GetRequiredService<WorkingTime>()
                    ),
                }
        );

    /// <summary>The checklist as it stands in the square.</summary>
    public static Post Checklist(this Desk desk) =>
        desk.Cards().Last(p => p.Message.StartsWith(":clipboard:", StringComparison.Ordinal));

    private static async Task Becomes(this Desk desk, long number, Func<Escalation, Escalation> how)
    {
        var book = desk.Parts.GetRequiredService<EscalationStore>();
        var read = (
            await book.Find(new EscalationId(number), TestContext.Current.CancellationToken)
        ).ShouldNotBeNull();
        var next = how(read.Value);
        var (headline, card) = ChecklistCards.Checklist(next);
        var change = new Change(desk.Clock.GetUtcNow(), "test")
            .Replace(EscalationIndexes.Kind, read, next)
            .Do(
                new Effect.ShowCard(next.Checklist, next.Channel, null, headline, card)
                {
                    About = next.Id.ToString(),
                }
            );
        desk.Parts.GetRequiredService<ReminderPlan>().Set(change, next.Id, next);
        (await desk.Store.Commit(change, TestContext.Current.CancellationToken)).ShouldBeTrue();
        await desk.Settled();
    }
}
