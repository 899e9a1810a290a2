using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Features.Customers;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Reports.Domain;

namespace Sidecar.Api.Resources;

// What is answered, by its names in JSON. What a reader may not know is null.

internal sealed record MeView(
    string Token,
    string Name,
    bool IsIntegration,
    ApiPerson Owner,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Roles,
    DateTimeOffset EndsAt
);

internal sealed record CustomerView(
    string Key,
    string Name,
    string? Phase,
    bool Strategic,
    decimal? ArrUsd,
    DateOnly? ContractDate,
    DateOnly? ProductionCompleted,
    string? DeploymentMethod,
    string? HostingProvider,
    string? Deployment,
    string? TimeZone,
    ApiPerson? Ce,
    ApiPerson? Tam,
    ApiPerson? Csm,
    ApiPerson? Ae,
    string? CrmLink,
    string? SuccessLink,
    string? TicketsLink,
    IReadOnlyList<string> DesignDocuments,
    FigureView? SeatsPurchased,
    FigureView? SeatsDeployed,
    FigureView? Mau,
    FigureView? Dau,
    bool IsArchived,
    DateTimeOffset AddedAt,
    DateTimeOffset? ChangedAt
);

internal sealed record FigureView(long Count, DateOnly On);

internal sealed record EscalationView(
    string Id,
    string Severity,
    string Category,
    string State,
    string? CustomerKey,
    string Customer,
    string Summary,
    string CustomerImpact,
    string Impact,
    string Effort,
    int Score,
    string Links,
    string? StateReason,
    string? RedirectedTo,
    ApiPerson Reporter,
    DateTimeOffset RaisedAt,
    ApiPerson? Owner,
    ApiPerson? AcknowledgedBy,
    DateTimeOffset? AcknowledgedAt,
    ApiPerson? ResolvedBy,
    DateTimeOffset? ResolvedAt,
    string? Resolution,
    string? ConfirmedBy,
    DateTimeOffset? ConfirmedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? NextUpdateAt,
    bool IsStale,
    string? Bug,
    string? PullRequest,
    bool? NeedsBackport,
    string? MergedInto,
    string? Playbook,
    bool IsFollowed,
    IReadOnlyList<string> Moves
);

internal sealed record UpdateView(
    int Number,
    ApiPerson By,
    DateTimeOffset At,
    string Status,
    double HoursIn,
    string Summary,
    string CustomerImpact,
    string? TechnicalNotes,
    DateTimeOffset? NextUpdateAt
);

internal sealed record ChecklistView(
    string Escalation,
    string Playbook,
    DateTimeOffset StartedAt,
    IReadOnlyList<ChecklistStageView> Stages,
    RetrospectiveView? Retrospective
);

internal sealed record ChecklistStageView(
    int Number,
    string Title,
    IReadOnlyList<ChecklistTaskView> Tasks
);

internal sealed record ChecklistTaskView(
    string Number,
    string Title,
    string State,
    string? Reason,
    ApiPerson? By,
    DateTimeOffset? At,
    ApiPerson? Assignee,
    DateTimeOffset? DueAt,
    bool IsOverdue
);

internal sealed record RetrospectiveView(
    string Issue,
    string Improvements,
    string Changes,
    ApiPerson By,
    DateTimeOffset At
);

internal sealed record TimelineView(long Sequence, DateTimeOffset At, string What);

internal sealed record AssignmentView(
    string Id,
    string? CustomerKey,
    string Customer,
    string Kind,
    string State,
    bool IsInternal,
    ApiPerson? Engineer,
    ApiPerson? BackUp,
    ApiPerson CustomerEngineer,
    ApiPerson RequestedBy,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateOnly? EndsOn,
    DateOnly? ReviewOn,
    DateTimeOffset? EndedAt,
    string? EndedBecause,
    string Why,
    DateOnly? CustomerToldOn,
    string? CustomerTold,
    string? Environment,
    IReadOnlyList<DocumentView> Documents,
    IReadOnlyList<MeetingView> Meetings,
    HandOverView? HandOver
);

internal sealed record DocumentView(string Title, string Link, DateOnly UpdatedOn, ApiPerson By);

internal sealed record MeetingView(DateOnly On, string About, ApiPerson By);

internal sealed record HandOverView(
    string Reason,
    string? Note,
    ApiPerson From,
    ApiPerson? To,
    DateTimeOffset AskedAt
);

internal sealed record CheckInPlanView(
    string Assignment,
    string Weekday,
    string Time,
    string TimeZone,
    DateTimeOffset NextPlannedAt,
    DateOnly Week,
    DateTimeOffset DueAt,
    ApiPerson? WaitsFor,
    string? Channel
);

internal sealed record CheckInView(
    string Assignment,
    DateOnly Week,
    ApiPerson By,
    DateTimeOffset At,
    string GoingWell,
    string Frustration,
    string Goals,
    string Context,
    bool ProfessionalServices,
    ApiPerson? CorrectedBy,
    DateTimeOffset? CorrectedAt,
    bool Late
);

