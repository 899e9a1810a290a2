using System.Collections.Immutable;

namespace Sidecar.Features.Tokens;

/// <summary>What a token may be used for, besides what its owner may do: the narrower of the two counts.</summary>
/// <param name="Code">How it is written: <c>escalations:read</c>.</param>
/// <param name="What">What it allows, in words.</param>
internal sealed record TokenScope(string Code, string What)
{
    /// <summary>All that can be read but the audit trail.</summary>
    public const string Read = "read";

    /// <summary>All that can be read and written, but the audit trail.</summary>
    public const string Write = "write";

    public static TokenScope ReadCustomers { get; } =
        new("customers:read", "read customers and their timelines");

    public static TokenScope WriteCustomers { get; } =
        new("customers:write", "add, change and archive customers, record their figures");

    public static TokenScope ReadEscalations { get; } =
        new("escalations:read", "read escalations, their updates, checklists and timelines");

    public static TokenScope WriteEscalations { get; } =
        new(
            "escalations:write",
            "raise and change escalations, post status updates, work on checklists"
        );

    public static TokenScope ReadAssignments { get; } =
        new("assignments:read", "read assignments, their check-ins and timelines");

    public static TokenScope WriteAssignments { get; } =
        new(
            "assignments:write",
            "request, vet, start, change and end assignments, answer and plan check-ins"
        );

    public static TokenScope ReadImplementations { get; } =
        new("implementations:read", "read implementation requests and their timelines");

    public static TokenScope WriteImplementations { get; } =
        new("implementations:write", "request implementations and take them from step to step");

    public static TokenScope ReadServices { get; } =
        new("services:read", "read service requests and their timelines");

    public static TokenScope WriteServices { get; } =
        new("services:write", "prepare, change and sign off service requests and move them on");

    public static TokenScope ReadReports { get; } = new("reports:read", "read reports");

    public static TokenScope ReadAudit { get; } = new("audit:read", "read the audit trail");

    public static ImmutableArray<TokenScope> All { get; } =
    [
        ReadCustomers,
        WriteCustomers,
        ReadEscalations,
        WriteEscalations,
        ReadAssignments,
        WriteAssignments,
        ReadImplementations,
        WriteImplementations,
        ReadServices,
        WriteServices,
        ReadReports,
        ReadAudit,
    ];

    /// <summary>The scopes that a word means; empty when it means none.</summary>
    public static ImmutableArray<TokenScope> Called(string word) =>
        word.ToLowerInvariant() switch
        {
            Read =>
            [
                ReadCustomers,
                ReadEscalations,
                ReadAssignments,
                ReadImplementations,
                ReadServices,
                ReadReports,
            ],
            Write => [.. All.Where(s => s != ReadAudit)],
            var code => [.. All.Where(s => s.Code == code)],
        };

    /// <inheritdoc/>
    public override string ToString() => Code;
}
