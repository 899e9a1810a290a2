using System.Collections.Immutable;

namespace Sidecar.Api.Resources;

/// <summary>The table of contents of the REST API.</summary>
internal static class ApiOperations
{
    public static ImmutableArray<ApiOperation> All { get; } =
    [
        MeResource.Get,
        .. CustomerResource.Operations,
        .. EscalationReads.Operations,
        .. EscalationWrites.Operations,
        .. AssignmentResource.Operations,
        .. AssignmentWrites.Operations,
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
            .AddSingleton<EscalationViews>()
            .AddSingleton<EscalationReads>()
            .AddSingleton<EscalationWrites>()
            .AddSingleton<AssignmentResource>()
            .AddSingleton<AssignmentWrites>()
            .AddSingleton<ImplementationResource>()
            .AddSingleton<ImplementationWrites>()
            .AddSingleton<ServiceRequestResource>()
            .AddSingleton<ReportResource>()
            .AddSingleton<TimelinePages>()
            .AddSingleton<AuditResource>();
}
