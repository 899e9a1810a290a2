using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;

namespace Sidecar.Features.Assignments.Changes;

using Told = FactTable<Assignment, AssignmentFact>;

/// <summary>
/// What other systems are told of assigned engineers and check-ins (HOOK-1). Of a prospect’s nothing at all (ASG-4), of
/// check-ins that they were held, not what was said.
/// </summary>
internal sealed class AssignmentsTold : IFactCatalog
{
    public static Told Table { get; } =
        new Told("assignment", About, fact => fact.By)
            .Tell<AssignmentFact.Requested>("assignment.requested", "an engineer was requested")
            .Tell<AssignmentFact.Approved>("assignment.approved", "a lead approved it")
            .Tell<AssignmentFact.PlaceTaken>(
                "assignment.place-taken",
                "all approved it: it has a place"
            )
            .Tell<AssignmentFact.Declined>("assignment.declined", "a lead declined it")
            .Tell<AssignmentFact.Withdrawn>("assignment.withdrawn", "the request was withdrawn")
            .Tell<AssignmentFact.Lapsed>(
                "assignment.lapsed",
                "its last day passed before it was approved"
            )
            .Tell<AssignmentFact.StartedUnrequested>(
                "assignment.started-unrequested",
                "CS leadership started one that nobody requested"
            )
            .Tell<AssignmentFact.EngineerAssigned>("assignment.made", "an engineer is assigned")
            .Tell<AssignmentFact.BackUpChanged>(
                "assignment.back-up-changed",
                "it has another back-up"
            )
            .Tell<AssignmentFact.CustomerTold>("assignment.customer-told", "the customer was told")
            .Tell<AssignmentFact.ReviewDue>("assignment.review-due", "it is to be reviewed")
            .Tell<AssignmentFact.AssignmentKept>(
                "assignment.kept",
                "the review said that it goes on"
            )
            .Tell<AssignmentFact.HandOverAsked>(
                "assignment.hand-over-asked",
                "it is to be handed over"
            )
            .Tell<AssignmentFact.HandedOver>(
                "assignment.handed-over",
                "it has another engineer",
                ["from", "to"],
                (data, fact) =>
                    (data["from"], data["to"]) = (Told.Person(fact.From), Told.Person(fact.To))
            )
            .Tell<AssignmentFact.AssignmentEnded>("assignment.ended", "it is over")
            .Tell<AssignmentFact.EndedAtReview>("assignment.ended-at-review", "its review ended it")
            .Tell<AssignmentFact.CheckInAsked>(
                "check-in.asked",
                "this week’s check-in is asked for",
                ["week"],
                (data, fact) => data["week"] = Day(fact.Turn.Week)
            )
            .Tell<AssignmentFact.CheckInReminded>(
                "check-in.reminded",
                "somebody was reminded of it",
                ["week"],
                (data, fact) => data["week"] = Day(fact.Turn.Week)
            )
            .Tell<AssignmentFact.CheckInAnswered>(
                "check-in.answered",
                "it was answered",
                ["week", "professionalServices", "late"],
                (data, fact) =>
                    (data["week"], data["professionalServices"], data["late"]) = (
                        (JsonNode)Day(fact.Answers.Week),
                        fact.Answers.LooksLikeProfessionalServices,
                        fact.Answers.IsLate == true
                    )
            )
            .Tell<AssignmentFact.CheckInCorrected>(
                "check-in.corrected",
                "its answers were corrected",
                ["week", "professionalServices"],
                (data, fact) =>
                    (data["week"], data["professionalServices"]) = (
                        (JsonNode)Day(fact.Answers.Week),
                        fact.Answers.LooksLikeProfessionalServices
                    )
            )
            .Tell<AssignmentFact.CheckInMoved>(
                "check-in.moved",
                "it was moved",
                ["week", "dueAt"],
                (data, fact) =>
                    (data["week"], data["dueAt"]) = ((JsonNode)Day(fact.Turn.Week), fact.Turn.DueAt)
            )
            .Tell<AssignmentFact.CheckInSkipped>(
                "check-in.skipped",
                "it was left out",
                ["week"],
                (data, fact) => data["week"] = Day(fact.Week)
            )
            .Tell<AssignmentFact.CheckInMissed>(
                "check-in.missed",
                "nobody answered it",
                ["week", "inARow"],
                (data, fact) =>
                    (data["week"], data["inARow"]) = ((JsonNode)Day(fact.Week), fact.InARow)
            )
            .Tell<AssignmentFact.ServicesWeighed>(
                "check-in.services-weighed",
                "leadership said whether it is professional services work",
                ["week", "professionalServices"],
                (data, fact) =>
                    (data["week"], data["professionalServices"]) = (
                        (JsonNode)Day(fact.Week),
                        fact.IsServices
                    )
            )
            .Withhold<AssignmentFact.CapLifted>()
            .Withhold<AssignmentFact.TellingAsked>()
            .Withhold<AssignmentFact.EndAnnounced>()
            .Withhold<AssignmentFact.EndTold>()
            .Withhold<AssignmentFact.EnvironmentSet>()
            .Withhold<AssignmentFact.MeetingNoted>()
            .Withhold<AssignmentFact.DocumentUpdated>()
            .Withhold<AssignmentFact.HandOverDropped>()
            .Withhold<AssignmentFact.SuccessorNamed>()
            .Withhold<AssignmentFact.HandOverDeclined>()
            .Withhold<AssignmentFact.CheckInPlanned>()
            .Withhold<AssignmentFact.CheckInPlaceChosen>()
            .Withhold<AssignmentFact.CheckInDeferred>()
            .Withhold<AssignmentFact.MissedCheckInsTold>()
            .Withhold<AssignmentFact.AssignmentInMeeting>();

    public IReadOnlyList<ToldType> Types => Table.Types;

    private static JsonObject? About(Assignment it) =>
        it.IsInternal
            ? null
            : new JsonObject
            {
                ["id"] = it.Id.ToString(),
                ["customer"] = it.CustomerName,
                ["customerKey"] = it.Customer.Value,
                ["state"] = JsonNamingPolicy.KebabCaseLower.ConvertName($"{it.State}"),
                ["engineer"] = Told.Person(it.Engineer),
                ["backUp"] = Told.Person(it.BackUp),
                ["customerEngineer"] = it.CustomerEngineer.Value,
                ["startedAt"] = it.StartedAt,
                ["endsOn"] = it.EndsOn is { } last ? Day(last) : null,
                ["endedAt"] = it.EndedAt,
            };

    private static string Day(DateOnly day) =>
        day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
