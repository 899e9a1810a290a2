using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;

namespace Sidecar.Features.Exports;

/// <summary>All escalations in the order in which they were raised.</summary>
internal static class EscalationExport
{
    public static Export<Escalation> Table { get; } =
        new(
            "escalations",
            "all escalations",
            ExportRights.Escalations,
            [
                new("id", e => e.Id.ToString()),
                new("customer", e => e.Customer.Value),
                new("customer_name", e => e.CustomerName),
                new("severity", e => Vocabulary.Severities.Code(e.Severity)),
                new("category", e => Vocabulary.Categories.Code(e.Category)),
                new("state", e => Vocabulary.States.Code(e.State)),
                new("impact", e => Vocabulary.Impacts.Code(e.Impact)),
                new("effort", e => Vocabulary.Efforts.Code(e.Effort)),
                new("score", e => e.Priority.Score),
                new("redirected_to", e => e.RedirectedTo is { } team ? team.Named().Code : ""),
                new("state_reason", e => e.StateReason),
                new("summary", e => e.Summary),
                new("customer_impact", e => e.CustomerImpact),
                new("links", e => e.Links),
                new("reporter", e => e.Reporter),
                new("raised_at", e => e.RaisedAt),
                new("owner", e => e.Owner),
                new("acknowledged_by", e => e.AcknowledgedBy),
                new("acknowledged_at", e => e.AcknowledgedAt),
                new("resolved_by", e => e.ResolvedBy),
                new("resolved_at", e => e.ResolvedAt),
                new("resolution", e => e.Resolution),
                new("followers", e => string.Join(' ', e.Followers.Select(f => f.Value))),
                new("bug", e => e.Work.Bug),
                new("pull_request", e => e.Work.PullRequest),
                new("needs_backport", e => YesNo(e.Work.NeedsBackport)),
                new("solved_without_change", e => YesNo(e.Work.SolvedWithoutChange)),
                new("confirmed_by", e => e.Confirmed?.Who ?? ""),
                new("confirmed_at", e => e.Confirmed?.At),
                new("ended_by", e => e.EndedBy),
                new("ended_at", e => e.EndedAt),
            ],
            StoredPages.Of(
                EscalationIndexes.Kind,
                id => EscalationId.Read(id)?.Number ?? long.MaxValue
            )
        );

    private static string YesNo(bool? known) =>
        known switch
        {
            true => "yes",
            false => "no",
            null => "",
        };
}
