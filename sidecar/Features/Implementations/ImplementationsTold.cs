using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Features.Implementations.Domain;

namespace Sidecar.Features.Implementations;

using Told = FactTable<Implementation, ImplementationFact>;

/// <summary>
/// What other systems are told of implementation requests (HOOK-1): number and state alone, since what else is in them is
/// for people of ours (ASG-4).
/// </summary>
internal sealed class ImplementationsTold : IFactCatalog
{
    public static Told Table { get; } =
        new Told("implementation", About, fact => fact.By)
            .Tell<ImplementationFact.Requested>("implementation.requested", "it was requested")
            .Tell<ImplementationFact.TriageScored>("implementation.scored", "somebody scored it")
            .Tell<ImplementationFact.DetailsCorrected>(
                "implementation.corrected",
                "what it says was changed"
            )
            .Tell<ImplementationFact.LeadershipAsked>(
                "implementation.leadership-asked",
                "leadership is asked first"
            )
            .Tell<ImplementationFact.RequestQualified>("implementation.qualified", "it is IE-led")
            .Tell<ImplementationFact.RequestDisqualified>(
                "implementation.disqualified",
                "it is not IE-led"
            )
            .Tell<ImplementationFact.DocumentsLinked>(
                "implementation.documents-linked",
                "its documents were linked"
            )
            .Tell<ImplementationFact.HandOffStarted>("implementation.started", "it was handed off")
            .Tell<ImplementationFact.DatesPlanned>("implementation.dates-planned", "dates were set")
            .Tell<ImplementationFact.RequirementSet>(
                "implementation.requirement-set",
                "a requirement was collected, skipped or reopened",
                ["open"],
                (data, fact) => data["open"] = fact.Open
            )
            .Tell<ImplementationFact.AdvisorPulledIn>(
                "implementation.advisor-pulled-in",
                "the TA plans the onboarding"
            )
            .Tell<ImplementationFact.TargetPassed>(
                "implementation.target-passed",
                "it was to be complete, and is not"
            )
            .Tell<ImplementationFact.DeploymentCompleted>(
                "implementation.completed",
                "it is complete"
            )
            .Tell<ImplementationFact.RequestWithdrawn>(
                "implementation.withdrawn",
                "it was withdrawn"
            )
            .Withhold<ImplementationFact.WordGiven>()
            .Withhold<ImplementationFact.PriorityChanged>()
            .Withhold<ImplementationFact.PeopleNamed>()
            .Withhold<ImplementationFact.TriageAsked>()
            .Withhold<ImplementationFact.DocumentsAsked>()
            .Withhold<ImplementationFact.CardPosted>()
            .Withhold<ImplementationFact.MeetingAhead>()
            .Withhold<ImplementationFact.DatesAsked>()
            .Withhold<ImplementationFact.RequirementsAsked>()
            .Withhold<ImplementationFact.AdvisorAsked>()
            .Withhold<ImplementationFact.OwnChannelOpened>()
            .Withhold<ImplementationFact.OwnChannelRefused>()
            .Withhold<ImplementationFact.ImplementationInMeeting>();

    public IReadOnlyList<ToldType> Types => Table.Types;

    private static JsonObject About(Implementation it) =>
        new()
        {
            ["id"] = it.Id.ToString(),
            ["state"] = JsonNamingPolicy.KebabCaseLower.ConvertName($"{it.State}"),
            ["requestedAt"] = it.RequestedAt,
            ["startedAt"] = it.StartedAt,
            ["endedAt"] = it.EndedAt,
        };
}
