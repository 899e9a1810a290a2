using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations.Incidents;

/// <summary>The incident: playbook, channel, executive, watch, retrospective (PB-1 to PB-8).</summary>
internal sealed class IncidentsFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Settings<IncidentSettings>()
            .Shares<IncidentCourse>()
            .Shares<IncidentEffects>()
            .Shares<IncidentReaders>()
            .Shares<IncidentChannels>()
            .Action<LetIn, LetInRef>()
            .Command<StartPlaybook>()
            .Action<TryChannelAgain, EscalationRef>()
            .Action<SayThatItHeld, EscalationRef>()
            .Command<HoldRetrospective>()
            .Action<HoldRetrospective, EscalationRef>()
            .Dialog<HoldRetrospective, EscalationRef>()
            .Command<DraftSummary>()
            .Action<DraftSummary, EscalationRef>()
            .File<IncidentSummary>()
            .Due<HearFromChat>()
            .Due<FollowRename>()
            .Due<JoinOnDuty>()
            .Due<BookmarkChannel>()
            .Due<LoopInExecutive>()
            .Due<AskWhetherItHeld>();
}
