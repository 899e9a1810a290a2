using Sidecar.Features.Agenda;
using Sidecar.Features.Alerts;
using Sidecar.Features.Assignments;
using Sidecar.Features.Assignments.CheckIns;
using Sidecar.Features.Assignments.Listing;
using Sidecar.Features.Assignments.Records;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Features.ConsoleSettings;
using Sidecar.Features.Customers;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Deliveries;
using Sidecar.Features.Escalations;
using Sidecar.Features.Escalations.Checklists;
using Sidecar.Features.Escalations.Incidents;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Features.Exports;
using Sidecar.Features.GuidedSetup;
using Sidecar.Features.Help;
using Sidecar.Features.Implementations;
using Sidecar.Features.MySummary;
using Sidecar.Features.Panel;
using Sidecar.Features.PersonalHours;
using Sidecar.Features.Playbooks;
using Sidecar.Features.PluginDeaths;
using Sidecar.Features.Reports;
using Sidecar.Features.RoleGrants;
using Sidecar.Features.ServiceRequests;
using Sidecar.Features.Status;
using Sidecar.Features.TeamTime;
using Sidecar.Features.Tokens;
using Sidecar.Features.Webhooks;
using Sidecar.Features.Workload;
using Sidecar.Interactions;

namespace Sidecar.Features;

/// <summary>The table of contents of the product: one line per feature, under the topic by which help groups its commands.</summary>
internal static class AllFeatures
{
    public static void Register(FeatureBuilder product) =>
        product
            .Topic(Topics.Escalations)
            .Add<EscalationsFeature>()
            .Topic(Topics.Incidents)
            .Add<StatusUpdatesFeature>()
            .Add<IncidentsFeature>()
            .Add<ChecklistFeature>()
            .Add<PlaybooksFeature>()
            .Topic(Topics.Engineers)
            .Add<AssignmentsFeature>()
            .Add<RequestsFeature>()
            .Topic(Topics.CheckIns)
            .Add<CheckInsFeature>()
            .Topic(Topics.Engineers)
            .Add<RecordsFeature>()
            .Add<ReviewsFeature>()
            .Add<WorkloadFeature>()
            .Add<AssignmentListFeature>()
            .Topic(Topics.Implementations)
            .Add<ImplementationsFeature>()
            .Topic(Topics.Services)
            .Add<ServiceRequestsFeature>()
            .Topic(Topics.OwnWork)
            .Add<MySummaryFeature>()
            .Add<PanelFeature>()
            .Topic(Topics.Customers)
            .Add<CustomersFeature>()
            .Topic(Topics.Figures)
            .Add<ReportsFeature>()
            .Add<AgendaFeature>()
            .Topic(Topics.SettingUp)
            .Add<RoleGrantsFeature>()
            .Add<GuidedSetupFeature>()
            .Topic(Topics.OwnWork)
            .Add<PersonalHoursFeature>()
            .Topic(Topics.Data)
            .Add<ExportsFeature>()
            .Topic(Topics.Integrations)
            .Add<TokensFeature>()
            .Add<AlertsFeature>()
            .Add<WebhooksFeature>()
            .Topic(Topics.OwnWork)
            .Add<HelpFeature>()
            .Topic(Topics.SettingUp)
            .Add<StatusFeature>()
            .Add<DeliveriesFeature>()
            .Add<PluginDeathsFeature>()
            .Add<ConsoleSettingsFeature>()
            .Add<TeamTimeFeature>();
}
