using Sidecar.Features.Escalations.Domain;
using Sidecar.People;

namespace Sidecar.Features.ServiceRequests;

/// <summary>Who may do what with service requests (ALL-3).</summary>
internal static class ServiceRights
{
    private const string PreparedIt = "who prepared it";
    private const string HasAPart = "who prepared it or delivers it";

    public static Permission Read { get; } = Permission.Everybody("read service requests");

    /// <summary>CSM or TAM prepare it (SRV-1). It shows whether a customer is above the ARR line.</summary>
    public static Permission Prepare => EscalationRights.AgreeFirst;

    /// <summary>Who prepares it talks to the customer.</summary>
    public static Permission SignOff { get; } =
        new("record that the customer signed off", Prepare.Roles) { Also = PreparedIt };

    public static Permission Edit { get; } =
        new("change a statement of work", [.. Prepare.Roles, Role.DeploymentEngineeringLead])
        {
            Also = HasAPart,
        };

    public static Permission Deliver { get; } =
        new("work on a service request", Role.DeploymentEngineer, Role.DeploymentEngineeringLead)
        {
            Also = "who delivers it",
        };

    /// <summary>What the customer says of it, and what becomes of it: those who talk to them, those who built it.</summary>
    public static Permission Conclude { get; } =
        new("conclude a service request", [.. Prepare.Roles, .. Deliver.Roles]) { Also = HasAPart };

    public static Permission Cancel { get; } =
        new("cancel a service request", Role.CustomerSuccessLead, Role.DeploymentEngineeringLead)
        {
            Also = PreparedIt,
        };

    /// <summary>Buttons and forms that carry any move: the move's own right decides.</summary>
    public static Permission AnyMove { get; } =
        new("move a service request", Roles.Leads) { Also = "whom the single move names" };
}
