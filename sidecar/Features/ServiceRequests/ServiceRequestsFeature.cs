using Sidecar.Features.AgendaItems;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.MySummary;
using Sidecar.Features.Panel;
using Sidecar.Features.Workload;
using Sidecar.Interactions;

namespace Sidecar.Features.ServiceRequests;

/// <summary>Service requests: agreed with the customer, done, maintained (SRV-1 to SRV-3).</summary>
internal sealed class ServiceRequestsFeature : IFeature
{
    public static void Register(FeatureBuilder feature)
    {
        feature
            .Settings<ServiceRequestSettings>()
            .Keeps(ServiceIndexes.Kind)
            .Series(ServiceRequestId.Series, ServiceWords.Group)
            .Shares<ServiceCalendar>()
            .Shares<ServiceForm>()
            .Shares<ServiceRequestStore>()
            .ShowsAgain<ServiceRequestStore>()
            .Command<PrepareServiceRequest>()
            .Dialog<PrepareServiceRequest, NewServiceRequest>()
            .Command<PrepareFromEscalation>()
            .Action<PrepareFromEscalation, EscalationRef>()
            .Command<ListServices>()
            .Command<ShowServiceRequest>()
            .Command<ShowServiceTimeline>()
            .Command<ListMaintained>()
            .Action<MakeServiceMove, ServiceMoveRef>()
            .Dialog<MakeServiceMove, ServiceMoveRef>()
            .Due<RemindOfServiceRequest>();
        Move<SignOffServiceRequest>(feature);
        Move<StartServiceRequest>(feature);
        Move<DeliverServiceRequest>(feature);
        Move<AcceptServiceRequest>(feature);
        Move<ReturnServiceRequest>(feature);
        Move<CompleteServiceRequest>(feature);
        Move<EditServiceRequest>(feature);
        Move<CancelServiceRequest>(feature);
        feature
            .Adds<IAgendaSource, ServicesOnAgenda>()
            .Adds<IFindable, ServicesElsewhere>()
            .Adds<ICompletion, CompleteServices>()
            .Adds<ISummarySource, ServicesElsewhere>()
            .Adds<IFactCatalog, ServiceRequestsTold>()
            .Adds<IWorkSource, ServicesElsewhere>()
            .Adds<IPanelRequests, ServicesInPanel>();
    }

    /// <summary>A move is a command, and what a button or form of that name does.</summary>
    private static void Move<TMove>(FeatureBuilder feature)
        where TMove : ServiceMove, ISlashCommand =>
        feature.Command<TMove>().Adds<ServiceMove, TMove>();
}
