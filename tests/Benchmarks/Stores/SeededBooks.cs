using Microsoft.Extensions.Logging.Abstractions;
using Sidecar.Features.Escalations;
using Sidecar.Features.Playbooks;
using Sidecar.Features.Playbooks.Files;
using Sidecar.People;
using Sidecar.Scheduling;
using Sidecar.Storage;

namespace Benchmarks.Stores;

/// <summary>What reads and changes escalations, on a seeded store, without the product around it.</summary>
internal sealed class SeededBooks
{
    public SeededBooks(IStoreEngine engine)
    {
        var store = new Store(engine);
        // Everybody in a seeded store is known, so Mattermost is never asked and need not be there.
        var people = new PeopleDirectory(
            store,
            chat: null!,
            Calendar,
            TimeProvider.System,
            NullLogger<PeopleDirectory>.Instance
        );
        Escalations = new EscalationBook(
            store,
            new RoleBook(store, people, TimeProvider.System),
            new Aftermath(
                new IncidentCourse(
                    new PlaybookShelf(PlaybookFiles.Shipped()),
                    new IncidentSettings(),
                    Calendar
                ),
                new UpdateCadence(new UpdateSettings(), Calendar)
            ),
            new IncidentEffects(new IncidentSettings(), Calendar),
            Reminders,
            TimeProvider.System
        );
        Lists = new EscalationLists(store);
    }

    /// <summary>As without a settings file.</summary>
    public static ReminderPlan Reminders { get; } =
        new(
            new EscalationSettings(),
            new IncidentSettings(),
            new TaskDeadlines(new PlaybookSettings(), Calendar),
            Calendar
        );

    private static WorkingTime Calendar => new(new TeamTimeSettings());

    public EscalationBook Escalations { get; }

    public EscalationLists Lists { get; }
}
