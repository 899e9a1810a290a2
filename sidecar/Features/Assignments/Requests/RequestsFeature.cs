using Sidecar.Features.Assignments.Domain;
using Sidecar.Interactions;

namespace Sidecar.Features.Assignments.Requests;

/// <summary>Requests for an assigned engineer, vetted and started (ASG-1 to ASG-3).</summary>
internal sealed class RequestsFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Shares<AssignmentCalendar>()
            .Shares<CapacityStore>()
            .Shares<Vetters>()
            .Shares<NameablePeople>()
            .Shares<AssignmentIntake>()
            .Shares<RequestReading>()
            .Shares<RequestNotes>()
            .Shares<Vetting>()
            .Command<RequestEngineer>()
            .Dialog<RequestEngineer, NewRequest>()
            .Command<ApproveRequest>()
            .Action<ApproveRequest, RequestRef>()
            .Dialog<ApproveRequest, RequestRef>()
            .Command<DeclineRequest>()
            .Dialog<DeclineRequest, RequestRef>()
            .Action<AskWhyDeclined, RequestRef>()
            .Command<WithdrawRequest>()
            .Command<StartAssignment>()
            .Dialog<StartAssignment, NewRequest>()
            .Command<AssignEngineer>()
            .Action<AssignEngineer, RequestRef>()
            .Dialog<AssignEngineer, NamedEngineer>()
            .Command<SetBackUp>()
            .Dialog<SetBackUp, NamedBackUp>()
            .Command<TellCustomer>()
            .Dialog<TellCustomer, RequestRef>()
            .Action<AskWhoWasTold, RequestRef>()
            .Command<EndAssignment>()
            .Dialog<EndAssignment, RequestRef>()
            .Due<TakeEndStep>()
            .Adds<ICompletion, CompleteAssignments>();
}
