using Sidecar.People;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>Who may do what with the checklist of an incident (PB-3).</summary>
internal static class ChecklistRights
{
    public static Permission Work { get; } =
        new(
            "work on an incident’s checklist",
            [
                .. Roles.Engineers,
                .. Roles.Leads,
                Role.TechnicalAccountManager,
                Role.CustomerSuccessManager,
            ]
        )
        {
            Also = "its owner, who raised it or whom the task is given to",
        };
}
