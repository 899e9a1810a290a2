using Sidecar.Features.Escalations;
using Sidecar.Features.Escalations.Lists;
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
            .Command<PrepareService>()
            .Dialog<PrepareService, NewService>()
            .Command<PrepareFromEscalation>()
            .Action<PrepareFromEscalation, EscalationRef>()
            .Command<ListServices>()
            .Command<ShowService>()
            .Command<ShowServiceTimeline>()
            .Command<ListMaintained>()
            .Action<MakeServiceMove, ServiceMoveRef>()
            .Dialog<MakeServiceMove, ServiceMoveRef>()
            .Due<RemindOfService>();
        Move<SignOffService>(feature);
        Move<StartService>(feature);
        Move<DeliverService>(feature);
        Move<AcceptService>(feature);
        Move<ReturnService>(feature);
        Move<CompleteService>(feature);
        Move<EditService>(feature);
        Move<CancelService>(feature);
        feature
            .Contributes<IFoundToo, ServicesElsewhere>()
            .Contributes<ISummarySource, ServicesElsewhere>()
            .Contributes<ILoadSource, ServicesElsewhere>()
            .Contributes<IPanelRequests, ServicesInPanel>();
    }

    /// <summary>A move is a command, and what a button or form of that name does.</summary>
    private static void Move<TMove>(FeatureBuilder feature)
        where TMove : ServiceMove, ISlashCommand =>
        feature.Command<TMove>().Contributes<ServiceMove, TMove>();
}
