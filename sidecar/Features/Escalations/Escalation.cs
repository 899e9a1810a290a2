using Sidecar.Features.Customers;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// A customer problem brought to engineers. Every method decides and changes nothing: it returns the next state with
/// what happened, or why not. All times are UTC.
/// </summary>
internal sealed record Escalation
{
    public const int MaxSummaryLength = 250;
    public const int MaxLongTextLength = 3000;

    public required EscalationId Id { get; init; }
    public required CustomerKey Customer { get; init; }

    /// <summary>The customer's name when it was raised.</summary>
    public required string CustomerName { get; init; }
    public required Severity Severity { get; init; }
    public required Category Category { get; init; }
    public required string Summary { get; init; }
    public string CustomerImpact { get; init; } = "";
    public ImpactLevel Impact { get; init; } = ImpactLevel.Medium;
    public EffortEstimate Effort { get; init; } = EffortEstimate.Medium;
    public string Links { get; init; } = "";

    public required UserId Reporter { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>Where its card is.</summary>
    public required ChannelId Channel { get; init; }

    /// <summary>The thread that its card is in; null when the card begins one.</summary>
    public PostId? Thread { get; init; }

    public EscalationState State { get; init; } = EscalationState.New;

    /// <summary>The one person who takes care of it (ESC-7).</summary>
    public UserId? Owner { get; init; }
    public UserId? AcknowledgedBy { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public UserId? ResolvedBy { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public string Resolution { get; init; } = "";

    public bool IsOpen => State != EscalationState.Resolved;

    /// <summary>The name of its card among our posts.</summary>
    public PostName Card => new($"{Id}/card");

    /// <summary>
    /// Somebody says: I have seen it and take care of it. They become the owner unless somebody has been assigned
    /// already. Only the first one does (ESC-9).
    /// </summary>
    public Decision Acknowledge(UserId by, DateTimeOffset now)
    {
        if (!IsOpen)
        {
            return new AlreadyResolved(this);
        }

        if (State != EscalationState.New)
        {
            return new AlreadyAcknowledged(this, by);
        }

        var next = this with
        {
            State = EscalationState.Acknowledged,
            AcknowledgedBy = by,
            AcknowledgedAt = now,
            Owner = Owner ?? by,
        };
        return new Decision.Accepted(next, new EscalationFact.Acknowledged(by, next.Owner.Value));
    }

    /// <summary>Gives it to somebody, who is the one owner from then on (ESC-7).</summary>
    public Decision Assign(UserId to, UserId by)
    {
        if (!IsOpen)
        {
            return new AlreadyResolved(this);
        }

        return Owner == to
            ? new AlreadyOwned(this, by)
            : new Decision.Accepted(
                this with
                {
                    Owner = to,
                },
                new EscalationFact.Assigned(by, Owner, to)
            );
    }

    /// <summary>
    /// It is solved. Nobody needs to have acknowledged it before: whoever resolves a new one acknowledges it by that
    /// (ESC-6), and owns it if nobody does.
    /// </summary>
    /// <param name="by">Who says so.</param>
    /// <param name="resolution">What solved it; may be empty.</param>
    /// <param name="now">When.</param>
    public Decision Resolve(UserId by, string resolution, DateTimeOffset now)
    {
        if (!IsOpen)
        {
            return new AlreadyResolved(this);
        }

        var facts = new List<EscalationFact>();
        if (State == EscalationState.New)
        {
            facts.Add(new EscalationFact.Acknowledged(by, Owner ?? by));
        }

        facts.Add(new EscalationFact.Resolved(by, resolution));
        var next = this with
        {
            State = EscalationState.Resolved,
            Owner = Owner ?? by,
            AcknowledgedBy = AcknowledgedBy ?? by,
            AcknowledgedAt = AcknowledgedAt ?? now,
            ResolvedBy = by,
            ResolvedAt = now,
            Resolution = resolution,
        };
        return new Decision.Accepted(next, facts);
    }
}
