using Sidecar.People;

namespace Sidecar.Features.Escalations;

/// <summary>Who may do what with escalations (ALL-3).</summary>
internal static class EscalationRights
{
    public static Permission Raise { get; } = Permission.Everybody("raise an escalation");

    public static Permission Read { get; } = Permission.Everybody("read escalations");

    public static Permission Acknowledge { get; } =
        new("acknowledge an escalation", [.. Roles.Engineers, .. Roles.Leads])
        {
            Also = "its owner",
        };

    public static Permission Assign { get; } =
        new("say who owns an escalation", [.. Roles.Engineers, .. Roles.Leads])
        {
            Also = "its owner",
        };

    public static Permission Resolve { get; } =
        new("move an escalation on", [.. Roles.Engineers, .. Roles.Leads]) { Also = "its owner" };
}
