using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;

namespace Sidecar.Features.Escalations.Changes;

using Told = FactTable<Escalation, EscalationFact>;

/// <summary>
/// What other systems are told of escalations (HOOK-1): what every member of the team may know (ALL-7), so neither technical
/// notes nor the words of checklists, summaries and retrospectives, nor what a customer pays; of the
/// course and the checklist of a private incident nothing.
/// </summary>
internal sealed class EscalationsTold : IFactCatalog
{
    public static Told Table { get; } =
        new Told("escalation", About, fact => fact.By, IsForReaders)
            .Tell<EscalationFact.Raised>("escalation.raised", "it was raised")
            .Tell<EscalationFact.EscalationWaits>(
                "escalation.waiting",
                "it waits for information",
                ["missing"],
                (data, fact) => data["missing"] = Codes(fact.Missing.Select(m => Code(m)))
            )
            .Tell<EscalationFact.TakenProvisionally>(
                "escalation.taken-provisionally",
                "it is worked on although something is missing",
                ["missing"],
                (data, fact) => data["missing"] = Codes(fact.Missing.Select(m => Code(m)))
            )
            .Tell<EscalationFact.RouteSettled>(
                "escalation.settled",
                "what was taken provisionally stays"
            )
            .Tell<EscalationFact.Redirected>(
                "escalation.redirected",
                "it is another team’s",
                ["to", "reason"],
                (data, fact) =>
                    (data["to"], data["reason"]) = (fact.To.Named().Code, (JsonNode)fact.Reason)
            )
            .Tell<EscalationFact.HandedOver>(
                "escalation.handed-over",
                "it turned out to be another team’s",
                ["to", "reason"],
                (data, fact) =>
                    (data["to"], data["reason"]) = (fact.To.Named().Code, (JsonNode)fact.Reason)
            )
            .Tell<EscalationFact.ApprovalAsked>(
                "escalation.approval-asked",
                "Product Engineering is asked to approve it"
            )
            .Tell<EscalationFact.Approved>("escalation.approved", "Product Engineering approved it")
            .Tell<EscalationFact.Accepted>("escalation.accepted", "Deployment Engineering takes it")
            .Tell<EscalationFact.Overridden>(
                "escalation.overridden",
                "a lead took it in whatever its routing said",
                ["reason"],
                (data, fact) => data["reason"] = fact.Reason
            )
            .Tell<EscalationFact.EscalatedSpecifically>(
                "escalation.escalated-specifically",
                "the TAM brought it to Deployment Engineering",
                ["reason"],
                (data, fact) => data["reason"] = fact.Reason
            )
            .Tell<EscalationFact.Climbed>(
                "escalation.reminded",
                "nobody has acknowledged it, and the next ones were told",
                ["waitedSeconds", "told"],
                (data, fact) =>
                    (data["waitedSeconds"], data["told"]) = (
                        (JsonNode)(long)fact.Waited.TotalSeconds,
                        Codes(fact.Told.Select(t => Code(t.Rung)))
                    )
            )
            .Tell<EscalationFact.Acknowledged>(
                "escalation.acknowledged",
                "somebody acknowledged it"
            )
            .Tell<EscalationFact.EscalationAssigned>(
                "escalation.assigned",
                "it has another owner",
                ["from", "to"],
                (data, fact) =>
                    (data["from"], data["to"]) = (Told.Person(fact.From), Told.Person(fact.To))
            )
            .Tell<EscalationFact.Moved>(
                "escalation.moved",
                "the work went on, or back",
                ["from", "to"],
                (data, fact) => (data["from"], data["to"]) = (State(fact.From), State(fact.To))
            )
            .Tell<EscalationFact.AskedAbout>(
                "escalation.stale",
                "nothing has happened for a long time",
                ["quietSeconds"],
                (data, fact) => data["quietSeconds"] = (long)fact.Quiet.TotalSeconds
            )
            .Tell<EscalationFact.Edited>(
                "escalation.edited",
                "what it says was changed",
                ["fields"],
                (data, fact) => data["fields"] = Codes(fact.Changes.Select(c => c.Field))
            )
            .Tell<EscalationFact.CustomerNamed>(
                "escalation.customer-named",
                "which customer was meant is known now"
            )
            .Tell<EscalationFact.MergedInto>(
                "escalation.merged-into",
                "it continues as another one",
                ["into"],
                (data, fact) => data["into"] = fact.Into.ToString()
            )
            .Tell<EscalationFact.Merged>(
                "escalation.merged",
                "another one was merged into it",
                ["other"],
                (data, fact) => data["other"] = fact.Other.ToString()
            )
            .Tell<EscalationFact.WentOnAs>(
                "escalation.went-on",
                "it goes on as a service request",
                ["as"],
                (data, fact) => data["as"] = fact.Request
            )
            .Tell<EscalationFact.Resolved>("escalation.resolved", "it is solved")
            .Tell<EscalationFact.EscalationConfirmed>(
                "escalation.confirmed",
                "the customer confirmed that it is over"
            )
            .Tell<EscalationFact.EscalationClosed>("escalation.closed", "it is closed")
            .Tell<EscalationFact.Reopened>(
                "escalation.reopened",
                "it is not over after all",
                ["reason"],
                (data, fact) => data["reason"] = fact.Reason
            )
            .Tell<EscalationFact.Declined>(
                "escalation.declined",
                "it was declined",
                ["reason"],
                (data, fact) => data["reason"] = fact.Reason
            )
            .Tell<EscalationFact.EscalationCancelled>(
                "escalation.cancelled",
                "it was cancelled",
                ["reason"],
                (data, fact) => data["reason"] = fact.Reason
            )
            .Tell<EscalationFact.UpdatePosted>(
                "status-update.posted",
                "everybody was told how it stands",
                ["update"],
                (data, fact) => data["update"] = Update(fact.Update)
            )
            .Tell<EscalationFact.UpdateReminded>(
                "status-update.due",
                "the next update is due, or overdue",
                ["dueAt", "overdueSeconds"],
                (data, fact) =>
                    (data["dueAt"], data["overdueSeconds"]) = (
                        (JsonNode)fact.DueAt,
                        (long)fact.Overdue.TotalSeconds
                    )
            )
            .Tell<EscalationFact.UpdateSnoozed>(
                "status-update.snoozed",
                "the next update was snoozed",
                ["from", "to"],
                (data, fact) => (data["from"], data["to"]) = (fact.From, (JsonNode)fact.To)
            )
            .Tell<EscalationFact.PlaybookStarted>(
                "incident.started",
                "a playbook is followed: its checklist is there",
                ["playbook"],
                (data, fact) => data["playbook"] = fact.Name
            )
            .Tell<EscalationFact.TaskChanged>(
                "checklist.task-changed",
                "a task was done, skipped or opened again",
                ["task", "from", "to"],
                (data, fact) =>
                    (data["task"], data["from"], data["to"]) = (
                        (JsonNode)fact.Number,
                        Code(fact.From),
                        Code(fact.To)
                    )
            )
            .Tell<EscalationFact.StageFinished>(
                "checklist.stage-finished",
                "all that was open of a stage was done or skipped at once",
                ["stage", "tasks", "to"],
                (data, fact) =>
                    (data["stage"], data["tasks"], data["to"]) = (
                        (JsonNode)fact.Stage,
                        new JsonArray([.. fact.Tasks.Select(t => (JsonNode)t)]),
                        Code(fact.To)
                    )
            )
            .Tell<EscalationFact.TaskAssigned>(
                "checklist.task-assigned",
                "a task was given to somebody, or to nobody",
                ["task", "from", "to"],
                (data, fact) =>
                    (data["task"], data["from"], data["to"]) = (
                        (JsonNode)fact.Number,
                        Told.Person(fact.From),
                        Told.Person(fact.To)
                    )
            )
            .Tell<EscalationFact.ExecutiveLoopedIn>(
                "incident.executive-looped-in",
                "the executive is included in replies to the customer"
            )
            .Tell<EscalationFact.WatchBegan>(
                "incident.watch-began",
                "a fix is watched",
                ["until"],
                (data, fact) => data["until"] = fact.Until
            )
            .Tell<EscalationFact.WatchEnded>(
                "incident.watch-ended",
                "the time for which a fix is watched is over"
            )
            .Tell<EscalationFact.FixHeld>("incident.fix-held", "somebody said that the fix held")
            .Tell<EscalationFact.RetrospectiveHeld>(
                "incident.retrospective-held",
                "the questions of the retrospective are answered"
            )
            .Withhold<EscalationFact.Followed>()
            .Withhold<EscalationFact.Unfollowed>()
            .Withhold<EscalationFact.CustomerChanged>()
            .Withhold<EscalationFact.StillOnIt>()
            .Withhold<EscalationFact.IsAnother>()
            .Withhold<EscalationFact.ChannelAskedForAgain>()
            .Withhold<EscalationFact.ChannelOpened>()
            .Withhold<EscalationFact.ChannelNotOpened>()
            .Withhold<EscalationFact.ChannelRenamed>()
            .Withhold<EscalationFact.JoinedOnDuty>()
            .Withhold<EscalationFact.LetIn>()
            .Withhold<EscalationFact.PeopleAdded>()
            .Withhold<EscalationFact.TaskDueSet>()
            .Withhold<EscalationFact.TasksReminded>()
            .Withhold<EscalationFact.EscalationInMeeting>();

