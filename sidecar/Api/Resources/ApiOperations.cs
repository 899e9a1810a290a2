using System.Collections.Immutable;

namespace Sidecar.Api.Resources;

/// <summary>The table of contents of the REST API.</summary>
internal static class ApiOperations
{
    public static ImmutableArray<ApiOperation> All { get; } =
    [
        MeResource.Get,
        .. CustomerResource.Operations,
        .. CustomerWrites.Operations,
        .. EscalationReads.Operations,
        .. EscalationWrites.Operations,
        .. EscalationLinks.Operations,
        .. ChecklistResource.Operations,
        .. AssignmentResource.Operations,
        .. AssignmentWrites.Operations,
        .. AssignmentStaffing.Operations,
        .. AssignmentRecords.Operations,
        .. CheckInResource.Operations,
        .. CheckInPlanResource.Operations,
        .. ImplementationResource.Operations,
        .. ImplementationWrites.Operations,
        .. ServiceRequestResource.Operations,
        ReportResource.Get,
        AuditResource.List,
    ];

    /// <summary>What answers them.</summary>
    public static void Add(IServiceCollection services) =>
        services
            .AddSingleton<MeResource>()
            .AddSingleton<CustomerResource>()
            .AddSingleton<CustomerWrites>()
            .AddSingleton<EscalationViews>()
            .AddSingleton<EscalationReads>()
            .AddSingleton<EscalationWrites>()
            .AddSingleton<EscalationLinks>()
            .AddSingleton<ChecklistResource>()
            .AddSingleton<AssignmentResource>()
            .AddSingleton<AssignmentWrites>()
            .AddSingleton<AssignmentStaffing>()
            .AddSingleton<AssignmentRecords>()
            .AddSingleton<CheckInResource>()
            .AddSingleton<CheckInPlanResource>()
            .AddSingleton<ImplementationResource>()
            .AddSingleton<ImplementationWrites>()
            .AddSingleton<ServiceRequestResource>()
            .AddSingleton<ReportResource>()
            .AddSingleton<TimelinePages>()
            .AddSingleton<AuditResource>();
}
