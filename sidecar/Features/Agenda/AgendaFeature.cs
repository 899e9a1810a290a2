using Sidecar.Interactions;

namespace Sidecar.Features.Agenda;

/// <summary>The agenda of the weekly meeting (WEEK-1).</summary>
internal sealed class AgendaFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Keeps(AgendaMeeting.Kind)
            .Shares<AgendaKeeping>()
            .ShowsAgain<AgendaKeeping>()
            .Command<ShowAgenda>()
            .Command<PlanAgenda>()
            .Dialog<PlanAgenda, AgendaPlanRef>()
            .Action<TakeNote, AgendaRef>()
            .Dialog<TakeNote, AgendaRef>()
            .Due<KeepAgenda>()
            .Due<CloseAgenda>();
}
