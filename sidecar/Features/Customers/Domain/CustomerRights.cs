using Sidecar.People;

namespace Sidecar.Features.Customers.Domain;

/// <summary>Who may do what with customers (ALL-3). What a customer pays is for people with a role of the field only.</summary>
internal static class CustomerRights
{
    public static Permission Read { get; } =
        new("read customers", [.. Roles.All.Select(r => r.Role)]) { IsAskedNow = true };

    /// <summary>Also whoever sets the product up: the first customers come with it.</summary>
    public static Permission Write { get; } =
        new(
            "change customers",
            [
                Role.CustomerSuccessManager,
                Role.TechnicalAccountManager,
                Role.AccountExecutive,
                Role.CustomerEngineer,
                .. Roles.Leads,
                Role.Administrator,
            ]
        )
        {
            IsAskedNow = true,
        };

    public static Permission Archive { get; } =
        new(
            "archive customers",
            [Role.CustomerSuccessManager, Role.TechnicalAccountManager, .. Roles.Leads]
        )
        {
            IsAskedNow = true,
        };

    public static Permission Import { get; } =
        new("import customers", Write.Roles) { IsAskedNow = true };
}
