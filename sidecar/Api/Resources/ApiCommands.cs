using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sidecar.Text;

namespace Sidecar.Api.Resources;

/// <summary>
/// Which operation does what which command does, or why none does: for people who know the chat (API-1). A test asks for
/// each command that there is.
/// </summary>
internal static class ApiCommands
{
    private const string SetUp = "what administrators and leads set up, with people who read it";
    private const string OnesOwn = "about the person who types, for whom a program has no use";
    private const string WithAFile = "it takes a file from a message, or sends one";
    private const string InTheChat = "it shows or opens something in the chat";

    public static ImmutableArray<ApiCommand> All { get; } =
    [
        new("", ["raiseEscalation"]),
        new("new", ["raiseEscalation"]),
        new("message", InTheChat),
        new("merge", ["mergeEscalation"]),
        new("list", ["listEscalations"]),
        new("why", ["getEscalation"]),
        new("find", ["listEscalations"]),
        new("show", ["getEscalation"]),
        new("timeline", ["listTimeline"]),
        new("ack", ["moveEscalation"]),
        new("assign", ["assignEscalation"]),
        new("state", ["moveEscalation"]),
        new("resolve", ["moveEscalation"]),
        new("confirm", ["moveEscalation"]),
        new("close", ["moveEscalation"]),
        new("reopen", ["moveEscalation"]),
        new("cancel", ["moveEscalation"]),
        new("edit", ["changeEscalation"]),
        new("link", ["linkWork"]),
        new("follow", ["followEscalation"]),
        new("unfollow", ["unfollowEscalation"]),
        new("accept", ["moveEscalation"]),
        new("approve", ["moveEscalation"]),
        new("decline", ["moveEscalation"]),
        new("redirect", ["handOverEscalation"]),
        new("update", ["postUpdate"]),
        new("updates", ["listUpdates"]),
        new("playbook start", ["startPlaybook"]),
        new("retrospective", ["holdRetrospective", "getChecklist"]),
        new("summary", WithAFile),
        new("tasks", ["getChecklist"]),
        new("task", ["changeTask", "finishStage"]),
        new("playbook list", SetUp),
        new("playbook show", SetUp),
        new("playbook import", WithAFile),
        new("playbook export", WithAFile),
        new("playbook remove", SetUp),
        new("engineer request", ["requestEngineer"]),
        new("engineer approve", ["vetAssignment"]),
        new("engineer decline", ["vetAssignment"]),
        new("engineer withdraw", ["withdrawAssignment"]),
        new("engineer start", ["startAssignment"]),
        new("engineer assign", ["assignEngineer"]),
        new("engineer backup", ["nameBackUp"]),
        new("engineer told", ["recordCustomerTold"]),
        new("engineer end", ["endAssignment"]),
        new("engineer environment", ["setEnvironment"]),
        new("engineer meeting", ["noteMeeting"]),
        new("engineer doc", ["recordDocument"]),
        new("engineer review", ["reviewAssignment"]),
        new("engineer handover", ["handOverAssignment"]),
        new(
            "engineer candidates",
            "it suggests people to whoever decides, and they decide in the chat"
        ),
        new("engineer list", ["listAssignments"]),
        new("engineer show", ["getAssignment"]),
        new("engineer timeline", ["listAssignmentTimeline"]),
        new("engineer board", SetUp),
        new("checkin", ["answerCheckIn"]),
        new("checkin correct", ["correctCheckIn"]),
        new("checkin plan", ["planCheckIns", "postCheckInsTo", "getCheckInPlan"]),
        new("checkin move", ["moveCheckIn"]),
        new("checkin skip", ["skipCheckIn"]),
        new("checkin history", ["listCheckIns"]),
        new("implementation", ["requestImplementation"]),
        new("implementation list", ["listImplementations"]),
        new("implementation show", ["getImplementation"]),
        new("implementation why", ["getImplementation"]),
        new("implementation timeline", ["listImplementationTimeline"]),
        new("implementation channel", SetUp),
        new("implementation score", ["scoreImplementation"]),
        new("implementation decide", ["decideImplementation"]),
        new("implementation word", ["giveWordOnImplementation"]),
        new("implementation edit", ["changeImplementation"]),
        new("implementation people", ["namePeopleOfImplementation"]),
        new("implementation documents", ["linkDocumentsOfImplementation"]),
        new("implementation start", ["startImplementation"]),
        new("implementation dates", ["planImplementation"]),
        new("implementation requirement", ["setRequirementOfImplementation"]),
        new("implementation complete", ["completeImplementation"]),
        new("implementation withdraw", ["withdrawImplementation"]),
        new("service", ["prepareServiceRequest"]),
        new("service from", ["prepareServiceRequest"]),
        new("service list", ["listServiceRequests"]),
        new("service show", ["getServiceRequest"]),
        new("service timeline", ["listServiceTimeline"]),
        new("service maintained", ["listServiceRequests"]),
        new("service signed", ["moveServiceRequest"]),
        new("service start", ["moveServiceRequest"]),
        new("service deliver", ["moveServiceRequest"]),
        new("service accept", ["moveServiceRequest"]),
        new("service return", ["moveServiceRequest"]),
        new("service complete", ["moveServiceRequest"]),
        new("service edit", ["changeServiceRequest"]),
        new("service cancel", ["moveServiceRequest"]),
        new("load", ["getReport"]),
        new("overload", OnesOwn),
        new("overload over", OnesOwn),
        new("overload channel", SetUp),
        new("me", OnesOwn),
        new("me daily", OnesOwn),
        new("hours", OnesOwn),
        new("help", InTheChat),
        new("customer list", ["listCustomers"]),
        new("customer show", ["getCustomer"]),
        new("customer add", ["addCustomer"]),
        new("customer edit", ["changeCustomer"]),
        new("customer set", ["changeCustomer"]),
        new("customer measure", ["recordFigures"]),
        new("customer seats", ["getReport"]),
        new("customer timeline", ["listCustomerTimeline"]),
        new("customer archive", ["archiveCustomer"]),
        new("customer unarchive", ["restoreCustomer"]),
        new("customer import", WithAFile),
        new("customer import template", WithAFile),
        new("report", ["getReport"]),
        new("agenda", InTheChat),
        new("agenda set", SetUp),
        new("export escalations", WithAFile),
        new("export customers", WithAFile),
        new("export measurements", WithAFile),
        new("export implementations", WithAFile),
        new("export services", WithAFile),
        new("export audit", ["listAudit"]),
        new("token make", "a token makes no tokens: its owner does, in the chat"),
        new("token list", "a token makes no tokens: its owner does, in the chat"),
        new("token withdraw", "a token makes no tokens: its owner does, in the chat"),
        new("webhook in add", SetUp),
        new("webhook in list", SetUp),
        new("webhook in remove", SetUp),
        new("webhook add", SetUp),
        new("webhook list", SetUp),
        new("webhook show", SetUp),
        new("webhook facts", SetUp),
        new("webhook test", SetUp),
        new("webhook pause", SetUp),
        new("webhook resume", SetUp),
        new("webhook rotate", SetUp),
        new("webhook replay", SetUp),
        new("webhook remove", SetUp),
        new("ask", "it asks somebody with the right role, in the chat"),
        new("team list", SetUp),
        new("team channel", SetUp),
        new("duty", SetUp),
        new("broadcast", SetUp),
        new("internal mark", SetUp),
        new("internal unmark", SetUp),
        new("internal list", SetUp),
        new("role list", SetUp),
        new("role grant", SetUp),
        new("role revoke", SetUp),
        new("setup", SetUp),
        new("doctor", SetUp),
    ];

