using System.Collections.Immutable;
using Sidecar.Ids;

namespace Sidecar.Features.Implementations.Domain;

/// <summary>What is collected before the contract is signed (IMP-5).</summary>
internal enum RequirementKind
{
    Technical,
    Timelines,
    Cadence,
    Staffing,
    Progress,
    Roles,
    Prerequisites,
    SignOff,
}

/// <summary>How a requirement stands.</summary>
internal enum RequirementState
{
    Open,
    Collected,
    Skipped,
}

/// <summary>One of the eight, as far as somebody has dealt with it.</summary>
/// <param name="Kind">Which.</param>
/// <param name="State">How it stands.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Note">Where it is written down, or why it is skipped; empty for nothing.</param>
internal sealed record Requirement(
    RequirementKind Kind,
    RequirementState State,
    UserId By,
    DateTimeOffset At,
    string Note
);

/// <summary>The eight in words.</summary>
internal static class Requirements
{
    public static ImmutableArray<RequirementKind> All { get; } =
    [.. Enum.GetValues<RequirementKind>()];

    public static string Label(this RequirementKind kind) =>
        kind switch
        {
            RequirementKind.Technical => "Technical requirements",
            RequirementKind.Timelines => "Deployment timelines",
            RequirementKind.Cadence => "Meeting cadence with leadership and project team",
            RequirementKind.Staffing => "Project staffing and key stakeholders",
            RequirementKind.Progress => "Progress reporting expectations",
            RequirementKind.Roles => "Roles and responsibilities",
            RequirementKind.Prerequisites => "Implementation prerequisites",
            _ => "Scope and timeline sign-off",
        };
}
