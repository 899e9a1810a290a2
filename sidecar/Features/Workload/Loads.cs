using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Time;

namespace Sidecar.Features.Workload;

/// <summary>Counts what people have to do (MET-5); reads what is under way only, whatever has been.</summary>
internal sealed class Loads(
    Store store,
    WorkingTime team,
    IEnumerable<IWorkSource> sources,
    TimeProvider clock
)
{
    /// <summary>Beyond so many of one kind nobody needs to know how many more.</summary>
    private const int Counted = 500;

    public async ValueTask<PersonLoad> Of(UserId person, CancellationToken cancel)
    {
        var assignments = await store.List(
            AssignmentIndexes.Kind,
            AssignmentIndexes.ByPerson,
            IndexKey.Empty.Then(person.Value),
            null,
            Counted,
            cancel
        );
        var escalations = await store.List(
            EscalationIndexes.Kind,
            EscalationIndexes.ByWorker,
            IndexKey.Empty.Then(person.Value).Then(false),
            null,
            Counted,
            cancel
        );
        var others = new List<OtherWork>();
        foreach (var source in sources)
        {
            if (await source.Of(person, cancel) is { } work)
            {
                others.Add(work);
            }
        }

        return Sum(
            person,
            [.. assignments.Items.Select(a => a.Value)],
            [.. escalations.Items.Select(e => e.Value)],
            WeekEnds(clock.GetUtcNow(), team.Zone)
        ) with
        {
            Others = [.. others],
        };
    }

    public static PersonLoad Sum(
        UserId person,
        IReadOnlyList<Assignment> assignments,
        IReadOnlyList<Escalation> escalations,
        DateTimeOffset weekEnds
    )
    {
        var active = assignments.Where(a => a.State == AssignmentState.Active).ToList();
        var owned = escalations.Where(e => e.IsOpen && e.Owner == person).ToList();
        return new PersonLoad(
            person,
            [.. active.Where(a => a.Engineer == person)],
            [.. active.Where(a => a.BackUp == person)],
            [
                .. new[] { Severity.Sev1, Severity.Sev2, Severity.Sev3, Severity.Sev4 }.Select(s =>
                    owned.Count(e => e.Severity == s)
                ),
            ],
            active.Count(a =>
                a.Turn is { } turn && turn.DueAt < weekEnds && (turn.Asked ?? a.Engineer) == person
            )
        );
    }

    /// <summary>When the week ends, UTC: with Sunday.</summary>
    public static DateTimeOffset WeekEnds(DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = LocalTime.DayOf(now, zone);
        var left = today.DayOfWeek == DayOfWeek.Sunday ? 1 : 8 - (int)today.DayOfWeek;
        return LocalTime.First(today.AddDays(left).ToDateTime(TimeOnly.MinValue), zone);
    }
}
