using System.Collections.Immutable;
using Sidecar.People;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>Who may do what with requests and assignments (ALL-3).</summary>
internal static class RequestRights
{
    /// <summary>The leads who vet a request; each of these roles approves once (ASG-1).</summary>
    public static ImmutableArray<Role> VettingRoles { get; } =
    [Role.CustomerSuccessLead, Role.CustomerEngineeringLead, Role.SalesLead];

    public static Permission Request { get; } =
        Permission.Everybody("request an assigned engineer").AskedNow();

    public static Permission Read { get; } = Permission.Everybody("read assignments").AskedNow();

    public static Permission Vet { get; } =
        new("vet requests for an assigned engineer", VettingRoles) { IsAskedNow = true };

    public static Permission Withdraw { get; } =
        new("withdraw a request for an assigned engineer", Role.CustomerSuccessLead)
        {
            Also = "who requested it",
            IsAskedNow = true,
        };

    public static Permission Start { get; } =
        new("start an assignment that nobody requested", Role.CustomerSuccessLead)
        {
            IsAskedNow = true,
        };

    public static Permission Assign { get; } =
        new("name the assigned engineer", Role.CustomerSuccessLead) { IsAskedNow = true };

    public static Permission BackUp { get; } =
        new("name the back-up of an assigned engineer", Role.CustomerSuccessLead)
        {
            Also = "the assigned engineer",
            IsAskedNow = true,
        };

    public static Permission Tell { get; } =
        new("record that the customer was told", Role.CustomerSuccessLead)
        {
            Also = "the assigned engineer, the back-up or the CE",
            IsAskedNow = true,
        };

    public static Permission End { get; } =
        new("end an assignment", Role.CustomerSuccessLead) { IsAskedNow = true };
}
