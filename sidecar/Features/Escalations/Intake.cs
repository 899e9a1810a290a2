using Sidecar.Features.Customers;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <summary>What is told when an escalation is raised (ESC-1), checked and ready.</summary>
/// <param name="CustomerName">Whose problem it is, by key or name as typed; becomes the name when nobody has heard of them.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Summary">In a sentence.</param>
internal sealed record Intake(string CustomerName, Severity Severity, string Summary)
{
    public Category Category { get; init; } = Vocabulary.DefaultCategory;
    public string CustomerImpact { get; init; } = "";
    public ImpactLevel Impact { get; init; } = ImpactLevel.Medium;
    public EffortEstimate Effort { get; init; } = EffortEstimate.Medium;
    public string Links { get; init; } = "";

    public Escalation ToEscalation(
        EscalationId id,
        CustomerKey customer,
        string customerName,
        Envelope from,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = id,
            Customer = customer,
            CustomerName = customerName,
            Severity = Severity,
            Category = Category,
            Summary = Summary,
            CustomerImpact = CustomerImpact,
            Impact = Impact,
            Effort = Effort,
            Links = Links,
            Reporter = from.User,
            RaisedAt = now,
            Channel = from.Channel,
            Thread = from.Thread,
        };
}
