using System.Collections.Immutable;
using Sidecar.People;

namespace Sidecar.Features.Assignments;

/// <summary>Who may do what with requests and assignments (ALL-3).</summary>
internal static class RequestRights
{
    /// <summary>The leads who vet a request; each of these roles approves once (ASG-1).</summary>
    public static ImmutableArray<Role> Vetting { get; } =
    [Role.CustomerSuccessLead, Role.CustomerEngineeringLead, Role.SalesLead];

    public static Permission Request { get; } =
        Permission.Everybody("request an assigned engineer");

    public static Permission Read { get; } = Permission.Everybody("read assignments");

    public static Permission Vet { get; } = new("vet requests for an assigned engineer", Vetting);

    public static Permission Withdraw { get; } =
        new("take back a request for an assigned engineer", Role.CustomerSuccessLead)
        {
            Also = "who requested it",
        };

    public static Permission Start { get; } =
        new("start an assignment that nobody requested", Role.CustomerSuccessLead);

    public static Permission Assign { get; } =
        new("name the assigned engineer", Role.CustomerSuccessLead);

    public static Permission BackUp { get; } =
        new("name the back-up of an assigned engineer", Role.CustomerSuccessLead)
        {
            Also = "the assigned engineer",
        };

    public static Permission TellCustomer { get; } =
        new("record that the customer was told", Role.CustomerSuccessLead)
        {
            Also = "the assigned engineer, the back-up or the CE",
        };

    public static Permission End { get; } = new("end an assignment", Role.CustomerSuccessLead);
}
