using Sidecar.People;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>Who may do what with escalations (ALL-3).</summary>
internal static class EscalationRights
{
    public static Permission Raise { get; } = Permission.Everybody("raise an escalation");

    public static Permission Read { get; } = Permission.Everybody("read escalations");

    public static Permission Follow { get; } = Permission.Everybody("follow an escalation");

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

    public static Permission Work { get; } =
        new("move an escalation on", [.. Roles.Engineers, .. Roles.Leads]) { Also = "its owner" };

    /// <summary>Those who work on it.</summary>
    public static Permission Resolve { get; } = Work with { What = "resolve an escalation" };

    public static Permission Edit { get; } =
        new(
            "change what an escalation says",
            [
                .. Roles.Engineers,
                .. Roles.Leads,
                Role.TechnicalAccountManager,
                Role.CustomerSuccessManager,
            ]
        )
        {
            Also = "its owner or the person who raised it",
        };

    /// <summary>Those who work on it.</summary>
    public static Permission HandOver { get; } =
        Work with
        {
            What = "hand an escalation over to another team",
        };

    /// <summary>Those who work on it, those who talk to the customer, and whoever raised or owns the one that ends.</summary>
    public static Permission Merge { get; } =
        Edit with
        {
            What = "merge escalations",
            Also = "whoever raised or owns the one that ends",
        };

    /// <summary>Those who work on it, and those who talk to the customer.</summary>
    public static Permission Updates { get; } = Edit with { What = "post a status update" };

    /// <summary>Confirming, closing, reopening: those who talk to the customer, too.</summary>
    public static Permission Conclude { get; } =
        Edit with
        {
            What = "conclude or reopen an escalation",
        };

    /// <summary>Those who run an incident, and those who talk to the customer.</summary>
    public static Permission Start { get; } = Edit with { What = "start a playbook" };

    /// <summary>Also whoever has mended what stood in the way of the incident channel.</summary>
    public static Permission OpenChannelAgain { get; } =
        Start with
        {
            What = "have an incident channel opened again",
            Roles = [.. Start.Roles, Role.Administrator],
        };

    /// <summary>Administrators, too: whoever sets the product up ends a test that another one began.</summary>
    public static Permission Cancel { get; } =
        new("cancel an escalation", [.. Roles.Leads, Role.Administrator])
        {
            Also = "the person who raised it",
        };

    /// <summary>A lead declines; what awaits approval, Product Engineering declines too.</summary>
    public static Permission Decline { get; } =
        new("decline an escalation", Roles.Leads)
        {
            Also = "somebody in Product Engineering while it awaits approval",
        };

    public static Permission Approve { get; } =
        new(
            "approve what Deployment Engineering wants to build into the product",
            Role.ProductEngineering
        );

    /// <summary>A lead overrides any routing; the TAM escalates specifically what would be theirs (ESC-4).</summary>
    public static Permission Accept { get; } =
        new("accept an escalation whatever its routing says", Roles.Leads)
        {
            Also = "a technical account manager for what is the TAM’s",
        };

    /// <summary>Buttons and forms that carry any move: the move's own right decides.</summary>
    public static Permission AnyMove { get; } =
        new("move an escalation", Roles.Leads) { Also = "whom the single move names" };

    /// <summary>The menu of a card: what is chosen in it has a right of its own.</summary>
    public static Permission AnyChange { get; } =
        new("change or follow an escalation", Roles.Leads)
        {
            Also = "whom the single change names",
        };

    /// <summary>Those who agree with the customer on a custom solution before it begins.</summary>
    public static Permission AgreeFirst { get; } =
        new(
            "prepare a service request",
            Role.CustomerSuccessManager,
            Role.TechnicalAccountManager,
            Role.CustomerSuccessLead
        )
        {
            IsAskedNow = true,
        };

    public static Permission Route { get; } =
        new(
            "say where teams get their escalations and who is on duty",
            [Role.Administrator, .. Roles.Leads]
        )
        {
            IsAskedNow = true,
        };
}