    /// <summary>The table, in Markdown: commands with an operation, then the reasons for the others.</summary>
    public static string Table { get; } = Written();

    private static string Written()
    {
        var text = new StringBuilder(
            "## Which command is which request\n\n| Command | Request |\n| :-- | :-- |\n"
        );
        foreach (var command in All.Where(c => c.Why.Length == 0))
        {
            var requests = command.Operations.Select(id =>
                ApiOperations.All.First(o => o.Id == id) is var operation
                    ? $"`{operation.Method} {operation.Path}`"
                    : ""
            );
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{Typed(command)}` | {string.Join(", ", requests)} |\n"
            );
        }

        text.Append("\nNot over the API:\n");
        foreach (var group in All.Where(c => c.Why.Length > 0).GroupBy(c => c.Why))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"- {string.Join(", ", group.Select(c => $"`{c.Command}`"))}: {group.Key}.\n"
            );
        }

        return text.ToString();
    }

    private static string Typed(ApiCommand command) =>
        $"/{SlashCommand.Trigger} {command.Command}".TrimEnd();
}

/// <summary>A command, by its words.</summary>
/// <param name="Command">Its words behind <c>/escalate</c>.</param>
/// <param name="Operations">What does the same over the API.</param>
/// <param name="Why">Why nothing does; empty when something does.</param>
internal sealed record ApiCommand(string Command, ImmutableArray<string> Operations, string Why)
{
    public ApiCommand(string command, ImmutableArray<string> operations)
        : this(command, operations, "") { }

    public ApiCommand(string command, string why)
        : this(command, [], why) { }
}
