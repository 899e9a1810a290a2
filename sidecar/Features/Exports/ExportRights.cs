using Sidecar.People;

namespace Sidecar.Features.Exports;

/// <summary>Who may take data out (ALL-4). Asked when a file is asked for, and again when it is made.</summary>
internal static class ExportRights
{
    public static Permission Escalations { get; } =
        new("export escalations", [.. Roles.All.Select(r => r.Role)]) { IsAskedNow = true };

    /// <summary>What a customer pays is for people with a role only.</summary>
    public static Permission Customers { get; } =
        new("export customers", [.. Roles.All.Select(r => r.Role)]) { IsAskedNow = true };

    /// <summary>They name prospects, and what is thought of them.</summary>
    public static Permission Implementations { get; } =
        new("export implementation requests", [.. Roles.All.Select(r => r.Role)])
        {
            IsAskedNow = true,
        };
    public static Permission Services { get; } =
        new("export service requests", [.. Roles.All.Select(r => r.Role)]) { IsAskedNow = true };

    public static Permission Audit { get; } =
        new("export the audit trail", [.. Roles.Leads, Role.Administrator]) { IsAskedNow = true };
}
