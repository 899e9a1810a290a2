using System.Text.Json.Serialization;
using Sidecar.Features.AgendaItems;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Interactions;

namespace Sidecar.Features.Assignments.CheckIns;

/// <summary>The weekly check-in (ASG-7 to ASG-10).</summary>
internal sealed class CheckInsFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Keeps(CheckInHistory.Kind)
            .Keeps(CheckInHistory.LeftOutKind)
            .Shares<CheckInQueries>()
            .Shares<CheckInHistory>()
            .Shares<OpenEmergencies>()
            .Command<AnswerCheckIn>()
            .Action<AnswerCheckIn, CheckInRef>()
            .Dialog<AnswerCheckIn, CheckInState>()
            .Command<CorrectCheckIn>()
            .Dialog<CorrectCheckIn, CheckInState>()
            .Action<RepeatCheckIn, CheckInRef>()
            .Action<ServicesWanted, CheckInRef>()
            .Action<NoServices, CheckInRef>()
            .Command<PlanCheckIn>()
            .Action<PlanCheckIn, CheckInPlanRef>()
            .Dialog<PlanCheckIn, CheckInPlanState>()
            .Command<MoveCheckIn>()
            .Action<MoveCheckIn, CheckInRef>()
            .Dialog<MoveCheckIn, MoveCheckInState>()
            .Command<SkipCheckIn>()
            .Action<SkipCheckIn, CheckInRef>()
            .Dialog<SkipCheckIn, SkipCheckInState>()
            .Command<ShowCheckIns>()
            .Due<HoldCheckIn>()
            .Due<TellOfEmergency>()
            .Adds<IEscalationPart, EmergencyOfCustomer>()
            .Adds<IAgendaSource, CheckInsOnAgenda>()
            .Adds<ICompletion, CompleteCheckIns>();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CheckInRef))]
[JsonSerializable(typeof(CheckInState))]
[JsonSerializable(typeof(CheckInPlanRef))]
[JsonSerializable(typeof(CheckInPlanState))]
[JsonSerializable(typeof(MoveCheckInState))]
[JsonSerializable(typeof(SkipCheckInState))]
internal sealed partial class CheckInJson : JsonSerializerContext;
