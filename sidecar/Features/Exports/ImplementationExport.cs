using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Implementations;
using Sidecar.Features.Implementations.Domain;

namespace Sidecar.Features.Exports;

/// <summary>All implementation requests in the order in which they were requested.</summary>
internal static class ImplementationExport
{
    public static Export<Implementation> Table { get; } =
        new(
            "implementations",
            "all implementation requests",
            ExportRights.Implementations,
            [
                new("id", it => it.Id.ToString()),
                new("customer", it => it.Customer.Value),
                new("customer_name", it => it.CustomerName),
                new("type", it => it.Type.Label()),
                new("state", it => it.State.Label()),
                new("state_reason", it => it.StateReason),
                new("deployment_method", it => it.Method),
                new("hosting_provider", it => it.Provider),
                new("crm_opportunity", it => it.Opportunity),
                new("technical_design", it => it.Design),
                new("information", it => it.Information),
                new(
                    "signs",
                    it =>
                        string.Join(
                            "; ",
                            it.Signs.Where(s => s.Holds == true).Select(s => s.Kind.Label())
                        )
                ),
                new("requested_by", it => it.RequestedBy),
                new("requested_at", it => it.RequestedAt),
                new("score", it => it.Score is { } score ? Triage.Shown(score) : ""),
                new("scored_by", it => string.Join(' ', it.Scores.Select(s => s.By.Value))),
                new("ie", it => it.Engineer),
                new("ce", it => it.CustomerEngineer),
                new("ae", it => it.AccountExecutive),
                new("ta", it => it.Advisor),
                new("design_document", it => it.DesignDocument),
                new("questionnaire", it => it.Questionnaire),
                new("internal_meeting", it => it.Dates.InternalMeeting),
                new("contract", it => it.Dates.Contract),
                new("introduction", it => it.Dates.Introduction),
                new("kick_off", it => it.Dates.KickOff),
                new("partnership_kick_off", it => it.Dates.PartnershipKickOff),
                new("target", it => it.Dates.Target),
                new("requirements_open", it => it.OpenRequirements.Length),
                new("started_at", it => it.StartedAt),
                new("completed_on", it => it.CompletedOn),
                new("documentation", it => it.Documentation),
                new("ended_at", it => it.EndedAt),
            ],
            StoredPages.Of(
                ImplementationIndexes.Kind,
                id => ImplementationId.Read(id)?.Number ?? long.MaxValue
            )
        );
}
