using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;

namespace Sidecar.Features.Reports.Domain;

/// <summary>What became of an escalation, as far as figures need it: read from what was recorded when it happened (MET-5).</summary>
/// <param name="Customer">Their name as it was last known.</param>
/// <param name="Turns">How it stood from when on, the first one when it was raised.</param>
internal sealed record EscalationCourse(string Customer, ImmutableArray<CourseTurn> Turns)
{
    /// <summary>Since when it is Deployment Engineering's; null when it never was.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When somebody first acknowledged it.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When it was last resolved, unless it was reopened since.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>The status updates that were sent.</summary>
    public ImmutableArray<CourseUpdate> Updates { get; init; } = [];

    public DateTimeOffset RaisedAt => Turns[0].From;

    /// <summary>How it stood at a moment; null before it was raised.</summary>
    public CourseTurn? At(DateTimeOffset moment) =>
        Turns.LastOrDefault(turn => turn.From <= moment);

    /// <summary>Reads it from what happened, oldest first; null when it does not begin with being raised.</summary>
    public static EscalationCourse? Of(
        string customer,
        IEnumerable<HistoryEntry<EscalationFact>> history
    )
    {
        var (turns, updates) = (new List<CourseTurn>(), new List<CourseUpdate>());
        DateTimeOffset? accepted = null;
        DateTimeOffset? acknowledged = null;
        DateTimeOffset? resolved = null;
        foreach (var (_, at, fact) in history)
        {
            if (fact is EscalationFact.Raised raised)
            {
                turns.Add(new CourseTurn(at, raised.Severity, IsOpen: true, Owner: null));
                continue;
            }

            if (turns.Count == 0)
            {
                return null;
            }

            var next = After(turns[^1], fact) with { From = at };
            if (next != turns[^1] with { From = at })
            {
                turns.Add(next);
            }

            accepted ??= IsTaking(fact) ? at : null;
            acknowledged ??= fact is EscalationFact.Acknowledged ? at : null;
            resolved = fact switch
            {
                EscalationFact.Resolved => at,
                EscalationFact.Reopened => null,
                _ => resolved,
            };
            if (fact is EscalationFact.UpdatePosted { Update: var update })
            {
                updates.Add(new CourseUpdate(at, update.DueAt, update.By, next.Severity));
            }
        }

        return turns.Count == 0
            ? null
            : new EscalationCourse(customer, [.. turns])
            {
                AcceptedAt = accepted,
                AcknowledgedAt = acknowledged,
                ResolvedAt = resolved,
                Updates = [.. updates],
            };
    }

    private static CourseTurn After(CourseTurn before, EscalationFact fact) =>
        fact switch
        {
            EscalationFact.Redirected
            or EscalationFact.HandedOver
            or EscalationFact.Declined
            or EscalationFact.EscalationCancelled
            or EscalationFact.Resolved
            or EscalationFact.EscalationClosed
            or EscalationFact.MergedInto
            or EscalationFact.WentOnAs => before with
            {
                IsOpen = false,
            },
            EscalationFact.Acknowledged { Owner: var owner } => before with
            {
                IsOpen = true,
                Owner = owner,
            },
            EscalationFact.EscalationAssigned { To: var to } => before with { Owner = to },
            EscalationFact.Edited { Changes: var changes } => before with
            {
                Severity =
                    changes
                        .Where(c => c.Field == "Severity")
                        .Select(c => SeverityOf(c.To))
                        .LastOrDefault(s => s is not null)
                    ?? before.Severity,
            },
            EscalationFact.Reopened
            or EscalationFact.Moved
            or EscalationFact.EscalationWaits
            or EscalationFact.ApprovalAsked => before with
            {
                IsOpen = true,
            },
            _ => IsTaking(fact) ? before with { IsOpen = true } : before,
        };

    private static bool IsTaking(EscalationFact fact) =>
        fact
            is EscalationFact.Accepted
                or EscalationFact.TakenProvisionally
                or EscalationFact.Overridden
                or EscalationFact.EscalatedSpecifically
                or EscalationFact.Approved;

    private static Severity? SeverityOf(string label) =>
        Enum.GetValues<Severity>()
            .Where(s => Vocabulary.Severities.Label(s) == label)
            .Select(s => (Severity?)s)
            .FirstOrDefault();
}

/// <summary>How an escalation stood from a moment on.</summary>
internal sealed record CourseTurn(
    DateTimeOffset From,
    Severity Severity,
    bool IsOpen,
    UserId? Owner
);

/// <summary>A status update that was sent.</summary>
/// <param name="At">When.</param>
/// <param name="DueAt">When it should have come; null when none was due.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="Severity">Of which severity the escalation was then.</param>
internal sealed record CourseUpdate(
    DateTimeOffset At,
    DateTimeOffset? DueAt,
    UserId By,
    Severity Severity
);
