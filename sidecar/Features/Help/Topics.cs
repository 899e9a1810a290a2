using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Interactions;

namespace Sidecar.Features.Help;

/// <summary>What help is grouped by, in the order in which it is listed (SET-4).</summary>
internal static class Topics
{
    public static HelpTopic Escalations { get; } =
        new("escalations", "Escalations", "raise them, work on them, find them");

    public static HelpTopic Incidents { get; } =
        new("incidents", "Incidents", "status updates, playbooks, checklists, retrospectives");

    public static HelpTopic Engineers { get; } =
        new("engineers", "Assigned engineers", "requests, assignments, reviews, hand-overs");

    public static HelpTopic CheckIns { get; } =
        new("checkins", "Check-ins", "the weekly questions about a customer");

    public static HelpTopic Implementations { get; } =
        new(
            "implementations",
            "Implementation requests",
            "deployments and migrations led by us, from the request to the hand-off"
        );

    public static HelpTopic Services { get; } =
        new("services", "Service requests", "one-off work with a statement of work");

    public static HelpTopic OwnWork { get; } =
        new("work", "Your work", "what is yours, your hours, who has how much to do");

    public static HelpTopic Customers { get; } =
        new("customers", "Customers", "who they are, their people, seats and measures");

    public static HelpTopic Figures { get; } =
        new("figures", "Figures and the weekly meeting", "reports with pictures, and the agenda");

    public static HelpTopic Data { get; } =
        new("data", "Data", "files for spreadsheets and audits");

    public static HelpTopic Integrations { get; } =
        new("integrations", "Integrations", "tokens of the API, and what monitoring may raise");

    public static HelpTopic SettingUp { get; } =
        new("setting-up", "Setting up", "roles, teams, duty, channels");

    public static ImmutableArray<HelpTopic> All { get; } =
    [
        Escalations,
        Incidents,
        Engineers,
        CheckIns,
        Implementations,
        Services,
        OwnWork,
        Customers,
        Figures,
        Data,
        Integrations,
        SettingUp,
    ];
}
