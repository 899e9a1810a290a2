// Written by ClientWriter out of the API's description. With GOLDEN=write its test writes it anew.
#nullable enable
namespace Sidecar.Tests.Api.Client;

internal sealed record Error
{
    public required string Where { get; init; }
    public required string Detail { get; init; }
}

internal sealed record Problem
{
    public required string Type { get; init; }
    public required string Title { get; init; }
    public required long Status { get; init; }
    public required string Detail { get; init; }
    public IReadOnlyList<Error>? Errors { get; init; }
    public string? Reference { get; init; }
}

internal sealed record Person
{
    public required string Id { get; init; }
    public required string? Username { get; init; }
}

internal sealed record Me
{
    public required string Token { get; init; }
    public required string Name { get; init; }
    public required bool IsIntegration { get; init; }
    public required Person Owner { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required IReadOnlyList<string> Roles { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
}

internal sealed record Figure
{
    public required long Count { get; init; }
    public required DateOnly On { get; init; }
}

internal sealed record Customer
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string? Phase { get; init; }
    public required bool Strategic { get; init; }
    public required decimal? ArrUsd { get; init; }
    public required DateOnly? ContractDate { get; init; }
    public required DateOnly? ProductionCompleted { get; init; }
    public required string? DeploymentMethod { get; init; }
    public required string? HostingProvider { get; init; }
    public required string? Deployment { get; init; }
    public required string? TimeZone { get; init; }
    public required Person? Ce { get; init; }
    public required Person? Tam { get; init; }
    public required Person? Csm { get; init; }
    public required Person? Ae { get; init; }
    public required string? CrmLink { get; init; }
    public required string? SuccessLink { get; init; }
    public required string? TicketsLink { get; init; }
    public required IReadOnlyList<string> DesignDocuments { get; init; }
    public required Figure? SeatsPurchased { get; init; }
    public required Figure? SeatsDeployed { get; init; }
    public required Figure? Mau { get; init; }
    public required Figure? Dau { get; init; }
    public required bool IsArchived { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset? ChangedAt { get; init; }
}

internal sealed record CustomerPage
{
    public required IReadOnlyList<Customer> Items { get; init; }
    public required string? Next { get; init; }
}

internal sealed record Timeline
{
    public required long Sequence { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string What { get; init; }
}

internal sealed record TimelinePage
{
    public required IReadOnlyList<Timeline> Items { get; init; }
    public required string? Next { get; init; }
}

internal sealed record Escalation
{
    public required string Id { get; init; }
    public required string Severity { get; init; }
    public required string Category { get; init; }
    public required string State { get; init; }
    public required string? CustomerKey { get; init; }
    public required string Customer { get; init; }
    public required string Summary { get; init; }
    public required string CustomerImpact { get; init; }
    public required string Impact { get; init; }
    public required string Effort { get; init; }
    public required long Score { get; init; }
    public required string Links { get; init; }
    public required string? StateReason { get; init; }
    public required string? RedirectedTo { get; init; }
    public required Person Reporter { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }
    public required Person? Owner { get; init; }
    public required Person? AcknowledgedBy { get; init; }
    public required DateTimeOffset? AcknowledgedAt { get; init; }
    public required Person? ResolvedBy { get; init; }
    public required DateTimeOffset? ResolvedAt { get; init; }
    public required string? Resolution { get; init; }
    public required string? ConfirmedBy { get; init; }
    public required DateTimeOffset? ConfirmedAt { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required DateTimeOffset? NextUpdateAt { get; init; }
    public required bool IsStale { get; init; }
    public required string? Bug { get; init; }
    public required string? PullRequest { get; init; }
    public required bool? NeedsBackport { get; init; }
    public required string? MergedInto { get; init; }
    public required string? Playbook { get; init; }
    public required bool IsFollowed { get; init; }
    public required IReadOnlyList<string> Moves { get; init; }
}

internal sealed record EscalationPage
{
    public required IReadOnlyList<Escalation> Items { get; init; }
    public required string? Next { get; init; }
}

internal sealed record Update
{
    public required long Number { get; init; }
    public required Person By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Status { get; init; }
    public required decimal HoursIn { get; init; }
    public required string Summary { get; init; }
    public required string CustomerImpact { get; init; }
    public required string? TechnicalNotes { get; init; }
    public required DateTimeOffset? NextUpdateAt { get; init; }
}

internal sealed record UpdatePage
{
    public required IReadOnlyList<Update> Items { get; init; }
    public required string? Next { get; init; }
}

internal sealed record ChecklistTask
{
    public required string Number { get; init; }
    public required string Title { get; init; }
    public required string State { get; init; }
    public required string? Reason { get; init; }
    public required Person? By { get; init; }
    public required DateTimeOffset? At { get; init; }
    public required Person? Assignee { get; init; }
    public required DateTimeOffset? DueAt { get; init; }
    public required bool IsOverdue { get; init; }
}

internal sealed record ChecklistStage
{
    public required long Number { get; init; }
    public required string Title { get; init; }
    public required IReadOnlyList<ChecklistTask> Tasks { get; init; }
}

internal sealed record Retrospective
{
    public required string Issue { get; init; }
    public required string Improvements { get; init; }
    public required string Changes { get; init; }
    public required Person By { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed record Checklist
{
    public required string Escalation { get; init; }
    public required string Playbook { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required IReadOnlyList<ChecklistStage> Stages { get; init; }
    public required Retrospective? Retrospective { get; init; }
}

internal sealed record Document
{
    public required string Title { get; init; }
    public required string Link { get; init; }
    public required DateOnly UpdatedOn { get; init; }
    public required Person By { get; init; }
}

internal sealed record Meeting
{
    public required DateOnly On { get; init; }
    public required string About { get; init; }
    public required Person By { get; init; }
}

internal sealed record HandOver
{
    public required string Reason { get; init; }
    public required string? Note { get; init; }
    public required Person From { get; init; }
    public required Person? To { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
}

internal sealed record Assignment
{
    public required string Id { get; init; }
    public required string? CustomerKey { get; init; }
    public required string Customer { get; init; }
    public required string Kind { get; init; }
    public required string State { get; init; }
    public required bool IsInternal { get; init; }
    public required Person? Engineer { get; init; }
    public required Person? BackUp { get; init; }
    public required Person CustomerEngineer { get; init; }
    public required Person RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public required DateTimeOffset? StartedAt { get; init; }
    public required DateOnly? EndsOn { get; init; }
    public required DateOnly? ReviewOn { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required string? EndedBecause { get; init; }
    public required string Why { get; init; }
    public required DateOnly? CustomerToldOn { get; init; }
    public required string? CustomerTold { get; init; }
    public required string? Environment { get; init; }
    public required IReadOnlyList<Document> Documents { get; init; }
    public required IReadOnlyList<Meeting> Meetings { get; init; }
    public required HandOver? HandOver { get; init; }
}

internal sealed record AssignmentPage
{
    public required IReadOnlyList<Assignment> Items { get; init; }
    public required string? Next { get; init; }
}

internal sealed record CheckIn
{
    public required string Assignment { get; init; }
    public required DateOnly Week { get; init; }
    public required Person By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string GoingWell { get; init; }
    public required string Frustration { get; init; }
    public required string Goals { get; init; }
    public required string Context { get; init; }
    public required bool ProfessionalServices { get; init; }
    public required Person? CorrectedBy { get; init; }
    public required DateTimeOffset? CorrectedAt { get; init; }
    public required bool Late { get; init; }
}

internal sealed record CheckInPage
{
    public required IReadOnlyList<CheckIn> Items { get; init; }
    public required string? Next { get; init; }
}

internal sealed record CheckInPlan
{
    public required string Assignment { get; init; }
    public required string Weekday { get; init; }
    public required string Time { get; init; }
    public required string TimeZone { get; init; }
    public required DateTimeOffset NextPlannedAt { get; init; }
    public required DateOnly Week { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required Person? WaitsFor { get; init; }
    public required string? Channel { get; init; }
}

internal sealed record ImplementationDates
{
    public required DateOnly? InternalMeeting { get; init; }
    public required DateOnly? Contract { get; init; }
    public required DateOnly? Introduction { get; init; }
    public required DateOnly? KickOff { get; init; }
    public required DateOnly? PartnershipKickOff { get; init; }
    public required DateOnly? Target { get; init; }
}

internal sealed record Requirement
{
    public required string Name { get; init; }
    public required string State { get; init; }
    public required string? Note { get; init; }
    public required Person? By { get; init; }
    public required DateTimeOffset? At { get; init; }
}

internal sealed record Implementation
{
    public required string Id { get; init; }
    public required string Customer { get; init; }
    public required string Type { get; init; }
    public required string State { get; init; }
    public required string? StateReason { get; init; }
    public required decimal? Score { get; init; }
    public required string DeploymentMethod { get; init; }
    public required string HostingProvider { get; init; }
    public required string? Opportunity { get; init; }
    public required IReadOnlyList<string> DesignLinks { get; init; }
    public required string Information { get; init; }
    public required Person RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public required Person? Engineer { get; init; }
    public required Person? CustomerEngineer { get; init; }
    public required Person? AccountExecutive { get; init; }
    public required Person? Advisor { get; init; }
    public required string? DesignDocument { get; init; }
    public required string? Questionnaire { get; init; }
    public required string? QuestionnaireBegun { get; init; }
    public required DateOnly? TargetOn { get; init; }
    public required ImplementationDates Dates { get; init; }
    public required long OpenRequirements { get; init; }
    public required IReadOnlyList<Requirement> Requirements { get; init; }
    public required IReadOnlyList<string> Documentation { get; init; }
    public required DateTimeOffset? StartedAt { get; init; }
    public required DateOnly? CompletedOn { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required IReadOnlyList<string> Steps { get; init; }
}

internal sealed record ImplementationPage
{
    public required IReadOnlyList<Implementation> Items { get; init; }
    public required string? Next { get; init; }
}

internal sealed record ServiceRequest
{
    public required string Id { get; init; }
    public required string Customer { get; init; }
    public required string Title { get; init; }
    public required string Delivers { get; init; }
    public required Person? DeliveredBy { get; init; }
    public required DateOnly? StartsOn { get; init; }
    public required DateOnly DueOn { get; init; }
    public required decimal Days { get; init; }
    public required string State { get; init; }
    public required DateTimeOffset StateSince { get; init; }
    public required string? StateReason { get; init; }
    public required Person PreparedBy { get; init; }
    public required DateTimeOffset PreparedAt { get; init; }
    public required string? From { get; init; }
    public required string? SignedOffBy { get; init; }
    public required DateOnly? SignedOffOn { get; init; }
    public required string? Delivery { get; init; }
    public required string? AcceptedBy { get; init; }
    public required DateOnly? AcceptedOn { get; init; }
    public required string? Maintainer { get; init; }
    public required IReadOnlyList<string> Moves { get; init; }
}

internal sealed record ServiceRequestPage
{
    public required IReadOnlyList<ServiceRequest> Items { get; init; }
    public required string? Next { get; init; }
}

internal sealed record ReportColumn
{
    public required string Name { get; init; }
    public required string Unit { get; init; }
    public required IReadOnlyList<decimal?> Values { get; init; }
}

internal sealed record ReportFigure
{
    public required string Name { get; init; }
    public required string Title { get; init; }
    public required string Audience { get; init; }
    public required string Words { get; init; }
    public required string Note { get; init; }
    public required string RowHeading { get; init; }
    public required IReadOnlyList<string> Rows { get; init; }
    public required IReadOnlyList<long> WorkingRows { get; init; }
    public required IReadOnlyList<ReportColumn> Columns { get; init; }
}

internal sealed record Report
{
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required string By { get; init; }
    public required IReadOnlyList<ReportFigure> Figures { get; init; }
}

internal sealed record Audit
{
    public required long Sequence { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Actor { get; init; }
    public required string Subject { get; init; }
    public required string? Fact { get; init; }
    public required System.Text.Json.JsonElement Details { get; init; }
}

internal sealed record AuditPage
{
    public required IReadOnlyList<Audit> Items { get; init; }
    public required string? Next { get; init; }
}

internal sealed record AddCustomerRequest
{
    public string? Key { get; init; }
    public required string Name { get; init; }
    public string? Phase { get; init; }
    public bool? Strategic { get; init; }
    public decimal? ArrUsd { get; init; }
    public DateOnly? ContractDate { get; init; }
    public DateOnly? ProductionCompleted { get; init; }
    public string? DeploymentMethod { get; init; }
    public string? HostingProvider { get; init; }
    public string? Deployment { get; init; }
    public string? TimeZone { get; init; }
    public string? Ce { get; init; }
    public string? Tam { get; init; }
    public string? Csm { get; init; }
    public string? Ae { get; init; }
    public string? CrmLink { get; init; }
    public string? SuccessLink { get; init; }
    public string? TicketsLink { get; init; }
    public IReadOnlyList<string>? DesignDocuments { get; init; }
}

internal sealed record ChangeCustomerRequest
{
    public string? Name { get; init; }
    public string? Phase { get; init; }
    public bool? Strategic { get; init; }
    public decimal? ArrUsd { get; init; }
    public DateOnly? ContractDate { get; init; }
    public DateOnly? ProductionCompleted { get; init; }
    public string? DeploymentMethod { get; init; }
    public string? HostingProvider { get; init; }
    public string? Deployment { get; init; }
    public string? TimeZone { get; init; }
    public string? Ce { get; init; }
    public string? Tam { get; init; }
    public string? Csm { get; init; }
    public string? Ae { get; init; }
    public string? CrmLink { get; init; }
    public string? SuccessLink { get; init; }
    public string? TicketsLink { get; init; }
    public IReadOnlyList<string>? DesignDocuments { get; init; }
}

internal sealed record RecordFiguresRequest
{
    public DateOnly? On { get; init; }
    public long? SeatsPurchased { get; init; }
    public long? SeatsDeployed { get; init; }
    public long? Mau { get; init; }
    public long? Dau { get; init; }
    public bool? EvenIfMoreThanBought { get; init; }
}

internal sealed record RaiseEscalationRequest
{
    public required string Customer { get; init; }
    public required string Severity { get; init; }
    public string? Category { get; init; }
    public required string Summary { get; init; }
    public string? CustomerImpact { get; init; }
    public string? Impact { get; init; }
    public string? Effort { get; init; }
    public string? Links { get; init; }
    public string? Channel { get; init; }
    public bool? EvenIfOpen { get; init; }
}

internal sealed record ChangeEscalationRequest
{
    public string? Customer { get; init; }
    public string? Severity { get; init; }
    public string? Category { get; init; }
    public string? Summary { get; init; }
    public string? CustomerImpact { get; init; }
    public string? Impact { get; init; }
    public string? Effort { get; init; }
    public string? Links { get; init; }
}

internal sealed record PostUpdateRequest
{
    public required string Summary { get; init; }
    public string? Status { get; init; }
    public string? CustomerImpact { get; init; }
    public string? TechnicalNotes { get; init; }
    public DateTimeOffset? NextUpdateAt { get; init; }
    public DateTimeOffset? BeganAt { get; init; }
}

internal sealed record MoveEscalationRequest
{
    public required string Move { get; init; }
    public string? Words { get; init; }
}

internal sealed record AssignEscalationRequest
{
    public required string Owner { get; init; }
    public bool? Anyway { get; init; }
}

internal sealed record MergeEscalationRequest
{
    public required string Into { get; init; }
    public string? Note { get; init; }
    public bool? Anyway { get; init; }
}

internal sealed record HandOverEscalationRequest
{
    public string? Team { get; init; }
    public string? Note { get; init; }
}

internal sealed record LinkWorkRequest
{
    public string? Bug { get; init; }
    public string? PullRequest { get; init; }
    public string? NeedsBackport { get; init; }
}

internal sealed record ChangeTaskRequest
{
    public string? State { get; init; }
    public string? Reason { get; init; }
    public string? Assignee { get; init; }
    public DateTimeOffset? DueAt { get; init; }
}

internal sealed record FinishStageRequest
{
    public required string State { get; init; }
    public string? Reason { get; init; }
}

internal sealed record StartPlaybookRequest
{
    public string? Playbook { get; init; }
}

internal sealed record HoldRetrospectiveRequest
{
    public required string Issue { get; init; }
    public required string Improvements { get; init; }
    public required string Changes { get; init; }
}

internal sealed record RequestEngineerRequest
{
    public required string Customer { get; init; }
    public required string Why { get; init; }
    public required string Kind { get; init; }
    public DateOnly? EndsOn { get; init; }
    public required string CustomerEngineer { get; init; }
}

internal sealed record VetAssignmentRequest
{
    public required string Decision { get; init; }
    public string? Why { get; init; }
}

internal sealed record WithdrawAssignmentRequest
{
    public string? Why { get; init; }
}

internal sealed record SkipCheckInRequest
{
    public required string Why { get; init; }
}

internal sealed record StartAssignmentRequest
{
    public required string Customer { get; init; }
    public required string Why { get; init; }
    public required string Kind { get; init; }
    public DateOnly? EndsOn { get; init; }
    public required string CustomerEngineer { get; init; }
    public required string Engineer { get; init; }
    public string? BackUp { get; init; }
    public string? BeyondCapBecause { get; init; }
    public bool? AllTheSame { get; init; }
}

internal sealed record AssignEngineerRequest
{
    public required string Engineer { get; init; }
    public string? BackUp { get; init; }
    public bool? AllTheSame { get; init; }
}

internal sealed record NameBackUpRequest
{
    public required string? BackUp { get; init; }
    public bool? AllTheSame { get; init; }
}

internal sealed record RecordCustomerToldRequest
{
    public required string To { get; init; }
    public DateOnly? On { get; init; }
}

internal sealed record EndAssignmentRequest
{
    public required string Why { get; init; }
}

internal sealed record SetEnvironmentRequest
{
    public required string? Link { get; init; }
}

internal sealed record NoteMeetingRequest
{
    public required string About { get; init; }
    public DateOnly? On { get; init; }
}

internal sealed record RecordDocumentRequest
{
    public required string Link { get; init; }
    public string? Title { get; init; }
    public DateOnly? On { get; init; }
}

internal sealed record ReviewAssignmentRequest
{
    public required string Decision { get; init; }
    public string? Why { get; init; }
}

internal sealed record HandOverAssignmentRequest
{
    public required string Step { get; init; }
    public string? Reason { get; init; }
    public string? Note { get; init; }
    public string? To { get; init; }
    public bool? Anyway { get; init; }
}

internal sealed record AnswerCheckInRequest
{
    public string? GoingWell { get; init; }
    public string? Frustration { get; init; }
    public string? Goals { get; init; }
    public string? Context { get; init; }
    public bool? ProfessionalServices { get; init; }
    public DateOnly? Week { get; init; }
}

internal sealed record CorrectCheckInRequest
{
    public string? GoingWell { get; init; }
    public string? Frustration { get; init; }
    public string? Goals { get; init; }
    public string? Context { get; init; }
    public bool? ProfessionalServices { get; init; }
}

internal sealed record PlanCheckInsRequest
{
    public required string Weekday { get; init; }
    public required string Time { get; init; }
    public string? TimeZone { get; init; }
}

internal sealed record PostCheckInsToRequest
{
    public required string? Channel { get; init; }
}

internal sealed record MoveCheckInRequest
{
    public required DateTimeOffset To { get; init; }
    public DateOnly? Week { get; init; }
}

internal sealed record RequestImplementationRequest
{
    public required string Customer { get; init; }
    public required string Type { get; init; }
    public string? DeploymentMethod { get; init; }
    public string? HostingProvider { get; init; }
    public string? Opportunity { get; init; }
    public IReadOnlyList<string>? DesignLinks { get; init; }
    public string? Information { get; init; }
    public string? Channel { get; init; }
}

internal sealed record ChangeImplementationRequest
{
    public string? Type { get; init; }
    public string? DeploymentMethod { get; init; }
    public string? HostingProvider { get; init; }
    public string? Opportunity { get; init; }
    public IReadOnlyList<string>? DesignLinks { get; init; }
    public string? Information { get; init; }
}

internal sealed record ScoreImplementationRequest
{
    public required long Revenue { get; init; }
    public required long Complexity { get; init; }
    public required long Market { get; init; }
    public required long Intangibles { get; init; }
    public required long Bandwidth { get; init; }
    public string? Note { get; init; }
}

internal sealed record DecideImplementationRequest
{
    public required string Decision { get; init; }
    public string? Why { get; init; }
    public string? Engineer { get; init; }
}

internal sealed record GiveWordOnImplementationRequest
{
    public required string Word { get; init; }
    public string? Text { get; init; }
}

internal sealed record NamePeopleOfImplementationRequest
{
    public string? Engineer { get; init; }
    public string? CustomerEngineer { get; init; }
    public string? AccountExecutive { get; init; }
    public string? Advisor { get; init; }
}

internal sealed record LinkDocumentsOfImplementationRequest
{
    public string? DesignDocument { get; init; }
    public string? Questionnaire { get; init; }
    public bool? IsComplete { get; init; }
}

internal sealed record PlanImplementationRequest
{
    public DateOnly? InternalMeeting { get; init; }
    public DateOnly? Contract { get; init; }
    public DateOnly? Introduction { get; init; }
    public DateOnly? KickOff { get; init; }
    public DateOnly? PartnershipKickOff { get; init; }
    public DateOnly? Target { get; init; }
}

internal sealed record SetRequirementOfImplementationRequest
{
    public required string Requirement { get; init; }
    public required string State { get; init; }
    public string? Note { get; init; }
}

internal sealed record CompleteImplementationRequest
{
    public required IReadOnlyList<string> Documentation { get; init; }
    public required bool IsReachable { get; init; }
    public DateOnly? CompletedOn { get; init; }
}

internal sealed record WithdrawImplementationRequest
{
    public required string Why { get; init; }
}

internal sealed record PrepareServiceRequestRequest
{
    public required string Customer { get; init; }
    public required string Title { get; init; }
    public required string Delivers { get; init; }
    public string? By { get; init; }
    public DateOnly? StartsOn { get; init; }
    public required DateOnly DueOn { get; init; }
    public required decimal Days { get; init; }
    public string? Channel { get; init; }
    public string? From { get; init; }
}

internal sealed record ChangeServiceRequestRequest
{
    public string? Title { get; init; }
    public string? Delivers { get; init; }
    public string? By { get; init; }
    public DateOnly? StartsOn { get; init; }
    public DateOnly? DueOn { get; init; }
    public decimal? Days { get; init; }
    public string? AgreedBy { get; init; }
    public string? How { get; init; }
}

internal sealed record MoveServiceRequestRequest
{
    public required string Move { get; init; }
    public string? How { get; init; }
    public string? Who { get; init; }
    public DateOnly? On { get; init; }
    public string? Note { get; init; }
    public string? Text { get; init; }
    public string? Maintainer { get; init; }
}

internal sealed partial class EscalateClient
{
    /// <summary>Show what the token is.</summary>
    public Task<Answered<Me>> GetMe() => Send<Me>("GET", $"/api/v1/me", [], [], null);

    /// <summary>List customers.</summary>
    public Task<Answered<CustomerPage>> ListCustomers(
        string? q = null,
        bool? archived = null,
        long? limit = null,
        string? cursor = null
    ) =>
        Send<CustomerPage>(
            "GET",
            $"/api/v1/customers",
            [("q", q), ("archived", archived), ("limit", limit), ("cursor", cursor)],
            [],
            null
        );

    /// <summary>Add a customer.</summary>
    public Task<Answered<Customer>> AddCustomer(AddCustomerRequest body, string idempotencyKey) =>
        Send<Customer>(
            "POST",
            $"/api/v1/customers",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Read a customer.</summary>
    public Task<Answered<Customer>> GetCustomer(string key) =>
        Send<Customer>("GET", $"/api/v1/customers/{Uri.EscapeDataString(key)}", [], [], null);

    /// <summary>Change a customer.</summary>
    public Task<Answered<Customer>> ChangeCustomer(
        string key,
        ChangeCustomerRequest body,
        string ifMatch
    ) =>
        Send<Customer>(
            "PATCH",
            $"/api/v1/customers/{Uri.EscapeDataString(key)}",
            [],
            [("If-Match", ifMatch)],
            body
        );

    /// <summary>Show what was changed about a customer.</summary>
    public Task<Answered<TimelinePage>> ListCustomerTimeline(
        string key,
        long? limit = null,
        string? cursor = null
    ) =>
        Send<TimelinePage>(
            "GET",
            $"/api/v1/customers/{Uri.EscapeDataString(key)}/timeline",
            [("limit", limit), ("cursor", cursor)],
            [],
            null
        );

    /// <summary>Archive a customer who has left.</summary>
    public Task<Answered<Customer>> ArchiveCustomer(string key, string idempotencyKey) =>
        Send<Customer>(
            "POST",
            $"/api/v1/customers/{Uri.EscapeDataString(key)}/archive",
            [],
            [("Idempotency-Key", idempotencyKey)],
            null
        );

    /// <summary>Bring back an archived customer.</summary>
    public Task<Answered<Customer>> RestoreCustomer(string key, string idempotencyKey) =>
        Send<Customer>(
            "POST",
            $"/api/v1/customers/{Uri.EscapeDataString(key)}/restore",
            [],
            [("Idempotency-Key", idempotencyKey)],
            null
        );

    /// <summary>Record seats, MAU and DAU of a customer.</summary>
    public Task<Answered<Customer>> RecordFigures(
        string key,
        RecordFiguresRequest body,
        string idempotencyKey
    ) =>
        Send<Customer>(
            "POST",
            $"/api/v1/customers/{Uri.EscapeDataString(key)}/figures",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>List escalations.</summary>
    public Task<Answered<EscalationPage>> ListEscalations(
        string? list = null,
        string? severity = null,
        string? state = null,
        string? customer = null,
        string? q = null,
        long? limit = null,
        string? cursor = null
    ) =>
        Send<EscalationPage>(
            "GET",
            $"/api/v1/escalations",
            [
                ("list", list),
                ("severity", severity),
                ("state", state),
                ("customer", customer),
                ("q", q),
                ("limit", limit),
                ("cursor", cursor),
            ],
            [],
            null
        );

    /// <summary>Raise an escalation.</summary>
    public Task<Answered<Escalation>> RaiseEscalation(
        RaiseEscalationRequest body,
        string idempotencyKey
    ) =>
        Send<Escalation>(
            "POST",
            $"/api/v1/escalations",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Read an escalation.</summary>
    public Task<Answered<Escalation>> GetEscalation(string id) =>
        Send<Escalation>("GET", $"/api/v1/escalations/{Uri.EscapeDataString(id)}", [], [], null);

    /// <summary>Change what an escalation says.</summary>
    public Task<Answered<Escalation>> ChangeEscalation(
        string id,
        ChangeEscalationRequest body,
        string ifMatch
    ) =>
        Send<Escalation>(
            "PATCH",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}",
            [],
            [("If-Match", ifMatch)],
            body
        );

    /// <summary>List the status updates of an escalation.</summary>
    public Task<Answered<UpdatePage>> ListUpdates(
        string id,
        long? limit = null,
        string? cursor = null
    ) =>
        Send<UpdatePage>(
            "GET",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/updates",
            [("limit", limit), ("cursor", cursor)],
            [],
            null
        );

    /// <summary>Post a status update.</summary>
    public Task<Answered<Update>> PostUpdate(
        string id,
        PostUpdateRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Update>(
            "POST",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/updates",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>Show what happened to an escalation.</summary>
    public Task<Answered<TimelinePage>> ListTimeline(
        string id,
        long? limit = null,
        string? cursor = null
    ) =>
        Send<TimelinePage>(
            "GET",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/timeline",
            [("limit", limit), ("cursor", cursor)],
            [],
            null
        );

    /// <summary>Move an escalation on.</summary>
    public Task<Answered<Escalation>> MoveEscalation(
        string id,
        MoveEscalationRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Escalation>(
            "POST",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/moves",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>Give an escalation to somebody.</summary>
    public Task<Answered<Escalation>> AssignEscalation(
        string id,
        AssignEscalationRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Escalation>(
            "POST",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/owner",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>Merge an escalation into another one that is the same problem.</summary>
    public Task<Answered<Escalation>> MergeEscalation(
        string id,
        MergeEscalationRequest body,
        string idempotencyKey
    ) =>
        Send<Escalation>(
            "POST",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/merge",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Follow an escalation.</summary>
    public Task<Answered<Escalation>> FollowEscalation(string id, string idempotencyKey) =>
        Send<Escalation>(
            "POST",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/follow",
            [],
            [("Idempotency-Key", idempotencyKey)],
            null
        );

    /// <summary>Stop following an escalation.</summary>
    public Task<Answered<Escalation>> UnfollowEscalation(string id, string idempotencyKey) =>
        Send<Escalation>(
            "POST",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/unfollow",
            [],
            [("Idempotency-Key", idempotencyKey)],
            null
        );

    /// <summary>Hand an escalation over to another team, with what was done.</summary>
    public Task<Answered<Escalation>> HandOverEscalation(
        string id,
        HandOverEscalationRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Escalation>(
            "POST",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/hand-over",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>Link a bug or a pull request, or say whether a backport is needed.</summary>
    public Task<Answered<Escalation>> LinkWork(
        string id,
        LinkWorkRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Escalation>(
            "POST",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/work",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>Read the checklist of an escalation.</summary>
    public Task<Answered<Checklist>> GetChecklist(string id) =>
        Send<Checklist>(
            "GET",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/tasks",
            [],
            [],
            null
        );

    /// <summary>Check, skip, reopen, assign a task, or say when it is due.</summary>
    public Task<Answered<ChecklistTask>> ChangeTask(
        string id,
        string task,
        ChangeTaskRequest body,
        string idempotencyKey
    ) =>
        Send<ChecklistTask>(
            "POST",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/tasks/{Uri.EscapeDataString(task)}",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Check or skip all that is open of a stage.</summary>
    public Task<Answered<ChecklistStage>> FinishStage(
        string id,
        string stage,
        FinishStageRequest body,
        string idempotencyKey
    ) =>
        Send<ChecklistStage>(
            "POST",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/stages/{Uri.EscapeDataString(stage)}",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Follow a playbook.</summary>
    public Task<Answered<Escalation>> StartPlaybook(
        string id,
        StartPlaybookRequest body,
        string idempotencyKey
    ) =>
        Send<Escalation>(
            "POST",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/playbook",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Answer the three questions of the mini-retrospective.</summary>
    public Task<Answered<Escalation>> HoldRetrospective(
        string id,
        HoldRetrospectiveRequest body,
        string idempotencyKey
    ) =>
        Send<Escalation>(
            "POST",
            $"/api/v1/escalations/{Uri.EscapeDataString(id)}/retrospective",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>List assignments.</summary>
    public Task<Answered<AssignmentPage>> ListAssignments(
        bool? all = null,
        long? limit = null,
        string? cursor = null
    ) =>
        Send<AssignmentPage>(
            "GET",
            $"/api/v1/assignments",
            [("all", all), ("limit", limit), ("cursor", cursor)],
            [],
            null
        );

    /// <summary>Request an assigned engineer for a customer.</summary>
    public Task<Answered<Assignment>> RequestEngineer(
        RequestEngineerRequest body,
        string idempotencyKey
    ) =>
        Send<Assignment>(
            "POST",
            $"/api/v1/assignments",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Read an assignment.</summary>
    public Task<Answered<Assignment>> GetAssignment(string id) =>
        Send<Assignment>("GET", $"/api/v1/assignments/{Uri.EscapeDataString(id)}", [], [], null);

    /// <summary>Show what happened to an assignment.</summary>
    public Task<Answered<TimelinePage>> ListAssignmentTimeline(
        string id,
        long? limit = null,
        string? cursor = null
    ) =>
        Send<TimelinePage>(
            "GET",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/timeline",
            [("limit", limit), ("cursor", cursor)],
            [],
            null
        );

    /// <summary>Approve or decline a request for an assigned engineer.</summary>
    public Task<Answered<Assignment>> VetAssignment(
        string id,
        VetAssignmentRequest body,
        string idempotencyKey
    ) =>
        Send<Assignment>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/vetting",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Withdraw a request for an assigned engineer.</summary>
    public Task<Answered<Assignment>> WithdrawAssignment(
        string id,
        WithdrawAssignmentRequest body,
        string idempotencyKey
    ) =>
        Send<Assignment>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/withdrawal",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Leave the next check-in out, with the reason.</summary>
    public Task<Answered<Assignment>> SkipCheckIn(
        string id,
        SkipCheckInRequest body,
        string idempotencyKey
    ) =>
        Send<Assignment>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/check-ins/skip",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Start an assignment that nobody requested.</summary>
    public Task<Answered<Assignment>> StartAssignment(
        StartAssignmentRequest body,
        string idempotencyKey
    ) =>
        Send<Assignment>(
            "POST",
            $"/api/v1/assignments/unrequested",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Name the engineer of an approved assignment.</summary>
    public Task<Answered<Assignment>> AssignEngineer(
        string id,
        AssignEngineerRequest body,
        string idempotencyKey
    ) =>
        Send<Assignment>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/engineer",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Name the back-up of an assigned engineer.</summary>
    public Task<Answered<Assignment>> NameBackUp(
        string id,
        NameBackUpRequest body,
        string idempotencyKey
    ) =>
        Send<Assignment>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/back-up",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Record that a customer was told who their engineer is.</summary>
    public Task<Answered<Assignment>> RecordCustomerTold(
        string id,
        RecordCustomerToldRequest body,
        string idempotencyKey
    ) =>
        Send<Assignment>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/customer-told",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>End an assignment, with the reason.</summary>
    public Task<Answered<Assignment>> EndAssignment(
        string id,
        EndAssignmentRequest body,
        string idempotencyKey
    ) =>
        Send<Assignment>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/end",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Say where a customer's environment is emulated.</summary>
    public Task<Answered<Assignment>> SetEnvironment(
        string id,
        SetEnvironmentRequest body,
        string idempotencyKey
    ) =>
        Send<Assignment>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/environment",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Note a meeting with a customer.</summary>
    public Task<Answered<Assignment>> NoteMeeting(
        string id,
        NoteMeetingRequest body,
        string idempotencyKey
    ) =>
        Send<Assignment>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/meetings",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Record that a technical design document was updated.</summary>
    public Task<Answered<Assignment>> RecordDocument(
        string id,
        RecordDocumentRequest body,
        string idempotencyKey
    ) =>
        Send<Assignment>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/documents",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Decide whether an assignment goes on.</summary>
    public Task<Answered<Assignment>> ReviewAssignment(
        string id,
        ReviewAssignmentRequest body,
        string idempotencyKey
    ) =>
        Send<Assignment>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/review",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Take the hand-over of an assignment a step further.</summary>
    public Task<Answered<Assignment>> HandOverAssignment(
        string id,
        HandOverAssignmentRequest body,
        string idempotencyKey
    ) =>
        Send<Assignment>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/hand-over",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>List the check-ins of an assignment.</summary>
    public Task<Answered<CheckInPage>> ListCheckIns(
        string id,
        long? limit = null,
        string? cursor = null
    ) =>
        Send<CheckInPage>(
            "GET",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/check-ins",
            [("limit", limit), ("cursor", cursor)],
            [],
            null
        );

    /// <summary>Answer a check-in.</summary>
    public Task<Answered<CheckIn>> AnswerCheckIn(
        string id,
        AnswerCheckInRequest body,
        string idempotencyKey
    ) =>
        Send<CheckIn>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/check-ins",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Correct the latest answers of a check-in.</summary>
    public Task<Answered<CheckIn>> CorrectCheckIn(
        string id,
        CorrectCheckInRequest body,
        string idempotencyKey
    ) =>
        Send<CheckIn>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/check-ins/correct",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Show when check-ins are.</summary>
    public Task<Answered<CheckInPlan>> GetCheckInPlan(string id) =>
        Send<CheckInPlan>(
            "GET",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/check-in-plan",
            [],
            [],
            null
        );

    /// <summary>Say when check-ins are.</summary>
    public Task<Answered<CheckInPlan>> PlanCheckIns(
        string id,
        PlanCheckInsRequest body,
        string idempotencyKey
    ) =>
        Send<CheckInPlan>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/check-in-plan",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Say where the answers of check-ins are posted.</summary>
    public Task<Answered<CheckInPlan>> PostCheckInsTo(
        string id,
        PostCheckInsToRequest body,
        string idempotencyKey
    ) =>
        Send<CheckInPlan>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/check-in-plan/channel",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Move a check-in to another time.</summary>
    public Task<Answered<CheckInPlan>> MoveCheckIn(
        string id,
        MoveCheckInRequest body,
        string idempotencyKey
    ) =>
        Send<CheckInPlan>(
            "POST",
            $"/api/v1/assignments/{Uri.EscapeDataString(id)}/check-ins/move",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>List implementation requests.</summary>
    public Task<Answered<ImplementationPage>> ListImplementations(
        string? group = null,
        long? limit = null,
        string? cursor = null
    ) =>
        Send<ImplementationPage>(
            "GET",
            $"/api/v1/implementations",
            [("group", group), ("limit", limit), ("cursor", cursor)],
            [],
            null
        );

    /// <summary>Request an implementation.</summary>
    public Task<Answered<Implementation>> RequestImplementation(
        RequestImplementationRequest body,
        string idempotencyKey
    ) =>
        Send<Implementation>(
            "POST",
            $"/api/v1/implementations",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Read an implementation request.</summary>
    public Task<Answered<Implementation>> GetImplementation(string id) =>
        Send<Implementation>(
            "GET",
            $"/api/v1/implementations/{Uri.EscapeDataString(id)}",
            [],
            [],
            null
        );

    /// <summary>Correct what an implementation request says.</summary>
    public Task<Answered<Implementation>> ChangeImplementation(
        string id,
        ChangeImplementationRequest body,
        string ifMatch
    ) =>
        Send<Implementation>(
            "PATCH",
            $"/api/v1/implementations/{Uri.EscapeDataString(id)}",
            [],
            [("If-Match", ifMatch)],
            body
        );

    /// <summary>Show what happened to an implementation request.</summary>
    public Task<Answered<TimelinePage>> ListImplementationTimeline(
        string id,
        long? limit = null,
        string? cursor = null
    ) =>
        Send<TimelinePage>(
            "GET",
            $"/api/v1/implementations/{Uri.EscapeDataString(id)}/timeline",
            [("limit", limit), ("cursor", cursor)],
            [],
            null
        );

    /// <summary>Score an implementation request.</summary>
    public Task<Answered<Implementation>> ScoreImplementation(
        string id,
        ScoreImplementationRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Implementation>(
            "POST",
            $"/api/v1/implementations/{Uri.EscapeDataString(id)}/scores",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>Decide about an implementation request.</summary>
    public Task<Answered<Implementation>> DecideImplementation(
        string id,
        DecideImplementationRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Implementation>(
            "POST",
            $"/api/v1/implementations/{Uri.EscapeDataString(id)}/decision",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>Give leadership's opinion on an implementation request.</summary>
    public Task<Answered<Implementation>> GiveWordOnImplementation(
        string id,
        GiveWordOnImplementationRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Implementation>(
            "POST",
            $"/api/v1/implementations/{Uri.EscapeDataString(id)}/words",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>Say who has a part in an implementation.</summary>
    public Task<Answered<Implementation>> NamePeopleOfImplementation(
        string id,
        NamePeopleOfImplementationRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Implementation>(
            "POST",
            $"/api/v1/implementations/{Uri.EscapeDataString(id)}/people",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>Link the documents of an implementation.</summary>
    public Task<Answered<Implementation>> LinkDocumentsOfImplementation(
        string id,
        LinkDocumentsOfImplementationRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Implementation>(
            "POST",
            $"/api/v1/implementations/{Uri.EscapeDataString(id)}/documents",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>Start the hand-off of an implementation.</summary>
    public Task<Answered<Implementation>> StartImplementation(
        string id,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Implementation>(
            "POST",
            $"/api/v1/implementations/{Uri.EscapeDataString(id)}/start",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            null
        );

    /// <summary>Plan the dates of an implementation.</summary>
    public Task<Answered<Implementation>> PlanImplementation(
        string id,
        PlanImplementationRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Implementation>(
            "POST",
            $"/api/v1/implementations/{Uri.EscapeDataString(id)}/dates",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>Check off, skip or reopen a requirement of an implementation.</summary>
    public Task<Answered<Implementation>> SetRequirementOfImplementation(
        string id,
        SetRequirementOfImplementationRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Implementation>(
            "POST",
            $"/api/v1/implementations/{Uri.EscapeDataString(id)}/requirements",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>Complete an implementation.</summary>
    public Task<Answered<Implementation>> CompleteImplementation(
        string id,
        CompleteImplementationRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Implementation>(
            "POST",
            $"/api/v1/implementations/{Uri.EscapeDataString(id)}/completion",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>Withdraw an implementation request.</summary>
    public Task<Answered<Implementation>> WithdrawImplementation(
        string id,
        WithdrawImplementationRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<Implementation>(
            "POST",
            $"/api/v1/implementations/{Uri.EscapeDataString(id)}/withdrawal",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>List service requests.</summary>
    public Task<Answered<ServiceRequestPage>> ListServiceRequests(
        bool? all = null,
        long? limit = null,
        string? cursor = null
    ) =>
        Send<ServiceRequestPage>(
            "GET",
            $"/api/v1/service-requests",
            [("all", all), ("limit", limit), ("cursor", cursor)],
            [],
            null
        );

    /// <summary>Prepare a service request.</summary>
    public Task<Answered<ServiceRequest>> PrepareServiceRequest(
        PrepareServiceRequestRequest body,
        string idempotencyKey
    ) =>
        Send<ServiceRequest>(
            "POST",
            $"/api/v1/service-requests",
            [],
            [("Idempotency-Key", idempotencyKey)],
            body
        );

    /// <summary>Read a service request.</summary>
    public Task<Answered<ServiceRequest>> GetServiceRequest(string id) =>
        Send<ServiceRequest>(
            "GET",
            $"/api/v1/service-requests/{Uri.EscapeDataString(id)}",
            [],
            [],
            null
        );

    /// <summary>Change a statement of work.</summary>
    public Task<Answered<ServiceRequest>> ChangeServiceRequest(
        string id,
        ChangeServiceRequestRequest body,
        string ifMatch
    ) =>
        Send<ServiceRequest>(
            "PATCH",
            $"/api/v1/service-requests/{Uri.EscapeDataString(id)}",
            [],
            [("If-Match", ifMatch)],
            body
        );

    /// <summary>Show what happened to a service request.</summary>
    public Task<Answered<TimelinePage>> ListServiceTimeline(
        string id,
        long? limit = null,
        string? cursor = null
    ) =>
        Send<TimelinePage>(
            "GET",
            $"/api/v1/service-requests/{Uri.EscapeDataString(id)}/timeline",
            [("limit", limit), ("cursor", cursor)],
            [],
            null
        );

    /// <summary>Move a service request on.</summary>
    public Task<Answered<ServiceRequest>> MoveServiceRequest(
        string id,
        MoveServiceRequestRequest body,
        string idempotencyKey,
        string? ifMatch = null
    ) =>
        Send<ServiceRequest>(
            "POST",
            $"/api/v1/service-requests/{Uri.EscapeDataString(id)}/moves",
            [],
            [("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch)],
            body
        );

    /// <summary>Make a report.</summary>
    public Task<Answered<Report>> GetReport(
        string? period = null,
        DateOnly? from = null,
        DateOnly? to = null,
        string? by = null
    ) =>
        Send<Report>(
            "GET",
            $"/api/v1/reports",
            [("period", period), ("from", from), ("to", to), ("by", by)],
            [],
            null
        );

    /// <summary>Read the audit trail.</summary>
    public Task<Answered<AuditPage>> ListAudit(
        string? subject = null,
        long? limit = null,
        string? cursor = null
    ) =>
        Send<AuditPage>(
            "GET",
            $"/api/v1/audit",
            [("subject", subject), ("limit", limit), ("cursor", cursor)],
            [],
            null
        );
}