    public IReadOnlyList<ToldType> Types => Table.Types;

    /// <summary>How a private incident goes on, and its checklist, are for those who may read its channel (ALL-7).</summary>
    private static bool IsForReaders(Escalation it, string name) =>
        it.Incident is { IsPrivate: true }
        && (
            name.StartsWith("incident.", StringComparison.Ordinal)
            || name.StartsWith("checklist.", StringComparison.Ordinal)
        );

    private static JsonObject About(Escalation it) =>
        new()
        {
            ["id"] = it.Id.ToString(),
            ["severity"] = Vocabulary.Severities.Code(it.Severity),
            ["category"] = Vocabulary.Categories.Code(it.Category),
            ["state"] = State(it.State),
            ["customer"] = it.CustomerName,
            ["customerKey"] = it.CustomerIsUnknown ? null : it.Customer.Value,
            ["summary"] = it.Summary,
            ["customerImpact"] = it.CustomerImpact,
            ["reporter"] = it.Reporter.Value,
            ["owner"] = Told.Person(it.Owner),
            ["raisedAt"] = it.RaisedAt,
            ["acknowledgedAt"] = it.AcknowledgedAt,
            ["resolvedAt"] = it.ResolvedAt,
            ["endedAt"] = it.EndedAt,
            ["nextUpdateAt"] = it.Update?.DueAt,
        };

    private static JsonObject Update(StatusUpdate update) =>
        new()
        {
            ["number"] = update.Number,
            ["status"] = State(update.Status),
            ["ageSeconds"] = (long)update.Age.TotalSeconds,
            ["summary"] = update.Summary,
            ["customerImpact"] = update.CustomerImpact,
            ["nextAt"] = update.NextAt,
        };

    private static string State(EscalationState state) => Vocabulary.States.Code(state);

    private static string Code<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName($"{value}");

    private static JsonArray Codes(IEnumerable<string> codes) =>
        [.. codes.Select(c => (JsonNode)c)];
}
