using Sidecar.Features.Customers;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <summary>Escalations: raise, list, show, acknowledge, assign, resolve, timeline.</summary>
internal sealed class EscalationsFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Shares<CustomerBook>()
            .Shares<EscalationBook>()
            .Command<OpenIntake>()
            .Command<RaiseEscalation>()
            .Dialog<IntakeDialog, RaiseState>()
            .Trigger<RaiseByTriggerWord>()
            .Command<ListEscalations>()
            .Command<ShowEscalation>()
            .Command<AcknowledgeEscalation>()
            .Action<AcknowledgeEscalation, EscalationRef>()
            .Command<AssignEscalation>()
            .Action<AssignEscalation, EscalationRef>()
            .Command<ResolveEscalation>()
            .Action<AskForResolution, EscalationRef>()
            .Dialog<ResolveEscalation, EscalationRef>()
            .Command<ShowTimeline>();
}
