using Sidecar.Features.AgendaItems;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Features.MySummary;
using Sidecar.Features.Panel;
using Sidecar.Features.Workload;
using Sidecar.Interactions;

namespace Sidecar.Features.Implementations;

/// <summary>Implementation requests: asked for, triaged, handed in, planned, handed out (IMP-1 to IMP-7).</summary>
internal sealed class ImplementationsFeature : IFeature
{
    public static void Register(FeatureBuilder feature)
    {
        feature
            .Settings<ImplementationSettings>()
            .Keeps(ImplementationIndexes.Kind)
            .Keeps(LatestRequest.Kind)
            .Series(ImplementationId.Series, "implementation")
            .Shares<ImplementationCalendar>()
            .Shares<ImplementationQueries>()
            .Shares<ImplementationStore>()
            .ShowsAgain<ImplementationStore>()
            .Shares<ImplementationList>()
            .Command<RequestImplementation>()
            .Dialog<RequestImplementation, NewImplementation>()
            .Command<ListImplementations>()
            .Command<ShowImplementation>()
            .Command<WhyImplementation>()
            .Command<ShowImplementationTimeline>()
            .Command<SetImplementationChannel>()
            .Due<RefreshBacklog>()
            .Due<RemindOfImplementation>()
            .Due<HearOfOwnChannel>()
            .Adds<IAgendaSource, ImplementationsOnAgenda>()
            .Adds<ISummarySource, ImplementationSummary>()
            .Adds<IFactCatalog, ImplementationsTold>()
            .Adds<IWorkSource, ImplementationWork>()
            .Adds<IFindable, FindImplementations>()
            .Adds<ICompletion, CompleteImplementations>()
            .Adds<IPanelRequests, ImplementationsInPanel>();
        Step<ScoreStep>(feature);
        Step<DecideStep>(feature);
        Step<WordStep>(feature);
        Step<EditStep>(feature);
        Step<PeopleStep>(feature);
        Step<DocumentsStep>(feature);
        Step<StartStep>(feature);
        Step<DatesStep>(feature);
        Step<RequirementStep>(feature);
        Step<CompleteStep>(feature);
        Step<WithdrawStep>(feature);
    }

    /// <summary>A step is a command, a button and a form.</summary>
    private static void Step<TStep>(FeatureBuilder feature)
        where TStep : StepOf<TStep>, IStep =>
        feature
            .Command<TStep>()
            .Action<TStep, ImplementationRef>()
            .Dialog<TStep, ImplementationRef>();
}
