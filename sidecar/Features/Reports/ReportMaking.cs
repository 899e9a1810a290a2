using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Customers.Measures;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Exports;
using Sidecar.Features.Implementations;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Features.Reports.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Time;

namespace Sidecar.Features.Reports;

/// <summary>
/// Reads what figures are made of, one thing after the other: what is held in memory are numbers, however much the store
/// holds.
/// </summary>
internal sealed class ReportMaking(
    Store store,
    EscalationStore escalations,
    CustomerStore customers,
    CustomerChanges measurements,
    AssignmentStore assignments,
    ImplementationStore implementations,
    PeopleDirectory people,
    WorkingTime team,
    EscalationSettings settings,
    UpdateSettings updates,
    CustomerSettings measures
)
{
    private const int AtOnce = 200;

    /// <summary>
    /// What was sent to another team is filed by when it was raised, and may have waited here so long before: that far
    /// back it is looked for.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(92);

    /// <summary>The figures that somebody may see.</summary>
    /// <param name="span">Of which days.</param>
    /// <param name="group">By what escalations are told apart besides their severity.</param>
    /// <param name="isOurs">For people with a role.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ImmutableArray<ReportFigure>> Make(
        ReportSpan span,
        ReportGroup group,
        bool isOurs,
        CancellationToken cancel
    )
    {
        var tally = new EscalationTally(
            span,
            team,
            settings.Acknowledge,
            updates.OverdueInChannelAfter
        );
        await foreach (var course in Courses(span, cancel))
        {
            tally.Take(course);
        }

        if (!isOurs)
        {
            await people.TryToKnow(tally.ByEngineer.All.Keys, cancel);
            return
            [
                tally.OpenOverTime(),
                tally.Grouped(group, NameOf),
                tally.Lengths(),
                tally.Updates(),
            ];
        }

        var (checkIns, assigned) = await Assigned(span, cancel);
        var (backlog, leads) = await Implemented(span, cancel);
        var seats = await Measured(span, cancel);
        await people.TryToKnow(
            tally
                .ByEngineer.All.Keys.Concat(checkIns.All.Keys)
                .Concat(assigned.Keys)
                .Concat(leads.Keys)
                .Distinct()
                .ToList(),
            cancel
        );
        return
        [
            tally.OpenOverTime(),
            tally.Grouped(group, NameOf),
            tally.Lengths(),
            tally.Updates(),
            WorkloadFigure.Of(tally.ByEngineer, checkIns, assigned, leads, NameOf),
            seats.Seats(),
            seats.Standing(),
            seats.Adoptions(),
            checkIns.Figure(NameOf),
            backlog.Backlog(),
            backlog.LeadTimes(),
        ];
    }

    private string NameOf(UserId person) =>
        people.NameOf(person) is { } name ? "@" + name : person.Value;

    private async IAsyncEnumerable<EscalationCourse> Courses(
        ReportSpan span,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        IndexPosition? after = null;
        // What is resolved between two pages moves, and would come twice.
        var seen = new HashSet<EscalationId>();
        do
        {
            var page = await store.List(
                EscalationIndexes.Kind,
                EscalationIndexes.ByPriority,
                IndexKey.Empty,
                after,
                AtOnce,
                cancel
            );
            foreach (var escalation in page.Items.Select(i => i.Value))
            {
                if (!escalation.IsOpen && LeftAt(escalation) < span.Begins - LongestWait)
                {
                    // All behind it ended earlier still.
                    yield break;
                }

                if (
                    seen.Add(escalation.Id)
                    && escalation.RaisedAt < span.Ends
                    && !(escalation.IsOver && escalation.EndedAt < span.Begins)
                    && await Course(escalation, span, cancel) is { } course
                )
                {
                    yield return course;
                }
            }

            after = page.Next;
        } while (after is not null);
    }

    private static DateTimeOffset LeftAt(Escalation escalation) =>
        escalation.EndedAt ?? escalation.ResolvedAt ?? escalation.RaisedAt;

    /// <summary>As it was when the days were over: what came later changes no report of them.</summary>
    private async Task<EscalationCourse?> Course(
        Escalation escalation,
        ReportSpan span,
        CancellationToken cancel
    )
    {
        var history = await Until(
            span.Ends,
            after => escalations.History(escalation.Id, after, AtOnce, cancel)
        );
        return EscalationCourse.Of(escalation.CustomerName, history);
    }

    /// <summary>What happened to something before a moment.</summary>
    private static async Task<List<HistoryEntry<TFact>>> Until<TFact>(
        DateTimeOffset end,
        Func<long, ValueTask<IReadOnlyList<HistoryEntry<TFact>>>> read
    )
    {
        var history = new List<HistoryEntry<TFact>>();
        await foreach (var entry in Paged(read, e => e.Sequence))
        {
            if (entry.At >= end)
            {
                break;
            }

            history.Add(entry);
        }

        return history;
    }

    /// <summary>Whose it was when the days were over: it may have been handed over since.</summary>
    private static UserId? AssignedThen(
        Assignment assignment,
        IEnumerable<HistoryEntry<AssignmentFact>> history
    ) =>
        history.Aggregate(
            assignment.Engineer,
            (then, entry) =>
                entry.Fact switch
                {
                    AssignmentFact.EngineerAssigned assigned => assigned.Engineer,
                    AssignmentFact.HandedOver handed => handed.To,
                    _ => then,
                }
        );

    private async Task<(CheckInTally, Dictionary<UserId, int>)> Assigned(
        ReportSpan span,
        CancellationToken cancel
    )
    {
        var tally = new CheckInTally(span);
        var assigned = new Dictionary<UserId, int>();
        var pages = StoredPages.Of(
            AssignmentIndexes.Kind,
            id => AssignmentId.Read(id)?.Number ?? long.MaxValue
        )(store, cancel);
        await foreach (var assignment in pages.SelectMany(page => page))
        {
            if (assignment.StartedAt is not { } started || started >= span.Ends)
            {
                continue;
            }

            if (assignment.EndedAt < span.Begins)
            {
                continue;
            }

            var history = await Until(
                span.Ends,
                after => assignments.History(assignment.Id, after, AtOnce, cancel)
            );
            tally.Take(assignment, history);
            if (
                !(assignment.EndedAt < span.Ends)
                && AssignedThen(assignment, history) is { } engineer
            )
            {
                assigned[engineer] = assigned.GetValueOrDefault(engineer) + 1;
            }
        }

        return (tally, assigned);
    }

    private async Task<(ImplementationTally, Dictionary<UserId, int>)> Implemented(
        ReportSpan span,
        CancellationToken cancel
    )
    {
        var tally = new ImplementationTally(span);
        var leads = new Dictionary<UserId, int>();
        var pages = StoredPages.Of(
            ImplementationIndexes.Kind,
            id => ImplementationId.Read(id)?.Number ?? long.MaxValue
        )(store, cancel);
        await foreach (var it in pages.SelectMany(page => page))
        {
            if (it.RequestedAt >= span.Ends)
            {
                continue;
            }

            var history = await Until(
                span.Ends,
                after => implementations.History(it.Id, after, AtOnce, cancel)
            );
            tally.Take(it, history);
            if (
                it.StartedAt < span.Ends
                && !ImplementationTally.IsOver(it, history, span.Ends)
                && ImplementationTally.LedBy(it, history, span.Ends) is { } engineer
            )
            {
                leads[engineer] = leads.GetValueOrDefault(engineer) + 1;
            }
        }

        return (tally, leads);
    }

    private async Task<CustomerTally> Measured(ReportSpan span, CancellationToken cancel)
    {
        var tally = new CustomerTally(span, measures);
        foreach (var isArchived in (bool[])[false, true])
        {
            var all = customers.All(
                CustomerIndexes.ByName,
                IndexKey.Empty.Then(isArchived),
                cancel
            );
            await foreach (var customer in all)
            {
                var changes = new List<CustomerEntry>();
                await foreach (
                    var entry in Paged(
                        after => customers.Timeline(customer.Key, after, AtOnce, cancel),
                        e => e.Sequence
                    )
                )
                {
                    // The figures themselves are read by their days.
                    if (entry.Fact is not (CustomerFact.Recorded or CustomerFact.Noticed))
                    {
                        changes.Add(entry);
                    }
                }

                var measured = await measurements.History(customer.Key, int.MaxValue, cancel);
                tally.Take(customer, changes, measured);
            }
        }

        return tally;
    }

    private static async IAsyncEnumerable<T> Paged<T>(
        Func<long, ValueTask<IReadOnlyList<T>>> read,
        Func<T, long> sequence
    )
    {
        IReadOnlyList<T> page;
        var after = 0L;
        do
        {
            page = await read(after);
            foreach (var entry in page)
            {
                yield return entry;
                after = sequence(entry);
            }
        } while (page.Count == AtOnce);
    }
}
