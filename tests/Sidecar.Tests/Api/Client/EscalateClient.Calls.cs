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
    public required string? MergedInto { get; init; }
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
}

internal sealed record CheckInPage
{
    public required IReadOnlyList<CheckIn> Items { get; init; }
    public required string? Next { get; init; }
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
    public required string Information { get; init; }
    public required Person RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public required Person? Engineer { get; init; }
    public required Person? CustomerEngineer { get; init; }
    public required Person? AccountExecutive { get; init; }
    public required Person? Advisor { get; init; }
    public required string? DesignDocument { get; init; }
    public required string? Questionnaire { get; init; }
    public required DateOnly? TargetOn { get; init; }
    public required long OpenRequirements { get; init; }
    public required DateTimeOffset? StartedAt { get; init; }
    public required DateOnly? CompletedOn { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
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

internal sealed record AnswerCheckInRequest
{
    public string? GoingWell { get; init; }
    public string? Frustration { get; init; }
    public string? Goals { get; init; }
    public string? Context { get; init; }
    public bool? ProfessionalServices { get; init; }
    public DateOnly? Week { get; init; }
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
    public required string Channel { get; init; }
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
    /// <summary>Tell what the token is.</summary>
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

    /// <summary>List escalations.</summary>
    public Task<Answered<EscalationPage>> ListEscalations(
        string? list = null,
        string? severity = null,
        string? state = null,
        string? customer = null,
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

    /// <summary>Tell what happened to an escalation.</summary>
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

    /// <summary>Read an assignment.</summary>
    public Task<Answered<Assignment>> GetAssignment(string id) =>
        Send<Assignment>("GET", $"/api/v1/assignments/{Uri.EscapeDataString(id)}", [], [], null);

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

    /// <summary>Read an implementation request.</summary>
    public Task<Answered<Implementation>> GetImplementation(string id) =>
        Send<Implementation>(
            "GET",
            $"/api/v1/implementations/{Uri.EscapeDataString(id)}",
            [],
            [],
            null
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
