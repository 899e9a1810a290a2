using Microsoft.Extensions.Logging.Abstractions;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Checklists;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Incidents;
using Sidecar.Features.Escalations.Lists;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Features.Playbooks;
using Sidecar.Features.Playbooks.Files;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Time;

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
        Escalations = new EscalationStore(
            store,
            new RoleStore(store, people, TimeProvider.System),
            new FollowUpPolicy(Parts, new UpdateCadence(new UpdateSettings(), Calendar)),
            Parts,
            Reminders,
            TimeProvider.System
        );
        Lists = new EscalationLists(store);
    }

    /// <summary>What has its say in every change, as in the product.</summary>
    public static IReadOnlyList<IEscalationPart> Parts { get; } =
    [
        new UpdateNotices(),
        new TaskNotices(),
        new IncidentPart(
            new IncidentCourse(
                new PlaybookShelf(PlaybookFiles.Shipped()),
                new IncidentSettings(),
                Calendar
            ),
            new IncidentEffects(new IncidentSettings(), Calendar)
        ),
    ];

    /// <summary>As without a settings file.</summary>
    public static ReminderPlan Reminders { get; } =
        new(
            new EscalationSettings(),
            new IncidentSettings(),
            new TaskDeadlines(new PlaybookSettings(), Calendar),
            Calendar
        );

    private static WorkingTime Calendar => new(new TeamTimeSettings());

    public EscalationStore Escalations { get; }

    public EscalationLists Lists { get; }
}