internal sealed record ServiceRequestView(
    string Id,
    string Customer,
    string Title,
    string Delivers,
    ApiPerson? DeliveredBy,
    DateOnly? StartsOn,
    DateOnly DueOn,
    decimal Days,
    string State,
    DateTimeOffset StateSince,
    string? StateReason,
    ApiPerson PreparedBy,
    DateTimeOffset PreparedAt,
    string? From,
    string? SignedOffBy,
    DateOnly? SignedOffOn,
    string? Delivery,
    string? AcceptedBy,
    DateOnly? AcceptedOn,
    string? Maintainer,
    IReadOnlyList<string> Moves
);

internal sealed record ImplementationView(
    string Id,
    string Customer,
    string Type,
    string State,
    string? StateReason,
    decimal? Score,
    string DeploymentMethod,
    string HostingProvider,
    string? Opportunity,
    IReadOnlyList<string> DesignLinks,
    string Information,
    ApiPerson RequestedBy,
    DateTimeOffset RequestedAt,
    ApiPerson? Engineer,
    ApiPerson? CustomerEngineer,
    ApiPerson? AccountExecutive,
    ApiPerson? Advisor,
    string? DesignDocument,
    string? Questionnaire,
    string? QuestionnaireBegun,
    DateOnly? TargetOn,
    ImplementationDatesView Dates,
    int OpenRequirements,
    IReadOnlyList<RequirementView> Requirements,
    IReadOnlyList<string> Documentation,
    DateTimeOffset? StartedAt,
    DateOnly? CompletedOn,
    DateTimeOffset? EndedAt,
    IReadOnlyList<string> Steps
);

internal sealed record ImplementationDatesView(
    DateOnly? InternalMeeting,
    DateOnly? Contract,
    DateOnly? Introduction,
    DateOnly? KickOff,
    DateOnly? PartnershipKickOff,
    DateOnly? Target
);

internal sealed record RequirementView(
    string Name,
    string State,
    string? Note,
    ApiPerson? By,
    DateTimeOffset? At
);

internal sealed record ReportView(
    DateOnly From,
    DateOnly To,
    string By,
    IReadOnlyList<ReportFigureView> Figures
)
{
    /// <summary>What the table is made of.</summary>
    [JsonIgnore]
    public ImmutableArray<ReportFigure> Made { get; init; } = [];
}

internal sealed record ReportFigureView(
    string Name,
    string Title,
    string Audience,
    string Words,
    string Note,
    string RowHeading,
    IReadOnlyList<string> Rows,
    IReadOnlyList<int> WorkingRows,
    IReadOnlyList<ReportColumnView> Columns
);

internal sealed record ReportColumnView(string Name, string Unit, IReadOnlyList<decimal?> Values);

internal sealed record AuditView(
    long Sequence,
    DateTimeOffset At,
    string Actor,
    string Subject,
    string? Fact,
    JsonElement Details
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never
)]
[JsonSerializable(typeof(MeView))]
[JsonSerializable(typeof(CustomerView))]
[JsonSerializable(typeof(ApiPage<CustomerView>), TypeInfoPropertyName = "CustomerPage")]
[JsonSerializable(typeof(EscalationView))]
[JsonSerializable(typeof(ApiPage<EscalationView>), TypeInfoPropertyName = "EscalationPage")]
[JsonSerializable(typeof(UpdateView))]
[JsonSerializable(typeof(ApiPage<UpdateView>), TypeInfoPropertyName = "UpdatePage")]
[JsonSerializable(typeof(ApiPage<TimelineView>), TypeInfoPropertyName = "TimelinePage")]
[JsonSerializable(typeof(ChecklistView))]
[JsonSerializable(typeof(ChecklistStageView))]
[JsonSerializable(typeof(ChecklistTaskView))]
[JsonSerializable(typeof(AssignmentView))]
[JsonSerializable(typeof(CheckInPlanView))]
[JsonSerializable(typeof(ApiPage<AssignmentView>), TypeInfoPropertyName = "AssignmentPage")]
[JsonSerializable(typeof(CheckInView))]
[JsonSerializable(typeof(ApiPage<CheckInView>), TypeInfoPropertyName = "CheckInPage")]
[JsonSerializable(typeof(ServiceRequestView))]
[JsonSerializable(typeof(ApiPage<ServiceRequestView>), TypeInfoPropertyName = "ServiceRequestPage")]
[JsonSerializable(typeof(ImplementationView))]
[JsonSerializable(typeof(ApiPage<ImplementationView>), TypeInfoPropertyName = "ImplementationPage")]
[JsonSerializable(typeof(ReportView))]
[JsonSerializable(typeof(ApiPage<AuditView>), TypeInfoPropertyName = "AuditPage")]
internal sealed partial class ApiJson : JsonSerializerContext;
