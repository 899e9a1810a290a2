using Sidecar.People;

namespace Sidecar.Features.Workload;

/// <summary>Who may say and see how much people have to do (ALL-3, ASG-11, MET-5).</summary>
internal static class WorkloadRights
{
    public static Permission Say { get; } = Permission.Everybody("say that the work is too much");

    public static Permission EndForOthers { get; } =
        new("say that somebody else is no longer overloaded", Roles.Leads)
        {
            Also = "that person",
            IsAskedNow = true,
        };

    public static Permission SetChannel { get; } =
        new(
            "say where engineers ask for help with their load",
            [Role.Administrator, .. Roles.Leads]
        )
        {
            IsAskedNow = true,
        };

    public static Permission SeeLoad { get; } =
        new("see how much engineers have to do", [.. Roles.Engineers, .. Roles.Leads])
        {
            IsAskedNow = true,
        };
}
