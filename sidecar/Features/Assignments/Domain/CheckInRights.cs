using Sidecar.People;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>Who may do what with check-ins (ALL-3).</summary>
internal static class CheckInRights
{
    private const string Pair = "the assigned engineer, their back-up or the customer’s CE";

    public static Permission Answer { get; } =
        new("answer a check-in", Role.CustomerSuccessLead, Role.CustomerEngineeringLead)
        {
            Also = Pair,
            IsAskedNow = true,
        };

    public static Permission Arrange { get; } = Answer with { What = "move or skip a check-in" };

    public static Permission Plan { get; } = Answer with { What = "plan check-ins" };

    public static Permission WeighServices { get; } =
        new(
            "say whether it is professional services work",
            Role.CustomerSuccessLead,
            Role.CustomerEngineeringLead,
            Role.SalesLead
        );

    public static Permission Read { get; } =
        new("read the answers of check-ins", Roles.Leads) { Also = Pair, IsAskedNow = true };

    /// <summary>Whether somebody may, by role or as one of those who check in.</summary>
    public static bool Allows(
        this Permission permission,
        ActingPerson actor,
        Assignment assignment
    ) =>
        permission.Allows(
            actor,
            actor.User == assignment.Engineer
                || actor.User == assignment.BackUp
                || actor.User == assignment.CustomerEngineer
        );
}
