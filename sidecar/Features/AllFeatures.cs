using Sidecar.Features.Alerts;
using Sidecar.Features.Assignments;
using Sidecar.Features.Assignments.CheckIns;
using Sidecar.Features.Assignments.Listing;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Features.Customers;
using Sidecar.Features.Deliveries;
using Sidecar.Features.Escalations;
using Sidecar.Features.Escalations.Checklists;
using Sidecar.Features.Escalations.Incidents;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Features.Exports;
using Sidecar.Features.GuidedSetup;
using Sidecar.Features.Help;
using Sidecar.Features.MySummary;
using Sidecar.Features.Panel;
using Sidecar.Features.PersonalHours;
using Sidecar.Features.Playbooks;
using Sidecar.Features.RoleGrants;
using Sidecar.Features.Status;
using Sidecar.Features.TeamTime;
using Sidecar.Features.Tokens;
using Sidecar.Interactions;

namespace Sidecar.Features;

/// <summary>The table of contents of the product: one line per feature, in the order in which help lists them.</summary>
internal static class AllFeatures
{
    public static void Register(FeatureBuilder product) =>
        product
            .Add<EscalationsFeature>()
            .Add<StatusUpdatesFeature>()
            .Add<IncidentsFeature>()
            .Add<ChecklistFeature>()
            .Add<PlaybooksFeature>()
            .Add<AssignmentsFeature>()
            .Add<RequestsFeature>()
            .Add<CheckInsFeature>()
            .Add<ReviewsFeature>()
            .Add<AssignmentListFeature>()
            .Add<MySummaryFeature>()
            .Add<PanelFeature>()
            .Add<CustomersFeature>()
            .Add<RoleGrantsFeature>()
            .Add<GuidedSetupFeature>()
            .Add<PersonalHoursFeature>()
            .Add<ExportsFeature>()
            .Add<TokensFeature>()
            .Add<AlertsFeature>()
            .Add<HelpFeature>()
            .Add<StatusFeature>()
            .Add<DeliveriesFeature>()
            .Add<TeamTimeFeature>();
}
