using Sidecar.People;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>Who may do what for an assignment that is there (ALL-3).</summary>
internal static class ReviewRights
{
    private const string ItsPeople = "its engineer, back-up or customer engineer";

    public static Permission Keep { get; } =
        new("record what belongs to an assignment", [.. Roles.Engineers, .. Roles.Leads])
        {
            Also = ItsPeople,
            IsAskedNow = true,
        };

    /// <summary>Staying, handing over or ending is decided by those who are asked (ASG-12).</summary>
    public static Permission Review { get; } =
        new("decide the review of an assignment", Role.CustomerSuccessLead)
        {
            Also = "its engineer or customer engineer",
            IsAskedNow = true,
        };

    public static Permission HandOver { get; } =
        new("ask for an assignment to be handed over", Role.CustomerSuccessLead)
        {
            Also = "its engineer",
            IsAskedNow = true,
        };

    public static Permission NameSuccessor { get; } =
        new("name who takes an assignment over", Role.CustomerSuccessLead) { IsAskedNow = true };

    /// <summary>The rule asks: only the one who was named answers.</summary>
    public static Permission Answer { get; } =
        new("take an assignment over", Role.CustomerSuccessLead)
        {
            Also = "the engineer who was named for it",
            IsAskedNow = true,
        };

    public static Permission AnyHandOver { get; } =
        HandOver with
        {
            What = "hand an assignment over",
            Also = "its engineer or the engineer who was named for it",
        };
}
